package publish

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jerem/series"
)

// slowSink takes points after a while.
type slowSink struct{ after time.Duration }

func (slowSink) Name() string               { return "slow" }
func (slowSink) Capabilities() Capabilities { return Capabilities{} }
func (s slowSink) Push(context.Context, []series.Series) error {
	time.Sleep(s.after)
	return nil
}
func (slowSink) Delete(context.Context, []series.Range) error { return nil }

// TestSlowPostIsTold: a request that a sink takes long for writes a line every ten seconds, another one none.
func TestSlowPostIsTold(t *testing.T) {
	for after, lines := range map[time.Duration]int{0: 0, 9 * time.Second: 0, 35 * time.Second: 3} {
		synctest.Test(t, func(t *testing.T) {
			var log bytes.Buffer
			d := Delivery{Sink: slowSink{after}, Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}
			list := []series.Series{{Class: "c", Points: []series.Point{{Tick: 1}}}}
			if _, err := d.Post(t.Context(), list, func([]series.Series) error { return nil }); err != nil {
				t.Fatal(err)
			}
			synctest.Wait() // what tells of it has ended
			if n := strings.Count(log.String(), "sink=slow points=1"); n != lines {
				t.Errorf("taken after %v: %d lines tell of it, want %d:\n%s", after, n, lines, log.String())
			}
		})
	}
}
