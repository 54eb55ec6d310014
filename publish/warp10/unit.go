package warp10

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"jerem/httpanswer"
	"jerem/problem"
	"jerem/publish"
)

// unitsPerSecond returns how many ticks a second has at the platform: as it told, else as it is configured.
func (w *Sink) unitsPerSecond() int64 {
	if told := w.told.Load(); told != 0 {
		return told
	}
	return cmp.Or(w.TicksPerSecond, 1_000_000)
}

// askUnit asks for the time unit of the platform, once, before anything is posted or deleted there. One that
// does not tell it is taken as configured.
func (w *Sink) askUnit(ctx context.Context) error {
	if w.told.Load() != 0 {
		return nil
	}
	c := w.newClient()
	if !c.hasAddress() {
		return noAddress()
	}
	return c.retryRequest(ctx, func() (again bool, err error) {
		unit, err := w.learnUnit(ctx)
		if err == nil {
			w.told.Store(cmp.Or(unit, w.unitsPerSecond()))
		}
		return !problem.Is(err, publish.NotASink), err
	})
}

// learnUnit asks how many ticks a second has: an empty script answers it without a token. 0 where the platform
// does not tell.
func (w *Sink) learnUnit(ctx context.Context) (int64, error) {
	c := w.newClient()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpointAddress("exec"), nil)
	if err != nil {
		return 0, noAddress()
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, c.unreachableProblem(err)
	}
	defer res.Body.Close()
	unit, _ := strconv.ParseInt(res.Header.Get("X-Warp10-Timeunit"), 10, 64) // none is 0
	if res.StatusCode == http.StatusBadGateway || res.StatusCode == http.StatusServiceUnavailable ||
		res.StatusCode == http.StatusGatewayTimeout {
		refusal := &problem.Problem{Code: publish.Failing, Status: res.StatusCode,
			Message: fmt.Sprintf("warp10 %s: %d: its time unit cannot be asked for", c.hostName(), res.StatusCode),
			Hint:    "The platform has trouble; it is posted again later."}
		if publish.AsksForLater(res) {
			return 0, publish.Later(refusal)
		}
		return 0, refusal
	}
	page, _ := io.ReadAll(io.LimitReader(res.Body, 1<<16)) // what came says enough
	if unit == 0 && res.StatusCode == http.StatusOK && httpanswer.IsPage(page) {
		return 0, &problem.Problem{Code: publish.NotASink, Status: res.StatusCode,
			Message: c.maskToken(fmt.Sprintf("warp10 %s: 200: its time unit is not told, but a page: %s", c.hostName(),
				c.messageWithoutToken(page))),
			Hint: "Check metrics.url, and whether something before the platform asks for a login: no Warp 10 answers " +
				"there."}
	}
	switch unit {
	case 1_000, 1_000_000, 1_000_000_000:
		return unit, nil
	}
	return 0, nil
}

// toMicroseconds turns a tick of a unit into microseconds.
func toMicroseconds(tick, unit int64) int64 {
	if unit < 1_000_000 {
		return tick * (1_000_000 / unit)
	}
	return tick / (unit / 1_000_000)
}

// toUnit turns microseconds into ticks of a unit.
func toUnit(tick, unit int64) int64 {
	if unit < 1_000_000 {
		return tick / (1_000_000 / unit)
	}
	return tick * (unit / 1_000_000)
}
