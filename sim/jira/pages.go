package jirasim

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/sim/jira/wire"
)

// the pages

//go:embed pages/style.css
var pageStyle string

//go:embed pages/pages.html
var pageSource string

var pageTemplates = template.Must(template.New("pages").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(pageStyle) }, // our own file
}).Parse(pageSource))

// pagePolicy lets a page do nothing but show itself: its one style is known by its hash.
var pagePolicy = func() string {
	hash := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}()

// frame is what every page shows around its body.
type frame struct {
	Title, Site, Clock, Root string
	Body                     any
}

// link is a text that may lead somewhere.
type link struct{ Text, To string }

// page is one address that a person opens. It answers with the name of a template, a title and a body.
type page func(s *Server, c *call) (shownPage, error)

type shownPage struct {
	template, title string
	status          int // 200 where it is 0
	body            any
}

// pageRoutes are the addresses of pages in Cloud and in Data Center; either dialect answers both.
var pageRoutes = map[string]page{
	"/secure/Dashboard.jspa":  homePage,
	"/browse/{key}":           browsePage,
	"/issues/":                searchPage,
	"/issues":                 searchPage,
	"/secure/RapidBoard.jspa": rapidBoardPage,
	"/jira/software/c/projects/{project}/boards/{board}":                              softwarePage,
	"/jira/software/c/projects/{project}/boards/{board}/reports/sprint-retrospective": softwarePage,
	"/jira/software/projects/{project}/boards/{board}":                                softwarePage,
	"/jira/software/projects/{project}/boards/{board}/reports/sprint-retrospective":   softwarePage,
}

func (s *Server) routePages() {
	for path, p := range pageRoutes {
		s.mux.HandleFunc(path, s.servePage(p))
	}
	s.mux.HandleFunc("/{$}", pageForReaders(s, s.servePage(homePage)))
	s.mux.HandleFunc("/", pageForReaders(s, s.servePage(unknownPage)))
}

// pageForReaders shows a page to browsers, and answers programs with Jira's 404.
func pageForReaders(s *Server, p http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if wantsPage(r) && !strings.HasPrefix(r.URL.Path, "/rest/") {
			p(w, r)
			return
		}
		writeError(w, unknownPathError())
	}
}

// wantsPage tells a browser from a program: only a browser says that it takes HTML.
func wantsPage(r *http.Request) bool {
	return slices.ContainsFunc(
		r.Header.Values("Accept"),
		func(v string) bool { return strings.Contains(v, "text/html") },
	)
}

// servePage answers a reader. A Jira shows its pages to those who log in; one whose pages are open shows them to all.
func (s *Server) servePage(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		pageHeaders(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			s.writePage(
				w,
				r,
				pageError(http.StatusMethodNotAllowed, "Pages are only read", "Programs ask below /rest/."),
			)
			return
		}
		known, err := s.checkLogin(r)
		if err != nil || !known && !s.opts.OpenPages {
			w.Header().Set("WWW-Authenticate", `Basic realm="simulated Jira", charset="UTF-8"`)
			s.writePage(w, r, pageError(http.StatusUnauthorized, "Log in",
				"Use the username and the password that the simulator prints."))
			return
		}
		now := s.opts.Now()
		c := &call{Request: r, now: now, view: s.site.ViewAt(now), version: "3"}
		shown, err := p(s, c)
		if err != nil {
			failed := asAPIError(err)
			shown = pageError(failed.status, "Not here", strings.Join(failed.messages, " "))
		}
		s.writePage(w, r, shown)
	}
}

// pageHeaders forbid everything but showing the page.
func pageHeaders(h http.Header) {
	for name, v := range map[string]string{"Content-Type": "text/html; charset=utf-8",
		"Content-Security-Policy": pagePolicy,
		"X-Content-Type-Options":  "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
		"Cache-Control":              "no-store",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
		h.Set(name, v)
	}
}

func (s *Server) writePage(w http.ResponseWriter, r *http.Request, p shownPage) {
	if body, ok := p.body.(home); ok {
		p.body = withBoards(s, body)
	}
	var b bytes.Buffer
	f := frame{
		Title: p.title,
		Site:  s.site.Title,
		Clock: pageTime(s, s.opts.Now()),
		Root:  s.opts.PathPrefix,
		Body:  p.body,
	}
	if err := pageTemplates.ExecuteTemplate(&b, p.template, f); err != nil {
		http.Error(w, "the page cannot be written: "+err.Error(), http.StatusInternalServerError)
		return
	}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // a reader who went away has no use for the error
	}
}

// pageError is a page that says what is wrong and where one can go on.
func pageError(status int, title, what string) shownPage {
	return shownPage{template: "home", title: title, status: status, body: home{Title: title, What: what}}
}

// home is the page that says what this is.
type home struct {
	Title, What string
	Boards      []link
}

const whatThisIs = "This is a simulated Jira. It answers programs below /rest/, and shows a person its issues, " +
	"searches, boards and sprints. " +
	"Nothing can be changed here, and the rest of Jira is not played."

func homePage(s *Server, _ *call) (shownPage, error) {
	return shownPage{template: "home", title: "Boards", body: home{Title: s.site.Title, What: whatThisIs}}, nil
}

// unknownPage is shown at every other address.
func unknownPage(s *Server, c *call) (shownPage, error) {
	return pageError(http.StatusNotFound, "This page is not played", whatThisIs), nil
}

// withBoards lists the boards on a page that says where one can go.
func withBoards(s *Server, b home) home {
	for _, one := range s.site.BoardsAt(s.opts.Now()) {
		b.Boards = append(b.Boards, boardLink(s, one))
	}
	return b
}

func pageTime(s *Server, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.site.Zone).Format("Mon 2 Jan 2006, 15:04")
}

// pageMoment writes a moment of Jira's JSON; what is none comes empty.
func pageMoment(s *Server, v any) string { return pageTime(s, wire.ParseTime(v)) }

func issueLink(s *Server, key string) string {
	return s.opts.PathPrefix + "/browse/" + url.PathEscape(key)
}

func searchLink(s *Server, jql string) string {
	return s.opts.PathPrefix + "/issues/?jql=" + url.QueryEscape(jql)
}

func boardLink(s *Server, board wire.Obj) link {
	to := s.opts.PathPrefix + "/secure/RapidBoard.jspa?rapidView=" + wire.Text(board["id"])
	if !s.dataCenter() {
		to = s.opts.PathPrefix + "/jira/software/c/projects/" + url.PathEscape(boardProject(s, board)) + "/boards/" +
			wire.Text(board["id"])
	}
	return link{wire.Text(board["name"]), to}
}

// boardProject is the key of the project of a board; recorded boards may tell only its id.
func boardProject(s *Server, board wire.Obj) string {
	if key := wire.Text(wire.At(board, "location", "projectKey")); key != "" {
		return key
	}
	return wire.Text(wire.At(s.site.FindProject(wire.Text(wire.At(board, "location", "projectId")), false), "key"))
}

// sprintLink leads to the report of a sprint at the board that it began on.
func sprintLink(s *Server, sprint wire.Obj) link {
	id := wire.Text(sprint["id"])
	board := findBoardID(s, wire.Text(sprint["originBoardId"]))
	if board == nil || s.dataCenter() {
		to := "/secure/RapidBoard.jspa?rapidView=" + wire.Text(sprint["originBoardId"]) +
			"&view=reporting&chart=sprintRetrospective&sprint=" + id
		return link{wire.Text(sprint["name"]), s.opts.PathPrefix + to}
	}
	return link{wire.Text(sprint["name"]), boardLink(s, board).To + "/reports/sprint-retrospective?sprint=" + id}
}

func findBoardID(s *Server, id string) wire.Obj {
	for _, b := range s.site.BoardsAt(s.opts.Now()) {
		if wire.Text(b["id"]) == id {
			return b
		}
	}
	return nil
}
