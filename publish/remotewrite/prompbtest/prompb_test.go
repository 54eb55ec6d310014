// Package prompbtest holds the encoder of publish/remotewrite to Prometheus' own messages, prompb and its version 2.0:
// they have to read what it writes, and to write the same bytes. It is a module of its own, so that the product does
// not depend on Prometheus; publish/remotewrite/servers.sh runs it.
package prompbtest

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/snappy"
	"github.com/prometheus/prometheus/prompb"
	writev2 "github.com/prometheus/prometheus/prompb/io/prometheus/write/v2"

	"jerem/publish/remotewrite"
	"jerem/series"
)

// posted are series with everything that an encoder may get wrong: zeros, negative numbers and moments, points within
// one millisecond, letters of several bytes, shared labels, a text among numbers, a series without samples.
func posted() []series.Series {
	done := series.Series{Class: "jerem.jira.sprint.storypoint.done",
		Labels: map[string]string{"project": "K8S", "sprint": "Sprint 23 é"}, Points: []series.Point{
			{Tick: -1, Value: series.Double(-2.5)}, {Tick: 0, Value: series.Double(0)},
			{Tick: 1_700_000_000_000_001, Value: series.Double(1)},
			{Tick: 1_700_000_000_000_999, Value: series.Double(3)},
			{Tick: 1_700_000_060_000_000, Value: series.Long(0)},
			{Tick: 1_700_000_120_000_000, Value: series.Long(1 << 40)}}}
	natures := series.Series{Class: "jerem.jira.impediment.support.count",
		Labels: map[string]string{"project": "K8S", "sprint": "Sprint 23 é", "type": "sprint", "global": ""},
		Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.Long(4)},
			{Tick: 1_700_000_001_000_000, Value: series.String("no number")}}}
	return []series.Series{done, natures,
		{Class: "jerem.agile.quarter.total", Labels: map[string]string{"project": "K8S"}}}
}

// sample is a number at a millisecond.
type sample struct {
	at    int64
	value float64
}

// wanted are the samples of posted, series by series.
var wanted = [][]sample{
	{{-1, -2.5}, {0, 0}, {1_700_000_000_000, 3}, {1_700_000_060_000, 0}, {1_700_000_120_000, 1 << 40}},
	{{1_700_000_000_000, 4}}, nil,
}

// wantedLabels are the labels of posted, in order of their names.
var wantedLabels = []string{
	"__name__=jerem_sprint_storypoints_done sprint=Sprint 23 é team=K8S ",
	"__name__=jerem_sprint_nature_issues nature=support sprint=Sprint 23 é team=K8S ",
	"__name__=jerem_quarter_estimate team=K8S ",
}

// encoded writes a request and takes it out of its block of snappy.
func encoded(t *testing.T, version int) []byte {
	t.Helper()
	body, err := (&remotewrite.Sink{Version: version}).Encode(posted())
	if err != nil {
		t.Fatal(err)
	}
	text, err := snappy.Decode(nil, body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func compare(t *testing.T, n int, labels string, got []sample) {
	t.Helper()
	if labels != wantedLabels[n] {
		t.Errorf("series %d: %q, want %q", n, labels, wantedLabels[n])
	}
	if len(got) != len(wanted[n]) {
		t.Fatalf("series %d: %v, want %v", n, got, wanted[n])
	}
	for i := range got {
		if got[i] != wanted[n][i] {
			t.Errorf("series %d: %v, want %v", n, got, wanted[n])
		}
	}
}

// TestVersion1: prompb reads a request of version 1.0 and writes the same bytes.
func TestVersion1(t *testing.T) {
	text := encoded(t, 1)
	var message prompb.WriteRequest
	if err := message.Unmarshal(text); err != nil || len(message.Timeseries) != len(wanted) {
		t.Fatal(message, err)
	}
	for n, s := range message.Timeseries {
		labels, samples := "", []sample(nil)
		for _, l := range s.Labels {
			labels += l.Name + "=" + l.Value + " "
		}
		for _, one := range s.Samples {
			samples = append(samples, sample{one.Timestamp, one.Value})
		}
		compare(t, n, labels, samples)
	}
	if again, err := message.Marshal(); err != nil || !bytes.Equal(again, text) {
		t.Errorf("prompb writes %x, the encoder %x; %v", again, text, err)
	}
}

// TestVersion2: the message of version 2.0 is read, and the same bytes are written.
func TestVersion2(t *testing.T) {
	text := encoded(t, 2)
	var message writev2.Request
	if err := message.Unmarshal(text); err != nil || len(message.Timeseries) != len(wanted) {
		t.Fatal(message.String(), err)
	}
	for n, s := range message.Timeseries {
		labels, samples := "", []sample(nil)
		for i := 0; i+1 < len(s.LabelsRefs); i += 2 {
			labels += message.Symbols[s.LabelsRefs[i]] + "=" + message.Symbols[s.LabelsRefs[i+1]] + " "
		}
		for _, one := range s.Samples {
			samples = append(samples, sample{one.Timestamp, one.Value})
		}
		compare(t, n, labels, samples)
		if s.Metadata.Type != writev2.Metadata_METRIC_TYPE_GAUGE {
			t.Errorf("series %d is a %v", n, s.Metadata.Type)
		}
	}
	if again, err := message.Marshal(); err != nil || !bytes.Equal(again, text) {
		t.Errorf("prompb writes %x, the encoder %x; %v", again, text, err)
	}
}
