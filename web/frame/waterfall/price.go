package waterfall

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// Price is what the unexpected costs: from the date without it to the one with it, and what each nature and the
// dearest issues cost alone.
type Price struct {
	Sum     Sum
	Natures []Row
	Issues  []IssuePrice
	CSV     string // address of the same as a table
}

// IssuePrice is what one impediment costs alone, in working days.
type IssuePrice struct{ Key, Address, Summary, Days string }

// Links are the addresses that a price leads to: the page of an issue, and its table.
type Links struct {
	Issue func(key string) string
	CSV   string
}

// OfPrice tells what the unexpected costs by a forecast of a team, or why that cannot be told.
func OfPrice(team *measure.Team, f *outlook.Forecast, to Links) Price {
	p := f.Price
	if p == nil || p.Days == nil || f.WorkingDays.P85 == nil {
		why := "It needs an 85" + format.Thin + "% date."
		if p != nil && p.Why != "" {
			why = format.Capital(p.Why) + "."
		}
		return Price{Sum: Sum{Reading: "What the unexpected costs cannot be told", Why: why}}
	}
	return Price{Sum: sumOfPrice(f), Natures: natureRows(p), Issues: issuePrices(team, f, to), CSV: to.CSV}
}

// sumOfPrice goes from the date without impediments to the one with them.
func sumOfPrice(f *outlook.Forecast) Sum {
	p, with := f.Price, *f.WorkingDays.P85
	note := "The same forecast with the time of impediments given back."
	if slices.ContainsFunc(p.ByNature, func(n outlook.NaturePrice) bool { return n.Days > 0 }) ||
		slices.ContainsFunc(p.Issues, func(i outlook.IssuePrice) bool { return i.Days > 0 }) {
		note += " Each nature and issue is given back alone, so they need not add up to the whole."
	}
	out := Sum{
		Reading: frame.OpenFigures("Impediments cost "+format.WorkingDays(*p.Days)+" of the 85"+format.Thin+"% date",
			[2]string{fmt.Sprint(*p.Days), "price"}),
		Note: note}
	without := with - *p.Days
	bars := inline.FloatingRows([]float64{float64(without), float64(*p.Days)}, []string{"f-doing", "f-unx", "f-exp"})
	for i, row := range []Row{
		{Name: "Without them: " + withoutBreaks(format.LikelyDate(p.DateWithout, f.At)), Value: fmt.Sprint(without)},
		{Name: "Impediments", Value: signedFigure(float64(*p.Days))},
		{Name: "As it is: " + withoutBreaks(format.LikelyDate(f.Dates.P85, f.At)), Value: fmt.Sprint(with),
			Sum: true}} {
		row.Bar, row.Explain = frame.HTML(bars[i].SVG()), "price"
		out.Rows = append(out.Rows, row)
	}
	return out
}

// withoutBreaks keeps a date on one line.
func withoutBreaks(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// natureRows are the natures that cost a whole working day alone, on a scale on which all that is given back together
// fills the row.
func natureRows(p *outlook.Price) []Row {
	dearest := max(1, *p.Days)
	for _, n := range p.ByNature {
		dearest = max(dearest, n.Days)
	}
	var out []Row
	for _, n := range p.ByNature {
		if n.Days <= 0 {
			continue
		}
		bar := inline.Floating{To: float64(n.Days) / float64(dearest), Class: "f-unx"}
		out = append(out, Row{Name: n.Nature, Value: fmt.Sprint(n.Days), Bar: frame.HTML(bar.SVG()),
			Explain: "price"})
	}
	return out
}

// issuePrices are the dearest issues of those that cost a whole working day alone.
func issuePrices(team *measure.Team, f *outlook.Forecast, to Links) []IssuePrice {
	var out []IssuePrice
	for _, i := range f.Price.Issues {
		if i.Days <= 0 {
			continue
		}
		out = append(out, IssuePrice{i.Issue, to.Issue(i.Issue), summaryOf(team, i.Issue, f.At), fmt.Sprint(i.Days)})
	}
	return out
}

// summaryOf returns the title of an issue at a moment, "" where it is not known.
func summaryOf(team *measure.Team, key string, at time.Time) string {
	if issue, ok := team.Lookup(key); ok {
		return issue.Summary.At(at)
	}
	return ""
}

// PriceTable is the price of a forecast for other programs, in working days; its head alone where there is none.
func PriceTable(f *outlook.Forecast) [][]string {
	rows := [][]string{{"what", "name", "days"}}
	if f.Price == nil || f.Price.Days == nil {
		return rows
	}
	rows = append(rows, []string{"all", "", fmt.Sprint(*f.Price.Days)})
	for _, n := range f.Price.ByNature {
		rows = append(rows, []string{"nature", n.Nature, fmt.Sprint(n.Days)})
	}
	for _, i := range f.Price.Issues {
		rows = append(rows, []string{"issue", i.Issue, fmt.Sprint(i.Days)})
	}
	return rows
}
