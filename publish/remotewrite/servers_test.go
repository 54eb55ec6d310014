package remotewrite_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/publish"
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

// TestPrometheusVersion2 holds the sink to the contract by remote write 2.0 with a real Prometheus that takes it: what
// it tells of the samples that it wrote is read.
func TestPrometheusVersion2(t *testing.T) {
	address := publishtest.Prometheus2(t)
	publishtest.Contract(t, func(t *testing.T) publishtest.Subject {
		now := time.Now()
		return publishtest.Subject{
			Sink: &remotewrite.Sink{URL: address, Version: 2, Tries: 1},
			Now:  now,
			Read: func(t *testing.T, s series.Series) []series.Point {
				return publishtest.StandingAtPrometheus(t, address, `{__name__=~"jerem_.*"}`, 500,
					now)[publishtest.KeyOf(labelsOf(s))]
			},
		}
	})
}

// TestPrometheusTellsWritten: a real Prometheus tells by 2.0 how many samples it wrote, and that is as many as were
// sent; of a sample that is too old it writes none and says so. A store of 1.0 is told as one.
func TestPrometheusTellsWritten(t *testing.T) {
	written := ""
	client := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		res, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			written = res.Header.Get("X-Prometheus-Remote-Write-Samples-Written")
		}
		return res, err
	})}
	sink := &remotewrite.Sink{URL: publishtest.Prometheus2(t), Version: 2, Tries: 1, Client: client}
	now := time.Now()
	points := func(at ...time.Time) []series.Series {
		s := series.Series{Class: "jerem.agile.sprint.remaining", Labels: map[string]string{"project": "K8S",
			"sprint": "current"}}
		for _, t := range at {
			s.Points = append(s.Points, series.Point{Tick: t.UnixMicro(), Value: series.Double(5)})
		}
		return []series.Series{s}
	}
	if err := sink.Push(t.Context(), points(now.Add(-2*time.Second), now)); err != nil || written != "2" {
		t.Errorf("two samples: %v, written %q", err, written)
	}
	var far *publish.OutOfRange
	err := sink.Push(t.Context(), points(now.Add(-48*time.Hour)))
	if !errors.As(err, &far) && !problem.Is(err, publish.TooOld) || written != "0" {
		t.Errorf("a sample that is too old: %v, written %q", err, written)
	}
	old := &remotewrite.Sink{URL: publishtest.Prometheus(t), Version: 2, Tries: 1}
	if err := old.Push(t.Context(), points(now)); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("a store that speaks 1.0 only: %v", err)
	}
}

// roundTripper answers requests by a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestVictoriaRefusesDeletes: a store that keeps deletions for others says so, with the remedy.
func TestVictoriaRefusesDeletes(t *testing.T) {
	address := publishtest.VictoriaMetrics(t, "-deleteAuthKey=other")
	sink := &remotewrite.Sink{URL: address + "/api/v1/write", Backfill: true, Tries: 1, Token: "mine"}
	err := sink.Delete(t.Context(), []series.Range{{Key: "jerem.jira.sprint.storypoint.done{project=K8S}"}})
	if err == nil || !strings.Contains(err.Error(), "cannot be deleted") || strings.Contains(err.Error(), "mine") {
		t.Errorf("%v", err)
	}
}
