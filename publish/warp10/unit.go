package warp10

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"

	"jerem/problem"
	"jerem/publish"
)

// units returns how many ticks a second has at the platform: as it told, else as it is configured.
func (w *Sink) units() int64 {
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
	c := w.client()
	if !c.addressed() {
		return noAddress()
	}
	return c.retry(ctx, func() (again bool, err error) {
		unit, err := w.unit(ctx)
		if err == nil {
			w.told.Store(cmp.Or(unit, w.units()))
		}
		return true, err
	})
}

// unit asks how many ticks a second has: an empty script answers it without a token. 0 where the platform
// does not tell.
func (w *Sink) unit(ctx context.Context) (int64, error) {
	c := w.client()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.address("exec"), nil)
	if err != nil {
		return 0, noAddress()
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, c.unreachable(err)
	}
	defer res.Body.Close()
	unit, _ := strconv.ParseInt(res.Header.Get("X-Warp10-Timeunit"), 10, 64) // none is 0
	if res.StatusCode == http.StatusBadGateway || res.StatusCode == http.StatusServiceUnavailable ||
		res.StatusCode == http.StatusGatewayTimeout {
		return 0, &problem.Problem{Code: publish.Failing, Status: res.StatusCode,
			Message: fmt.Sprintf("warp10 %s: %d: its time unit cannot be asked for", c.host(), res.StatusCode),
			Hint:    "The platform has trouble; it is posted again later."}
	}
	switch unit {
	case 1_000, 1_000_000, 1_000_000_000:
		return unit, nil
	}
	return 0, nil
}

// microseconds turns a tick of a unit into microseconds.
func microseconds(tick, unit int64) int64 {
	if unit < 1_000_000 {
		return tick * (1_000_000 / unit)
	}
	return tick / (unit / 1_000_000)
}

// scaled turns microseconds into ticks of a unit.
func scaled(tick, unit int64) int64 {
	if unit < 1_000_000 {
		return tick / (1_000_000 / unit)
	}
	return tick * (unit / 1_000_000)
}
