package risk

import (
	"cmp"
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/sorting"
)

// duty is a segment of a person, with its rota.
type duty struct {
	rota string
	oncall.Segment
}

// ofPeople warns of rest, two duties at once and absences.
func (o Outlook) ofPeople(duties []duty) []Warning {
	sorting.By(duties, func(a, b duty) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), a.Start.Compare(b.Start))
	})
	var out []Warning
	for i, d := range duties {
		for _, next := range duties[i+1:] {
			isNear := next.Person == d.Person && next.Start.Before(d.End.Add(o.Rest))
			if !isNear && !(next.Person == d.Person && next.Start.Before(d.End)) {
				break
			}
			if both := d.Clip(next.Span); d.rota != next.rota && !both.Empty() {
				out = append(out, Warning{Kind: WarnTwoAtOnce, Rota: next.rota, Person: d.Person, Span: both,
					Text: fmt.Sprintf("one person is on duty in %s and %s at once", d.rota, next.rota)})
			}
		}
		out = append(out, o.ofAbsences(d)...)
	}
	return append(out, o.ofRest(duties)...)
}

func (o Outlook) ofAbsences(d duty) []Warning {
	zone := d.Start.Location()
	if p, ok := o.Board.People[d.Person]; ok {
		zone = p.Zone
	}
	var out []Warning
	for _, a := range o.Absences {
		if both := a.Span(zone).Clip(d.Span); a.Person == d.Person && !both.Empty() {
			out = append(out, Warning{Kind: WarnAbsence, Rota: d.rota, Person: d.Person, Span: both,
				Text: "a duty lies in an absence: ask for a cover"})
		}
	}
	return out
}

// pairOfTurns names two turns of a person.
type pairOfTurns struct {
	person, rota, nextRota string
	turn, next             turnName
}

// turnName tells the turns of a rota apart.
type turnName struct {
	version calendar.Date
	index   int
}

func nameTurn(d duty) turnName { return turnName{d.Turn.Version, d.Turn.Index} }

// ofRest warns of two turns of a person with too little rest between them, once for each two: from the last end of the
// one before the first start of the other. duties are in order of persons, then of starts.
func (o Outlook) ofRest(duties []duty) []Warning {
	var out []Warning
	at := map[pairOfTurns]int{}
	for i, d := range duties {
		for _, next := range duties[i+1:] {
			if next.Person != d.Person || !next.Start.Before(d.End.Add(o.Rest)) {
				break
			}
			pair := pairOfTurns{d.Person, d.rota, next.rota, nameTurn(d), nameTurn(next)}
			isSameTurn := pair.rota == pair.nextRota && pair.turn == pair.next
			if isSameTurn || next.Start.Before(d.End) {
				continue
			}
			w := Warning{Kind: WarnRest, Rota: next.rota, Person: d.Person,
				Span: civil.Span{Start: d.End, End: next.Start},
				Text: fmt.Sprintf("less than %s of rest lie between two turns", LengthInWords(o.Rest))}
			k, isTold := at[pair]
			switch {
			case !isTold:
				at[pair] = len(out)
				out = append(out, w)
			case w.Seconds() < out[k].Seconds():
				out[k] = w
			}
		}
	}
	return out
}

// noContact warns, where the team pages, of people with duty ahead and no contact that was ever confirmed.
func (o Outlook) noContact(s *oncall.Schedule, ahead civil.Span) []Warning {
	first := map[string]time.Time{}
	for _, g := range s.Segments(ahead) {
		team, _ := s.TeamAt(g.Start)
		_, isTold := first[g.Person]
		if !g.IsGap() && !isTold && o.Paging[team] && !o.Board.People[g.Person].HasConfirmed {
			first[g.Person] = g.Start
		}
	}
	var out []Warning
	for person, start := range first {
		out = append(out, Warning{Kind: WarnNoContact, Rota: s.Rota, Person: person,
			Span: civil.Span{Start: start, End: start},
			Text: "a person with duty ahead has no confirmed contact"})
	}
	sorting.By(out, func(a, b Warning) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// warnOfInterruptions warns, of the last four weeks, of a person with more than two call-outs on duty that start within
// 12 hours; starts that hang together are one warning.
func (o Outlook) warnOfInterruptions(now time.Time) []Warning {
	behind := civil.Span{Start: now.AddDate(0, 0, -7*weeksBehind), End: now.Add(time.Second)}
	starts := map[string][]time.Time{}
	for _, c := range interruption.ByStart(o.Callouts) {
		if c.Verdict != interruption.Test && behind.Holds(c.Started) && o.isOnDuty(c.Person, c.Started) {
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
					Span: civil.Span{Start: at[i-manyInterruptions], End: at[i]},
					Text: "more than two call-outs began within 12 hours"})
			}
			last = i
		}
	}
	sorting.By(out, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person),
			a.Start.Compare(b.Start))
	})
	return out
}

func (o Outlook) isOnDuty(person string, t time.Time) bool {
	for _, r := range o.Board.Rotas {
		if d, ok := oncall.NewSchedule(r, o.Board.People, o.Board.Changes).At(t); ok && d.Person == person {
			return true
		}
	}
	return false
}

// LengthInWords writes a length of time in hours and minutes: 11 h, 10 h 30 min.
func LengthInWords(d time.Duration) string {
	hours, minutes := d/time.Hour, d%time.Hour/time.Minute
	switch {
	case minutes == 0:
		return fmt.Sprintf("%d h", hours)
	case hours == 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %d min", hours, minutes)
}
