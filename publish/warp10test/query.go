package warp10test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// selector chooses series by class and labels, each exactly or by a pattern.
type selector struct {
	class  func(string) bool
	labels map[string]func(text string, there bool) bool
}

// parseSelector reads "class{label=value,label~pattern}".
func parseSelector(text string) (selector, bool) {
	open := strings.IndexByte(text, '{')
	if open < 0 || !strings.HasSuffix(text, "}") || strings.Contains(text, " ") {
		return selector{}, false
	}
	class, ok := matcher(text[:open], strings.HasPrefix(text, "~"))
	if !ok {
		return selector{}, false
	}
	s := selector{class: class, labels: map[string]func(string, bool) bool{}}
	for part := range strings.SplitSeq(text[open+1:len(text)-1], ",") {
		if part == "" {
			continue
		}
		at := strings.IndexAny(part, "=~")
		if at < 0 {
			return selector{}, false
		}
		name, _ := decode(part[:at])
		match, ok := matcher(part[at+1:], part[at] == '~')
		if !ok {
			return selector{}, false
		}
		empty := part[at] == '=' && part[at+1:] == ""
		s.labels[name] = func(text string, there bool) bool {
			if empty {
				return !there
			}
			return there && match(text)
		}
	}
	return s, true
}

// matcher matches a whole text, exactly or by a pattern.
func matcher(text string, pattern bool) (func(string) bool, bool) {
	if pattern {
		text = strings.TrimPrefix(text, "~")
	}
	text, wrong := decode(text)
	if wrong != "" {
		return nil, false
	}
	if !pattern {
		return func(s string) bool { return s == text }, true
	}
	re, err := regexp.Compile("^(?:" + text + ")$")
	if err != nil {
		return nil, false
	}
	return re.MatchString, true
}

func (s selector) matches(g *gts) bool {
	if !s.class(g.class) {
		return false
	}
	for name, match := range s.labels {
		text, there := g.labels[name]
		if !match(text, there) {
			return false
		}
	}
	return true
}

// selected returns the series that a selector chooses.
func (s *Server) selected(sel selector) []*gts {
	var out []*gts
	for _, key := range s.order {
		if g := s.series[key]; g != nil && sel.matches(g) {
			out = append(out, g)
		}
	}
	return out
}

// reader checks a read token, of the query or the header.
func reader(r *http.Request) string {
	token := r.FormValue("token")
	if token == "" {
		token = r.Header.Get("X-Warp10-Token")
	}
	switch token {
	case Read:
		return ""
	case "":
		return "Read token missing."
	case ExpiredRead:
		return "Token Expired."
	}
	return "Invalid token."
}

// instant reads a tick or an ISO date.
func instant(text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UnixMicro(), err == nil
}

func (s *Server) fetch(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Warp10-Timeunit", "1000000")
	if wrong := reader(r); wrong != "" {
		fail(w, r, http.StatusForbidden, wrong)
		return
	}
	end := r.FormValue("stop")
	if end == "" {
		end = r.FormValue("end")
	}
	from, okFrom := instant(r.FormValue("start"))
	to, okTo := instant(end)
	sel, ok := parseSelector(r.FormValue("selector"))
	if !okFrom || !okTo || !ok {
		text := "Bad Request"
		if r.FormValue("start") == "" || end == "" {
			text = "Missing either 'start' or 'end' parameter."
		}
		fail(w, r, http.StatusBadRequest, text)
		return
	}
	if from > to {
		from, to = to, from
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.selected(sel)
	w.Header()["Content-Type"] = nil
	if r.FormValue("format") == "json" {
		writeJSON(w, list, from, to)
		return
	}
	for _, g := range list {
		for i, tick := range g.ticks(from, to) {
			name := " " + g.name()
			prefix := ""
			if i > 0 && r.FormValue("format") != "fulltext" {
				name, prefix = "", "="
			}
			fmt.Fprintf(w, "%s%d//%s %s\n", prefix, tick, name, writeValue(g.points[tick]))
		}
	}
}

// name writes a series as text answers do.
func (g *gts) name() string {
	var labels []string
	for _, n := range g.names {
		labels = append(labels, escape(n)+"="+escape(g.labels[n]))
	}
	return escape(g.class) + "{" + strings.Join(labels, ",") + "}"
}

// ticks lists the ticks of a range, newest first.
func (g *gts) ticks(from, to int64) []int64 {
	var out []int64
	for tick := range g.points {
		if tick >= from && tick <= to {
			out = append(out, tick)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

func writeValue(v value) string {
	switch v := v.(type) {
	case bool:
		return map[bool]string{true: "T", false: "F"}[v]
	case string:
		return "'" + escape(v) + "'"
	case float64:
		return writeDouble(v)
	}
	return fmt.Sprint(v)
}

// writeDouble keeps a decimal point, as Java does.
func writeDouble(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 0):
		return map[bool]string{true: "Infinity", false: "-Infinity"}[x > 0]
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

func writeJSON(w http.ResponseWriter, list []*gts, from, to int64) {
	var out []string
	for _, g := range list {
		ticks := g.ticks(from, to)
		if len(ticks) == 0 {
			continue
		}
		var points []string
		for _, tick := range ticks {
			text := writeValue(g.points[tick])
			switch v := g.points[tick].(type) {
			case string:
				quoted, _ := json.Marshal(v) // a string always marshals
				text = string(quoted)
			case bool:
				text = strconv.FormatBool(v)
			}
			points = append(points, fmt.Sprintf("[%d,%s]", tick, text))
		}
		class, _ := json.Marshal(g.class)
		labels, _ := json.Marshal(g.labels)
		out = append(out, fmt.Sprintf(`{"c":%s,"l":%s,"a":{},"la":0,"v":[%s]}`, class, labels, strings.Join(points, ",")))
	}
	if len(out) > 0 { // nothing found: an empty body
		fmt.Fprintf(w, "[%s]", strings.Join(out, ","))
	}
}

func (s *Server) find(w http.ResponseWriter, r *http.Request) {
	if wrong := reader(r); wrong != "" {
		fail(w, r, http.StatusForbidden, wrong)
		return
	}
	sel, ok := parseSelector(r.FormValue("selector"))
	if !ok {
		fail(w, r, http.StatusInternalServerError, "Missing or bad selector.")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.selected(sel) {
		fmt.Fprintln(w, g.name())
	}
}

// delete removes the points of a range, or series with all they have.
func (s *Server) delete(w http.ResponseWriter, r *http.Request) {
	token := r.Header.Get("X-Warp10-Token")
	wrong := writer(token)
	if token == "" {
		wrong = "Missing token."
	}
	if token == NoDelete {
		wrong = "Token cannot be used for deletions."
	}
	if wrong != "" {
		fail(w, r, http.StatusInternalServerError, wrong)
		return
	}
	text := r.FormValue("selector")
	sel, ok := parseSelector(text)
	if !ok {
		status := http.StatusInternalServerError
		if !strings.Contains(text, "{") {
			status = http.StatusBadRequest
		}
		fail(w, r, status, "Bad selector.")
		return
	}
	from, okFrom := instant(r.FormValue("start"))
	to, okTo := instant(r.FormValue("end"))
	ranged := okFrom && okTo && from <= to
	if bounded := r.FormValue("start") != "" || r.FormValue("end") != ""; bounded && !ranged || !bounded && !has(r.Form, "deleteall") {
		fail(w, r, http.StatusInternalServerError, "Parameter deleteall or metaonly should be set when no time range is specified.")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.selected(sel) {
		fmt.Fprintf(w, "%s{}\r\n", g.name())
		switch {
		case r.FormValue("dryrun") != "":
		case ranged:
			for _, tick := range g.ticks(from, to) {
				delete(g.points, tick)
			}
		default:
			delete(s.series, g.key())
			s.order = slices.DeleteFunc(s.order, func(k string) bool { return k == g.key() })
		}
	}
}

func has(form url.Values, name string) bool { _, ok := form[name]; return ok }
