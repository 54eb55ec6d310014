package web

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"jerem/web/format"
	"jerem/web/frame"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
)

// answerCache remembers what was answered as of one version of the store. Pages and figures depend on
// nothing but the store and the address, so the same question has the same answer until something is
// written.
type answerCache struct {
	mu      sync.Mutex
	version string
	kept    map[string]*answer
	size    int
}

// answer is a response that can be given again. A long one is not kept as text but written anew for each viewer, from
// the same computed values.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	stream func(io.Writer) error // in place of body; may be nil
	weight int                   // about how many bytes the values of stream hold

	packing sync.Once
	packed  []byte // body, compressed
}

// The most bytes of answers that are remembered, and of a single one of them.
const (
	mostKept      = 32 << 20
	mostKeptOfOne = 8 << 20
)

func (a *answerCache) findAnswer(version string, question string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.version != version {
		return nil
	}
	return a.kept[question]
}

func (a *answerCache) keepAnswer(version string, question string, one *answer) {
	cost := one.body.Len()*5/4 + one.weight + len(question) // a quarter for what is packed
	if cost > mostKeptOfOne {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.version != version || a.kept == nil || a.size+cost > mostKept {
		a.version, a.kept, a.size = version, map[string]*answer{}, 0
	}
	a.kept[question] = one
	a.size += cost
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// streamAnswer answers with what write writes, for each viewer anew; weight is about how many bytes its values hold.
func streamAnswer(w http.ResponseWriter, weight int, write func(io.Writer) error) error {
	if a, ok := w.(*answer); ok {
		a.stream, a.weight = write, weight
		return nil
	}
	return write(w)
}

// answersVersion tells apart what may be answered: by what is written, by the cycle that histories are of, and by the
// troubles that are known. The cycle is asked first: an answer made while one ends is then not kept as if it were
// of the next.
func (s *Server) answersVersion(ctx context.Context) (string, error) {
	settled, err := s.teams.Store.Settled(ctx)
	if err != nil {
		return "", err
	}
	written, err := s.teams.Store.Version(ctx)
	return fmt.Sprintf("%d-%d-%x", settled, written, hashOf(s.teams.LiveState())), err
}

// withKeptAnswers answers from memory what was asked before, and tells who has it already so (304). What is asked for
// by many at once is computed once. A query that the address does not read so is refused before.
func (s *Server) withKeptAnswers(reads parameters, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := reads.refuseUnknown(r.URL.Query()); refused != nil {
			s.tellProblem(w, r, refused)
			return
		}
		version, err := s.answersVersion(r.Context())
		known := err == nil // else the answer will say what is wrong, and is not kept
		question := canonicalQuestion(r)
		tag := fmt.Sprintf(`"%s-%s-%x"`, s.instance, version, hashOf(question))
		if known && viewerHas(r, tagFor(tag, takesGzip(r))) {
			w.Header().Set("ETag", tagFor(tag, takesGzip(r)))
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Add("Vary", "Accept-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		one := s.answers.findAnswer(version, question)
		if one == nil || !known {
			var release func()
			one, release, err = s.computations.shareAnswer(r.Context(), version+" "+question,
				func(ctx context.Context) *answer {
					return s.computeAnswer(ctx, next, r, func(a *answer) {
						if known {
							s.answers.keepAnswer(version, question, a)
						}
					})
				})
			defer release()
			if err != nil {
				return // the viewer went away
			}
		}
		if one == nil {
			s.tellProblem(w, r, frame.BusyProblem())
			return
		}
		if one.status == http.StatusOK {
			s.teams.Mended(r)
		}
		if one.status == http.StatusOK && known {
			w.Header().Set("ETag", tagFor(tag, takesGzip(r)))
		}
		sendAnswer(w, r, one)
	})
}

// computeAnswer makes an answer. A fault of the program is told like any other trouble.
func (s *Server) computeAnswer(ctx context.Context, next http.Handler, r *http.Request,
	keep func(*answer)) (one *answer) {
	one = &answer{header: http.Header{}, status: http.StatusOK}
	defer func() {
		if fault := recover(); fault != nil {
			s.log.Error("answer failed", "path", format.OneLine(r.URL.Path), "fault", format.OneLine(fmt.Sprint(fault)),
				"stack",
				string(debug.Stack()))
			one = &answer{header: http.Header{}, status: http.StatusOK}
			s.tellProblem(one, r, s.teams.Faulty(r))
		}
	}()
	next.ServeHTTP(one, r.WithContext(ctx))
	if one.status == http.StatusOK && ctx.Err() == nil {
		keep(one)
	}
	return one
}

// canonicalQuestion is what a request asks, written in one way: with its parameters in order.
func canonicalQuestion(r *http.Request) string {
	return r.URL.EscapedPath() + "?" + r.URL.Query().Encode()
}

func hashOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash takes everything
	return h.Sum64()
}

// tagFor is the tag of the form that is sent: what is packed is another one.
func tagFor(tag string, packed bool) string {
	if packed {
		return strings.TrimSuffix(tag, `"`) + `-gz"`
	}
	return tag
}

// viewerHas tells whether the viewer has the form with a tag already.
func viewerHas(r *http.Request, tag string) bool {
	for _, line := range r.Header.Values("If-None-Match") {
		for have := range strings.SplitSeq(line, ",") {
			if strings.TrimPrefix(strings.TrimSpace(have), "W/") == tag {
				return true
			}
		}
	}
	return false
}
