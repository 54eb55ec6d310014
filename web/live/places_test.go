package live

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// taker takes places for viewers, and counts those that each still has.
type taker struct {
	*Places
	t     *testing.T
	ends  map[string][]context.Context
	leave map[string][]func()
}

func newTaker(t *testing.T) *taker {
	return &taker{NewPlaces(), t, map[string][]context.Context{}, map[string][]func(){}}
}

// takeFor takes places for a viewer, of which so many are to be given.
func (k *taker) takeFor(viewer string, asked, want int) {
	k.t.Helper()
	given := 0
	for range asked {
		lasting, leave, ok := k.take(k.t.Context(), viewer)
		if !ok {
			continue
		}
		given++
		k.ends[viewer], k.leave[viewer] = append(k.ends[viewer], lasting), append(k.leave[viewer], leave)
	}
	if given != want {
		k.t.Errorf("%s asked for %d places and was given %d, want %d", viewer, asked, given, want)
	}
}

// has counts the places that a viewer still has.
func (k *taker) has(viewer string) (n int) {
	for _, lasting := range k.ends[viewer] {
		if lasting.Err() == nil {
			n++
		}
	}
	return n
}

// TestPlacesAreShared: one viewer may have all places while nobody else comes; who comes then gets those of the viewer
// who has the most, the oldest first, until both have as many.
func TestPlacesAreShared(t *testing.T) {
	k := newTaker(t)
	k.takeFor("loud", StreamsAtOnce+5, StreamsAtOnce)
	k.takeFor("quiet", 2, 2)
	if k.has("loud") != StreamsAtOnce-2 || k.ends["loud"][0].Err() == nil || k.ends["loud"][1].Err() == nil {
		t.Errorf("of %d places the loud viewer still has %d", StreamsAtOnce, k.has("loud"))
	}
	k.takeFor("loud", 3, 0)
	k.takeFor("quiet", StreamsAtOnce, StreamsAtOnce/2-2)
	if loud, quiet := k.has("loud"), k.has("quiet"); loud != StreamsAtOnce/2 || quiet != StreamsAtOnce/2 {
		t.Errorf("two who ask for all have %d and %d", loud, quiet)
	}
	k.takeFor("third", StreamsAtOnce, StreamsAtOnce/3)
	for i := range StreamsAtOnce - 3 {
		k.takeFor(fmt.Sprint("more ", i), 1, 1)
	}
	k.takeFor("late", 1, 0) // each has one
}

// TestPlacesComeBack: a place that was left is taken again, once, whether it was given away before or not, and nothing
// is kept of who has left.
func TestPlacesComeBack(t *testing.T) {
	k := newTaker(t)
	k.takeFor("loud", StreamsAtOnce, StreamsAtOnce)
	k.takeFor("quiet", 1, 1)
	k.leave["loud"][0]() // it was the quiet viewer's already
	k.takeFor("loud", 1, 0)
	k.leave["loud"][1]()
	k.takeFor("loud", 2, 1)
	for _, leave := range append(k.leave["loud"], k.leave["quiet"]...) {
		leave()
	}
	if k.taken != 0 || len(k.of) != 0 {
		t.Errorf("%d places of %d viewers are taken after all have left", k.taken, len(k.of))
	}
}

// TestStreamsBound: who finds no place is told that the server is busy; a stream whose place is given to another
// viewer ends.
func TestStreamsBound(t *testing.T) {
	k := newTaker(t)
	s := New(k.Places, func(context.Context) (string, error) { return "1", nil },
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, nil, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(w, ByViewer(r, "loud"))
	}))
	defer server.Close()
	next, leave := listen(t, server)
	defer leave()
	for next() != "data: 1" {
	}
	k.takeFor("loud", StreamsAtOnce, StreamsAtOnce-1)
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, ByViewer(httptest.NewRequest(http.MethodGet, "/live", nil), "loud"))
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("beyond the bound: %d", rec.Code)
	}
	k.takeFor("quiet", 1, 1)
	if got := next(); got != "the end" {
		t.Errorf("a stream whose place is another's goes on with %q", got)
	}
}
