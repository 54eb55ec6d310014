package publishtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"jerem/series"
)

// StandingAtVictoria returns the samples that a VictoriaMetrics has, by their labels as JSON writes them.
func StandingAtVictoria(t *testing.T, address, selector string) map[string][]series.Point {
	t.Helper()
	if _, err := Get(t.Context(), address+"/internal/force_flush"); err != nil {
		t.Fatal(err)
	}
	body, err := Get(t.Context(), address+"/api/v1/export?match[]="+url.QueryEscape(selector))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]series.Point{}
	for line := range bytes.Lines(body) {
		var one struct {
			Metric     map[string]string
			Values     []float64
			Timestamps []int64
		}
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		key := labelsText(one.Metric)
		for n, at := range one.Timestamps { // a series may come in several blocks
			out[key] = append(out[key], series.Point{Tick: at * 1000, Value: series.Double(one.Values[n])})
		}
		slices.SortFunc(out[key], func(a, b series.Point) int { return int(a.Tick - b.Tick) })
	}
	return out
}

// StandingAtPrometheus returns the samples that a Prometheus has of the last days before a moment.
func StandingAtPrometheus(t *testing.T, address, selector string, days int, now time.Time) map[string][]series.Point {
	t.Helper()
	query := url.Values{"query": {fmt.Sprintf("%s[%dd]", selector, days)}, "time": {strconv.FormatInt(now.Unix(), 10)}}
	body, err := Get(t.Context(), address+"/api/v1/query?"+query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Data struct {
			Result []struct {
				Metric map[string]string
				Values [][2]any
			}
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	out := map[string][]series.Point{}
	for _, one := range answer.Data.Result {
		key := labelsText(one.Metric)
		for _, sample := range one.Values {
			value, err := strconv.ParseFloat(sample[1].(string), 64)
			if err != nil {
				t.Fatal(err)
			}
			at := time.UnixMilli(int64(sample[0].(float64)*1000 + 0.5))
			out[key] = append(out[key], series.Point{Tick: series.Tick(at), Value: series.Double(value)})
		}
	}
	return out
}

// labelsText writes labels in order of their names.
func labelsText(labels map[string]string) string {
	text, _ := json.Marshal(labels) // texts always can be written
	return string(text)
}

// KeyOf is the key under which the samples of labels stand.
func KeyOf(labels map[string]string) string { return labelsText(labels) }

// Sample is a value that a query of a Prometheus, or of what speaks its language, answers with.
type Sample struct {
	Labels map[string]string
	Value  float64
}

// Query asks a server a query as of a moment.
func Query(t *testing.T, address, query string, at time.Time) (samples []Sample) {
	t.Helper()
	body, err := Get(t.Context(), address+"/api/v1/query?"+
		url.Values{"query": {query}, "time": {strconv.FormatInt(at.Unix(), 10)}}.Encode())
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var answer struct {
		Data struct {
			Result []struct {
				Metric map[string]string
				Value  [2]any
			}
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%s: %v %s", query, err, body)
	}
	for _, r := range answer.Data.Result {
		value, err := strconv.ParseFloat(fmt.Sprint(r.Value[1]), 64)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		samples = append(samples, Sample{Labels: r.Metric, Value: value})
	}
	return samples
}
