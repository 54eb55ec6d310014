package index

import (
	"slices"
	"time"

	"jerem/agile"
)

// Finish is work that was finished: what it counted for at that moment.
type Finish struct {
	Issue     int64
	At        time.Time
	Estimate  agile.Number // in the unit asked
	UnderEpic bool         // it belonged to an epic, known here or not
}

// CountsIn tells whether an issue of a level is work of its own in a unit.
func CountsIn(unit agile.Unit, level int) bool {
	return level == 0 || level < 0 && unit == agile.Seconds
}

// EstimateIn returns what an issue counts for in a unit while a snapshot holds.
func EstimateIn(unit agile.Unit, s Snapshot) agile.Number {
	if unit == agile.Issues {
		return agile.Number{Value: 1, Known: true}
	}
	return s.Estimate
}

// Finishes lists what the team finished up to a moment and is still done, in order of the finish.
func (x *Index) Finishes(unit agile.Unit, at time.Time) []Finish {
	done := make([]Finish, 0, len(doneSpans(x)))
	for _, span := range doneSpans(x) {
		if span.from.After(at) {
			break
		}
		if f, ok := finishIn(x, span, unit, at); ok {
			done = append(done, f)
		}
	}
	return done
}

// doneSpan is a stretch of time through which an issue was done, after an entry into done from what is not done.
type doneSpan struct {
	issue     *agile.Issue
	entry     int       // place of the snapshot of the entry
	from, to  time.Time // to is zero while the issue is still done
	underEpic bool      // it belonged to an epic at the entry, known here or not
}

// doneSpansKey names what is recalled of an index and of its issues.
type doneSpansKey struct{}

// doneSpans lists the stretches of all issues in order of their entries, those of a moment in the order of the
// history's issues.
func doneSpans(x *Index) []doneSpan {
	return Recall(x, doneSpansKey{}, func() []doneSpan {
		var all []doneSpan
		each := func(i *agile.Issue) []doneSpan { return doneSpansOf(x, i) }
		for _, spans := range RecallEach(x, doneSpansKey{}, each) {
			all = append(all, spans...)
		}
		slices.SortStableFunc(all, func(a, b doneSpan) int { return a.from.Compare(b.from) })
		return all
	})
}

// doneSpansOf lists the stretches of an issue. What was created done is in none until it was reopened.
func doneSpansOf(x *Index, i *agile.Issue) []doneSpan {
	var spans []doneSpan
	history, was, open := x.Histories[i.ID], ToDo, false
	for n, s := range history {
		if !history.LastOfMoment(n) {
			continue
		}
		if open && s.State != Done {
			spans[len(spans)-1].to, open = s.At, false
		}
		if created := len(spans) == 0 && s.At.Equal(history[0].At); s.State == Done && was != Done && !created {
			spans = append(spans, doneSpan{issue: i, entry: n, from: s.At, underEpic: x.isUnderEpic(i, s)})
			open = true
		}
		was = s.State
	}
	return spans
}

// finishIn returns the finish of an issue by a stretch that it is in at a moment.
func finishIn(x *Index, span doneSpan, unit agile.Unit, at time.Time) (Finish, bool) {
	if !span.to.IsZero() && !span.to.After(at) {
		return Finish{}, false
	}
	history := x.Histories[span.issue.ID]
	if !history[history.PlaceAt(at)].InScope || !CountsIn(unit, x.Level(span.issue.Type.At(at))) {
		return Finish{}, false
	}
	s := &history[span.entry]
	return Finish{Issue: span.issue.ID, At: s.At, Estimate: EstimateIn(unit, *s), UnderEpic: span.underEpic}, true
}

// isUnderEpic tells whether an issue belongs to an epic at a checkpoint, be it one that is not known here: the older
// link of an issue names the epic of another team by its key.
func (x *Index) isUnderEpic(i *agile.Issue, s Snapshot) bool {
	switch parent := x.IssueAt(i, Checkpoint{At: s.At, Order: s.Order}).Parent(); {
	case s.Epic != 0 || !s.Counts:
		return s.Epic != 0
	case parent != nil:
		return parent.EpicLink.AtOrder(s.At, s.Order) != ""
	}
	return i.EpicLink.AtOrder(s.At, s.Order) != ""
}
