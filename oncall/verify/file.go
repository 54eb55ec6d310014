package verify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/sorting"
)

// Severity is how much a finding asks for.
type Severity string

// The severities: ok is good to know, a warning is allowed, an error must be mended.
const (
	OK      Severity = "ok"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Finding is something worth knowing of the section on call.
type Finding struct {
	Severity Severity `json:"severity"`
	// Part is closed, overlap, order, coverage, holidays, cut, in_a_row, contact, or the kind of a warning.
	Part   string `json:"part"`
	Rota   string `json:"rota,omitempty"`
	Person string `json:"person,omitempty"`
	Line   int    `json:"line,omitempty"` // of the file
	Text   string `json:"text"`
	Remedy string `json:"remedy,omitempty"`
}

// IsError tells whether the file must be mended. A rota of fewer than three people is told as an error, and it runs.
func (f Finding) IsError() bool { return f.Severity == Error && f.Part != string(risk.WarnFewPeople) }

// Subject names what the finding is about.
func (f Finding) Subject() string {
	switch {
	case f.Rota != "" && f.Person != "":
		return "rota " + f.Rota + ", " + f.Person
	case f.Rota != "":
		return "rota " + f.Rota
	case f.Person != "":
		return "person " + f.Person
	}
	return "on-call"
}

// File returns the findings of a view, errors first, then warnings, each in the order of the rotas. lineOf tells where
// the file contradicts the past.
func File(v *roster.View, lineOf func(oncall.Contradiction) int) []Finding {
	out := findContradictions(v, lineOf)
	for _, o := range oncall.FindOverlaps(v.Board.Rotas, v.Now) {
		out = append(out, Finding{Severity: Error, Part: "overlap", Rota: o.Second, Text: o.Text(),
			Line:   lineOf(oncall.Contradiction{Rota: o.Second}),
			Remedy: "give one of them another level, or coverage that leaves this time out"})
	}
	for _, s := range v.Schedules() {
		out = append(out, coverageOf(s, v.Now)...)
		out = append(out, cutTurns(s, v.Now)...)
		out = append(out, turnsInARow(s, v.Now)...)
	}
	out = append(out, outOfOrder(v, lineOf)...)
	out = append(out, withoutContact(v)...)
	out = append(out, findWarnings(v)...)
	order := []Severity{Error, Warning, OK}
	sorting.By(out, func(a, b Finding) int {
		return slices.Index(order, a.Severity) - slices.Index(order, b.Severity)
	})
	return out
}

func findContradictions(v *roster.View, lineOf func(oncall.Contradiction) int) []Finding {
	out := make([]Finding, len(v.Contradictions))
	for i, m := range v.Contradictions {
		out[i] = Finding{Severity: Error, Part: "closed", Rota: m.Rota, Person: m.Person, Line: lineOf(m),
			Text: m.Text(), Remedy: m.Remedy}
	}
	return out
}

// coverageOf tells which hours of a week and which holidays of the next year nobody covers, by the version that holds.
func coverageOf(s *oncall.Schedule, now time.Time) []Finding {
	version := s.VersionFor(now)
	if len(s.ActiveVersions()) == 0 {
		return nil
	}
	hours := Finding{Severity: OK, Part: "coverage", Rota: s.Rota, Text: "covers the whole week"}
	if open := version.Coverage.Uncovered(); len(open) > 0 {
		hours.Text = "nobody covers " + weekText(open) + " of a week"
	}
	out := []Finding{hours}
	today := calendar.DateOf(now, version.Zone)
	year := civil.Period{Number: 12, Unit: civil.Months}
	open := version.Coverage.UncoveredHolidays(today, year.After(today, 1), version.Zone, version.Holiday)
	if len(open) > 0 {
		dates := make([]string, len(open))
		for i, d := range open {
			dates[i] = d.String()
		}
		out = append(out, Finding{Severity: OK, Part: "holidays", Rota: s.Rota,
			Text: "nobody covers all of these holidays: " + strings.Join(dates, ", ")})
	}
	return out
}

// cutTurns tells turns that end shorter than a tenth of their length, of those that are not over.
func cutTurns(s *oncall.Schedule, now time.Time) []Finding {
	var out []Finding
	for _, turn := range s.CutTurns() {
		if turn.End.After(now) {
			out = append(out, Finding{Severity: Warning, Part: "cut", Rota: s.Rota,
				Text: fmt.Sprintf("turn %d of the version from %s is cut to %s", turn.Index, turn.Version,
					risk.LengthInWords(turn.End.Sub(turn.Start))),
				Remedy: "let the next version, or the rota's end, fall on a hand-over"})
		}
	}
	return out
}

// turnsInARow tells who has two turns one after the other, in versions that are not over.
func turnsInARow(s *oncall.Schedule, now time.Time) []Finding {
	var out []Finding
	for _, p := range s.ActiveVersions() {
		for _, handle := range p.TurnsInARow() {
			if p.End.After(now) {
				out = append(out, Finding{Severity: Warning, Part: "in_a_row", Rota: s.Rota, Person: handle,
					Text:   fmt.Sprintf("has two turns in a row in the version from %s", p.From),
					Remedy: "if that is not meant, let somebody else stand between them in people"})
			}
		}
	}
	return out
}

// outOfOrder tells versions of the file that stand after one that begins later. They hold in the order of their dates.
func outOfOrder(v *roster.View, lineOf func(oncall.Contradiction) int) []Finding {
	var out []Finding
	for _, r := range v.File.Rotas {
		for i := 1; i < len(r.Versions); i++ {
			before, version := r.Versions[i-1], r.Versions[i]
			if version.From.Before(before.From) {
				out = append(out, Finding{Severity: Warning, Part: "order", Rota: r.Name,
					Line: lineOf(oncall.Contradiction{Rota: r.Name, Version: version.From}),
					Text: fmt.Sprintf("the version from %s stands after the one from %s; they hold in the order of "+
						"their dates", version.From, before.From),
					Remedy: "write versions in the order of from"})
			}
		}
	}
	return out
}

// weeksOfContacts is how far ahead people need a contact.
const weeksOfContacts = 12

// withoutContact tells people with duty ahead who can be told nothing by message.
func withoutContact(v *roster.View) []Finding {
	var out []Finding
	var told []string
	for _, s := range v.Schedules() {
		if len(s.ActiveVersions()) == 0 {
			continue
		}
		ahead := civil.Span{Start: v.Now,
			End: civil.Period{Number: weeksOfContacts, Unit: civil.Weeks}.Later(v.Now, s.ZoneAt(v.Now))}
		for _, g := range s.Segments(ahead) {
			person, isKnown := v.Board.People[g.Person]
			if g.IsGap() || isKnown && person.CanBeMailed || slices.Contains(told, g.Person) {
				continue
			}
			told = append(told, g.Person)
			out = append(out, Finding{Severity: Warning, Part: "contact", Rota: s.Rota, Person: g.Person,
				Text:   "has duty ahead and no contact by mail or webhook: no message reaches them",
				Remedy: "add `contacts: [{mail: …}]` to their entry of oncall.people"})
		}
	}
	return out
}

// findWarnings returns those of the weeks ahead, as an operator sees them.
func findWarnings(v *roster.View) []Finding {
	var out []Finding
	for _, w := range roster.WarningsFor(v, allSeeingActor(v)) {
		f := Finding{Severity: Warning, Part: string(w.Kind), Rota: w.Rota, Person: w.Person, Text: warningText(w, v)}
		if w.IsError {
			f.Severity, f.Remedy = Error, "it runs all the same; five people or more bear it"
		}
		out = append(out, f)
	}
	return out
}

// allSeeingActor returns an actor who sees all teams.
func allSeeingActor(v *roster.View) roster.Actor {
	a := roster.Actor{Operator: true}
	for _, r := range v.Board.Rotas {
		for _, version := range r.Versions {
			a.Teams = append(a.Teams, version.Team)
		}
	}
	return a
}

// warningText says when a warning is about, in the rota's zone.
func warningText(w risk.Warning, v *roster.View) string {
	if w.Start.IsZero() {
		return w.Text
	}
	zone := v.File.Zone
	if w.Rota != "" {
		zone = v.ZoneOf(w.Rota)
	}
	const shown = "2006-01-02 15:04"
	text := w.Text + ": " + w.Start.In(zone).Format(shown)
	if w.End.After(w.Start) {
		text += " to " + w.End.In(zone).Format(shown)
	}
	return text
}
