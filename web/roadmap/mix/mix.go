package mix

import (
	"fmt"
	"html/template"
	"slices"

	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/investment"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// View is where the time and the finished work of a quarter went, beside the quarters before it.
type View struct {
	Reading  template.HTML
	Said     string   // the share of the unexpected, for the contents of the page
	Quarters []string // those before, oldest first, and the quarter itself
	Kinds    []mixKind
	CSV      string
}

// mixKind is one way to part the whole: by initiative, by type or by nature.
type mixKind struct {
	Name, Explain string
	Rows          []mixRow
}

// mixRow is a part of the whole.
type mixRow struct {
	Name     string
	Bar      template.HTML
	Hours    string
	Estimate string
	Shares   []mixShare
}

// mixShare is a share of the time logged in a quarter, and the address of what opens it.
type mixShare struct{ Quarter, Share, Address string }

// The number of quarters that a mix shows, and of rows of a kind that stand alone; what took less is added up.
const (
	mixQuarters = 4
	mostMixRows = 6
)

// mixUntil returns the mix of the quarter that is shown and of those before it, oldest first; none where the quarter
// has not begun.
func mixUntil(s subject.Subject) []investment.Quarter {
	ahead, now := 0, s.Team.QuarterAt(s.At)
	for now != s.Name {
		ahead++
		if ahead > 400 || now.Compare(s.Name) < 0 {
			return nil
		}
		now = now.Before()
	}
	list := investment.Of(s.Team, s.At, mixQuarters+ahead)
	return list[:mixQuarters]
}

// Of is the mix of the quarter with what opens its figures; nil where no time was logged and nothing was finished in
// it.
func Of(s subject.Subject, q *measure.Quarter) (*View, []frame.Explanation) {
	quarters := mixUntil(s)
	if len(quarters) == 0 || len(quarters[mixQuarters-1].Rows) == 0 {
		return nil, nil
	}
	now := quarters[mixQuarters-1]
	for len(quarters[0].Rows) == 0 { // before the first time was logged there is nothing to compare with
		quarters = quarters[1:]
	}
	view := &View{CSV: subject.QuarterFile(s.Team, q, "mix.csv", s.Ask.AskedMoment())}
	for _, quarter := range quarters {
		view.Quarters = append(view.Quarters, quarter.Quarter)
	}
	for _, kind := range []struct{ kind, name string }{{investment.ByInitiative, "Initiative"},
		{investment.ByType, "Type"},
		{investment.ByNature, "Nature of the unexpected"}} {
		one := mixKind{Name: kind.name, Explain: "mix-" + kind.kind}
		for _, name := range mixNames(now, kind.kind) {
			one.Rows = append(one.Rows, mixRowOf(s, quarters, kind.kind, name))
		}
		view.Kinds = append(view.Kinds, one)
	}
	view.Reading, view.Said = readingOfMix(now)
	var opened []frame.Explanation
	for _, e := range explain.Mix(s.Team, now, q.At) {
		for _, kind := range []string{investment.ByInitiative, investment.ByType, investment.ByNature} {
			if e.Figure.Name == "mix.seconds."+kind {
				opened = append(opened, drawer.Of("mix-"+kind, e, s.Jira))
			}
			if e.Figure.Name == "mix.estimate."+kind {
				opened = append(opened, drawer.Of("mix-"+kind+"-done", e, s.Jira))
			}
		}
	}
	return view, drawer.Addressed(opened, s.Team, q.At, "quarter", q.Quarter)
}

// mixNames are the rows of a kind: the greatest, and "" for all others together where there are more.
func mixNames(quarter investment.Quarter, kind string) []string {
	var names []string
	others := false
	for _, row := range quarter.Rows {
		switch {
		case row.Kind != kind:
		case row.Name == nil || len(names) == mostMixRows:
			others = true
		default:
			names = append(names, *row.Name)
		}
	}
	if others {
		names = append(names, "")
	}
	return names
}

// mixSum adds up the rows of a kind that carry a name; of "" all that are not among the named ones.
func mixSum(quarter investment.Quarter, kind, name string, named []string) investment.Row {
	var sum investment.Row
	known := map[string]bool{}
	for _, one := range named {
		known[one] = one != ""
	}
	for _, row := range quarter.Rows {
		is := row.Name != nil && *row.Name == name
		if name == "" {
			is = row.Name == nil || !known[*row.Name]
		}
		if row.Kind != kind || !is {
			continue
		}
		sum.Seconds, sum.Estimate = sum.Seconds+row.Seconds, sum.Estimate+row.Estimate
		if row.Share != nil {
			if sum.Share == nil {
				sum.Share = new(float64)
			}
			*sum.Share += *row.Share
		}
	}
	return sum
}

// mixRowOf writes a row: hours and estimate of the quarter itself, shares of it and of those before.
func mixRowOf(s subject.Subject, quarters []investment.Quarter, kind, name string) mixRow {
	now := quarters[len(quarters)-1]
	named := mixNames(now, kind)
	sum := mixSum(now, kind, name, named)
	row := mixRow{Name: name, Hours: format.HoursColumn(sum.Seconds),
		Estimate: format.WordsOf(s.Team).Column(sum.Estimate)}
	if name == "" {
		row.Name = mixRest(now, kind)
	}
	if sum.Share != nil && len(named) > 1 { // one part alone has nothing to be compared with
		row.Bar = frame.HTML(inline.Meter(*sum.Share, nil, mixClass(kind, name)))
	}
	for _, quarter := range quarters {
		share := mixShare{Quarter: quarter.Quarter, Share: "0" + format.Thin + "%",
			Address: frame.WithQuery(s.Ask.Base+"/roadmap", "quarter", quarter.Quarter, "at", s.Ask.AskedMoment())}
		if part := mixSum(quarter, kind, name, named).Share; part != nil {
			share.Share = format.Percent(part)
		}
		if quarter.Quarter == now.Quarter {
			share.Address = ""
		}
		share.Address += "#explain-mix-" + kind
		if len(quarter.Rows) == 0 {
			share.Address = ""
		}
		if !hasTime(quarter) {
			share.Share = "–"
		}
		row.Shares = append(row.Shares, share)
	}
	return row
}

// hasTime tells whether time was logged in a quarter: of none there is no share.
func hasTime(quarter investment.Quarter) bool {
	return slices.ContainsFunc(quarter.Rows, func(row investment.Row) bool { return row.Seconds > 0 })
}

// mixRest names what carries no name of a kind, with what took less than the rows that stand alone.
func mixRest(quarter investment.Quarter, kind string) string {
	count := 0
	for _, row := range quarter.Rows {
		if row.Kind == kind && row.Name != nil {
			count++
		}
	}
	rest := map[string]string{investment.ByInitiative: "no initiative", investment.ByType: "no type",
		investment.ByNature: "expected work"}[kind]
	if more := count - mostMixRows; more > 0 {
		return fmt.Sprintf("%d more and %s", more, rest)
	}
	return format.Capital(rest)
}

// mixClass is the class of a bar: the unexpected has a colour of its own.
func mixClass(kind, name string) string {
	if kind == investment.ByNature && name != "" {
		return "f-unx"
	}
	return "f-exp"
}

// readingOfMix says how much of the logged time went into initiatives and how much into the unexpected.
func readingOfMix(now investment.Quarter) (reading template.HTML, said string) {
	var all, initiative, unexpected float64
	for _, row := range now.Rows {
		switch {
		case row.Kind == investment.ByInitiative:
			all += float64(row.Seconds)
			if row.Name != nil {
				initiative += float64(row.Seconds)
			}
		case row.Kind == investment.ByNature && row.Name != nil:
			unexpected += float64(row.Seconds)
		}
	}
	if all == 0 {
		return "No time is logged in the quarter", ""
	}
	planned, came := format.Percent(frame.Ratio(initiative, all)), format.Percent(frame.Ratio(unexpected, all))
	return frame.OpenFigures(fmt.Sprintf("%s of the logged time went into initiatives, %s into the unexpected", planned,
		came), [2]string{planned, "mix-initiative"}, [2]string{came, "mix-nature"}), came + " unexpected"
}

// Rows are the mix of the quarter and of those before it for other programs.
func Rows(s subject.Subject) [][]string {
	rows := [][]string{{"quarter", "kind", "name", "seconds", "estimate", "share"}}
	for _, quarter := range mixUntil(s) {
		for _, row := range quarter.Rows {
			rows = append(rows, []string{quarter.Quarter, row.Kind, format.Cell(row.Name), fmt.Sprint(row.Seconds),
				format.PlainNumber(row.Estimate), format.Cell(row.Share)})
		}
	}
	return frame.WithUnit(string(s.Team.Unit()), rows)
}
