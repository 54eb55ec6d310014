package warp10sim

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The limits of the shipped configuration.
const (
	maxClass  = 1024
	maxLabels = 2043
	maxText   = 65536
	limit     = time.Hour // from now, of the limited token
)

// gts is a series: a class and labels, decoded, with its points by tick.
type gts struct {
	key    string // what the series is known by: class and labels, in the order of their names
	class  string
	labels map[string]string
	names  []string // of the labels, in the order in which they came
	points map[int64]value

	attrs     map[string]string // nil where none were set
	attrNames []string
}

// formatKey writes what a series is known by.
func (g *gts) formatKey() string {
	var b strings.Builder
	b.WriteString(percentEscape(g.class))
	for _, n := range slices.Sorted(slices.Values(g.names)) {
		b.WriteString("," + percentEscape(n) + "=" + percentEscape(g.labels[n]))
	}
	return b.String()
}

// value is a point's value in its own type: int64, float64, bool or string.
type value any

// point is what a line says.
type point struct {
	series gts
	tick   int64
	value  value
}

// parser remembers the series that continuation lines go on with.
type parser struct {
	now          int64
	app          string // the application of the token
	past, future int64  // how far from now points may lie, in ticks; 0 for any distance
	last         *gts
}

// refusal is a line that cannot be read.
type refusal struct {
	status int
	index  int
	reason string
}

func (b *refusal) formatRefusal(line string) string {
	if b.status != http.StatusBadRequest {
		return b.reason
	}
	return fmt.Sprintf("Parse error at index %d in '%s' (%s)", b.index, line, b.reason)
}

func refuseLine(index int, reason string) *refusal {
	return &refusal{http.StatusBadRequest, index, reason}
}

// parseLine reads "TS/LAT:LON/ELEV class{label=value,…} value"; the series may be left out in a line that
// goes on with the one before.
func (p *parser) parseLine(line string) (point, *refusal) {
	rest, continued := strings.CutPrefix(line, "=")
	off := len(line) - len(rest)
	if continued && p.last == nil {
		return point{}, refuseLine(0, "Invalid continuation.")
	}
	first := strings.IndexByte(rest, '/')
	if first < 0 {
		return point{}, refuseLine(0, "Missing timestamp separator.")
	}
	tick, ok := p.parseTick(rest[:first])
	if !ok {
		return point{}, refuseLine(0, "Invalid timestamp.")
	}
	if p.past > 0 && p.now-tick > p.past {
		return point{}, refuseLine(first, fmt.Sprintf("Timestamp %d is too far in the past.", tick))
	}
	if p.future > 0 && tick-p.now > p.future {
		return point{}, refuseLine(first, fmt.Sprintf("Timestamp %d is too far in the future.", tick))
	}
	second := strings.IndexByte(rest[first+1:], '/')
	if second < 0 {
		return point{}, refuseLine(off+first+1, "Missing location/elevation separator.")
	}
	second += first + 1
	space := strings.IndexByte(rest[second:], ' ')
	if space < 0 {
		return point{}, refuseLine(off+second+1, "Missing GTS name, labels and value.")
	}
	at := second + space
	for at < len(rest) && rest[at] == ' ' {
		at++
	}
	series, next, wrong := p.parseName(rest, at, off, continued)
	if wrong != nil {
		return point{}, wrong
	}
	p.last = &series
	v, wrong := parseValue(rest, next, off)
	return point{series, tick, v}, wrong
}

func (p *parser) parseTick(text string) (int64, bool) {
	if text == "" {
		return p.now, true
	}
	if relative, ok := strings.CutPrefix(text, "T"); ok {
		n, err := strconv.ParseInt(relative, 10, 64)
		return p.now + n, err == nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// parseName reads class and labels at a place, or goes on with the last series.
func (p *parser) parseName(rest string, at, off int, continued bool) (gts, int, *refusal) {
	brace := strings.IndexByte(rest[at:], '{')
	if continued || brace < 0 || strings.HasPrefix(rest[at:], "'") || strings.HasPrefix(rest[at:], `"`) {
		if p.last == nil {
			return gts{}, 0, refuseLine(off+at, "Missing or invalid GTS name and labels.")
		}
		return *p.last, at, nil
	}
	brace += at
	end := strings.IndexByte(rest[brace:], '}')
	if end < 0 {
		return gts{}, 0, refuseLine(off+len(rest)-1, "Missing end of labels '}'.")
	}
	end += brace
	class, wrong := percentDecode(rest[at:brace])
	if wrong != "" {
		return gts{}, 0, &refusal{http.StatusInternalServerError, 0, wrong}
	}
	g := gts{class: class, labels: map[string]string{}}
	if bad := g.parseLabels(rest[brace+1:end], off+brace+1); bad != nil {
		return gts{}, 0, bad
	}
	if g.tooLarge() {
		return gts{}, 0, refuseLine(0, "Invalid or too large metadata")
	}
	g.setLabel(".app", p.app)
	g.key = g.formatKey()
	end++
	if strings.HasPrefix(rest[end:], "{") { // attributes are taken and ignored
		if close := strings.IndexByte(rest[end:], '}'); close > 0 {
			end += close + 1
		}
	}
	return g, end, nil
}

func (g *gts) parseLabels(text string, index int) *refusal {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimLeft(part, " ")
		if part == "" {
			continue
		}
		name, rest, ok := strings.Cut(part, "=")
		if !ok {
			if i := strings.IndexByte(part, '~'); i >= 0 {
				part = part[i:]
			}
			return refuseLine(index, "Invalid label definition. ("+part+")")
		}
		text, _, _ := strings.Cut(rest, "=") // what stands behind a second sign is lost
		name, wrong := percentDecode(name)
		if wrong == "" {
			text, wrong = percentDecode(text)
		}
		if wrong != "" {
			return &refusal{http.StatusInternalServerError, 0, wrong}
		}
		if name != ".app" && name != ".owner" && name != ".producer" {
			g.setLabel(name, text)
		}
	}
	return nil
}

func (g *gts) setLabel(name, text string) {
	if g.labels == nil {
		g.labels = map[string]string{}
	}
	if _, ok := g.labels[name]; !ok {
		g.names = append(g.names, name)
	}
	g.labels[name] = text
}

func (g *gts) tooLarge() bool {
	size := 0
	for n, v := range g.labels {
		size += len([]rune(n)) + len([]rune(v))
	}
	return len([]rune(g.class)) > maxClass || size > maxLabels
}

// parseValue reads a value at a place.
func parseValue(rest string, at, off int) (value, *refusal) {
	start := at
	for start < len(rest) && rest[start] == ' ' {
		start++
	}
	text := strings.TrimSpace(rest[start:])
	if text == "" {
		return nil, refuseLine(off+at-1, "Missing value.")
	}
	if quote := text[0]; len(text) > 1 && (quote == '\'' || quote == '"') && text[len(text)-1] == quote {
		decoded, wrong := percentDecode(text[1 : len(text)-1])
		switch {
		case wrong != "":
			return nil, refuseLine(off+start, "Cannot parse value. ("+wrong+")")
		case len([]rune(decoded)) > maxText:
			return nil, refuseLine(off+start, "Value too large for GTS ")
		}
		return decoded, nil
	}
	switch strings.ToLower(text) {
	case "t", "true":
		return true, nil
	case "f", "false":
		return false, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	if x, ok := parseDouble(text); ok {
		return x, nil
	}
	return nil, refuseLine(off+start, fmt.Sprintf("Cannot parse value. (For input string: %q)", text))
}

// parseDouble reads what Java reads as a double, whole numbers excepted.
func parseDouble(text string) (float64, bool) {
	switch strings.TrimLeft(text, "+-") {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		if text[0] == '-' {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	number := strings.TrimRight(text, "dDfF")
	if strings.ContainsAny(number, "xX_pPnNiI") || len(text)-len(number) > 1 ||
		number == text && !strings.ContainsAny(text, ".eE") {
		return 0, false
	}
	x, err := strconv.ParseFloat(number, 64)
	return x, err == nil || math.IsInf(x, 0)
}

// percentDecode takes percent escapes; a plus stays a plus. wrong is what Java says of a bad escape.
func percentDecode(s string) (text, wrong string) {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", "URLDecoder: Incomplete trailing escape (%) pattern"
		}
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return "", fmt.Sprintf(
				"URLDecoder: Illegal hex characters in escape (%%) pattern - Error at index 0 in: %q",
				s[i+1:i+3],
			)
		}
		b = append(b, byte(n))
		i += 2
	}
	return validText(string(b)), ""
}

// percentEscape percent-encodes as the platform writes names and texts.
func percentEscape(s string) string {
	plain := 0
	for plain < len(s) && isPlain(s[plain]) {
		plain++
	}
	if plain == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:plain])
	for i := plain; i < len(s); i++ {
		if isPlain(s[i]) {
			b.WriteByte(s[i])
			continue
		}
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// isPlain tells whether a byte stands for itself.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '-'
}
