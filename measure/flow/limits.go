package flow

import (
	"fmt"
	"math"
	"time"

	"jerem/calendar"
	"jerem/measure/internal/amount"
)

// XmR holds the limits of process behaviour of cycle times and of weekly throughput.
type XmR struct {
	CycleTime  *Limits `json:"cycle_time"` // nil below two values
	Throughput *Limits `json:"throughput"`
}

// Limits are the mean of a process and the bounds of its ordinary variation: mean ± 2.66 × the mean of the moving
// ranges, the lower one not below 0.
type Limits struct {
	Mean    float64  `json:"mean"`
	Lower   float64  `json:"lower"`
	Upper   float64  `json:"upper"`
	Outside []string `json:"outside"` // what lies beyond them: issues, or weeks as 2026-W45
}

// movingRangeFactor makes three standard deviations of the mean of the ranges of two neighbours: 3 / 1.128.
const movingRangeFactor = 2.66

// controlLimits computes the limits of values in order of time; names tell what lies outside.
func controlLimits(values []float64, names []string) *Limits {
	if len(values) < 2 {
		return nil
	}
	sum, ranges := values[0], 0.0
	for n := 1; n < len(values); n++ {
		sum += values[n]
		ranges += max(values[n]-values[n-1], values[n-1]-values[n])
	}
	mean := sum / float64(len(values))
	width := movingRangeFactor * ranges / float64(len(values)-1)
	l := &Limits{Mean: mean, Lower: max(0, mean-width), Upper: mean + width, Outside: []string{}}
	for n, value := range values {
		if amount.Tidy(math.Abs(value-mean)-width) > 0 {
			l.Outside = append(l.Outside, names[n])
		}
	}
	return l
}

// limitsOf computes the limits of the window: cycle times in order of finish, throughput by whole ISO weeks.
func limitsOf(w *window, cycles []CycleIssue) XmR {
	var days []float64
	var issues []string
	for _, c := range cycles {
		days, issues = append(days, float64(c.Days)), append(issues, c.Issue)
	}
	weeks, counts := w.weeklyThroughput()
	return XmR{CycleTime: controlLimits(days, issues), Throughput: controlLimits(counts, weeks)}
}

// weeklyThroughput counts the issues finished in each ISO week that lies whole in the window and is over, those of 0
// too.
func (w *window) weeklyThroughput() (weeks []string, counts []float64) {
	byWeek := map[string]float64{}
	for _, p := range w.finished {
		byWeek[isoWeek(w.team.Index.Date(p.finished()))]++
	}
	monday := w.from
	for monday.Weekday() != time.Monday {
		monday = monday.Add(1)
	}
	last := w.to
	if today := w.team.Index.Date(w.at); today.Before(last) {
		last = today
	}
	for ; !last.Before(monday.Add(6)); monday = monday.Add(7) {
		week := isoWeek(monday)
		weeks, counts = append(weeks, week), append(counts, byWeek[week])
	}
	return weeks, counts
}

// isoWeek names the ISO week of a date: 2026-W45.
func isoWeek(d calendar.Date) string {
	year, week := d.Midnight(time.UTC).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
