package index

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"time"

	"jerem/agile"
	"jerem/measure/internal/workstate"
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
	return s.Estimate()
}

// Finishes lists what the team finished up to a moment and is still done, in order of the finish.
func (x *Index) Finishes(unit agile.Unit, at time.Time) []Finish {
	done := make([]Finish, 0, len(spansBegunBy(x, at)))
	for f := range x.EachFinish(unit, at) {
		done = append(done, f)
	}
	return done
}

// EachFinish goes through what [Index.Finishes] lists: of a team of 20,000 issues the list takes a megabyte.
func (x *Index) EachFinish(unit agile.Unit, at time.Time) iter.Seq[Finish] {
	return func(yield func(Finish) bool) {
		now := agile.MomentOf(at)
		for _, span := range spansBegunBy(x, at) {
			if f, ok := finishIn(x, span, unit, now); ok && !yield(f) {
				return
			}
		}
	}
}

// FinishOf returns the finish of one issue that [Index.Finishes] lists; false where it lists none.
func FinishOf(x *Index, id int64, unit agile.Unit, at time.Time) (Finish, bool) {
	i := x.Issues.Of(id)
	if i == nil {
		return Finish{}, false
	}
	now := agile.MomentOf(at)
	for _, span := range doneSpansOf(x, i) {
		if f, ok := finishIn(x, &span, unit, now); ok && span.from <= now {
			return f, true
		}
	}
	return Finish{}, false
}

// spansBegunBy lists the stretches that were entered up to a moment.
func spansBegunBy(x *Index, at time.Time) []*doneSpan {
	spans, now := doneSpans(x), agile.MomentOf(at)
	return spans[:sort.Search(len(spans), func(n int) bool { return spans[n].from > now })]
}

// doneSpan is a stretch of time through which an issue was done, after an entry into done from what is not done. It is
// kept small, for a team has one of most of its issues.
type doneSpan struct {
	issue     *agile.Issue
	from, to  agile.Moment // to is zero while the issue is still done
	estimate  float64      // of the entry, in the team's unit
	estimated bool         // whether it had one
	underEpic bool         // at the entry it belonged to an epic, known here or not
	steady    bool         // scope and level are those of the entry all through it
	inScope   bool
	level     int32
}

// doneEntry is a stretch with the moment of its entry beside it, which tells most of them apart at once.
type doneEntry struct {
	from agile.Moment
	span *doneSpan
}

// compare orders entries by their moments, those of a moment by the issues. No two are equal: an issue is entered once
// at a moment.
func (e doneEntry) compare(o doneEntry) int {
	if e.from != o.from {
		return cmp.Compare(e.from, o.from)
	}
	return cmp.Compare(e.span.issue.ID, o.span.issue.ID)
}

// doneSpansKey names what is recalled of an index and of its issues.
type doneSpansKey struct{}

// doneSpans lists the stretches of all issues in order of their entries, those of a moment in order of the issues' ids:
// what draws from them does not hang on the order in which a Jira told them.
func doneSpans(x *Index) []*doneSpan {
	return Recall(x, doneSpansKey{}, func() []*doneSpan {
		var entries []doneEntry
		each := func(i *agile.Issue) []doneSpan { return doneSpansOf(x, i) }
		for _, spans := range RecallEach(x, doneSpansKey{}, each) {
			for n := range spans {
				entries = append(entries, doneEntry{spans[n].from, &spans[n]})
			}
		}
		slices.SortFunc(entries, doneEntry.compare)
		all := make([]*doneSpan, len(entries))
		for n, entry := range entries {
			all[n] = entry.span
		}
		return all
	})
}

// doneSpansOf lists the stretches of an issue. What was created done is in none until it was reopened.
func doneSpansOf(x *Index, i *agile.Issue) []doneSpan {
	var spans []doneSpan
	history, was, open := x.Histories.Of(i.ID), workstate.ToDo, false
	for n := range history {
		s := &history[n]
		if !history.LastOfMoment(n) {
			continue
		}
		if open && s.State() != workstate.Done {
			spans[len(spans)-1].to, open = s.at, false
		}
		if created := len(spans) == 0 && s.At().Equal(history[0].At()); s.State() == workstate.Done &&
			was != workstate.Done && !created {
			spans = append(spans, doneSpanFrom(x, i, s))
			open = true
		}
		if last := len(spans) - 1; open && (s.InScope() != spans[last].inScope ||
			int32(x.Level(i.Type.At(s.At()))) != spans[last].level) {
			spans[last].steady = false
		}
		was = s.State()
	}
	return spans
}

// doneSpanFrom begins a stretch at a snapshot.
func doneSpanFrom(x *Index, i *agile.Issue, s *Snapshot) doneSpan {
	estimate := s.Estimate()
	return doneSpan{issue: i, from: s.at, estimate: estimate.Value, estimated: estimate.Known, steady: true,
		underEpic: isUnderEpic(x, i, *s), inScope: s.InScope(), level: int32(x.Level(i.Type.At(s.At())))}
}

// finishIn returns the finish of an issue by a stretch that it is in at a moment.
func finishIn(x *Index, span *doneSpan, unit agile.Unit, now agile.Moment) (Finish, bool) {
	if span.to != 0 && span.to <= now {
		return Finish{}, false
	}
	inScope, level := span.inScope, int(span.level)
	if !span.steady {
		present, _ := x.Histories.Of(span.issue.ID).At(now.Time())
		inScope, level = present.InScope(), x.Level(span.issue.Type.At(now.Time()))
	}
	if !inScope || !CountsIn(unit, level) {
		return Finish{}, false
	}
	estimate := agile.Number{Value: 1, Known: true}
	if unit != agile.Issues {
		estimate = agile.Number{Value: span.estimate, Known: span.estimated}
	}
	return Finish{Issue: span.issue.ID, At: span.from.Time(), Estimate: estimate, UnderEpic: span.underEpic}, true
}

// isUnderEpic tells whether an issue belongs to an epic at a checkpoint, be it one that is not known here: the older
// link of an issue names the epic of another team by its key.
func isUnderEpic(x *Index, i *agile.Issue, s Snapshot) bool {
	switch parent := x.IssueAt(i, Checkpoint{At: s.At(), Order: s.Order()}).Parent(); {
	case s.Epic != 0 || !s.Counts():
		return s.Epic != 0
	case parent != nil:
		return parent.EpicLink.AtOrder(s.At(), s.Order()) != ""
	}
	return i.EpicLink.AtOrder(s.At(), s.Order()) != ""
}
