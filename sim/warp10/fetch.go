package warp10sim

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// readToken checks a read token, of the query or the header.
func readToken(r *http.Request) string {
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

// window is a stretch of time, both ends included, and how many of its newest points are wanted.
type window struct {
	from, to int64
	count    int
}

// parseInstant reads a tick, an ISO date or the word now.
func parseInstant(s *Server, text string) (int64, bool) {
	if text == "now" {
		return s.currentTick(), true
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return s.toTicks(t), err == nil
}

// parseWindow reads the window of a fetch: start and stop or end, or now and timespan.
func parseWindow(s *Server, r *http.Request) (w window, wrong string) {
	w.count = math.MaxInt
	if n, err := strconv.Atoi(r.FormValue("count")); err == nil {
		w.count = n
	}
	if r.FormValue("now") != "" && r.FormValue("timespan") != "" {
		return parseTimespan(s, w, r.FormValue("now"), r.FormValue("timespan"))
	}
	start, end := r.FormValue("start"), r.FormValue("stop")
	if end == "" {
		end = r.FormValue("end")
	}
	switch {
	case start == "":
		return w, "Missing either 'start' or 'end' parameter."
	case end == "":
		return w, "Missing 'end' or 'start' and 'timespan' parameter."
	}
	a, ok := parseInstant(s, start)
	if !ok {
		return w, "Invalid format for parameter 'start'."
	}
	b, ok := parseInstant(s, end)
	if !ok {
		return w, "Invalid format for parameter 'end'."
	}
	w.from, w.to = min(a, b), max(a, b)
	return w, ""
}

// parseTimespan is the window before a moment, its lower end left out; less than none is a count of points.
func parseTimespan(s *Server, w window, now, timespan string) (window, string) {
	to, ok := parseInstant(s, now)
	if !ok {
		return w, "Invalid format for parameter 'now'."
	}
	w.to = to
	n, ok := parseDuration(s, timespan)
	if !ok {
		return w, "Invalid format for parameter 'timespan'."
	}
	w.from = to - n + 1
	if n < 0 {
		w.from, w.count = math.MinInt64, int(-n)
	}
	return w, ""
}

var isoDuration = regexp.MustCompile(`^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$`)

// parseDuration reads ticks or an ISO duration.
func parseDuration(s *Server, text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	m := isoDuration.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	var seconds int64
	for i, unit := range []int64{86400, 3600, 60, 1} {
		n, _ := strconv.ParseInt(m[i+1], 10, 64) // a part that is not there is none
		seconds += n * unit
	}
	return seconds * s.ticksPerSecond(), true
}

func handleFetch(s *Server, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Warp10-Timeunit", strconv.FormatInt(s.ticksPerSecond(), 10))
	if wrong := readToken(r); wrong != "" {
		writeFailure(w, r, http.StatusForbidden, wrong)
		return
	}
	text := r.FormValue("selector")
	if text == "" {
		writeFailure(w, r, http.StatusBadRequest, "Missing 'selector' parameter.")
		return
	}
	frame, wrong := parseWindow(s, r)
	if wrong != "" {
		writeFailure(w, r, http.StatusBadRequest, wrong)
		return
	}
	sel, wrong := parseSelector(text)
	if wrong != "" {
		writeFailure(w, r, http.StatusBadRequest, wrong)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header()["Content-Type"] = nil
	var out io.Writer = w
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		out = z
	}
	if r.FormValue("format") == "json" {
		writeJSON(out, s.selectSeries(sel), frame)
		return
	}
	for _, g := range s.selectSeries(sel) {
		g.writePoints(out, frame, r.FormValue("format") == "fulltext", outputStyle(r))
	}
}

// writePoints writes points as text, newest first; full repeats the series on each line.
func (g *gts) writePoints(out io.Writer, frame window, full bool, how styles) {
	for i, tick := range g.ticksIn(frame) {
		name, prefix := " "+g.formatName(how), ""
		if i > 0 && !full {
			name, prefix = "", "="
		}
		fmt.Fprintf(out, "%s%d//%s %s\n", prefix, tick, name, writeValue(g.points[tick]))
	}
}

// styles says how the name of a series is written.
type styles struct{ attributes, sorted bool }

func outputStyle(r *http.Request) styles {
	return styles{r.FormValue("showattr") == "true", r.FormValue("sortmeta") == "true"}
}

// formatName writes a series as text answers do.
func (g *gts) formatName(how styles) string {
	names := g.names
	if how.sorted {
		names = slices.Sorted(slices.Values(names))
	}
	text := percentEscape(g.class) + "{" + formatPairs(names, g.labels) + "}"
	if how.attributes {
		text += "{" + formatPairs(g.attrNames, g.attrs) + "}"
	}
	return text
}

func formatPairs(names []string, texts map[string]string) string {
	var out []string
	for _, n := range names {
		out = append(out, percentEscape(n)+"="+percentEscape(texts[n]))
	}
	return strings.Join(out, ",")
}

// ticksIn lists the ticks of a window, newest first.
func (g *gts) ticksIn(frame window) []int64 {
	var out []int64
	for tick := range g.points {
		if tick >= frame.from && tick <= frame.to {
			out = append(out, tick)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out[:min(len(out), frame.count)]
}

func writeValue(v value) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "T"
		}
		return "F"
	case string:
		return "'" + percentEscape(v) + "'"
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
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// writeJSON writes series as JSON; where nothing is found the body is empty. Infinity stands bare, as
// the platform writes it.
func writeJSON(out io.Writer, list []*gts, frame window) {
	var all []string
	for _, g := range list {
		ticks := g.ticksIn(frame)
		if len(ticks) == 0 {
			continue
		}
		var points []string
		for _, tick := range ticks {
			text := writeValue(g.points[tick])
			switch v := g.points[tick].(type) {
			case string:
				text = marshalText(v)
			case bool:
				text = strconv.FormatBool(v)
			case float64:
				text = jsonDouble(v)
			}
			points = append(points, fmt.Sprintf("[%d,%s]", tick, text))
		}
		all = append(all, fmt.Sprintf(`{%s,"la":0,"v":[%s]}`, g.formatJSON(), strings.Join(points, ",")))
	}
	if len(all) > 0 {
		fmt.Fprintf(out, "[%s]", strings.Join(all, ","))
	}
}

// jsonDouble writes a DOUBLE as JSON answers do: without the zeros at its end, the point of a whole one
// among them, and with a power of ten in place of zeros before the point.
func jsonDouble(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 {
		return strings.TrimSuffix(writeDouble(x), ".0")
	}
	text := strconv.FormatFloat(x, 'e', -1, 64)
	head, tail, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(tail) // it was just written
	decimals := 0
	if _, fraction, ok := strings.Cut(head, "."); ok {
		decimals = len(fraction)
	}
	if exponent <= decimals && exponent >= -6 {
		return strings.TrimSuffix(writeDouble(x), ".0")
	}
	return fmt.Sprintf("%sE%+d", head, exponent)
}

// formatJSON writes what names a series, as members of an object.
func (g *gts) formatJSON() string {
	attrs := g.attrs
	if attrs == nil {
		attrs = map[string]string{}
	}
	return fmt.Sprintf(`"c":%s,"l":%s,"a":%s`, marshalText(g.class), marshalText(g.labels), marshalText(attrs))
}

func marshalText(v any) string {
	text, _ := json.Marshal(v) // strings and maps of them always marshal
	return string(text)
}
