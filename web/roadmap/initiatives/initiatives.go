package initiatives

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"jerem/chart/small"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// View is the epics of a quarter as small burnups, by initiative.
type View struct {
	Reading template.HTML
	Groups  []Group
	Shown   []Group // of the groups those that stand open, and the first panels of the one that is parted
	Folded  []Group // the rest
	Note    string
	CSV     string
}

// Group is the epics of one initiative.
type Group struct {
	Name        string
	Done, Total string
	Explain     string // id of what opens them
	Together    string // address of the common burnup of its epics; "" where it has one epic alone
	Panels      []Panel
	GoesOn      bool // its first panels stand above

	initiative  string // "" for none
	keys        []string
	done, total float64
}

// Panel is the small burnup of an epic.
type Panel struct {
	Epic
	Drawing     template.HTML // "" where there never was anything to do
	Done, Total string
	Late        string // its 85 % date; "" where it is done, not told or over
}

// Epic is an epic of the quarter as the page knows it.
type Epic struct {
	measure.QuarterEpic
	Forecast *outlook.Forecast // nil for a quarter that is over
	Explain  string            // id of what opens its figures
}

// none is the name of the group of epics that belong to no initiative.
const none = "No initiative"

// Of groups the epics of a quarter by initiative, on an axis of so many days, with what opens the sums; nil where there
// are not two epics to compare, or nothing was ever estimated in them.
func Of(s subject.Subject, q *measure.Quarter, w format.Words, epics []Epic, days int) (*View, []frame.Explanation) {
	if len(epics) < 2 {
		return nil, nil
	}
	drawings, scale := drawPanels(s, w, epics, days)
	if len(drawings) == 0 {
		return nil, nil
	}
	v := &View{Groups: groupsOf(epics, drawings, w, s),
		CSV: subject.QuarterFile(s.Team, q, "burnups.csv", s.Ask.AskedMoment())}
	var opened []frame.Explanation
	for n := range v.Groups {
		g := &v.Groups[n]
		g.Explain = fmt.Sprintf("initiative-%d", n)
		g.Done, g.Total = w.Amount(g.done), w.Count(g.total)
		if len(g.keys) > 1 {
			g.Together = s.Ask.AddressOf("epics", strings.Join(g.keys, ",")) + "#epics-card"
		}
		e, _ := onpage.InitiativeDone(s.Team, q, g.initiative) // it has an epic here
		opened = append(opened, drawer.OfRow(drawer.Of(g.Explain, e, s.Jira), s.Team, q.At, "initiative", e.Row,
			"quarter", q.Quarter))
	}
	v.fold()
	v.Reading = readingOf(v.Groups, w, s.QuarterIsOver())
	v.Note = noteOf(scale, w, s)
	return v, opened
}

// fold parts the panels as a page parts rows.
func (v *View) fold() {
	count := 0
	for _, g := range v.Groups {
		count += len(g.Panels)
	}
	room := frame.CountShown(count)
	for _, g := range v.Groups {
		rest, n := g, min(room, len(g.Panels))
		g.Panels, rest.Panels, rest.GoesOn = g.Panels[:n], g.Panels[n:], n > 0
		room -= n
		if n > 0 {
			v.Shown = append(v.Shown, g)
		}
		if len(rest.Panels) > 0 {
			v.Folded = append(v.Folded, rest)
		}
	}
}

// CountFolded is how many panels are folded.
func (v *View) CountFolded() (count int) {
	for _, g := range v.Folded {
		count += len(g.Panels)
	}
	return count
}

// readingOf says where most of the rest lies; groups come in this order.
func readingOf(groups []Group, w format.Words, over bool) template.HTML {
	first, verb, remains, allDone := groups[0], w.Are(groups[0].total), "remains", "All that is estimated is done"
	if over {
		verb, remains, allDone = w.Were(first.total), "remained", "All that was estimated was done"
	}
	if first.total <= first.done {
		return frame.OpenFigures(allDone)
	}
	name := first.Name
	if name == none {
		name = "epics of no initiative"
	}
	reading := fmt.Sprintf("Most %s in %s: %s of %s %s done", remains, name, first.Done, first.Total, verb)
	return frame.OpenFigures(reading, [2]string{first.Done + " of " + first.Total, first.Explain})
}

// noteOf says how the panels are to be read.
func noteOf(top float64, w format.Words, s subject.Subject) string {
	note := "All panels share one scale, whose upper line is at " + format.Figure(top) + " " + w.UnitName() +
		", and one axis of days. Upper line: the scope. Lower line: what is done of it. Tall line: " +
		format.DateWord(s.Last) + "."
	if !s.QuarterIsOver() {
		note += " Ring and dot: the 50 and the 85" + format.Thin + "% date."
	}
	return note
}

// groupsOf are the epics by initiative, each with its panel: the one of which most remains first, epics of none last.
func groupsOf(epics []Epic, drawings map[string]template.HTML, w format.Words, s subject.Subject) []Group {
	var out []Group
	for _, e := range epics {
		initiative := onpage.InitiativeOf(e.QuarterEpic)
		name := format.OrElse(initiative, none)
		n := slices.IndexFunc(out, func(g Group) bool { return g.Name == name })
		if n < 0 {
			n, out = len(out), append(out, Group{Name: name, initiative: initiative})
		}
		g := &out[n]
		g.keys, g.done, g.total = append(g.keys, e.Key), g.done+e.Done, g.total+e.Total
		panel := Panel{Epic: e, Drawing: drawings[e.Key], Done: w.Amount(e.Done), Total: w.Count(e.Total)}
		if e.Forecast != nil && e.Forecast.State != outlook.StateDone && e.Forecast.Dates.P85 != nil {
			panel.Late = format.LikelyDate(e.Forecast.Dates.P85, s.At)
		}
		g.Panels = append(g.Panels, panel)
	}
	sorting.By(out, func(a, b Group) int {
		if a.Name == none || b.Name == none {
			return cmp.Compare(oneIf(a.Name == none), oneIf(b.Name == none))
		}
		return cmp.Or(cmp.Compare(b.total-b.done, a.total-a.done), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Estimated tells whether anything is estimated in the epics of a group.
func (g Group) Estimated() bool { return g.total > 0 }

func oneIf(is bool) int {
	if is {
		return 1
	}
	return 0
}

// drawPanels draws the panel of each epic on one scale, and tells its upper end; what never had anything to do has
// none.
func drawPanels(s subject.Subject, w format.Words, epics []Epic, days int) (map[string]template.HTML, float64) {
	var keys []string
	var list []small.Burnup
	for _, burnup := range measure.EpicBurnups(s.Team, s.Name, s.At) {
		n := slices.IndexFunc(epics, func(e Epic) bool { return e.Key == burnup.Key })
		if n >= 0 {
			keys, list = append(keys, burnup.Key), append(list, panelOf(s, w, epics[n], burnup.Days, days))
		}
	}
	scale, out := small.ScaleOf(list), map[string]template.HTML{}
	for n, one := range list {
		if svg := one.SVG(scale); svg != "" {
			out[keys[n]] = frame.HTML(svg)
		}
	}
	return out, scale.Top
}

// panelOf is what the panel of an epic is drawn from.
func panelOf(s subject.Subject, w format.Words, e Epic, list []measure.BurnupDay, days int) small.Burnup {
	at := func(n int) float64 { return float64(n) / float64(days) }
	one := small.Burnup{Places: days, Due: at(s.First.DaysUntil(s.Last) + 1)}
	for _, day := range list {
		one.Total, one.Done = append(one.Total, w.Scale(day.Total)), append(one.Done, w.Scale(day.Done))
	}
	if n := len(list); n > 0 {
		one.Label = fmt.Sprintf("Burnup of %s: since %s the total went from %s to %s, done from %s to %s", e.Key,
			format.DateWord(s.First), w.Amount(list[0].Total), w.Amount(list[n-1].Total), w.Amount(list[0].Done),
			w.Amount(list[n-1].Done))
	}
	if e.Forecast == nil || e.Forecast.State == outlook.StateDone {
		return one
	}
	for _, date := range []struct {
		text *string
		to   **float64
	}{{e.Forecast.Dates.P50, &one.Early}, {e.Forecast.Dates.P85, &one.Late}} {
		if d, ok := format.DateOf(date.text); ok && s.First.DaysUntil(d) < days {
			x := at(s.First.DaysUntil(d) + 1)
			*date.to = &x
		}
	}
	return one
}

// Rows are the burnups of all epics of a quarter as a table for other programs.
func Rows(s subject.Subject) [][]string {
	initiative := map[string]string{}
	for _, e := range s.Team.Quarter(s.Name, s.At).Epics {
		if e.Initiative != nil {
			initiative[e.Key] = *e.Initiative
		}
	}
	rows := [][]string{{"key", "initiative", "date", "total", "done"}}
	for _, epic := range measure.EpicBurnups(s.Team, s.Name, s.At) {
		for _, day := range epic.Days {
			rows = append(rows, []string{epic.Key, initiative[epic.Key], day.Date.String(),
				format.PlainNumber(day.Total), format.PlainNumber(day.Done)})
		}
	}
	return rows
}
