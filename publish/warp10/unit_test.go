package warp10_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
)

// TestUnitFirst: whoever pushes asks for the unit of the platform first, and its ticks follow it.
func TestUnitFirst(t *testing.T) {
	for _, unit := range []int64{1_000, 1_000_000, 1_000_000_000} {
		platform := warp10sim.New()
		platform.Unit = unit
		server := httptest.NewServer(platform)
		defer server.Close()
		s := series.Series{Class: "c", Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.Long(1)},
			{Tick: 1_700_000_060_000_000, Value: series.Long(2)}}}
		sink := &warp10.Sink{URL: server.URL, Token: warp10sim.Write, TicksPerSecond: 1_000_000}
		if err := sink.Push(t.Context(), []series.Series{s}); err != nil {
			t.Fatal(err)
		}
		fresh := &warp10.Sink{URL: server.URL, Token: warp10sim.Write}
		if err := fresh.Delete(t.Context(), []series.Range{{Key: "c{}",
			Stretch: series.Stretch{First: 1_700_000_060_000_000, Last: 1_700_000_060_000_000}}}); err != nil {
			t.Fatal(err)
		}
		want := []string{fmt.Sprintf("%d// c{} 1", 1_700_000_000*unit)}
		if diff := cmp.Diff(want, platform.Points()); diff != "" {
			t.Errorf("unit %d (−want +stored):\n%s", unit, diff)
		}
	}
}

// TestUnitUnasked: a platform that cannot be asked is posted nothing; one that does not tell is taken as configured.
func TestUnitUnasked(t *testing.T) {
	platform, answer := warp10sim.New(), http.StatusServiceUnavailable
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/exec") {
			w.WriteHeader(answer)
			return
		}
		platform.ServeHTTP(w, r)
	}))
	defer server.Close()
	s := series.Series{Class: "c", Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.Long(1)}}}
	sink := &warp10.Sink{URL: server.URL, Token: warp10sim.Write, TicksPerSecond: 1_000, Tries: 2,
		Pause: time.Nanosecond}
	if err := sink.Push(context.Background(), []series.Series{s}); err == nil || len(platform.Points()) > 0 {
		t.Errorf("posted to a platform of which nothing is known: %v %v", platform.Points(), err)
	}
	answer = http.StatusForbidden
	if err := sink.Push(context.Background(), []series.Series{s}); err != nil ||
		platform.Points()[0] != "1700000000000// c{} 1" {
		t.Errorf("%v %v", platform.Points(), err)
	}
}
