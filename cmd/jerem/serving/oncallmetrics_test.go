package serving

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

// TestAsideMetric: each source of the file has its number, 0 where nothing is set aside, and so has one that the file
// names no more; what cannot be read is absent and not 0.
func TestAsideMetric(t *testing.T) {
	store, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, source := range []string{"prod", "gone", "prod"} {
		id, err := store.AddEvent(t.Context(), roster.RawEvent{Source: source, Received: at, Body: []byte("{")})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
			return roster.Writes{EventsFinished: []roster.EventResult{{ID: id, At: at, Why: "no JSON",
				Cause: roster.NotUnderstood}}}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	c := asideCollector{[]string{"prod", "quiet"}, store}
	told := func() map[string]float64 {
		t.Helper()
		registry := prometheus.NewRegistry()
		registry.MustRegister(c)
		families, err := registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		var out map[string]float64
		for _, f := range families {
			out = map[string]float64{}
			for _, m := range f.Metric {
				out[f.GetName()+" "+m.Label[0].GetName()+"="+m.Label[0].GetValue()] = m.Gauge.GetValue()
			}
		}
		return out
	}
	const name = "jerem_oncall_events_set_aside source="
	if diff := cmp.Diff(map[string]float64{name + "gone": 1, name + "prod": 2, name + "quiet": 0}, told()); diff != "" {
		t.Error(diff)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if left := told(); left != nil {
		t.Errorf("of what cannot be read is told %v", left)
	}
}
