package forecast

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Told is a forecast of the past as it was shown, with what came of it.
type Told struct {
	Outcome
	Shown [len(Levels)]int // working days at each of [Levels]
}

// Held tells whether the work was done within the days shown at a level.
func (t Told) Held(level int) bool { return t.Days <= t.Shown[level] }

// Calibrate returns the forecasts of a record as they were shown, each with what was known at its moment.
func Calibrate(record []Outcome, prior Prior) []Told {
	in := inputs{text: prior.digest[:]}
	for _, o := range record {
		in.addNumbers(float64(o.Day), float64(o.Horizon), o.Work, float64(o.P50), float64(o.Days), float64(o.Known))
	}
	return slices.Clone(calibrated.recallValue(in.digestInputs(),
		func() []Told { return calibrateRecord(record, prior) }))
}

func calibrateRecord(record []Outcome, prior Prior) []Told {
	told := make([]Told, 0, len(record))
	var shown Corrected
	for i, outcome := range record {
		if i == 0 || record[i-1].Day != outcome.Day {
			shown = Correct(record, outcome.Day, prior)
		}
		t := Told{Outcome: outcome}
		for level, odds := range Levels {
			t.Shown[level] = shown.Days(odds, outcome.P50)
		}
		told = append(told, t)
	}
	return told
}

// Hits counts how many forecasts held.
type Hits struct {
	Held, Of int
}

// Share returns held / of, NaN for none.
func (h Hits) Share() float64 { return float64(h.Held) / float64(h.Of) }

// Count counts a forecast.
func (h *Hits) Count(held bool) {
	h.Of++
	if held {
		h.Held++
	}
}

// wilson is the quantile of the normal distribution for an interval of 95 %.
const wilson = 1.959964

// Wilson returns the interval in which the true share lies with a certainty of 95 %, were the forecasts independent.
func (h Hits) Wilson() (low, high float64) {
	n, share := float64(h.Of), h.Share()
	if h.Of == 0 {
		return 0, 1
	}
	middle := (share + wilson*wilson/(2*n)) / (1 + wilson*wilson/n)
	half := wilson / (1 + wilson*wilson/n) * math.Sqrt(share*(1-share)/n+wilson*wilson/(4*n*n))
	low, high = max(0, middle-half), min(1, middle+half)
	if h.Held == 0 {
		low = 0 // as the formula says, without its rounding
	}
	if h.Held == h.Of {
		high = 1
	}
	return low, high
}

// Report is the calibration of many projects together.
type Report struct {
	Projects  int
	Forecasts int
	At        [len(Levels)]Hits
	ByHorizon [len(Horizons)][len(Levels)]Hits
	ByProject []ProjectHits
	// Pinball is the mean loss of what was shown, Plain that of the plain bootstrap, both per horizon day.
	Pinball, Plain [len(Levels)]float64
	// PlainAt counts how often the plain bootstrap's dates held.
	PlainAt [len(Levels)]Hits
}

// ProjectHits are the hits of a project.
type ProjectHits struct {
	Project string
	At      [len(Levels)]Hits
}

// Inside counts the projects whose share at a level lies between two bounds, both included.
func (r Report) Inside(level int, low, high float64) int {
	n := 0
	for _, p := range r.ByProject {
		if share := p.At[level].Share(); share >= low && share <= high {
			n++
		}
	}
	return n
}

// Records replays projects, two or more at once where there are processors, in the order of the projects. The error is
// that of a context that ended: it is looked at before each project.
func Records(ctx context.Context, projects []Project) ([][]Outcome, error) {
	records := make([][]Outcome, len(projects))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					continue
				}
				records[i] = Replay(projects[i].Throughput)
			}
		})
	}
	for i := range projects {
		next <- i
	}
	close(next)
	workers.Wait()
	return records, ctx.Err()
}

// Judge replays projects and tells how often their forecasts held, beside a plain bootstrap: single days, capped,
// drawn from the last 120. A project that the prior was made from is judged by the prior of the others.
// The error is that of a context that ended.
func Judge(ctx context.Context, projects []Project, prior Prior) (Report, error) {
	report := Report{Projects: len(projects)}
	records, err := Records(ctx, projects)
	if err != nil {
		return Report{}, err
	}
	for i, record := range records {
		if ctx.Err() != nil {
			return Report{}, ctx.Err()
		}
		if len(record) == 0 {
			continue
		}
		own := prior
		if prior.Has(projects[i].Name) {
			own = prior.Without(projects[i].Name)
		}
		report.addProject(projects[i], Calibrate(record, own))
	}
	for level := range Levels {
		report.Pinball[level] /= float64(report.Forecasts)
		report.Plain[level] /= float64(report.Forecasts)
	}
	return report, nil
}

// addProject counts the forecasts of a project; losses are summed.
func (r *Report) addProject(project Project, told []Told) {
	hits := ProjectHits{Project: project.Name}
	var plain [len(Horizons)][len(Levels)]int
	for i, t := range told {
		if i == 0 || told[i-1].Day != t.Day {
			plain = plainDays(project.Throughput[:t.Day], t.Day)
		}
		r.Forecasts++
		for level, odds := range Levels {
			r.At[level].Count(t.Held(level))
			r.ByHorizon[t.Horizon][level].Count(t.Held(level))
			hits.At[level].Count(t.Held(level))
			r.PlainAt[level].Count(t.Days <= plain[t.Horizon][level])
			horizon := float64(Horizons[t.Horizon])
			r.Pinball[level] += Pinball(odds, t.Shown[level], t.Days) / horizon
			r.Plain[level] += Pinball(odds, plain[t.Horizon][level], t.Days) / horizon
		}
	}
	r.ByProject = append(r.ByProject, hits)
}

// Pinball returns the loss of a quantile: each day that the outcome lies beyond it costs p, each day short of it
// 1 − p. The true quantile has the least loss in the mean.
func Pinball(p float64, shown, outcome int) float64 {
	late := float64(outcome - shown)
	if late >= 0 {
		return p * late
	}
	return (p - 1) * late
}

// plainDays returns what the plain bootstrap of single days tells at each level and horizon, as of the beginning
// of a day: what most tools of the field do.
func plainDays(past Throughput, day int) (shown [len(Horizons)][len(Levels)]int) {
	window := past.Window()
	pace := window.lastDays(paceDays).meanPerDay()
	random := rand.New(rand.NewPCG(Seed, uint64(day)))
	var took [len(Horizons)][]int
	for range replayTrials {
		sum, next := 0.0, 0
		for n := 1; next < len(Horizons); n++ {
			sum += window[random.IntN(len(window))]
			for next < len(Horizons) &&
				(sum >= math.Ceil(pace*float64(Horizons[next])-Tolerance)-Tolerance || n >= tooLong) {
				took[next] = append(took[next], n)
				next++
			}
		}
	}
	for horizon := range Horizons {
		slices.Sort(took[horizon])
		for level, odds := range Levels {
			shown[horizon][level] = Answer{Days: took[horizon]}.Quantile(odds)
		}
	}
	return shown
}
