package oncall

import (
	"slices"
	"time"

	"jerem/oncall/civil"
)

// Schedule answers who is on duty in one rota. It is a function of versions, people and changes, and the only
// one: pages, calendars, pay and paging all ask it.
type Schedule struct {
	Rota     string
	versions []ActiveVersion
	People   People
	changes  []Change // those that count, by seq
}

// NewSchedule makes the schedule of a rota. The order of the changes does not matter; those of other rotas
// and those not in force are left out.
func NewSchedule(r Rota, people People, changes []Change) *Schedule {
	return &Schedule{Rota: r.Name, versions: r.activeVersions(), People: people, changes: orderChanges(r.Name, changes)}
}

// ActiveVersions returns the versions of the rota in order, each with the time in which it holds.
func (s *Schedule) ActiveVersions() []ActiveVersion { return s.versions }

// Changes returns the changes that count at some moment, in the order in which they came into force.
func (s *Schedule) Changes() []Change { return s.changes }

// Duty is who is on duty in a rota at one instant.
type Duty struct {
	Covered  bool   // outside coverage nobody is on duty and nothing is a gap
	Person   string // who is on duty; "" in a gap and outside coverage
	Planned  string // the turn's person before any change
	Followed string // the handle that changes have led to, present or not
	Turn     Turn
	Changes  []int64 // the changes with an effect, by seq
	idle     []int64 // the changes whose From was not the one followed
}

// IsGap tells whether the instant is covered and nobody is on duty.
func (d Duty) IsGap() bool { return d.Covered && d.Person == "" }

// At tells who is on duty at t. ok is false before the first version and after the rota's end: there is
// neither duty nor gap.
func (s *Schedule) At(t time.Time) (d Duty, ok bool) {
	p, ok := s.activeVersionAt(t)
	if !ok {
		return Duty{}, false
	}
	k := p.turnAt(t)
	return s.decideDuty(t, p.plannedPerson(k), p.numberedTurn(k), p.Coverage.Covers(t, p.Zone, p.Holiday)), true
}

// decideDuty is the rule of section 2: the planned person, then each change in order whose From is the one followed.
func (s *Schedule) decideDuty(t time.Time, planned string, turn Turn, isCovered bool) Duty {
	d := Duty{Covered: isCovered, Planned: planned, Followed: planned, Turn: turn}
	for _, c := range s.changes {
		if !c.InForce().Holds(t) {
			continue
		}
		if c.From != d.Followed {
			d.idle = append(d.idle, c.ID)
			continue
		}
		d.Followed = c.To
		d.Changes = append(d.Changes, c.ID)
	}
	if isCovered && s.People.Present(d.Followed, t) {
		d.Person = d.Followed
	}
	return d
}

func (s *Schedule) activeVersionAt(t time.Time) (ActiveVersion, bool) {
	for _, p := range s.versions {
		if p.Holds(t) {
			return p, true
		}
	}
	return ActiveVersion{}, false
}

// Segment is covered time in which nothing changes: neither person, planned person, turn nor coverage.
type Segment struct {
	civil.Span
	Person  string // "" in a gap
	Planned string
	Turn    Turn
	Changes []int64 // those with an effect at some moment of it, by seq
}

// IsGap tells whether nobody is on duty in the segment.
func (g Segment) IsGap() bool { return g.Person == "" }

// Segments returns the covered time of a span, clipped to it, as segments that tile it in order.
func (s *Schedule) Segments(in civil.Span) []Segment {
	var out []Segment
	for _, piece := range s.piecesIn(in) {
		out = appendSegment(out, piece, s.changes)
	}
	return out
}

// piece is a stretch within which the rule has one answer.
type piece struct {
	civil.Span
	Duty
}

// piecesIn cuts the covered time of a span wherever the answer of At could change.
func (s *Schedule) piecesIn(in civil.Span) []piece {
	var out []piece
	for _, p := range s.versions {
		within := in.Clip(p.Span)
		if within.Empty() {
			continue
		}
		for k := p.turnAt(within.Start); p.handoverAt(k).Before(within.End); k++ {
			out = append(out, s.piecesOfTurn(p, k, within)...)
		}
	}
	return out
}

func (s *Schedule) piecesOfTurn(p ActiveVersion, k int, in civil.Span) []piece {
	turn := p.numberedTurn(k)
	within := turn.Clip(in)
	if within.Empty() {
		return nil
	}
	cuts := s.cutMoments(within)
	var out []piece
	for _, covered := range p.CoveredSpans(within) {
		start := covered.Start
		for _, cut := range append(momentsInside(cuts, covered), covered.End) {
			out = append(out, piece{civil.Span{Start: start, End: cut},
				s.decideDuty(start, p.plannedPerson(k), turn, true)})
			start = cut
		}
	}
	return out
}

// cutMoments returns the instants of a span at which a change begins or ends or a person joins or leaves, in order.
func (s *Schedule) cutMoments(in civil.Span) []time.Time {
	var out []time.Time
	for _, c := range s.changes {
		span := c.InForce()
		out = append(out, span.Start, span.End)
	}
	for _, p := range s.People {
		out = append(out, p.Joins, p.Leaves)
	}
	out = momentsInside(out, in)
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// momentsInside returns the instants that lie in a span after its start.
func momentsInside(instants []time.Time, in civil.Span) []time.Time {
	var out []time.Time
	for _, t := range instants {
		if t.After(in.Start) && t.Before(in.End) {
			out = append(out, t)
		}
	}
	return out
}

// appendSegment adds a piece to the segment before it where nothing of the contract cuts them.
func appendSegment(out []Segment, p piece, order []Change) []Segment {
	if last := len(out) - 1; last >= 0 && continuesSegment(out[last], p) {
		out[last].End = p.End
		out[last].Changes = joinChanges(out[last].Changes, p.Changes, order)
		return out
	}
	return append(out, Segment{p.Span, p.Person, p.Planned, p.Turn, slices.Clone(p.Changes)})
}

func continuesSegment(g Segment, p piece) bool {
	isSameTurn := g.Turn.Version == p.Turn.Version && g.Turn.Index == p.Turn.Index && g.Turn.Start.Equal(p.Turn.Start)
	return g.End.Equal(p.Start) && g.Person == p.Person && g.Planned == p.Planned && isSameTurn
}

// joinChanges returns the changes of either list, by seq.
func joinChanges(a, b []int64, order []Change) []int64 {
	var out []int64
	for _, c := range order {
		if slices.Contains(a, c.ID) || slices.Contains(b, c.ID) {
			out = append(out, c.ID)
		}
	}
	return out
}

// Covered returns the covered time of a span.
func (s *Schedule) Covered(in civil.Span) []civil.Span {
	var out []civil.Span
	for _, p := range s.versions {
		if within := in.Clip(p.Span); !within.Empty() {
			out = append(out, p.CoveredSpans(within)...)
		}
	}
	return civil.UniteSpans(out)
}

// Gaps returns the segments in which nobody is on duty.
func (s *Schedule) Gaps(in civil.Span) []Segment {
	return slices.DeleteFunc(s.Segments(in), func(g Segment) bool { return !g.IsGap() })
}

// IdleSeconds returns for each change that counts how many covered seconds of it had no effect.
func (s *Schedule) IdleSeconds() map[int64]int64 {
	out := map[int64]int64{}
	for _, c := range s.changes {
		if seconds := s.IdleSecondsOf(c); seconds > 0 {
			out[c.ID] = seconds
		}
	}
	return out
}

// IdleSecondsOf returns how many covered seconds of a change had no effect.
func (s *Schedule) IdleSecondsOf(c Change) int64 {
	var seconds int64
	for _, p := range s.piecesIn(c.InForce()) {
		if slices.Contains(p.idle, c.ID) {
			seconds += p.Seconds()
		}
	}
	return seconds
}

// VersionFor returns the version that holds at t; before the first one the first, after the end the last.
func (s *Schedule) VersionFor(t time.Time) Version {
	var out Version
	for i, p := range s.versions {
		if i == 0 || !t.Before(p.Start) {
			out = p.Version
		}
	}
	return out
}

// ZoneAt returns the zone of the version that holds at t.
func (s *Schedule) ZoneAt(t time.Time) *time.Location { return s.VersionFor(t).Zone }

// TeamAt returns the team and the level of the version that holds at t.
func (s *Schedule) TeamAt(t time.Time) (team string, level int) {
	v := s.VersionFor(t)
	return v.Team, v.Level
}

// Turns returns the turns that overlap a span, in order.
func (s *Schedule) Turns(in civil.Span) []Turn {
	var out []Turn
	for _, p := range s.versions {
		within := in.Clip(p.Span)
		if within.Empty() {
			continue
		}
		out = append(out, p.TurnsIn(within)...)
	}
	return out
}

// CutTurns returns the turns that a version's end leaves shorter than a tenth of their length.
func (s *Schedule) CutTurns() []Turn {
	var out []Turn
	for _, p := range s.versions {
		if !p.End.Before(never) || p.Empty() {
			continue
		}
		turn := p.numberedTurn(p.turnAt(p.End.Add(-time.Second)))
		if turn.IsCut() && turn.Seconds()*10 < (civil.Span{Start: turn.Start, End: turn.FullEnd}).Seconds() {
			out = append(out, turn)
		}
	}
	return out
}
