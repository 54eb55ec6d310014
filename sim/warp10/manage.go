package warp10sim

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
)

// find lists series, with or without points.
func (s *Server) find(w http.ResponseWriter, r *http.Request) {
	switch wrong := reader(r); {
	case wrong == "Read token missing.":
		fail(w, r, http.StatusForbidden, "Missing token.")
		return
	case wrong != "":
		fail(w, r, http.StatusForbidden, "Missing or invalid token.")
		return
	}
	text := r.FormValue("selector")
	if text == "" {
		fail(w, r, http.StatusInternalServerError, `Cannot invoke "String.split(String)" because "selector" is null`)
		return
	}
	sel, wrong := parseSelector(text)
	if wrong != "" {
		fail(w, r, http.StatusInternalServerError, wrong)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.selected(sel)
	if r.FormValue("format") != "json" {
		for _, g := range list {
			fmt.Fprintln(w, g.name(style(r)))
		}
		return
	}
	var all []string
	for _, g := range list {
		all = append(all, fmt.Sprintf(`{%s,"la":0}`, g.json()))
	}
	fmt.Fprintf(w, "[\n%s\n]\n", strings.Join(all, "\n,"))
}

// deleter checks a token that is to delete.
func deleter(r *http.Request) string {
	switch token := r.Header.Get("X-Warp10-Token"); token {
	case "":
		return "Missing token."
	case NoDelete:
		return "Token cannot be used for deletions."
	default:
		return writer(token)
	}
}

// delete removes the points of a range, or series with all they have.
func (s *Server) delete(w http.ResponseWriter, r *http.Request) {
	if s.DeletesOff {
		off(w, r, "Deletes are momentarily disabled")
		return
	}
	if wrong := deleter(r); wrong != "" {
		fail(w, r, http.StatusInternalServerError, wrong)
		return
	}
	text := r.FormValue("selector")
	if text == "" {
		fail(w, r, http.StatusBadRequest, "Invalid 'selector' query parameter, should not be missing or empty.")
		return
	}
	sel, wrong := parseSelector(text)
	if wrong != "" {
		status := http.StatusInternalServerError
		if wrong == badSelector {
			status = http.StatusBadRequest
		}
		fail(w, r, status, wrong)
		return
	}
	frame, wrong := s.deleted(r)
	if wrong != "" {
		fail(w, r, http.StatusInternalServerError, wrong)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain;charset=iso-8859-1")
	for _, g := range s.selected(sel) {
		fmt.Fprintf(w, "%s\r\n", g.name(styles{attributes: true}))
		if !r.Form.Has("dryrun") {
			s.forget(g, frame)
		}
	}
}

// deleted reads the window of a delete; nil is all there is.
func (s *Server) deleted(r *http.Request) (frame *window, wrong string) {
	start, end := r.FormValue("start"), r.FormValue("end")
	switch {
	case r.Form.Has("metaonly"):
		return nil, "Parameter metaonly cannot be used as metaonly support is not enabled."
	case start == "" && end == "" && r.Form.Has("deleteall"):
		return nil, ""
	case start == "" && end == "" && !r.Form.Has("stop"):
		return nil, "Parameter deleteall or metaonly should be set when no time range is specified."
	case start == "" || end == "":
		return nil, "Both start and end should be defined."
	}
	frame = &window{count: math.MaxInt}
	var ok bool
	if frame.from, ok = s.instant(start); !ok {
		return nil, fmt.Sprintf("Error when deleting data: For input string: %q", start)
	}
	if frame.to, ok = s.instant(end); !ok {
		return nil, fmt.Sprintf("Error when deleting data: For input string: %q", end)
	}
	if frame.from > frame.to {
		return nil, "Invalid time range specification."
	}
	return frame, ""
}

// forget removes the points of a window, without one the series itself.
func (s *Server) forget(g *gts, frame *window) {
	if frame == nil {
		delete(s.series, g.key())
		s.order = slices.DeleteFunc(s.order, func(k string) bool { return k == g.key() })
		return
	}
	for _, tick := range g.ticks(*frame) {
		delete(g.points, tick)
	}
}

// meta replaces the attributes of series; one that is not known is passed over.
func (s *Server) meta(w http.ResponseWriter, r *http.Request) {
	const place = "Error when updating meta: "
	if wrong := writer(r.Header.Get("X-Warp10-Token")); wrong != "" {
		fail(w, r, http.StatusInternalServerError, fmt.Sprintf("%sio.warp10.script.WarpScriptException: %s (%s)", place, wrong, wrong))
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		fail(w, r, http.StatusInternalServerError, place+"Early EOF")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(string(raw)) {
		name, attrs, ok := strings.Cut(strings.TrimSpace(line), "}{")
		p := parser{app: application}
		var a gts
		g, _, bad := p.named(name+"}", 0, 0, false)
		if !ok || bad != nil || a.parseLabels(strings.TrimSuffix(attrs, "}"), 0) != nil {
			fail(w, r, http.StatusInternalServerError, place+`Cannot invoke "io.warp10.continuum.store.thrift.data.Metadata.getLabels()" because "metadata" is null`)
			return
		}
		if known := s.series[g.key()]; known != nil {
			known.attrs, known.attrNames = a.labels, a.names
		}
	}
}
