package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"jerem/ui"
	"jerem/web/dutypages"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// framedPolicy is what a page may do that others frame: it runs nothing and asks for nothing but its style.
const framedPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " +
	"form-action 'none'; frame-ancestors "

// framePolicy is [framedPolicy] with who may frame: the origins of server.frame, anybody where there are none.
func (o Options) framePolicy() string {
	if len(o.Frame) == 0 {
		return framedPolicy + "*"
	}
	return framedPolicy + strings.Join(o.Frame, " ")
}

// pageHandler makes a handler of a function that describes a page, and reads so many parameters.
func (s *Server) pageHandler(describe frame.Describe, reads parameters) http.Handler {
	return s.withKeptAnswers(reads, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = asked.WithMoments(r)
		v, err := describe(r)
		asked.MomentsOf(r).Tell(w.Header())
		switch {
		case err != nil:
			s.tellProblem(w, r, s.teams.ProblemOf(err))
		case v.Rows != nil:
			writeTable(w, v)
		case v.SVG != "":
			writeSVG(w, s.base.inMarkup(v.SVG))
		default:
			v.AskedAt, v.Asked = r.URL.Query().Get("at"), r.URL.Query().Get("quarter")
			troubles := s.teams.TroubleLines(r.Context(), v.Team)
			v.Past, v.Notices = v.AskedAt != "", append(asked.MomentsOf(r).Lines(), troubles...)
			v.Behind = v.Behind || len(troubles) > 0
			s.writePage(w, r, v, http.StatusOK)
		}
	}))
}

// writePage writes a page from its template. What was asked is kept in its links only where it is right.
func (s *Server) writePage(w http.ResponseWriter, r *http.Request, v frame.View, status int) {
	v.Teams, v.Title, v.Logout = s.teamLinks(v), format.OneLine(v.Title), s.logout
	v.HasOnCall = s.hasDuty
	if s.restricted && v.Team == "" && v.Kind != dutypages.Kind { // which of their teams are left out, they tell
		v.Foot = append(v.Foot, "Of the teams that you may see")
	}
	page := pageBuffers.Get().(*bytes.Buffer)
	defer pageBuffers.Put(page)
	page.Reset()
	if err := v.Template.Execute(page, v); err != nil {
		s.log.Error("page cannot be written", "path", loggedPath(r), "error", format.OneLine(err.Error()))
		s.tellUnwritable(w, r, v)
		return
	}
	if v.Refresh {
		w.Header().Set("Refresh", "5") // seconds
	}
	if v.NextPage != "" {
		w.Header().Set("Refresh", fmt.Sprintf("%d; url=%s", v.NextIn, s.base.address(v.NextPage)))
	}
	if v.Framed {
		w.Header().Set("Content-Security-Policy", s.framed)
		w.Header()["X-Frame-Options"] = nil
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, s.base.inMarkup(shownMarkup(page.String()))) // who asked may have gone
}

// pageBuffers hold pages while they are written: one of a large sprint grows to more than a megabyte, piece by piece.
var pageBuffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// tellUnwritable answers in place of a page that cannot be written: by the page of a problem, or by plain text where
// that is the one.
func (s *Server) tellUnwritable(w http.ResponseWriter, r *http.Request, v frame.View) {
	p := s.teams.Faulty(r)
	if v.Template != frame.ProblemTemplate {
		s.tellProblem(w, r, p)
		return
	}
	http.Error(w, format.Capital(p.Message)+". "+p.Hint, p.Status)
}

// shownMarkup is a page or a drawing as it leaves: texts out of Jira give no commands in it, and names in right-to-left
// letters do not turn the figures beside them.
func shownMarkup(text string) string { return format.IsolateMarkup(format.MarkupText(text)) }

// teamLinks lists the teams for the bar: each leads to the same kind of page.
func (s *Server) teamLinks(v frame.View) []frame.TeamLink {
	var out []frame.TeamLink
	for _, t := range s.teams.List {
		to := frame.WithQuery(frame.TeamAddress(t.Name), "at", v.AskedAt)
		if v.Kind == "roadmap" {
			to = frame.WithQuery(frame.TeamAddress(t.Name)+"/roadmap", "quarter", v.Asked, "at", v.AskedAt)
		}
		if v.Kind == "flow" {
			to = frame.WithQuery(frame.TeamAddress(t.Name)+"/flow", "at", v.AskedAt)
		}
		out = append(out, frame.TeamLink{Name: t.Name, Address: to, Here: t.Name == v.Team})
	}
	return out
}

// serveAsset serves styles and scripts under names that change with their content.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	body, kind, ok := ui.Asset(r.PathValue("name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(body)
}

func (s *Server) serveIcon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.base.address(ui.Address("favicon.svg")), http.StatusFound)
}
