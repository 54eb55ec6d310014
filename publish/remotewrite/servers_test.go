package remotewrite_test

import (
	"strings"
	"testing"
	"time"

	"jerem/publish/publishtest"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// labelsOf are the labels of a series at a store.
func labelsOf(s series.Series) map[string]string {
	out := map[string]string{}
	for _, l := range remotewrite.MetricOf(&s) {
		out[l.Name] = l.Value
	}
	return out
}

// TestVictoriaMetrics holds the sink to the contract with a real VictoriaMetrics: it has the whole past.
func TestVictoriaMetrics(t *testing.T) {
	address := publishtest.VictoriaMetrics(t)
	publishtest.Contract(t, func(t *testing.T) publishtest.Subject {
		return publishtest.Subject{
			Sink: &remotewrite.Sink{URL: address + "/api/v1/write", Backfill: true, Tries: 1},
			Now:  time.Now(),
			Read: func(t *testing.T, s series.Series) []series.Point {
				return publishtest.StandingAtVictoria(t, address,
					`{__name__=~"jerem_.*"}`)[publishtest.KeyOf(labelsOf(s))]
			},
		}
	})
}

// TestPrometheus holds the sink to the contract with a real Prometheus: it has what comes from now on.
func TestPrometheus(t *testing.T) {
	address := publishtest.Prometheus(t)
	publishtest.Contract(t, func(t *testing.T) publishtest.Subject {
		now := time.Now()
		return publishtest.Subject{
			Sink: &remotewrite.Sink{URL: address, Tries: 1},
			Now:  now,
			Read: func(t *testing.T, s series.Series) []series.Point {
				return publishtest.StandingAtPrometheus(t, address, `{__name__=~"jerem_.*"}`, 500,
					now)[publishtest.KeyOf(labelsOf(s))]
			},
		}
	})
}

// TestVictoriaRefusesDeletes: a store that keeps deletions for others says so, with the remedy.
func TestVictoriaRefusesDeletes(t *testing.T) {
	address := publishtest.VictoriaMetrics(t, "-deleteAuthKey=other")
	sink := &remotewrite.Sink{URL: address + "/api/v1/write", Backfill: true, Tries: 1, Token: "mine"}
	err := sink.Delete(t.Context(), []series.Range{{Key: "jerem.jira.sprint.storypoint.done{project=K8S}"}})
	if err == nil || !strings.Contains(err.Error(), "cannot be deleted") || strings.Contains(err.Error(), "mine") {
		t.Errorf("%v", err)
	}
}
