package web

import (
	"html/template"
	"jerem/chart"
	"jerem/ui"
	"net/http"
	"strings"
)

// drawn is a chart with its headline.
type drawn struct {
	Reading string
	Opened  template.HTML // the same with its figures opened; "" for none
	SVG     template.HTML
	Note    string
	Blank   string // instead of a drawing: when there will be one
}

// tile is a figure with its name and its measure.
type tile struct {
	Name, Value, Unit, Note string
	Explain                 string // id of the explanation
	Verdict                 *verdict
	Meter                   template.HTML
}

// blank is what stands where there is nothing to show: what, why, and what happens next.
type blank struct{ Title, Text, Link, LinkText string }

type sprintLink struct {
	Name, Address string
	Here          bool
}

// fig links a figure to its explanation.
func fig(id, text string) string {
	return `<a class="fig" href="#explain-` + id + `">` + template.HTMLEscapeString(text) + `</a>`
}

// opened makes figures of the first numbers of a headline: each is linked to its explanation, the text stays.
func opened(reading string, links ...[2]string) template.HTML {
	var b strings.Builder
	for _, link := range links {
		before, after, found := strings.Cut(reading, link[0])
		if !found || link[0] == "" {
			continue
		}
		b.WriteString(template.HTMLEscapeString(before) + fig(link[1], link[0]))
		reading = after
	}
	return template.HTML(b.String() + template.HTMLEscapeString(reading))
}

func svg(text string) template.HTML { return template.HTML(text) }

func value(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func orNothing(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

// shareMeter draws a share, nothing where there is none.
func shareMeter(label string, share *float64, class string) template.HTML {
	if share == nil {
		return ""
	}
	return svg(chart.Meter(label, *share, nil, class))
}

func alone(d *drawn) (view, error) {
	if d == nil || d.SVG == "" {
		return view{}, problem(http.StatusNotFound, "nothing_to_draw", "A chart begins with its first figure.", "there is nothing to draw at that moment")
	}
	return view{svg: chart.Alone(string(d.SVG), ui.ChartStyle(), definitions)}, nil
}

func ratio(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	q := a / b
	return &q
}

type ledgerLine struct{ Op, Name, Count, Value, Explain string }

// drawnOf lists the drawings of some figures; one without a drawing is left out.
func drawnOf(list ...*drawn) []string {
	var out []string
	for _, d := range list {
		if d != nil {
			out = append(out, string(d.SVG))
		}
	}
	return out
}
