package warp10

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"jerem/publish"
	"jerem/series"
)

// Sink posts to a Warp 10 platform over HTTP. docs/warp10.md says how one behaves.
type Sink struct {
	Label  string // by which it is known; warp10 and the host where it is empty
	URL    string // base address; /api/v0/update is added where it is not there
	Token  string // a write token
	Client *http.Client
	Tries  int           // for one request, 5 by default
	Pause  time.Duration // before the second try, 1 s by default; it doubles up to a minute
	// TicksPerSecond is the time unit of a platform that does not tell its own: 1,000,000 by default. One that
	// tells it is followed, for it would take ticks of another unit silently and wrongly.
	TicksPerSecond int64

	told atomic.Int64 // the unit in use, 0 before the platform was asked
}

// Name returns the label, or warp10 and the host, so that another server is another sink.
func (w *Sink) Name() string {
	if w.Label != "" {
		return w.Label
	}
	u, err := url.Parse(w.URL)
	if err != nil {
		return "warp10"
	}
	return "warp10 " + u.Host + strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/api/v0/update")
}

// Capabilities tells that a platform overwrites and takes any moment; one that refuses old points or deletions does so
// by its configuration or its token, and is found out by its answers.
func (w *Sink) Capabilities() publish.Capabilities {
	return publish.Capabilities{OldPoints: true, Overwrites: true, Deletes: publish.DeletesRanges, Texts: true,
		Unit: time.Microsecond}
}

// Push posts series in one request, grouped by series and compressed. A request is not atomic: after a
// failure all of it is sent again. A series that the server cannot read is set aside.
func (w *Sink) Push(ctx context.Context, list []series.Series) error {
	if err := w.askUnit(ctx); err != nil {
		return err
	}
	p := &push{sink: w, client: w.newClient(), refused: map[string]bool{}}
	if err := p.pushAll(ctx, list); err != nil || len(p.rejected) == 0 {
		return err
	}
	return &publish.Rejected{Series: p.rejected}
}

// PushBody posts series like Push, with the body that Encode wrote of them.
func (w *Sink) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	p := &push{sink: w, client: w.newClient(), refused: map[string]bool{}}
	if err := p.pushWritten(ctx, list, body); err != nil || len(p.rejected) == 0 {
		return err
	}
	return &publish.Rejected{Series: p.rejected}
}

// rescalePoints turns microseconds into another unit; of points that fall together the last one stays.
func rescalePoints(points []series.Point, unit int64) []series.Point {
	var out []series.Point
	for _, p := range points {
		p.Tick = toUnit(p.Tick, unit)
		if n := len(out); n > 0 && out[n-1].Tick == p.Tick {
			out = out[:n-1]
		}
		out = append(out, p)
	}
	return out
}

// Delete removes stretches of series, one request each: a delete touches nothing but what it names.
func (w *Sink) Delete(ctx context.Context, ranges []series.Range) error {
	if err := w.askUnit(ctx); err != nil {
		return err
	}
	c := w.newClient()
	for _, r := range ranges {
		query := url.Values{"selector": {r.Key}, "start": {fmt.Sprint(toUnit(r.First, w.unitsPerSecond()))},
			"end": {fmt.Sprint(toUnit(r.Last, w.unitsPerSecond()))}}
		if err := c.retryRequest(ctx, func() (bool, error) { return c.removePoints(ctx, query) }); err != nil {
			return err
		}
	}
	return nil
}
