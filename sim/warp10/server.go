package warp10sim

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
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
	Throttled   = "THROTTLED"   // a write token of an application with quotas
	application = "jerem"       // of the other tokens; every series carries it as .app
)

// Server is a platform. Its fields are set before it is used.
type Server struct {
	Now        func() time.Time // nil for the system's clock
	Unit       int64            // ticks in a second, 1,000,000 for 0
	MaxPast    time.Duration    // points older than this are refused, 0 for none
	MaxFuture  time.Duration    // and points further ahead than this
	UpdatesOff bool             // switched off by the operator
	DeletesOff bool
	Rate       float64             // points a second that the throttled application may store, 0 for any number
	Streams    int                 // distinct series that it may store, 0 for any number
	Sleep      func(time.Duration) // called where the quota makes a request wait; may be nil

	mu     sync.Mutex
	free   time.Time       // when what the quota allowed so far is used up no more
	active map[string]bool // series that the throttled application stored
	series map[string]*gts
	order  []string
}

// New returns an empty platform.
func New() *Server { return &Server{series: map[string]*gts{}} }

// ServeHTTP answers as the platform does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = nil // an answer has none unless it says so
	if slices.Contains([]string{"update", "fetch", "find", "delete", "meta",
		"exec"}, strings.SplitN(strings.TrimPrefix(r.URL.Path, "/api/v0/"), "/", 2)[0]) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	switch path := r.URL.Path; {
	case r.Method == http.MethodOptions:
		w.Header().Set("Access-Control-Allow-Methods", "OPTIONS,POST,GET")
		w.Header().Set("Access-Control-Allow-Headers",
			"X-Warp10-Token,X-Warp10-WarpScriptSession,Access-Control-Request-Private-Network")
		w.Header().Set("Access-Control-Allow-Private-Network", "true")
		w.Header().Set("Access-Control-Max-Age", "2592000")
	case path == "/api/v0/update", strings.HasPrefix(path, "/api/v0/update/"):
		s.handleUpdate(w, r)
	case path == "/api/v0/fetch":
		handleFetch(s, w, r)
	case path == "/api/v0/find":
		handleFind(s, w, r)
	case path == "/api/v0/delete":
		handleDelete(s, w, r)
	case path == "/api/v0/meta":
		handleMeta(s, w, r)
	case path == "/api/v0/check":
	case path == "/api/v0/exec" && r.Method == http.MethodGet: // an empty script
		w.Header().Set("X-Warp10-Timeunit", strconv.FormatInt(s.ticksPerSecond(), 10))
		fmt.Fprint(w, "[]")
	default:
		writeFailure(w, r, http.StatusNotFound, "Not Found")
	}
}

// writeFailure writes an error page in Latin-1: the text stands in its title and its MESSAGE row, shortened.
func writeFailure(w http.ResponseWriter, r *http.Request, status int, text string) {
	text = html.EscapeString(shortenText(printableText(text)))
	text = strings.NewReplacer("&#39;", "&apos;", "&#34;", "&quot;").Replace(text)
	page := fmt.Sprintf("<html>\n<head>\n<title>Error %d %s</title>\n</head>\n<body><h2>HTTP ERROR %d "+
		"%s</h2>\n<table>\n<tr><th>URI:</th><td>%s</td></tr>\n<tr><th>STATUS:</th><td>%d</td></tr>\n"+
		"<tr><th>MESSAGE:</th><td>%s</td></tr>\n</table>\n</body>\n</html>\n",
		status, text, status, text, html.EscapeString(r.URL.Path), status, text)
	w.Header().Set("Content-Type", "text/html;charset=iso-8859-1")
	w.Header().Set("Cache-Control", "must-revalidate,no-cache,no-store")
	w.WriteHeader(status)
	_, _ = w.Write(toLatin1(page)) // who asked may have gone
}

// printableText puts a question mark for each control character.
func printableText(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' {
			return '?'
		}
		return c
	}, text)
}

// longest is how many characters of a message are told.
const longest = 1024

// shortenText leaves out the middle of a long message.
func shortenText(text string) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	const gap = "..."
	tail := (longest - len(gap)) / 2
	head := longest - len(gap) - tail
	return string(runes[:head]) + gap + string(runes[len(runes)-tail:])
}

// toLatin1 writes a text in Latin-1; what that cannot hold is a question mark.
func toLatin1(text string) []byte {
	var out []byte
	for _, c := range text {
		if c > 0xff {
			c = '?'
		}
		out = append(out, byte(c))
	}
	return out
}

// writeToken checks a write token.
func writeToken(token string) string {
	switch token {
	case Write, NoDelete, Limited, Throttled:
		return ""
	case "":
		return "Write token missing."
	case Expired:
		return "Token Expired."
	}
	return "Invalid token."
}

// handleUpdate stores lines as they come: what stood before a bad line is stored, but for the pending
// points of the last series.
func (s *Server) handleUpdate(w http.ResponseWriter, r *http.Request) {
	const place = "Error when updating data: "
	if s.UpdatesOff {
		refuseStopped(w, r, "Updates are momentarily disabled")
		return
	}
	token := r.Header.Get("X-Warp10-Token")
	if t, ok := strings.CutPrefix(r.URL.Path, "/api/v0/update/"); ok {
		token = t
	}
	if wrong := writeToken(token); wrong != "" {
		writeFailure(w, r, http.StatusForbidden, place+wrong)
		return
	}
	lines, err := readBody(r)
	if err != nil {
		writeFailure(w, r, http.StatusInternalServerError, place+err.Error())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if status, wrong := s.storeLines(lines, token); wrong != "" {
		writeFailure(w, r, status, place+wrong)
	}
}

// readBody returns a reader of the lines of a request. Only the content type says that they are
// compressed; without a charset they are Latin-1.
func readBody(r *http.Request) (io.Reader, error) {
	kind := r.Header.Get("Content-Type")
	if kind == "application/gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			//lint:ignore ST1005 the platform says it so
			return nil, errors.New("Not in GZIP format")
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

// storeLines reads lines until one is bad.
func (s *Server) storeLines(lines io.Reader, token string) (status int, wrong string) {
	p := s.newParser(token)
	pending := map[int64]value{}
	key := ""
	flush := func() string {
		if key == "" {
			return ""
		}
		if wrong := s.throttlePoints(p, s.series[key], len(pending)); wrong != "" {
			return wrong
		}
		for tick, v := range pending {
			s.series[key].points[tick] = v
		}
		pending = map[int64]value{}
		return ""
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
			point, bad := p.parseLine(trimmed)
			if bad != nil {
				return bad.status, bad.formatRefusal(trimmed)
			}
			if point.series.key != key {
				wrong := flush()
				if wrong == "" {
					wrong = s.admitSeries(p, point.series)
				}
				if wrong != "" {
					return http.StatusTooManyRequests, wrong
				}
				key = point.series.key
				s.noteSeries(point.series)
			}
			pending[point.tick] = point.value
		}
		if err == io.EOF {
			if wrong := flush(); wrong != "" {
				return http.StatusTooManyRequests, wrong
			}
			return http.StatusOK, ""
		}
	}
}

// currentTime is the present moment by the platform's clock.
func (s *Server) currentTime() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// currentTick is now, in the platform's unit.
func (s *Server) currentTick() int64 { return s.toTicks(s.currentTime()) }

// Points returns what is stored, one text "TICK// CLASS{LABELS} VALUE" for each point, in the order of
// series and ticks; labels are sorted and without .app.
func (s *Server) Points() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, key := range slices.Sorted(maps.Keys(s.series)) {
		g := s.series[key]
		names := slices.DeleteFunc(slices.Sorted(slices.Values(g.names)), func(n string) bool { return n == ".app" })
		series := "// " + percentEscape(g.class) + "{" + formatPairs(names, g.labels) + "} "
		for _, tick := range slices.Sorted(maps.Keys(g.points)) {
			out = append(out, strconv.FormatInt(tick, 10)+series+writeValue(g.points[tick]))
		}
	}
	return out
}

// noteSeries enters a series: it is found from its first line on, points or not.
func (s *Server) noteSeries(g gts) {
	key := g.key
	if s.series[key] == nil {
		g.points = map[int64]value{}
		s.series[key] = &g
		s.order = append(s.order, key)
	}
}

// validText repairs what is not UTF-8.
func validText(s string) string { return strings.ToValidUTF8(s, string(utf8.RuneError)) }
