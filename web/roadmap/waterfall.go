package roadmap

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"jerem/chart/inline"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// waterfall is a sum of working days, row by row on one axis.
type waterfall struct {
	Reading template.HTML
	Rows    []waterfallRow
	Note    string
	Why     string // instead of the rows: why there are none
}

// waterfallRow is a part of the sum, or the sum itself.
type waterfallRow struct {
	Name, Value string
	Bar         template.HTML
	Explain     string
	Sum         bool
}

// movedParts are the parts of a move in the order in which one input after the other was replaced, with the class of
// their bars: scope in ink, impediments in their own colour, the rest in that of work done.
func movedParts(m *outlook.Moved) []movedPart {
	return []movedPart{{"Work done, days gone by", "f-exp", m.Worked}, {"Scope", "f-scope", m.Scope},
		{"Impediments", "f-unx", m.Impediments}, {"Pace", "f-doing", m.Pace}, {"Calendar", "f-cal", m.Calendar}}
}

type movedPart struct {
	name, class string
	days        int
}

// waterfallOfMove writes by how much the 85 % date moved as a sum of what moved it.
func waterfallOfMove(f *outlook.Forecast, w format.Words) waterfall {
	m := f.Moved
	if m == nil || m.Days == nil {
		return waterfall{Reading: "Why the date moved cannot be told",
			Why: "It needs an 85" + format.Thin + "% date now and one a week before."}
	}
	parts, names, classes := []float64{}, []string{}, []string{}
	for _, part := range movedParts(m) {
		parts, classes = append(parts, float64(part.days)), append(classes, part.class)
		names = append(names, part.name+" "+format.SignedDays(&part.days))
	}
	names, classes = append(names, "together "+format.SignedDays(m.Days)), append(classes, "f-sum")
	rows := inline.FloatingRows(parts, names, classes)
	out := waterfall{Reading: readingOfMove(m, w), Note: movedNames(m)}
	for i, part := range movedParts(m) {
		out.Rows = append(out.Rows, waterfallRow{Name: part.name, Value: format.SignedDays(&part.days),
			Bar: frame.HTML(rows[i].SVG()), Explain: "moved"})
	}
	out.Rows = append(out.Rows, waterfallRow{Name: "The 85" + format.Thin + "% date", Value: format.SignedDays(m.Days),
		Bar: frame.HTML(rows[len(rows)-1].SVG()), Explain: "moved", Sum: true})
	return out
}

// readingOfMove says by how much the date moved since when.
func readingOfMove(m *outlook.Moved, w format.Words) template.HTML {
	than := "the date told on " + w.Day(m.Since)
	reading := strings.Replace(format.MovedWord(*m.Days, than), "-", "−", 1)
	number := ""
	if *m.Days != 0 {
		number = strings.SplitN(format.WorkingDays(max(*m.Days, -*m.Days)), " ", 2)[0]
	}
	return frame.OpenFigures(format.Capital(reading), [2]string{number, "moved"})
}

// mostMovers is how many of what moved the date are named beside the sum; the explanation lists all.
const mostMovers = 3

// movedNames names what moved the date.
func movedNames(m *outlook.Moved) string {
	var out []string
	for _, by := range m.By {
		if len(out) == mostMovers {
			break
		}
		out = append(out, moverName(by)+" "+signedFigure(by.Days))
	}
	if len(out) == 0 {
		return "In working days; later is +."
	}
	return "In working days; later is +. Among them: " + strings.Join(out, ", ") + "."
}

func moverName(by outlook.MovedBy) string {
	switch {
	case by.Issue != nil:
		return *by.Issue
	case by.Date != nil:
		return dayOf(*by.Date)
	}
	return by.Part
}

func dayOf(text string) string {
	if d, ok := format.DateOf(&text); ok {
		return format.DateWord(d)
	}
	return text
}

func signedFigure(x float64) string {
	if text := format.Figure(x); x > 0 && text != "0" {
		return "+" + text
	}
	return format.Figure(x)
}

// priceView is what the unexpected costs: from the date without it to the one with it, and what each nature and the
// dearest issues cost alone.
type priceView struct {
	waterfall
	Natures []waterfallRow
	Issues  []issuePrice
}

type issuePrice struct{ Key, Address, Summary, Days string }

// viewOfPrice tells what the unexpected costs, or why that cannot be told.
func viewOfPrice(s subject, f *outlook.Forecast) priceView {
	p := f.Price
	if p == nil || p.Days == nil || f.WorkingDays.P85 == nil {
		out := priceView{waterfall: waterfall{Reading: "What the unexpected costs cannot be told",
			Why: "It needs an 85" + format.Thin + "% date."}}
		if p != nil && p.Why != "" {
			out.Why = format.Capital(p.Why) + "."
		}
		return out
	}
	out := priceView{waterfall: waterfall{
		Reading: frame.OpenFigures("Impediments cost "+format.WorkingDays(*p.Days)+" of the 85"+format.Thin+"% date",
			[2]string{fmt.Sprint(*p.Days), "price"}),
		Note: "The same forecast with the time of impediments given back. Each nature and issue is given back " +
			"alone, so " +
			"they need not add up to the whole."}}
	with := *f.WorkingDays.P85
	without := with - *p.Days
	names := []string{fmt.Sprintf("without impediments %d working days", without),
		fmt.Sprintf("impediments %d working days", *p.Days), fmt.Sprintf("with impediments %d working days", with)}
	bars := inline.FloatingRows([]float64{float64(without), float64(*p.Days)}, names, []string{"f-doing", "f-unx",
		"f-exp"})
	for i, row := range []waterfallRow{
		{Name: "Without them: " + withoutBreaks(format.LikelyDate(p.DateWithout, s.at)), Value: fmt.Sprint(without)},
		{Name: "Impediments", Value: "+" + fmt.Sprint(*p.Days)},
		{Name: "As it is: " + withoutBreaks(format.LikelyDate(f.Dates.P85, s.at)), Value: fmt.Sprint(with),
			Sum: true}} {
		row.Bar, row.Explain = frame.HTML(bars[i].SVG()), "price"
		out.Rows = append(out.Rows, row)
	}
	out.Natures = natureRows(p)
	out.Issues = issuePrices(s, p)
	return out
}

// withoutBreaks keeps a date on one line.
func withoutBreaks(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// natureRows are the natures that cost a whole working day alone.
func natureRows(p *outlook.Price) []waterfallRow {
	dearest := 1
	for _, n := range p.ByNature {
		dearest = max(dearest, n.Days)
	}
	var out []waterfallRow
	for _, n := range p.ByNature {
		if n.Days <= 0 {
			continue
		}
		bar := inline.Floating{Label: format.WorkingDays(n.Days), To: float64(n.Days) / float64(dearest),
			Class: "f-unx"}
		out = append(out, waterfallRow{Name: n.Nature, Value: fmt.Sprint(n.Days), Bar: frame.HTML(bar.SVG()),
			Explain: "price"})
	}
	return out
}

// issuePrices are the dearest issues of those that cost a whole working day alone.
func issuePrices(s subject, p *outlook.Price) []issuePrice {
	var out []issuePrice
	for _, i := range p.Issues {
		if i.Days <= 0 {
			continue
		}
		out = append(out, issuePrice{i.Issue, frame.IssueAddress(s.ask.base, i.Issue, s.ask.keptQuery()),
			s.summaryOf(i.Issue, s.at), fmt.Sprint(i.Days)})
	}
	return out
}

// summaryOf returns the title of an issue at a moment, "" where it is not known.
func (s subject) summaryOf(key string, at time.Time) string {
	if issue, ok := s.team.Lookup(key); ok {
		return issue.Summary.At(at)
	}
	return ""
}
