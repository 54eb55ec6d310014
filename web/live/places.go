package live

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sync"

	"jerem/access/attempts"
)

// Places are what streams take: a bounded number for all of a server, shared fairly by its viewers. Who comes when all
// are taken gets the place of the viewer who has the most, where that is more than one beyond their own. It is safe for
// concurrent use.
type Places struct {
	mu    sync.Mutex
	taken int
	of    map[string][]*place // by viewer, the place that was taken first first
}

// place is one that a stream takes. Its context ends when somebody else gets it.
type place struct {
	viewer string
	ended  context.CancelFunc
}

// NewPlaces returns places that nobody has taken.
func NewPlaces() *Places { return &Places{of: map[string][]*place{}} }

// take takes a place for a viewer until leave is called; false where there is none for them. The context ends when the
// place is given to somebody else.
func (p *Places) take(ctx context.Context, viewer string) (lasting context.Context, leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	room := p.taken < StreamsAtOnce
	if !room {
		room = p.makeRoom(viewer)
	}
	if !room {
		return nil, nil, false
	}
	lasting, end := context.WithCancel(ctx)
	mine := &place{viewer, end}
	p.taken++
	p.of[viewer] = append(p.of[viewer], mine)
	return lasting, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.giveBack(mine)
	}, true
}

// makeRoom ends the oldest stream of the viewer who has the most, of those with as many the first by name; false where
// the viewer who asks would then have as many as they, or more.
func (p *Places) makeRoom(viewer string) bool {
	most := viewer
	for other, places := range p.of {
		if n := len(places) - len(p.of[most]); n > 0 || n == 0 && other < most {
			most = other
		}
	}
	if len(p.of[most]) < len(p.of[viewer])+2 {
		return false
	}
	p.giveBack(p.of[most][0])
	return true
}

// giveBack ends a place; one that was given away before stays so.
func (p *Places) giveBack(mine *place) {
	mine.ended()
	rest := p.of[mine.viewer]
	i := slices.Index(rest, mine)
	if i < 0 {
		return
	}
	p.taken--
	p.of[mine.viewer] = slices.Delete(rest, i, i+1)
	if len(rest) == 1 {
		delete(p.of, mine.viewer)
	}
}

// viewerKey is the key of a request's context by which its viewer is told.
type viewerKey struct{}

// ByViewer returns a request of which is told who asks: a login, or the host and port where nobody logs in.
func ByViewer(r *http.Request, viewer string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), viewerKey{}, viewer))
}

// viewerOf is who asks, as was told or by the address that is connected; of IPv6 the /64 that one customer has.
func viewerOf(r *http.Request) string {
	viewer, _ := r.Context().Value(viewerKey{}).(string)
	return attempts.AddressOf(cmp.Or(viewer, r.RemoteAddr))
}
