package web

import (
	"bytes"
	"io"
	"net/http"

	"jerem/ui"
)

// page makes a handler of a function that describes a page, and reads so many parameters.
func (s *Server) page(describe describe, reads parameters) http.Handler {
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
	if err := v.template.Execute(&page, v); err != nil {
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
