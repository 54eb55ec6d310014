package forecast

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// simulateInTurn answers a question trial by trial, team by team, with nothing kept.
func simulateInTurn(q Question) Answer {
	sources := make([]source, len(q.Teams))
	for i, work := range q.Teams {
		sources[i] = newSource(work)
	}
	answer := Answer{Decides: make([]int, len(q.Teams))}
	for trial := range q.Trials {
		var draws blocks
		var sizes sizeDraws
		draws.beginTrial(forecastSeries, trial)
		sizes.beginTrial(trial)
		last, decides := 0, 0
		for i := range sources {
			date := sources[i].dayOf(q.Teams[i].drawSize(&sizes), &draws)
			if dates := q.Teams[i].Dates; dates != nil {
				date = dates[min(date, len(dates)-1)]
			}
			if date > last {
				last, decides = date, i
			}
		}
		answer.Days = append(answer.Days, last)
		answer.Decides[decides]++
	}
	slices.Sort(answer.Days)
	return answer
}

// randomWork is what a team may be asked: with and without growth, sizes, rest that is owed, time given back and dates.
func randomWork(random *rand.Rand) Work {
	days := 130 + random.IntN(200)
	w := Work{Throughput: randomDays(random, days), Remaining: float64(random.IntN(90))}
	if random.IntN(2) == 0 {
		w.Growth = randomDays(random, days)
		for n := range w.Growth {
			w.Growth[n] -= 2.4
		}
	}
	if random.IntN(2) == 0 {
		w.Unestimated, w.Sizes = random.IntN(4), []float64{1, 2, 3, 5, 8}[:1+random.IntN(5)]
	}
	if random.IntN(3) == 0 {
		w.Availability = []float64{0.5, 1, 0.25}
	}
	if random.IntN(6) == 0 {
		w.Relief = func(block []int) float64 { return 1 + float64(block[0]%3)/10 }
	}
	for n := range 90 {
		w.Dates = append(w.Dates, 20_000+n+n/5*(1+days%3))
	}
	return w
}

// TestTogether: what several teams do together is what it is when every team is drawn anew, whatever is kept of which
// of them, after one of them changed, came or went.
func TestTogether(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	forget()
	defer forget()
	var teams []Work
	for range 60 {
		switch n := random.IntN(4); {
		case len(teams) < 2 || n == 0 && len(teams) < 6:
			teams = slices.Insert(teams, random.IntN(len(teams)+1), randomWork(random))
		case n == 1 && len(teams) > 2:
			i := random.IntN(len(teams))
			teams = slices.Delete(teams, i, i+1)
		case n == 2:
			teams[random.IntN(len(teams))] = randomWork(random)
		default:
			teams[random.IntN(len(teams))].Remaining++
		}
		q := Question{Teams: slices.Clone(teams), Trials: 150}
		got, want := Simulate(q), simulateInTurn(q)
		if !slices.Equal(got.Days, want.Days) || !slices.Equal(got.Decides, want.Decides) {
			t.Fatalf("%d teams: decided by %v, want %v", len(teams), got.Decides, want.Decides)
		}
	}
}

// TestTeamsThatChangedAreDrawn: after a change of one team no other one is drawn again, but for those that take sizes
// from what it left.
func TestTeamsThatChangedAreDrawn(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 11))
	var teams []Work
	for n := range 20 {
		w := Work{Throughput: randomDays(random, 300), Remaining: 40}
		if n%4 == 0 {
			w.Unestimated, w.Sizes = 2, []float64{1, 2, 3}
		}
		teams = append(teams, w)
	}
	forget()
	defer forget()
	for _, c := range []struct {
		what   string
		change func()
		want   int
	}{
		{"at first", func() {}, 20},
		{"nothing", func() {}, 0},
		{"what is left of one", func() { teams[7].Remaining++ }, 1},
		{"what is left of one that draws sizes", func() { teams[4].Remaining++ }, 1},
		{"how many sizes one draws", func() { teams[8].Unestimated++ }, 3}, // those of 12 and 16 too
		{"one less", func() { teams = slices.Delete(teams, 9, 10) }, 0},
	} {
		c.change()
		before := drawn.computed
		Simulate(Question{Teams: slices.Clone(teams), Trials: 50})
		if got := drawn.computed - before; got != c.want {
			t.Errorf("%s: %d teams are drawn, want %d", c.what, got, c.want)
		}
	}
}
