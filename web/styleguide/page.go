package styleguide

import (
	"embed"
	"net/http"

	"jerem/web/frame"
)

//go:embed *.html
var files embed.FS

var pageTemplate = frame.ParsePage(files, "page.html")

// page shows every component.
type page struct {
	Charts   []component
	Parts    parts
	Explains []frame.Explanation
}

// component is something that pages are made of, in its states.
type component struct {
	Name, Use string
	Width     string // the class of its column
	Specimens []specimen
	Never     []impossible
}

// impossible is a state that a component is never in, and why.
type impossible struct{ State, Why string }

// specimen is a component in a state, with what is to be seen.
type specimen struct {
	State, Note string
	Figure      frame.Figure
	Stale       bool
}

// Page describes the page of all components.
func Page(*http.Request) (frame.View, error) {
	p := page{Charts: chartComponents(), Parts: exampleParts()}
	p.Explains = p.Parts.Explains
	return frame.View{Template: pageTemplate, Title: "Components", At: "Mon 23 Nov 2026, 14:00", Date: "2026-11-23",
		Body: p, Foot: []string{"All figures here are invented"}}, nil
}
