package frame

import (
	"html/template"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"jerem/calendar"
	"jerem/chart"
	"jerem/chart/inline"
	"jerem/ui"
	"jerem/web/format"
)

// Figure is a chart with its headline.
type Figure struct {
	Reading string
	Opened  template.HTML // the same with its figures opened; "" for none
	SVG     template.HTML
	Note    string
	Empty   string // instead of a drawing: when there will be one
}

// Tile is a figure with its name and its measure.
type Tile struct {
	Name, Value, Unit, Note string
	Explain                 string // id of the explanation
	Verdict                 *format.Verdict
	Meter                   template.HTML
}

// longestValue is how many letters of the size of a tile's figure fit into the narrowest tile.
const longestValue = 11

// IsLong tells whether the value is too long for the size of a tile's figure: a date with its year.
func (t Tile) IsLong() bool { return utf8.RuneCountInString(t.Value) > longestValue }

// EmptyState is what stands where there is nothing to show: what, why, and what happens next.
type EmptyState struct{ Title, Text, Link, LinkText string }

// Choice leads to a page beside the one that is shown: another sprint, another quarter, another tab.
type Choice struct {
	Name, Address string
	Here          bool
}

// LinkFigure links a figure to its explanation.
func LinkFigure(id, text string) string {
	return `<a class="fig" href="#explain-` + id + `">` + template.HTMLEscapeString(text) + `</a>`
}

// OpenFigures makes figures of the first numbers of a headline: each is linked to its explanation, the text stays.
func OpenFigures(reading string, links ...[2]string) template.HTML {
	var b strings.Builder
	for _, link := range links {
		before, after, found := strings.Cut(reading, link[0])
		if !found || link[0] == "" {
			continue
		}
		b.WriteString(template.HTMLEscapeString(before) + LinkFigure(link[1], link[0]))
		reading = after
	}
	return template.HTML(b.String() + template.HTMLEscapeString(reading))
}

// HTML is a drawing of ours as a template takes it.
func HTML(text string) template.HTML { return template.HTML(text) }

// ShareMeter draws a share, nothing where there is none.
func ShareMeter(share *float64, class string) template.HTML {
	if share == nil {
		return ""
	}
	return HTML(inline.Meter(*share, nil, class))
}

// Drawing is a figure as a file of its own; without a drawing it is a Problem.
func Drawing(d *Figure) (View, error) {
	if d == nil || d.SVG == "" {
		return View{}, NewProblem(http.StatusNotFound, "nothing_to_draw", "A chart begins with its first figure.",
			"there is nothing to draw at that moment")
	}
	return View{SVG: chart.Alone(string(d.SVG), ui.ChartStyle(), definitions())}, nil
}

// Ratio is a part of a whole; nil where the whole is 0.
func Ratio(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	q := a / b
	return &q
}

// SumLine is a row of a sum: sign, name, how often, amount, and the id of what opens it.
type SumLine struct{ Op, Name, Count, Value, Explain string }

// Drawings lists the drawings of some figures; one without a drawing is left out.
func Drawings(list ...*Figure) []string {
	var out []string
	for _, d := range list {
		if d != nil {
			out = append(out, string(d.SVG))
		}
	}
	return out
}

var linked = regexp.MustCompile(`<a [^>]*>(.*?)</a>`)

// unlinkFigures makes a text of which the figures lead nowhere, as in the frame of another page: they stand out all the
// same.
func unlinkFigures(text template.HTML) template.HTML {
	return HTML(linked.ReplaceAllString(string(text), "<b>$1</b>"))
}

// DateAxis is an axis of dates: a place on it is a share of its length, 0 at its beginning and 1 at its end.
type DateAxis struct{ From, To calendar.Date }

// PositionOf is the place of a date: below 0 before the beginning of the axis, above 1 beyond its end.
func (a DateAxis) PositionOf(d calendar.Date) float64 {
	return float64(a.From.DaysUntil(d)) / float64(max(1, a.From.DaysUntil(a.To)))
}

// PlaceOf is the place of a date that may not be told, nil where it is not.
func (a DateAxis) PlaceOf(text *string) *float64 {
	d, ok := format.DateOf(text)
	if !ok {
		return nil
	}
	x := a.PositionOf(d)
	return &x
}
