package warp10

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// Probe is what a try of a platform found. An error says what does not work.
type Probe struct {
	Unit   int64 // ticks in a second, 0 where the platform does not tell
	Write  error
	Read   error // nil also where no read token was given
	Delete error
	Past   error // a point of a year before; nil also where the platform takes no point at all
}

// probeClass is the series of a try: one point, deleted at once.
const probeClass = "jerem.check"

// Try writes one point at a moment, reads it back where a read token is given, and deletes it.
func (w *Sink) Try(ctx context.Context, readToken string, at series.Point) Probe {
	// who tries wants to know now
	once := &Sink{URL: w.URL, Token: w.Token, Client: w.Client, TicksPerSecond: w.TicksPerSecond, Tries: 1}
	s := series.Series{Class: probeClass, Labels: map[string]string{}, Points: []series.Point{at}}
	var found Probe
	if found.Write = once.Push(ctx, []series.Series{s}); found.Write != nil {
		found.Unit, _ = once.learnUnit(ctx) // a trouble is told by the write
		return found
	}
	if readToken != "" {
		found.Unit, found.Read = once.readBack(ctx, readToken, s)
	}
	if found.Unit == 0 {
		found.Unit, _ = once.learnUnit(ctx) // who wrote has an answer, or a platform that does not tell
	}
	found.Past = once.tryPast(ctx, s)
	found.Delete = once.Delete(ctx, []series.Range{{Key: s.Key(),
		Stretch: series.Stretch{First: at.Tick, Last: at.Tick}}})
	if readToken != "" && found.Read == nil && found.Delete == nil {
		if _, err := once.readBack(ctx, readToken, s); err == nil {
			found.Delete = &problem.Problem{Code: publish.Refused,
				Message: fmt.Sprintf("warp10 %s: a point that was deleted is still there", w.newClient().hostName()),
				Hint: "A platform that keeps its data in memory deletes no ranges: " +
					"what a correction takes away stays on its dashboards."}
		}
	}
	return found
}

// tryPast writes a point of a year before, and deletes it where that is allowed.
func (w *Sink) tryPast(ctx context.Context, s series.Series) error {
	old := s
	tick := s.Points[0].Tick - (365 * 24 * time.Hour).Microseconds()
	old.Points = []series.Point{{Tick: tick, Value: s.Points[0].Value}}
	if err := w.Push(ctx, []series.Series{old}); err != nil {
		return err
	}
	// whether it may is tried by the other point
	_ = w.Delete(ctx, []series.Range{{Key: s.Key(), Stretch: series.Stretch{First: tick, Last: tick}}})
	return nil
}

// readBack looks for the point of a try, and at the unit that the platform tells.
func (w *Sink) readBack(ctx context.Context, token string, s series.Series) (unit int64, err error) {
	c := w.newClient()
	tick := strconv.FormatInt(rescalePoints(s.Points, w.unitsPerSecond())[0].Tick, 10)
	query := url.Values{"selector": {s.Key()}, "start": {tick}, "stop": {tick}, "format": {"text"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpointAddress("fetch")+"?"+query.Encode(), nil)
	if err != nil {
		return 0, noAddress()
	}
	req.Header.Set("X-Warp10-Token", token)
	res, err := c.http.Do(req)
	if err != nil {
		return 0, &problem.Problem{Code: publish.Unreachable,
			Message: fmt.Sprintf("warp10 %s: no answer", w.newClient().hostName()),
			Hint:    "Check metrics.url and the network."}
	}
	defer res.Body.Close()
	unit, _ = strconv.ParseInt(res.Header.Get("X-Warp10-Timeunit"), 10, 64)
	body, _ := io.ReadAll(io.LimitReader(res.Body, 1<<16)) // what came says enough
	text := string(body)
	switch {
	case res.StatusCode != http.StatusOK:
		return unit, &problem.Problem{Code: publish.Token, Status: res.StatusCode,
			Message: fmt.Sprintf("warp10 %s: cannot be read: %s", w.newClient().hostName(),
				messageOf([]byte(hideToken(string(body), token)))),
			Hint: "Set metrics.read_token to a read token of the same application as metrics.token."}
	case !strings.HasPrefix(text, tick+"/"):
		return unit, &problem.Problem{Code: publish.Token, Status: res.StatusCode,
			Message: fmt.Sprintf("warp10 %s: what was written is not found by the read token",
				w.newClient().hostName()),
			Hint: "Set metrics.read_token to a read token of the same owner and application as metrics.token."}
	}
	return unit, nil
}
