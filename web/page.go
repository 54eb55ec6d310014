package web

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jerem/measure"
	"jerem/ui"
)

//go:embed pages/*.html
var pageFiles embed.FS

// templates are the pages; every one is the frame with its own content.
var templates = parseTemplates()

func parseTemplates() map[string]*template.Template {
	out := map[string]*template.Template{}
	functions := template.FuncMap{"figure": figure, "hours": hours, "percent": percent, "plural": plural, "asset": ui.Address}
	for _, name := range []string{"micro", "roadmap", "flow", "account", "portfolio", "issue", "problem"} {
		out[name] = template.Must(template.New("frame.html").Funcs(functions).ParseFS(pageFiles, "pages/frame.html", "pages/parts.html", "pages/"+name+".html"))
	}
	return out
}

// view is a page before it is written.
type view struct {
	name    string // of the template
	Title   string
	Team    string // "" on pages of no team
	Teams   []teamLink
	At      string   // the moment shown, in words; "" where there is none
	Date    string   // for the field that chooses another moment
	Past    bool     // a moment was asked for: the page does not follow the readings
	Notices []string // that another moment is shown than was asked for, or since when something is known
	Behind  bool     // some team's figures are old, or not there
	Foot    []string
	Body    any
	page    string             // which of a team's pages it is, "" for others
	at      string             // the moment that was asked for, as it was written; "" for none
	Asked   string             // the quarter that was asked for; "" for none
	rows    iter.Seq[[]string] // a table, instead of a page
	svg     string             // instead of a page
	refresh bool               // the browser asks again by itself, without a script: nothing is shown yet
	file    string             // what a download is called
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

// with adds to an address what is asked of it; what is "" is left out.
func with(address string, pairs ...string) string {
	sep := "?"
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			address += sep + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
			sep = "&"
		}
	}
	return address
}

// teamLink leads to a team's page.
type teamLink struct {
	Name, Address string
	Here          bool
}

// page makes a handler of a function that describes a page, and reads so many parameters.
func (s *Server) page(describe func(*http.Request) (view, error), reads parameters) http.Handler {
	return s.remember(reads, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = withAsked(r)
		v, err := describe(r)
		askedOf(r).tell(w.Header())
		switch {
		case err != nil:
			s.tellProblem(w, r, s.teams.problemOf(err))
		case v.rows != nil:
			writeTable(w, v)
		case v.svg != "":
			writeSVG(w, v.svg)
		default:
			v.at, v.Asked = r.URL.Query().Get("at"), r.URL.Query().Get("quarter")
			troubles := s.teams.troubleLines(r.Context(), v.Team)
			v.Past, v.Notices = v.at != "", append(askedOf(r).lines(), troubles...)
			v.Behind = v.Behind || len(troubles) > 0
			s.writePage(w, r, v, http.StatusOK)
		}
	}))
}

// writePage writes a page from its template. What was asked is kept in its links only where it is right.
func (s *Server) writePage(w http.ResponseWriter, r *http.Request, v view, status int) {
	v.Teams, v.Title = s.links(v), oneLine(v.Title)
	var page bytes.Buffer
	if err := templates[v.name].Execute(&page, v); err != nil {
		s.log.Error("page cannot be written", "path", oneLine(r.URL.Path), "error", oneLine(err.Error()))
		p := s.teams.faulty(r)
		http.Error(w, p.Message+". "+p.Hint, p.Status)
		return
	}
	if v.refresh {
		w.Header().Set("Refresh", "5") // seconds
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, markupText(page.String())) // who asked may have gone
}

// links lists the teams for the bar: each leads to the same kind of page.
func (s *Server) links(v view) []teamLink {
	var out []teamLink
	for _, t := range s.teams.list {
		to := with(teamAddress(t.Name), "at", v.at)
		if v.page == "roadmap" {
			to = with(teamAddress(t.Name)+"/roadmap", "quarter", v.Asked, "at", v.at)
		}
		if v.page == "flow" {
			to = with(teamAddress(t.Name)+"/flow", "at", v.at)
		}
		out = append(out, teamLink{t.Name, to, t.Name == v.Team})
	}
	return out
}

func teamAddress(name string) string { return "/teams/" + url.PathEscape(name) }

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

func wordsOf(team *measure.Team) words {
	return words{team.Unit(), team.History().Team.Calendar.Zone}
}

// asset serves styles and scripts under names that change with their content.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	body, kind, ok := ui.Asset(r.PathValue("name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(body)
}

func (s *Server) icon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, ui.Address("favicon.svg"), http.StatusFound)
}

// jiraIssue returns the address of an issue in Jira, "" where none is known.
func (s *Source) jiraIssue(key string) string {
	if s.jira == "" || strings.Contains(s.jira, "/ex/jira/") {
		return "" // a gateway shows no pages
	}
	return strings.TrimRight(s.jira, "/") + "/browse/" + url.PathEscape(key)
}

// jiraSearch returns the address of a list of issues in Jira.
func (s *Source) jiraSearch(keys []string) string {
	if s.jira == "" || strings.Contains(s.jira, "/ex/jira/") || len(keys) == 0 || len(keys) > 200 {
		return ""
	}
	return strings.TrimRight(s.jira, "/") + "/issues/?jql=" + url.QueryEscape("key in ("+strings.Join(keys, ", ")+")")
}
