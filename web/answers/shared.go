package answers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Events are what the handlers of [Shared] ask and tell.
type Events struct {
	// Version tells apart what may be answered. Where it fails, the answer will say what is wrong, and is not kept.
	Version func(context.Context) (string, error)
	// Busy answers a viewer while too much is asked at once.
	Busy http.HandlerFunc
	// Faulty answers where a handler failed by a fault of the program.
	Faulty func(w http.ResponseWriter, r *http.Request, fault any)
	// Computing is called when an answer begins to be computed, and what it returns when that is ready to be sent; nil
	// for nobody.
	Computing func() (ended func())
	// Answered is told of each request that was answered well.
	Answered func(*http.Request)
}

// Shared holds what was answered and what is being computed, for all viewers. It is safe for concurrent use.
type Shared struct {
	events       Events
	instance     string // tells the answers of this process from those of another
	kept         cache
	computations *computations
}

// NewShared returns one with nothing in it.
func NewShared(events Events) *Shared {
	return &Shared{events: events, instance: strconv.FormatInt(time.Now().UnixNano(), 36),
		computations: newComputations()}
}

// Computed tells how many questions were computed so far.
func (s *Shared) Computed() int { return s.computations.countRunning() }

// Handler answers from memory what was asked before, and tells who has it already so (304). What is asked for by many
// at once is computed once, by next.
func (s *Shared) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		version, err := s.events.Version(r.Context())
		known := err == nil // else the answer will say what is wrong, and is not kept
		question := canonicalQuestion(r)
		tag := tagFor(fmt.Sprintf(`"%s-%s-%x"`, s.instance, version, hashOf(question)), takesGzip(r))
		if known && viewerHas(r, tag) {
			tellUnchanged(w, tag)
			return
		}
		one := s.kept.findAnswer(version, question)
		if one == nil || !known {
			var release func()
			one, release, err = s.computations.shareAnswer(r.Context(), version+" "+question,
				func(ctx context.Context) *Answer {
					one := s.computeAnswer(ctx, next, r)
					if known && one.status == http.StatusOK && ctx.Err() == nil {
						s.kept.keepAnswer(version, question, one)
					}
					return one
				})
			defer release()
			if err != nil {
				return // the viewer went away
			}
		}
		if one == nil {
			s.events.Busy(w, r)
			return
		}
		if one.status == http.StatusOK {
			s.events.Answered(r)
		}
		if one.status == http.StatusOK && known {
			w.Header().Set("ETag", tag)
		}
		sendAnswer(w, r, one)
	})
}

// tellUnchanged answers a viewer who has what stands.
func tellUnchanged(w http.ResponseWriter, tag string) {
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Add("Vary", "Accept-Encoding")
	w.WriteHeader(http.StatusNotModified)
}

// computeAnswer makes an answer. A fault of the program is told like any other trouble.
func (s *Shared) computeAnswer(ctx context.Context, next http.Handler, r *http.Request) (one *Answer) {
	if s.events.Computing != nil {
		defer s.events.Computing()()
	}
	one = newAnswer()
	defer func() {
		if fault := recover(); fault != nil {
			one = newAnswer()
			s.events.Faulty(one, r, fault)
		}
	}()
	next.ServeHTTP(one, r.WithContext(ctx))
	if takesGzip(r) {
		one.packAhead()
	}
	return one
}
