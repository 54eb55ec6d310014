package index

import (
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure/internal/workstate"
)

// SprintSpan is the stretch of a sprint that figures look at: its ledger runs from start (excluded) to end (included).
type SprintSpan struct {
	ID         int64
	Start, End time.Time
	Closed     bool // end is the completion: an exit by the Sprint field at it is roll-over
}

// Membership is the state history of an issue as one sprint sees it.
type Membership struct {
	Issue     int64
	Snapshots []MemberSnapshot
}

// MemberSnapshot is a snapshot with the answer to whether the issue is in the sprint and counts there.
type MemberSnapshot struct {
	*Snapshot // of the state history; an empty one before the creation
	In        bool
}

// beforeCreation is what holds of an issue that is not created yet.
var beforeCreation = MemberSnapshot{Snapshot: &Snapshot{}}

// Memberships returns those of all issues that were ever in the sprint, in ascending order of id.
func (x *Index) Memberships(s SprintSpan) []Membership { return membershipsIn(nil, x, s) }

// snapshotRooms is the memory of memberships that are looked at once: of a long sprint half a megabyte.
var snapshotRooms = sync.Pool{New: func() any { return new([]MemberSnapshot) }}

// LookAtMemberships hands [Index.Memberships] over to who keeps nothing of them.
func LookAtMemberships(x *Index, s SprintSpan, look func([]Membership)) {
	room := snapshotRooms.Get().(*[]MemberSnapshot)
	defer snapshotRooms.Put(room)
	count := 0
	for _, id := range x.SprintIssues.Of(s.ID) {
		count += x.Histories.Of(id).PlaceAt(s.End) + 1
	}
	*room = slices.Grow((*room)[:0], count)
	look(membershipsIn(*room, x, s))
}

// membershipsIn returns memberships whose snapshots take the room that is given, as far as it goes.
func membershipsIn(room []MemberSnapshot, x *Index, s SprintSpan) []Membership {
	ids := slices.Clone(x.SprintIssues.Of(s.ID))
	slices.Sort(ids)
	out := make([]Membership, 0, len(ids))
	for _, id := range ids {
		known := x.Histories.Of(id).PlaceAt(s.End) + 1
		if cap(room)-len(room) < known {
			room = make([]MemberSnapshot, 0, known)
		}
		begin := len(room)
		room = appendMembership(room, x, id, s)
		out = append(out, Membership{id, room[begin:len(room):len(room)]})
	}
	return out
}

// appendMembership appends the snapshots of an issue up to the end of the span.
func appendMembership(out []MemberSnapshot, x *Index, id int64, s SprintSpan) []MemberSnapshot {
	history := x.Histories.Of(id)
	known := history.PlaceAt(s.End) + 1
	inSprint, held := false, false
	for n := range history[:known] {
		b := &history[n]
		now := slices.Contains(b.Sprints(), s.ID)
		if s.Closed && b.At().Equal(s.End) && b.SprintChanged() && inSprint && !now && b.Counts() {
			held = true // closing the sprint takes nothing out of it
		}
		inSprint = now || held
		out = append(out, MemberSnapshot{b, inSprint && b.Counts() && b.InSprints()})
	}
	return out
}

// At returns what holds of the issue at a moment, every change at it included.
func (s Membership) At(at time.Time) MemberSnapshot {
	last := beforeCreation
	for _, b := range s.Snapshots {
		if b.At().After(at) {
			break
		}
		last = b
	}
	return last
}

// Last returns what holds of the issue at the end of the span.
func (s Membership) Last() MemberSnapshot {
	if len(s.Snapshots) == 0 {
		return beforeCreation
	}
	return s.Snapshots[len(s.Snapshots)-1]
}

// DoneSince returns the moment of the last entry into done and what held of the issue then; false
// for an issue that is done since its creation, or never was. Changes of one moment count as one.
func (s Membership) DoneSince() (MemberSnapshot, bool) {
	found := beforeCreation
	ok, was := false, true // what is done from its first moment on has no entry
	first := true
	for i, b := range s.Snapshots {
		if i+1 < len(s.Snapshots) && s.Snapshots[i+1].At().Equal(b.At()) {
			continue
		}
		is := b.State() == workstate.Done
		if is && !was && !first {
			found, ok = b, true
		}
		was, first = is, false
	}
	return found, ok
}

// SprintSpan returns what figures look at: from the start of the ledger, moved by the planning grace, to
// the completion or, while the sprint is open, to the moment asked.
func (x *Index) SprintSpan(id int64, v agile.SprintVersion, at time.Time) SprintSpan {
	sp := SprintSpan{ID: id, Start: v.Start.Add(x.History.Team.Sprint.Grace), End: at}
	if v.ClosedBy(at) {
		sp.End, sp.Closed = v.Completed(), true
	}
	if sp.Start.After(sp.End) {
		sp.Start = sp.End
	}
	return sp
}

// Completion returns when the sprint was completed, zero while the sprint is open.
func (s SprintSpan) Completion() time.Time {
	if s.Closed {
		return s.End
	}
	return time.Time{}
}
