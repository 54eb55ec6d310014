package sprinttrack

import (
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
)

// Span returns the span of a sprint's series: from its start to its completion or to now.
func Span(x *index.Index, id int64, v agile.SprintVersion, now time.Time) index.SprintSpan {
	sp := index.SprintSpan{ID: id, Start: v.Start, End: now}
	if v.ClosedBy(now) {
		sp.End, sp.Closed = v.Completed(), true
	}
	if sp.End.Before(sp.Start) {
		sp.End = sp.Start
	}
	return sp
}

// Work follows what is in a sprint: all of it, what is in progress and what is done.
func Work(t *index.Index, id int64, v agile.SprintVersion, now time.Time) []track.Track {
	sp := Span(t, id, v, now)
	var steps []track.Change
	for _, st := range t.Memberships(sp) {
		steps = append(steps, changesOf(st, sp.Start)...)
	}
	tracks := []track.Track{{Class: catalogue.ClassSprint + "storypoint.total"},
		{Class: catalogue.ClassSprint + "storypoint.inprogress"}, {Class: catalogue.ClassSprint + "storypoint.done"}}
	for n := range tracks {
		tracks[n].End = sp.Completion()
		tracks[n].Force(sp.Start.UTC(), 0)
	}
	track.SumUp(steps, func(at time.Time, w track.Work) {
		for n, x := range []float64{w.Total, w.Doing, w.Done} {
			tracks[n].Set(at, amount.Tidy(x))
		}
	})
	return endTracks(tracks, sp)
}

// changesOf lists what an issue changes in the sums of a sprint, from its start on.
func changesOf(s index.Membership, start time.Time) []track.Change {
	var out []track.Change
	was := track.Work{}
	put := func(at time.Time, b index.MemberSnapshot) {
		is := track.Work{}
		if b.In {
			is = track.WorkOf(*b.Snapshot)
		}
		if by := is.Minus(was); by != (track.Work{}) {
			out = append(out, track.Change{At: at.UTC(), By: by})
		}
		was = is
	}
	put(start, s.At(start))
	for n, b := range s.Snapshots {
		last := n+1 == len(s.Snapshots) || !s.Snapshots[n+1].At().Equal(b.At()) // changes of one moment count as one
		if last && b.At().After(start) {
			put(b.At(), b)
		}
	}
	return out
}

// endTracks puts the point at the completion of a sprint.
func endTracks(tracks []track.Track, sp index.SprintSpan) []track.Track {
	if !sp.Closed {
		return tracks
	}
	for i := range tracks {
		tracks[i].Force(sp.End, tracks[i].Value(sp.End))
	}
	return tracks
}

// Ledger follows the sums of a sprint's ledger from its start, moved by the planning grace, to
// its completion.
func Ledger(t *index.Index, id int64, v agile.SprintVersion, now time.Time) []track.Track {
	sp := t.SprintSpan(id, v, now)
	if v.Start.Add(t.History.Team.Sprint.Grace).After(now) {
		return nil
	}
	names := []string{"commitment", "added", "removed", "reestimated", "completed", "reopened", "remaining"}
	tracks := make([]track.Track, len(names))
	for n, name := range names {
		tracks[n] = track.Track{Class: catalogue.ClassAgileSprint + name, End: sp.Completion()}
		tracks[n].Force(sp.Start.UTC(), 0)
	}
	var sums measure.Ledger
	for _, e := range measure.LedgerOf(t, sp, t.Memberships(sp)).Entries {
		sums.SumUp(e)
		for n, x := range []float64{sums.Commitment, sums.Added, sums.Removed, sums.Reestimated, sums.Completed,
			sums.Reopened, sums.Remaining} {
			tracks[n].Set(e.Time, amount.Tidy(x))
		}
	}
	return endTracks(tracks, sp)
}
