package roster

import (
	"fmt"
	"strings"
	"testing"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/plan"
)

// TestManyFaults: of an event with many faults the first are kept and told, with how many more there are.
func TestManyFaults(t *testing.T) {
	t.Parallel()
	v := NewView(State{}, plan.File{Sources: []plan.Source{{Name: "prod", Kind: plan.Alertmanager}}},
		civiltest.Instant("2026-02-01T00:00+01:00"))
	for alerts, want := range map[int]string{
		1: "alerts[0]: labels.alertname is missing", mostFaults: fmt.Sprintf("alerts[%d]: ", mostFaults-1),
		mostFaults + 1: "; and 1 more", 100_000: fmt.Sprintf("; and %d more", 100_000-mostFaults),
	} {
		body := `{"version": "4", "alerts": [` + strings.Repeat(`{"fingerprint": "a"},`, alerts-1) +
			`{"fingerprint": "a"}]}`
		writes, _ := enterEvent(v, RawEvent{ID: 1, Source: "prod", Body: []byte(body)})
		got := writes.EventsFinished[0]
		if !strings.Contains(got.Why, want) || got.Cause != NotUnderstood || len(got.Why) > 1000 ||
			len(writes.Journal[0].Args) > 1200 {
			t.Errorf("%d alerts: %s, of %d and %d bytes: %.700s", alerts, got.Cause, len(got.Why),
				len(writes.Journal[0].Args), got.Why)
		}
	}
}
