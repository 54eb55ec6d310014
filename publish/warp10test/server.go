// Package warp10test plays a Warp 10 platform for tests: update, fetch, find, delete and check, as a
// standalone one with the LevelDB backend answers them. It imports nothing of ours, and is held to
// exchanges recorded from a real platform.
package warp10test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// The tokens that the platform knows.
const (
	Write       = "WRITE"       // a write token
	Read        = "READ"        // a read token
	Expired     = "EXPIRED"     // a write token that was valid
	ExpiredRead = "EXPIREDREAD" // a read token that was valid
	NoDelete    = "NODELETE"    // a write token that may not delete
	Limited     = "LIMITED"     // a write token for points of an hour around now
	application = "jerem"       // of all tokens; every series carries it as .app
)

// Server is a platform. The zero time unit is microseconds.
type Server struct {
	Now func() time.Time // nil for the system's clock

	mu     sync.Mutex
	series map[string]*gts
	order  []string
}

// New returns an empty platform.
func New() *Server { return &Server{series: map[string]*gts{}} }

// ServeHTTP answers as the platform does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = nil // an answer has none unless it says so
	if slices.Contains([]string{"update", "fetch", "find", "delete", "meta", "exec"}, strings.SplitN(strings.TrimPrefix(r.URL.Path, "/api/v0/"), "/", 2)[0]) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	switch path := r.URL.Path; {
	case r.Method == http.MethodOptions:
		w.Header().Set("Access-Control-Allow-Methods", "OPTIONS,POST,GET")
		w.Header().Set("Access-Control-Allow-Headers", "X-Warp10-Token,X-Warp10-WarpScriptSession,Access-Control-Request-Private-Network")
		w.Header().Set("Access-Control-Allow-Private-Network", "true")
		w.Header().Set("Access-Control-Max-Age", "2592000")
	case path == "/api/v0/update", strings.HasPrefix(path, "/api/v0/update/"):
		s.update(w, r)
	case path == "/api/v0/fetch":
		s.fetch(w, r)
	case path == "/api/v0/find":
		s.find(w, r)
	case path == "/api/v0/delete":
		s.delete(w, r)
	case path == "/api/v0/meta":
		s.meta(w, r)
	case path == "/api/v0/check":
	case path == "/api/v0/exec" && r.Method == http.MethodGet: // an empty script
		w.Header().Set("X-Warp10-Timeunit", "1000000")
		fmt.Fprint(w, "[]")
	default:
		fail(w, r, http.StatusNotFound, "Not Found")
	}
}

// fail writes an error page in Latin-1: the text stands in its title and its MESSAGE row, shortened.
func fail(w http.ResponseWriter, r *http.Request, status int, text string) {
	text = html.EscapeString(shortened(printable(text)))
	text = strings.NewReplacer("&#39;", "&apos;", "&#34;", "&quot;").Replace(text)
	page := fmt.Sprintf("<html>\n<head>\n<title>Error %d %s</title>\n</head>\n<body><h2>HTTP ERROR %d %s</h2>\n<table>\n<tr><th>URI:</th><td>%s</td></tr>\n<tr><th>STATUS:</th><td>%d</td></tr>\n<tr><th>MESSAGE:</th><td>%s</td></tr>\n</table>\n</body>\n</html>\n",
		status, text, status, text, html.EscapeString(r.URL.Path), status, text)
	w.Header().Set("Content-Type", "text/html;charset=iso-8859-1")
	w.Header().Set("Cache-Control", "must-revalidate,no-cache,no-store")
	w.WriteHeader(status)
	_, _ = w.Write(latin(page)) // who asked may have gone
}

// printable puts a question mark for each control character.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' {
			return '?'
		}
		return c
	}, text)
}

// longest is how many characters of a message are told.
const longest = 1024

// shortened leaves out the middle of a long message.
func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	const gap = "..."
	tail := (longest - len(gap)) / 2
	head := longest - len(gap) - tail
	return string(runes[:head]) + gap + string(runes[len(runes)-tail:])
}

// latin writes a text in Latin-1; what that cannot hold is a question mark.
func latin(text string) []byte {
	var out []byte
	for _, c := range text {
		if c > 0xff {
			c = '?'
		}
		out = append(out, byte(c))
	}
	return out
}

// writer checks a write token.
func writer(token string) string {
	switch token {
	case Write, NoDelete, Limited:
		return ""
	case "":
		return "Write token missing."
	case Expired:
		return "Token Expired."
	}
	return "Invalid token."
}

// update stores lines as they come: what stood before a bad line is stored, but for the pending
// points of the last series.
func (s *Server) update(w http.ResponseWriter, r *http.Request) {
	const place = "Error when updating data: "
	token := r.Header.Get("X-Warp10-Token")
	if t, ok := strings.CutPrefix(r.URL.Path, "/api/v0/update/"); ok {
		token = t
	}
	if wrong := writer(token); wrong != "" {
		fail(w, r, http.StatusForbidden, place+wrong)
		return
	}
	lines, err := body(r)
	if err != nil {
		fail(w, r, http.StatusInternalServerError, place+err.Error())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if status, wrong := s.store(lines, token == Limited); wrong != "" {
		fail(w, r, status, place+wrong)
	}
}

// body returns a reader of the lines of a request. Only the content type says that they are
// compressed; without a charset they are Latin-1.
func body(r *http.Request) (io.Reader, error) {
	kind := r.Header.Get("Content-Type")
	if kind == "application/gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, fmt.Errorf("Not in GZIP format")
		}
		return z, nil
	}
	if strings.Contains(strings.ToLower(kind), "utf-8") || kind == "application/json" {
		return r.Body, nil
	}
	raw, err := io.ReadAll(r.Body)
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	if err != nil {
		return io.MultiReader(strings.NewReader(b.String()), broken{}), nil
	}
	return strings.NewReader(b.String()), nil
}

// broken is the end of a body that was cut.
type broken struct{}

// Read tells that no more comes.
func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// store reads lines until one is bad.
func (s *Server) store(lines io.Reader, limited bool) (status int, wrong string) {
	p := &parser{now: s.clock(), limited: limited}
	pending := map[int64]value{}
	key := ""
	flush := func() {
		for tick, v := range pending {
			s.series[key].points[tick] = v
		}
		pending = map[int64]value{}
	}
	in := bufio.NewReader(lines)
	for {
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			if strings.Contains(err.Error(), "gzip") || strings.Contains(err.Error(), "flate") {
				return http.StatusInternalServerError, "Unexpected end of ZLIB input stream"
			}
			return http.StatusInternalServerError, "Early EOF"
		}
		trimmed := strings.TrimFunc(line, func(c rune) bool { return c <= ' ' })
		if trimmed != "" && !strings.HasPrefix(trimmed, "#") {
			point, bad := p.line(trimmed)
			if bad != nil {
				return bad.status, bad.text(trimmed)
			}
			if point.series.key() != key {
				flush()
				key = point.series.key()
				s.known(point.series)
			}
			pending[point.tick] = point.value
		}
		if err == io.EOF {
			flush()
			return http.StatusOK, ""
		}
	}
}

// clock is now, in microseconds.
func (s *Server) clock() int64 {
	if s.Now != nil {
		return s.Now().UnixMicro()
	}
	return time.Now().UnixMicro()
}

// Points returns what is stored, one text "TICK// CLASS{LABELS} VALUE" for each point, in the order of
// series and ticks; labels are sorted and without .app.
func (s *Server) Points() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, key := range slices.Sorted(maps.Keys(s.series)) {
		g := s.series[key]
		names := slices.DeleteFunc(slices.Sorted(slices.Values(g.names)), func(n string) bool { return n == ".app" })
		for _, tick := range slices.Sorted(maps.Keys(g.points)) {
			out = append(out, fmt.Sprintf("%d// %s{%s} %s", tick, escape(g.class), pairs(names, g.labels), writeValue(g.points[tick])))
		}
	}
	return out
}

// known enters a series: it is found from its first line on, points or not.
func (s *Server) known(g gts) {
	key := g.key()
	if s.series[key] == nil {
		g.points = map[int64]value{}
		s.series[key] = &g
		s.order = append(s.order, key)
	}
}

// validText repairs what is not UTF-8.
func validText(s string) string { return strings.ToValidUTF8(s, string(utf8.RuneError)) }
