package frame

import (
	"embed"
	"html/template"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"jerem/measure"
	"jerem/web/format"
)

//go:embed *.html
var frameFiles embed.FS

// View is a page before it is written.
type View struct {
	Template *Template
	Title    string
	Team     string // "" on pages of no team
	Teams    []TeamLink
	At       string   // the moment shown, in words; "" where there is none
	Date     string   // for the field that chooses another moment
	Past     bool     // a moment was asked for: the page does not follow the readings
	Notices  []string // that another moment is shown than was asked for, or since when something is known
	Behind   bool     // some team's figures are old, or not there
	OldSince string   // on a card and a wall: since when its team's figures are old; "" while they are not
	Foot     []string
	Body     any
	Kind     string             // which of the bar's pages it is, "" for others
	AskedAt  string             // the moment that was asked for, as it was written; "" for none
	Asked    string             // the quarter that was asked for; "" for none
	Rows     iter.Seq[[]string] // a table, instead of a page
	SVG      string             // instead of a page
	Refresh  bool               // the browser asks again by itself, without a script: nothing is shown yet
	FileName string             // what a download is called
	Framed   bool               // pages of others may frame it
	NextPage string             // the browser goes there after NextIn seconds, without a script; "" for nowhere
	NextIn   int
	Stays    bool   // a wall stays with its team
	Other    string // the address of the same wall that stays, or that goes on where it stays
	Overview bool   // the team has no sprints: its page tells of all its work
	// HasOnCall tells that there are pages of on-call to lead to.
	HasOnCall bool
	Logout    string // where a form is sent to log out; "" where nobody logs in
}

// Tabs leads to the pages of the team.
func (v View) Tabs() []Choice {
	if v.Team == "" {
		return nil
	}
	base := TeamAddress(v.Team)
	first := "Sprint"
	if v.Overview {
		first = "Overview"
	}
	return []Choice{{first, WithQuery(base, "at", v.AskedAt), v.Kind == "sprint"},
		{"Roadmap", WithQuery(base+"/roadmap", "quarter", v.Asked, "at", v.AskedAt), v.Kind == "roadmap"},
		{"Flow", WithQuery(base+"/flow", "at", v.AskedAt), v.Kind == "flow"}}
}

// Home leads to the portfolio, of the same moment and quarter.
func (v View) Home() string { return WithQuery("/", "quarter", v.Asked, "at", v.AskedAt) }

// Latest leads to the same page as of the last reading.
func (v View) Latest() string { return format.OrElse(WithQuery("", "quarter", v.Asked), "?") }

// SetMoment fills in what all pages of a team say: the moment, and how far it was read.
func (v *View) SetMoment(team *measure.Team, w format.Words, at time.Time) {
	h := team.History()
	v.Team = h.Team.Name
	v.Overview = h.Board.IsKanban()
	v.At, v.Date = w.Moment(at), at.In(w.Zone).Format(time.DateOnly)
	cal := h.Team.Calendar
	clock := func(d time.Duration) string { return time.Unix(0, 0).UTC().Add(d).Format("15:04") }
	v.Foot = []string{
		"Read from Jira until " + w.Moment(team.Now()),
		h.Team.Name + ", " + cal.Zone.String() + ", " + clock(cal.Start) + " to " + clock(cal.End),
	}
}

// TeamLink leads to a team's page.
type TeamLink struct {
	Name, Address string
	Here          bool
}

// Part is a piece of a page, and what opens its figures.
type Part struct {
	HTML     template.HTML
	Sentence template.HTML // what the piece says, without a full stop; "" where it says nothing
	Tiles    []Tile
	Sections []Section
	Explains []Explanation
}

// Describe makes the view that a request asks for; an error is told as a Problem.
type Describe func(*http.Request) (View, error)

// ProblemTemplate is the page of an error.
var ProblemTemplate = ParsePage(frameFiles, "problem.html")

// definitions are the marks and patterns that charts use, as pages define them.
var definitions = sync.OnceValue(func() string {
	var b strings.Builder
	if err := ProblemTemplate.ExecuteTemplate(&b, "defs", nil); err != nil {
		panic(err) // a template of our own
	}
	return b.String()
})

// LongAnswer is an answer that may be long: it is written piece by piece for each viewer and never stands in memory as
// text. Weight is about how many bytes its values hold.
type LongAnswer struct {
	Weight int
	Write  func(io.Writer) error
}

// Table is a table of rows, the first of which is its head.
func Table(name string, rows [][]string) View {
	return View{Rows: slices.Values(rows), FileName: name + ".csv"}
}

// WithUnit adds to a table, its header first, the unit of its amounts as a last column.
func WithUnit(unit string, rows [][]string) [][]string {
	for n := range rows {
		cell := unit
		if n == 0 {
			cell = "unit"
		}
		rows[n] = append(rows[n], cell)
	}
	return rows
}
