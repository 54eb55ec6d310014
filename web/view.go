package web

import (
	"embed"
	"html/template"
	"io/fs"
	"iter"
	"jerem/measure"
	"jerem/ui"
	"net/http"
	"strings"
	"time"
)

//go:embed pages/*.html
var frameFiles embed.FS

// parsePage makes a page out of the frame, the parts that pages share and its own content.
func parsePage(files fs.FS, name string) *template.Template {
	functions := template.FuncMap{
		"figure": figure, "hours": hours, "percent": percent, "plural": plural, "asset": ui.Address,
	}
	page := template.Must(template.New("frame.html").Funcs(functions).ParseFS(frameFiles, "pages/frame.html", "pages/parts.html"))
	return template.Must(page.ParseFS(files, "pages/"+name))
}

// view is a page before it is written.
type view struct {
	template *template.Template
	Title    string
	Team     string // "" on pages of no team
	Teams    []teamLink
	At       string   // the moment shown, in words; "" where there is none
	Date     string   // for the field that chooses another moment
	Past     bool     // a moment was asked for: the page does not follow the readings
	Notices  []string // that another moment is shown than was asked for, or since when something is known
	Behind   bool     // some team's figures are old, or not there
	Foot     []string
	Body     any
	page     string             // which of a team's pages it is, "" for others
	at       string             // the moment that was asked for, as it was written; "" for none
	Asked    string             // the quarter that was asked for; "" for none
	rows     iter.Seq[[]string] // a table, instead of a page
	svg      string             // instead of a page
	refresh  bool               // the browser asks again by itself, without a script: nothing is shown yet
	file     string             // what a download is called
}

// Tabs leads to the pages of the team.
func (v view) Tabs() []sprintLink {
	if v.Team == "" {
		return nil
	}
	base := teamAddress(v.Team)
	return []sprintLink{{"Sprint", with(base, "at", v.at), v.page == "sprint"}, {"Roadmap", with(base+"/roadmap", "quarter", v.Asked, "at", v.at), v.page == "roadmap"},
		{"Flow", with(base+"/flow", "at", v.at), v.page == "flow"}}
}

// Home leads to the portfolio, of the same moment and quarter.
func (v view) Home() string { return with("/", "quarter", v.Asked, "at", v.at) }

// Latest leads to the same page as of the last reading.
func (v view) Latest() string { return orElse(with("", "quarter", v.Asked), "?") }

// shown fills in what all pages of a team say: the moment, and how far it was read.
func (v *view) shown(team *measure.Team, w words, at time.Time) {
	h := team.History()
	v.Team = h.Team.Name
	v.At, v.Date = w.moment(at), at.In(w.zone).Format(time.DateOnly)
	cal := h.Team.Calendar
	clock := func(d time.Duration) string { return time.Unix(0, 0).UTC().Add(d).Format("15:04") }
	v.Foot = []string{
		"Read from Jira until " + w.moment(team.Now()),
		h.Team.Name + ", " + cal.Zone.String() + ", " + clock(cal.Start) + " to " + clock(cal.End),
	}
}

// teamLink leads to a team's page.
type teamLink struct {
	Name, Address string
	Here          bool
}

// part is a piece of a page, and what opens its figures.
type part struct {
	HTML     template.HTML
	Explains []explanation
}

type describe func(*http.Request) (view, error)

// problemTemplate is the page of an error.
var problemTemplate = parsePage(frameFiles, "problem.html")

// definitions are the marks and patterns that charts use, as pages define them.
var definitions = func() string {
	var b strings.Builder
	if err := problemTemplate.ExecuteTemplate(&b, "defs", nil); err != nil {
		panic(err) // a template of our own
	}
	return b.String()
}()
