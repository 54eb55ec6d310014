package oncall

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
)

// WarningKind is what a warning is about.
type WarningKind string

// The kinds of warnings.
const (
	WarnGap           WarningKind = "gap"
	WarnFewPeople     WarningKind = "few_people"
	WarnManyPeople    WarningKind = "many_people"
	WarnShare         WarningKind = "share"
	WarnRest          WarningKind = "rest"
	WarnTwoAtOnce     WarningKind = "two_at_once"
	WarnAbsence       WarningKind = "absence"
	WarnLate          WarningKind = "late"
	WarnIdle          WarningKind = "idle"
	WarnNoContact     WarningKind = "no_contact"
	WarnInterruptions WarningKind = "interruptions"
)

// Warning is something of the next 12 weeks, or for interruptions of the last 4, that is allowed and bears a risk. One
// with a Person is for that person and operators.
type Warning struct {
	Kind    WarningKind
	IsError bool // else a warning
	Rota    string
	Person  string
	Change  int64
	Span    // zero where it is about the rota as a whole
	Text    string
}

// Absence is when a person is away, dates of their zone, both included.
type Absence struct {
	ID       int64
	Person   string
	From, To calendar.Date
}

// Span returns the time of an absence in the person's zone.
func (a Absence) Span(zone *time.Location) Span {
	return Span{Midnight(a.From, zone), Midnight(a.To.Add(1), zone)}
}

// Outlook is all that warnings are made from.
type Outlook struct {
	Board
	Absences []Absence
	Callouts []Callout
	Paging   map[string]bool // the teams that page
	Rest     time.Duration
	Notice   Period
}

// The numbers of section 2.
const (
	weeksAhead        = 12
	weeksBehind       = 4
	fewPeople         = 5
	tooFewPeople      = 3
	manyPeople        = 10
	largestShare      = 4 // one part in four
	manyInterruptions = 2
	halfDay           = 12 * time.Hour
)

// Warnings returns the warnings at a moment, by rota in the order of the file, then by start.
func (o Outlook) Warnings(now time.Time) []Warning {
	var out []Warning
	var duties []duty
	for _, r := range o.Rotas {
		s := NewSchedule(r, o.People, o.Changes)
		if len(s.periods) == 0 {
			continue
		}
		ahead := Span{now, Period{weeksAhead, Weeks}.Later(now, s.ZoneAt(now))}
		out = append(out, o.ofRota(r, s, ahead)...)
		for _, g := range s.Segments(ahead) {
			if !g.IsGap() {
				duties = append(duties, duty{r.Name, g})
			}
		}
		out = append(out, o.noContact(s, ahead)...)
	}
	out = append(out, o.ofPeople(duties)...)
	return append(out, o.warnOfInterruptions(now)...)
}

// ofRota returns the warnings about one rota.
func (o Outlook) ofRota(r Rota, s *Schedule, ahead Span) []Warning {
	var out []Warning
	for _, g := range s.Gaps(ahead) {
		out = append(out, Warning{Kind: WarnGap, Rota: r.Name, Span: g.Span,
			Text: fmt.Sprintf("nobody is on duty in %s", r.Name)})
	}
	out = append(out, warnOfSize(s, ahead.Start)...)
	out = append(out, warnOfShares(s, ahead.Start)...)
	idle := s.IdleSeconds()
	for _, c := range s.changes {
		if seconds := idle[c.ID]; seconds > 0 && c.inForce().Meets(ahead) {
			out = append(out, Warning{Kind: WarnIdle, Rota: r.Name, Change: c.ID, Span: c.Span,
				Text: fmt.Sprintf("change %d has no effect for %d s", c.ID, seconds)})
		}
		if ahead.Holds(c.Start) && o.isLate(c.Answered, c.Start, s.ZoneAt(c.Start)) {
			out = append(out, Warning{Kind: WarnLate, Rota: r.Name, Change: c.ID, Span: c.Span,
				Text: fmt.Sprintf("change %d was accepted less than %s before it begins", c.ID, o.Notice)})
		}
	}
	for _, p := range s.periods {
		if ahead.Holds(p.Start) && !p.FirstRead.IsZero() && o.isLate(p.FirstRead, p.Start, p.Zone) {
			out = append(out, Warning{Kind: WarnLate, Rota: r.Name, Span: Span{p.Start, p.Start},
				Text: fmt.Sprintf("the version from %s was read less than %s before it begins", p.From, o.Notice)})
		}
	}
	return out
}

func (o Outlook) isLate(known, begins time.Time, zone *time.Location) bool {
	return o.Notice.Number > 0 && begins.Before(o.Notice.Later(known, zone))
}

// warnOfSize warns of a rota of too few or too many people, by the version that runs.
func warnOfSize(s *Schedule, now time.Time) []Warning {
	n := len(s.versionFor(now).People)
	isOver := len(s.periods) > 0 && !now.Before(s.periods[len(s.periods)-1].End)
	switch {
	case isOver:
		return nil
	case n < fewPeople:
		return []Warning{{Kind: WarnFewPeople, IsError: n < tooFewPeople, Rota: s.Rota,
			Text: fmt.Sprintf("%s has %d people, fewer than %d", s.Rota, n, fewPeople)}}
	case n > manyPeople:
		return []Warning{{Kind: WarnManyPeople, Rota: s.Rota,
			Text: fmt.Sprintf("%s has %d people, more than %d", s.Rota, n, manyPeople)}}
	}
	return nil
}

// warnOfShares warns of a person with more than a quarter of the next two rounds, whole turns, the running one first.
func warnOfShares(s *Schedule, now time.Time) []Warning {
	p, ok := s.periodAt(now)
	n := len(p.People)
	if !ok || n < fewPeople {
		return nil
	}
	turn := p.numberedTurn(p.turnAt(now))
	whole := Span{turn.Start, turn.Start}
	for count := 0; count < 2*n; count++ {
		next, ok := s.At(whole.End)
		if !ok {
			break
		}
		whole.End = next.Turn.End
	}
	seconds := map[string]int64{}
	var total int64
	for _, g := range s.Segments(whole) {
		total += g.Seconds()
		seconds[g.Person] += g.Seconds()
	}
	var out []Warning
	for person, n := range seconds {
		if person != "" && n*largestShare > total {
			out = append(out, Warning{Kind: WarnShare, Rota: s.Rota, Person: person, Span: whole,
				Text: fmt.Sprintf("%d %% of the next two rounds of %s are one person's, more than a quarter",
					n*100/total, s.Rota)})
		}
	}
	slices.SortFunc(out, func(a, b Warning) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// duty is a segment of a person, with its rota.
type duty struct {
	rota string
	Segment
}

// ofPeople warns of rest, two duties at once and absences.
func (o Outlook) ofPeople(duties []duty) []Warning {
	slices.SortStableFunc(duties, func(a, b duty) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), a.Start.Compare(b.Start))
	})
	var out []Warning
	for i, d := range duties {
		for _, next := range duties[i+1:] {
			isNear := next.Person == d.Person && next.Start.Before(d.End.Add(o.Rest))
			if !isNear && !(next.Person == d.Person && next.Start.Before(d.End)) {
				break
			}
			out = append(out, o.ofPair(d, next)...)
		}
		for _, a := range o.Absences {
			zone := d.Start.Location()
			if p, ok := o.People[d.Person]; ok {
				zone = p.Zone
			}
			if both := a.Span(zone).Clip(d.Span); a.Person == d.Person && !both.Empty() {
				out = append(out, Warning{Kind: WarnAbsence, Rota: d.rota, Person: d.Person, Span: both,
					Text: "a duty lies in an absence: ask for a cover"})
			}
		}
	}
	return out
}

func (o Outlook) ofPair(d, next duty) []Warning {
	isSameTurn := d.rota == next.rota && d.Turn.Version == next.Turn.Version && d.Turn.Index == next.Turn.Index
	switch both := d.Clip(next.Span); {
	case d.rota != next.rota && !both.Empty():
		return []Warning{{Kind: WarnTwoAtOnce, Rota: next.rota, Person: d.Person, Span: both,
			Text: fmt.Sprintf("one person is on duty in %s and %s at once", d.rota, next.rota)}}
	case !isSameTurn && both.Empty() && next.Start.Sub(d.End) < o.Rest:
		return []Warning{{Kind: WarnRest, Rota: next.rota, Person: d.Person, Span: Span{d.End, next.Start},
			Text: fmt.Sprintf("less than %s lie between two turns", o.Rest)}}
	}
	return nil
}

// noContact warns, where the team pages, of people with duty ahead and no contact that was ever confirmed.
func (o Outlook) noContact(s *Schedule, ahead Span) []Warning {
	first := map[string]time.Time{}
	for _, g := range s.Segments(ahead) {
		team, _ := s.TeamAt(g.Start)
		_, isTold := first[g.Person]
		if !g.IsGap() && !isTold && o.Paging[team] && !o.People[g.Person].HasConfirmed {
			first[g.Person] = g.Start
		}
	}
	var out []Warning
	for person, start := range first {
		out = append(out, Warning{Kind: WarnNoContact, Rota: s.Rota, Person: person, Span: Span{start, start},
			Text: "a person with duty ahead has no confirmed contact"})
	}
	slices.SortFunc(out, func(a, b Warning) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// warnOfInterruptions warns, of the last four weeks, of a person with more than two call-outs on duty that start within
// 12 hours; starts that hang together are one warning.
func (o Outlook) warnOfInterruptions(now time.Time) []Warning {
	behind := Span{now.AddDate(0, 0, -7*weeksBehind), now.Add(time.Second)}
	starts := map[string][]time.Time{}
	for _, c := range byStart(o.Callouts) {
		if c.Verdict != Test && behind.Holds(c.Started) && o.isOnDuty(c.Person, c.Started) {
			starts[c.Person] = append(starts[c.Person], c.Started)
		}
	}
	var out []Warning
	for person, at := range starts {
		last := -1 // the last start that was told
		for i := manyInterruptions; i < len(at); i++ {
			if at[i].Sub(at[i-manyInterruptions]) >= halfDay {
				continue
			}
			if last >= i-manyInterruptions {
				out[len(out)-1].End = at[i]
			} else {
				out = append(out, Warning{Kind: WarnInterruptions, Person: person,
					Span: Span{at[i-manyInterruptions], at[i]}, Text: "more than two call-outs began within 12 hours"})
			}
			last = i
		}
	}
	slices.SortFunc(out, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person),
			a.Start.Compare(b.Start))
	})
	return out
}

func (o Outlook) isOnDuty(person string, t time.Time) bool {
	for _, r := range o.Rotas {
		if d, ok := NewSchedule(r, o.People, o.Changes).At(t); ok && d.Person == person {
			return true
		}
	}
	return false
}
