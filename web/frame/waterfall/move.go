package waterfall

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"jerem/chart/inline"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
)

// Sum is a sum of working days, row by row on one axis.
type Sum struct {
	Reading template.HTML
	Rows    []Row
	Note    string
	Why     string // instead of the rows: why there are none
}

// Row is a part of the sum, or the sum itself.
type Row struct {
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

// OfMove writes by how much the 85 % date moved as a sum of what moved it.
func OfMove(f *outlook.Forecast, w format.Words) Sum {
	m := f.Moved
	if m == nil || m.Days == nil {
		return Sum{Reading: "Why the date moved cannot be told",
			Why: "It needs an 85" + format.Thin + "% date now and one a week before."}
	}
	parts, classes := []float64{}, []string{}
	for _, part := range movedParts(m) {
		parts, classes = append(parts, float64(part.days)), append(classes, part.class)
	}
	rows := inline.FloatingRows(parts, append(classes, "f-sum"))
	out := Sum{Reading: readingOfMove(m, w), Note: movedNames(m)}
	for i, part := range movedParts(m) {
		out.Rows = append(out.Rows, Row{Name: part.name, Value: format.SignedDays(&part.days),
			Bar: frame.HTML(rows[i].SVG()), Explain: "moved"})
	}
	out.Rows = append(out.Rows, Row{Name: "The 85" + format.Thin + "% date", Value: format.SignedDays(m.Days),
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

// movedNames names what moved the date most, in the order in which it did.
func movedNames(m *outlook.Moved) string {
	far := func(by outlook.MovedBy) float64 { return max(by.Days, -by.Days) }
	farthest := slices.Clone(m.By)
	sorting.By(farthest, func(a, b outlook.MovedBy) int { return cmp.Compare(far(b), far(a)) })
	named := farthest[:min(mostMovers, len(farthest))]
	var out []string
	for _, by := range m.By {
		if slices.Contains(named, by) {
			out = append(out, moverName(by)+" "+signedFigure(by.Days))
		}
	}
	if len(out) == 0 {
		return "In working days; later is +."
	}
	return "In working days; later is +. What did most: " + strings.Join(out, ", ") + "."
}

// partWords name the parts of a move beside an issue or a day that did some of it.
var partWords = map[string]string{"worked": "work", "scope": "scope", "impediments": "impediments", "pace": "pace",
	"calendar": "working days"}

// moverName names what did some of a move: "pace of Thu 12 Nov".
func moverName(by outlook.MovedBy) string {
	switch {
	case by.Issue != nil:
		return partWords[by.Part] + " of " + *by.Issue
	case by.Date != nil:
		return partWords[by.Part] + " of " + dayOf(*by.Date)
	}
	return partWords[by.Part]
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
