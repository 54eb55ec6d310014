package issue

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
)

// compareWith holds the issue beside itself as of the moment that the request names.
func (p *page) compareWith(r *http.Request, team *measure.Team, at time.Time) error {
	with, named, err := asked.ComparedOnPage(r, team)
	if err != nil || !named {
		return err
	}
	first, last := beside.InOrder(at, with)
	w := format.WordsOf(team)
	two := twoMoments{words: w, first: first, last: last, base: frame.TeamAddress(team.History().Team.Name), key: p.Key,
		was: pageAt(team, p.Key, first), is: pageAt(team, p.Key, last)}
	two.was.fillCountsAt(team, first)
	two.is.fillCountsAt(team, last)
	p.Compared = &beside.Comparison{From: w.Short(first), To: w.Short(last), Rows: two.differingRows(),
		Events: two.eventsBetween(), EventsOf: "field"}
	address := frame.IssueAddress(two.base, p.Key, "")
	file := func(name string) string {
		return frame.WithQuery(address+"/"+name, "at", frame.AskedAt(r.URL.RawQuery), "with",
			with.UTC().Format(time.RFC3339Nano))
	}
	p.Compared.CSV, p.Compared.Between = file("changed.csv"), file("between.csv")
	p.Walk.Compared = w.Short(with)
	return nil
}

// pageAt is the page of an issue with its fields and the time logged as of a moment; empty where it was not there.
func pageAt(team *measure.Team, key string, at time.Time) page {
	issue, ok := issuehistory.Of(team, key, at)
	if !ok {
		return page{}
	}
	p, w := page{Key: key, history: issue}, format.WordsOf(team)
	p.fillFields(issue, w, sprintNames(team, at))
	p.fillWorklogs(issue, w)
	return p
}

// fillCountsAt lists the figures that the issue is a part of as of a moment.
func (p *page) fillCountsAt(team *measure.Team, at time.Time) {
	if p.history != nil {
		p.fillCounts(team, p.history, at, at.UTC().Format(time.RFC3339Nano))
	}
}

// twoMoments is an issue as of two moments; of one at which it was not there the page is empty.
type twoMoments struct {
	words       format.Words
	first, last time.Time
	base, key   string
	was, is     page
}

// pageOf is the address of the page as of a moment.
func (t twoMoments) pageOf(at time.Time) string {
	return frame.IssueAddress(t.base, t.key, frame.WithQuery("", "at", at.UTC().Format(time.RFC3339Nano)))
}

// differingRows are the fields, the time logged and the figures that the issue counts in, where they differ.
func (t twoMoments) differingRows() []beside.Row {
	var rows []beside.Row
	for _, f := range t.is.Fields {
		rows = append(rows, t.fieldRow(f.Name, lastOf(t.was.Fields, f.Name), lastOf(t.is.Fields, f.Name)))
	}
	was, is := secondsOf(t.was), secondsOf(t.is)
	logged := t.fieldRow("Time logged", format.Hours(was), format.Hours(is))
	logged.Unit, logged.Change = "hours", format.Words{Unit: agile.Seconds}.Signed(float64(is-was))
	logged.Cells = []string{"time_logged", "seconds", fmt.Sprint(was), fmt.Sprint(is), ""}
	rows = append(append(rows, logged), t.countRows()...)
	return slices.DeleteFunc(rows, func(row beside.Row) bool { return row.From == row.To })
}

// fieldRow is a field at both moments.
func (t twoMoments) fieldRow(name, was, is string) beside.Row {
	row := beside.Row{Name: name, From: was, To: is, After: t.pageOf(t.last), Cells: []string{name, "", was, is, ""}}
	if t.was.Key != "" {
		row.Before = t.pageOf(t.first)
	}
	return row
}

// lastOf is the last value of a field, a dash where the issue was not there.
func lastOf(fields []fieldView, name string) string {
	for _, f := range fields {
		if f.Name == name {
			return f.Steps[len(f.Steps)-1].Value
		}
	}
	return "–"
}

func secondsOf(p page) (seconds int64) {
	for _, l := range p.Worklogs {
		seconds += l.entry.Seconds
	}
	return seconds
}

// countRows are the figures that the issue counts in at either moment, with how much.
func (t twoMoments) countRows() []beside.Row {
	var rows []beside.Row
	find := func(list []countLine, like countLine) (found countLine) {
		for _, line := range list {
			if line.Of == like.Of && line.name == like.name {
				found = line
			}
		}
		return found
	}
	add := func(was, is, named countLine) {
		rows = append(rows, beside.Row{Name: named.Of + ": " + named.Figure, Unit: named.Unit,
			From: format.OrElse(was.Part, "–"), To: format.OrElse(is.Part, "–"), Before: was.Address, After: is.Address,
			Cells: []string{named.Of + "." + named.name, named.unit, partCell(was), partCell(is), ""}})
	}
	for _, is := range t.is.Counts {
		add(find(t.was.Counts, is), is, is)
	}
	for _, was := range t.was.Counts {
		if find(t.is.Counts, was).Of == "" {
			add(was, countLine{}, was)
		}
	}
	return rows
}

// partCell is a part for other programs; nothing where the issue is none of the figure.
func partCell(line countLine) string {
	if line.Of == "" {
		return ""
	}
	return format.PlainNumber(line.part)
}

// eventsBetween are what changed of the issue between the moments, in its order.
func (t twoMoments) eventsBetween() []beside.Event {
	type change struct {
		at          time.Time
		field, what string
	}
	var changes []change
	add := func(at time.Time, field, what string) {
		if at.After(t.first) && !at.After(t.last) {
			changes = append(changes, change{at, field, what})
		}
	}
	for n, f := range t.is.Fields {
		if n == 0 {
			add(f.Steps[0].at, "Created", "")
		}
		for i, step := range f.Steps[1:] {
			add(step.at, f.Name, f.Steps[i].Value+" → "+step.Value)
		}
	}
	for _, l := range t.is.Worklogs {
		add(l.entry.Created, "Time logged", l.What+" of work on "+t.words.Day(l.entry.Started))
	}
	sorting.By(changes, func(a, b change) int { return a.at.Compare(b.at) })
	var out []beside.Event
	for _, c := range changes {
		out = append(out, beside.Event{Time: t.words.Short(c.at), Key: c.field, Address: t.pageOf(c.at), What: c.what})
	}
	return out
}

// Compared is a table of an issue at two moments as a file: what differs, or what happened between.
func (s *Pages) Compared(file string) frame.Describe {
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		return beside.File(v.Body.(page).Compared, file, r.PathValue("key"))
	}
}
