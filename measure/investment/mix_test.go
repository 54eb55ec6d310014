package investment_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/investment"
	"jerem/measure/storycheck"
	"jerem/measure/storytest"
)

func TestStories(t *testing.T) { storycheck.Run(t, "../testdata") }

// askedMoment draws a moment in or after the time of a generated history.
func askedMoment(t *rapid.T) time.Time {
	return storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
}

// TestMixKnowsNoFuture: the mix as of a moment is the same whatever comes later, and so is what is said of it.
func TestMixKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, at := storytest.GenerateHistory(t), askedMoment(t)
		nameWhatExists(h)
		whole, past := investment.Of(measure.Of(h), at, 3), investment.Of(measure.Of(storytest.KnownAt(h, at)), at, 3)
		if diff := cmp.Diff(past, whole); diff != "" {
			t.Errorf("the mix (-without +with what came later):\n%s", diff)
		}
	})
}

// nameWhatExists replaces parents and epics that do not exist yet when an issue names them: no Jira tells of such. In
// place of an epic stands one that nobody reads.
func nameWhatExists(h *agile.History) {
	exists := func(id int64, at time.Time) bool {
		return slices.ContainsFunc(h.Issues, func(i *agile.Issue) bool { return i.ID == id && !i.Created.After(at) })
	}
	for _, i := range h.Issues {
		for n, s := range i.Parent {
			if !exists(s.Value, s.From.Time()) {
				i.Parent[n].Value = 0
			}
		}
		for n, s := range i.EpicLink {
			if id, _ := strconv.ParseInt(s.Value, 10, 64); s.Value != "" && !exists(id, s.From.Time()) {
				i.EpicLink[n].Value = "X-1"
			}
		}
	}
}

// TestMixWhateverTheOrder: the mix does not hang on the order in which issues and time logged are told.
func TestMixWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, at := storytest.GenerateHistory(t), askedMoment(t)
		shuffled := *h
		shuffled.Worklogs = slices.Clone(h.Worklogs)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		random.Shuffle(len(shuffled.Worklogs), func(i, j int) {
			shuffled.Worklogs[i], shuffled.Worklogs[j] = shuffled.Worklogs[j], shuffled.Worklogs[i]
		})
		if diff := cmp.Diff(investment.Of(measure.Of(h), at, 3),
			investment.Of(measure.Of(&shuffled), at, 3)); diff != "" {
			t.Errorf("the mix (-as told +in another order):\n%s", diff)
		}
	})
}

// TestMixIsAllThatWasLogged: the rows of each kind make up the time that was logged in the quarter on issues that the
// team's project held and its filter matches, counted worklog by worklog; shares are parts of it, and rows stand in
// order.
func TestMixIsAllThatWasLogged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, at := storytest.GenerateHistory(t), askedMoment(t)
		team := measure.Of(h)
		for _, quarter := range investment.Of(team, at, 2) {
			name, _ := measure.ParseQuarter(quarter.Quarter)
			want := loggedIn(h, team, name, at)
			got, shares := map[string]int64{}, map[string]float64{}
			for _, row := range quarter.Rows {
				got[row.Kind] += row.Seconds
				if (row.Share == nil) != (want == 0) {
					t.Fatalf("%s: %s has the share %v of %d s", quarter.Quarter, row.Kind, row.Share, want)
				}
				if row.Share != nil {
					shares[row.Kind] += *row.Share
				}
			}
			for kind, seconds := range got {
				if seconds != want || want > 0 && math.Abs(shares[kind]-1) > 1e-9 {
					t.Fatalf("%s: %s makes %d s and a share of %v, want %d s", quarter.Quarter, kind, seconds,
						shares[kind], want)
				}
			}
			checkOrder(t, quarter.Rows)
		}
	})
}

// TestMixOfEstimatesAddsUp: the rows of each kind make up the same estimates, also where one is split between natures.
func TestMixOfEstimatesAddsUp(t *testing.T) {
	h := storytest.Read(t, "until 2026-12-01", `K-1 2026-10-20 points=85 labels=impediment nature=a,b,c
  2026-11-02T10:00 status=done
K-2 2026-10-20 points=1 labels=impediment nature=a,b,c
  2026-11-03T10:00 status=done
K-3 2026-10-20 points=3
  2026-11-03T10:00 status=done`)
	sums := map[string]float64{}
	rows := investment.Of(measure.Of(h), storytest.ParseTime(t, "2026-11-20"), 1)[0].Rows
	for _, row := range rows {
		sums[row.Kind] += row.Estimate
	}
	for _, kind := range []string{investment.ByInitiative, investment.ByType, investment.ByNature} {
		if math.Abs(sums[kind]-89) > 1e-9 {
			t.Errorf("%s makes %v, want 89: %+v", kind, sums[kind], rows)
		}
	}
	if len(rows) != 6 {
		t.Errorf("%d rows: %+v", len(rows), rows)
	}
}

// loggedIn sums the time logged in a quarter by the letter: known at a moment, of work between the quarter's local
// first and last day, on what was in scope when it was done.
func loggedIn(h *agile.History, team *measure.Team, name measure.QuarterName, at time.Time) (seconds int64) {
	first, last := team.Dates(name)
	zone := h.Team.Calendar.Zone
	issues := map[int64]*agile.Issue{}
	for _, i := range h.Issues {
		issues[i.ID] = i
	}
	for _, w := range h.Worklogs {
		i := issues[w.Issue]
		if i == nil || w.Created.After(at) || w.Started.Before(first.Midnight(zone)) ||
			!w.Started.Before(last.Add(1).Midnight(zone)) {
			continue
		}
		when := w.Started
		if when.Before(i.Created) {
			when = i.Created
		}
		if storytest.InScope(h, i, when) {
			seconds += w.Seconds
		}
	}
	return seconds
}

// checkOrder holds rows to their order: by kind, most time first, what names nothing last.
func checkOrder(t *rapid.T, rows []investment.Row) {
	kinds := []string{investment.ByInitiative, investment.ByType, investment.ByNature}
	for n := range rows[:max(0, len(rows)-1)] {
		a, b := rows[n], rows[n+1]
		switch {
		case a.Kind != b.Kind:
			if slices.Index(kinds, a.Kind) >= slices.Index(kinds, b.Kind) {
				t.Fatalf("%s stands before %s", a.Kind, b.Kind)
			}
		case a.Name == nil:
			t.Fatalf("what names no %s stands before %q", a.Kind, *b.Name)
		case b.Name != nil && a.Seconds < b.Seconds:
			t.Fatalf("%s: %q with %d s stands before %q with %d s", a.Kind, *a.Name, a.Seconds, *b.Name, b.Seconds)
		}
	}
}

// TestQuartersOfTheMix: quarters follow one another, oldest first, up to that of the moment.
func TestQuartersOfTheMix(t *testing.T) {
	team := measure.Of(storytest.Read(t, "", "K-1 2026-01-01"))
	var names []string
	for _, quarter := range investment.Of(team, storytest.ParseTime(t, "2026-02-15"), 4) {
		names = append(names, quarter.Quarter)
	}
	if want := []string{"Q2-25", "Q3-25", "Q4-25", "Q1-26"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

// TestMixOfWorkAhead: time that is logged for a later moment is none of the mix yet, and makes up its day when it
// comes.
func TestMixOfWorkAhead(t *testing.T) {
	h := storytest.Read(t, "until 2026-11-10T18:00\n", `K-1 2026-11-02T08:00
  2026-11-09T08:00 log 2h on 2026-11-12T08:00
  2026-11-09T08:00 log 1h on 2026-11-09T07:00
`)
	for at, want := range map[string]int64{"2026-11-10T12:00": 3600, "2026-11-12T08:00": 3 * 3600} {
		rows := investment.Of(measure.Of(h), storytest.ParseTime(t, at), 1)[0].Rows
		var seconds int64
		for _, row := range rows {
			if row.Kind == investment.ByType {
				seconds += row.Seconds
			}
		}
		if seconds != want {
			t.Errorf("at %s %d seconds, want %d", at, seconds, want)
		}
	}
}
