package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// answers remembers what was answered as of one version of the store. Pages and figures depend on
// nothing but the store and the address, so the same question has the same answer until something is
// written.
type answers struct {
	mu      sync.Mutex
	version string
	kept    map[string]*answer
	size    int
}

// answer is a response that can be given again.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// mostKept is how many bytes of answers are remembered at most.
const mostKept = 32 << 20

func (a *answers) find(version string, question string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.version != version {
		return nil
	}
	return a.kept[question]
}

func (a *answers) keep(version string, question string, one *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.version != version || a.kept == nil || a.size > mostKept {
		a.version, a.kept, a.size = version, map[string]*answer{}, 0
	}
	a.kept[question] = one
	a.size += one.body.Len() + len(question)
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// version tells apart what may be answered: by what is written, and by the cycle that histories are of. The
// cycle is asked first: an answer made while one ends is then not kept as if it were of the next.
func (s *Server) version(ctx context.Context) (string, error) {
	settled, err := s.store.Settled(ctx)
	if err != nil {
		return "", err
	}
	written, err := s.store.Version(ctx)
	return fmt.Sprintf("%d-%d", settled, written), err
}

// remember answers from memory what was asked before, and tells who has it already so (304).
func (s *Server) remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		version, err := s.version(r.Context())
		if err != nil {
			next.ServeHTTP(w, r) // it will say what is wrong
			return
		}
		tag := fmt.Sprintf(`"%s-%s"`, s.born, version)
		question := r.URL.RequestURI()
		one := s.answers.find(version, question)
		if one == nil {
			one = &answer{header: http.Header{}, status: http.StatusOK}
			next.ServeHTTP(one, r)
			if one.status == http.StatusOK && r.Context().Err() == nil {
				s.answers.keep(version, question, one)
			}
		}
		h := w.Header()
		for name, values := range one.header {
			h[name] = values
		}
		if one.status == http.StatusOK {
			h.Set("ETag", tag)
			if strings.Contains(r.Header.Get("If-None-Match"), tag) {
				h.Del("Content-Type")
				h.Del("Content-Disposition")
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.WriteHeader(one.status)
		_, _ = w.Write(one.body.Bytes()) // who asked may have gone
	})
}
