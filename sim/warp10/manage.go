package warp10sim

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
)

// handleFind lists series, with or without points.
func handleFind(s *Server, w http.ResponseWriter, r *http.Request) {
	switch wrong := readToken(r); {
	case wrong == "Read token missing.":
		writeFailure(w, r, http.StatusForbidden, "Missing token.")
		return
	case wrong != "":
		writeFailure(w, r, http.StatusForbidden, "Missing or invalid token.")
		return
	}
	text := r.FormValue("selector")
	if text == "" {
		writeFailure(
			w,
			r,
			http.StatusInternalServerError,
			`Cannot invoke "String.split(String)" because "selector" is null`,
		)
		return
	}
	sel, wrong := parseSelector(text)
	if wrong != "" {
		writeFailure(w, r, http.StatusInternalServerError, wrong)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.selectSeries(sel)
	if r.FormValue("format") != "json" {
		for _, g := range list {
			fmt.Fprintln(w, g.formatName(outputStyle(r)))
		}
		return
	}
	var all []string
	for _, g := range list {
		all = append(all, fmt.Sprintf(`{%s,"la":0}`, g.formatJSON()))
	}
	fmt.Fprintf(w, "[\n%s\n]\n", strings.Join(all, "\n,"))
}

// deleteToken checks a token that is to delete.
func deleteToken(r *http.Request) string {
	switch token := r.Header.Get("X-Warp10-Token"); token {
	case "":
		return "Missing token."
	case NoDelete:
		return "Token cannot be used for deletions."
	default:
		return writeToken(token)
	}
}

// handleDelete removes the points of a range, or series with all they have.
func handleDelete(s *Server, w http.ResponseWriter, r *http.Request) {
	if s.DeletesOff {
		refuseStopped(w, r, "Deletes are momentarily disabled")
		return
	}
	if wrong := deleteToken(r); wrong != "" {
		writeFailure(w, r, http.StatusInternalServerError, wrong)
		return
	}
	text := r.FormValue("selector")
	if text == "" {
		writeFailure(w, r, http.StatusBadRequest, "Invalid 'selector' query parameter, should not be missing or empty.")
		return
	}
	sel, wrong := parseSelector(text)
	if wrong != "" {
		status := http.StatusInternalServerError
		if wrong == badSelector {
			status = http.StatusBadRequest
		}
		writeFailure(w, r, status, wrong)
		return
	}
	frame, wrong := parseDeleteWindow(s, r)
	if wrong != "" {
		writeFailure(w, r, http.StatusInternalServerError, wrong)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain;charset=iso-8859-1")
	for _, g := range s.selectSeries(sel) {
		fmt.Fprintf(w, "%s\r\n", g.formatName(styles{attributes: true}))
		if !r.Form.Has("dryrun") {
			s.forgetPoints(g, frame)
		}
	}
}

// parseDeleteWindow reads the window of a delete; nil is all there is.
func parseDeleteWindow(s *Server, r *http.Request) (frame *window, wrong string) {
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
	if frame.from, ok = parseInstant(s, start); !ok {
		return nil, fmt.Sprintf("Error when deleting data: For input string: %q", start)
	}
	if frame.to, ok = parseInstant(s, end); !ok {
		return nil, fmt.Sprintf("Error when deleting data: For input string: %q", end)
	}
	if frame.from > frame.to {
		return nil, "Invalid time range specification."
	}
	return frame, ""
}

// forgetPoints removes the points of a window, without one the series itself.
func (s *Server) forgetPoints(g *gts, frame *window) {
	if frame == nil {
		delete(s.series, g.key)
		s.order = slices.DeleteFunc(s.order, func(k string) bool { return k == g.key })
		return
	}
	for _, tick := range g.ticksIn(*frame) {
		delete(g.points, tick)
	}
}

// handleMeta replaces the attributes of series; one that is not known is passed over.
func handleMeta(s *Server, w http.ResponseWriter, r *http.Request) {
	const place = "Error when updating meta: "
	if wrong := writeToken(r.Header.Get("X-Warp10-Token")); wrong != "" {
		writeFailure(w, r, http.StatusInternalServerError,
			fmt.Sprintf("%sio.warp10.script.WarpScriptException: %s (%s)", place, wrong, wrong))
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		writeFailure(w, r, http.StatusInternalServerError, place+"Early EOF")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(string(raw)) {
		name, attrs, ok := strings.Cut(strings.TrimSpace(line), "}{")
		p := parser{app: application}
		var a gts
		g, _, bad := p.parseName(name+"}", 0, 0, false)
		if !ok || bad != nil || a.parseLabels(strings.TrimSuffix(attrs, "}"), 0) != nil {
			writeFailure(
				w,
				r,
				http.StatusInternalServerError,
				place+`Cannot invoke "io.warp10.continuum.store.thrift.data.Metadata.getLabels()" `+
					`because "metadata" is null`,
			)
			return
		}
		if known := s.series[g.key]; known != nil {
			known.attrs, known.attrNames = a.labels, a.names
		}
	}
}
