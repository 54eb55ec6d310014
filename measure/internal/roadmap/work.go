package roadmap

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/track"
)

// NoInitiative is what series call the initiative of an epic without one.
const NoInitiative = "None"

// EpicWork is the work of an epic at a moment, in the team's unit. Done work stays in the total.
type EpicWork struct {
	Total, Doing, Done      float64
	Unestimated, Dependency int // issues
	Issues                  int
	Open                    int // issues that are not done, whatever they are estimated at
}

// WorkOf sums up those issues of an epic that are taken, as they are at a moment, every change at it included.
func (r *Roadmap) WorkOf(epic int64, at time.Time, take func(issue int64) bool) EpicWork {
	var w EpicWork
	for _, id := range r.Index.EpicIssues.Of(epic) {
		if take(id) {
			w.Add(r.PartOf(id, epic, at))
		}
	}
	return w.Tidy()
}

// PartOf is what one issue is of an epic's work at a moment, nothing while it belongs elsewhere.
func (r *Roadmap) PartOf(id, epic int64, at time.Time) EpicWork {
	b, _ := r.Index.Histories.Of(id).At(at)
	if b.Epic != epic {
		return EpicWork{}
	}
	s := track.WorkOf(b)
	w := EpicWork{Total: s.Total, Doing: s.Doing, Done: s.Done, Issues: 1}
	if index.IsUnestimated(r.Index, id, b, at) {
		w.Unestimated = 1
	}
	if r.Index.History.Team.Dependency.MarkedBy(r.Index.Issues.Of(id).Labels.At(at)) {
		w.Dependency = 1
	}
	if !b.IsDone() {
		w.Open = 1
	}
	return w
}

// Add adds other work.
func (w *EpicWork) Add(o EpicWork) {
	w.Total, w.Doing, w.Done = w.Total+o.Total, w.Doing+o.Doing, w.Done+o.Done
	w.Unestimated, w.Dependency, w.Issues = w.Unestimated+o.Unestimated, w.Dependency+o.Dependency, w.Issues+o.Issues
	w.Open += o.Open
}

// Minus returns the work without other work.
func (w EpicWork) Minus(o EpicWork) EpicWork {
	return EpicWork{w.Total - o.Total, w.Doing - o.Doing, w.Done - o.Done, w.Unestimated - o.Unestimated,
		w.Dependency - o.Dependency, w.Issues - o.Issues, w.Open - o.Open}
}

// Tidy returns the work with its sums freed of noise.
func (w EpicWork) Tidy() EpicWork {
	w.Total, w.Doing, w.Done = amount.Tidy(w.Total), amount.Tidy(w.Doing), amount.Tidy(w.Done)
	return w
}

// Initiative returns the initiative that labels name by a team's rule: the one last in alphabetical order of several,
// None without one.
func Initiative(rule agile.InitiativeRule, labels []string) string {
	last := ""
	for _, l := range labels {
		last = max(last, rule.NameIn(l))
	}
	if last == "" {
		return NoInitiative
	}
	return last
}

// PartMoments lists the moments up to one at which an issue's part of its epic's work may change.
func PartMoments(r *Roadmap, id int64, to time.Time) []time.Time {
	out := make([]time.Time, 0, len(r.Index.Histories.Of(id))+len(r.Index.Issues.Of(id).Labels))
	put := func(at time.Time) {
		if !at.After(to) {
			out = append(out, at.UTC())
		}
	}
	for _, b := range r.Index.Histories.Of(id) {
		put(b.At())
	}
	moments.EachChange(r.Index.Issues.Of(id).Labels, put)
	if r.Index.Unit == agile.Seconds { // an estimated sub-task makes its parent estimated
		for _, child := range r.Index.Children.Of(id) {
			moments.EachChange(r.Index.Issues.Of(child).Numbers.Of(r.Index.History.Board.Estimate), put)
			moments.EachChange(r.Index.Issues.Of(child).Parent, put)
			moments.EachChange(r.Index.Issues.Of(child).Type, put)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.Compact(out)
}
