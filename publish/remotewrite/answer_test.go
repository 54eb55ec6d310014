package remotewrite_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// answering is a store that gives the same answer to everything and counts how often it is asked.
func answering(t *testing.T, status int, header http.Header, body string) (address string, asked *int) {
	t.Helper()
	asked = new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked++
		_, _ = io.Copy(io.Discard, r.Body)
		for name := range header {
			w.Header().Set(name, header.Get(name))
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func onePoint() []series.Series {
	return []series.Series{{Class: "jerem.agile.sprint.added", Labels: map[string]string{"project": "K8S"},
		Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.Double(1)}}}}
}

// TestAnswers: each refusal is told as what it is, with a remedy; only what may pass is tried again; no secret is told.
func TestAnswers(t *testing.T) {
	const secret = "s3cret"
	for _, c := range []struct {
		status int
		body   string
		code   problem.Code
		hint   string
		tries  int
	}{
		{400, "out of order sample", publish.TooOld, "backfill: none", 1},
		{400, "out of bounds", publish.TooOld, "out_of_order_time_window", 1},
		{400, "Duplicate sample for timestamp", publish.TooOld, "backfill: none", 1},
		{400, "label name is invalid " + secret, publish.Refused, "does not take", 1},
		{401, "login", publish.Token, "token", 1},
		{403, "", publish.Token, "token", 1},
		{404, "page not found", publish.NotASink, "remote-write-receiver", 1},
		{302, "", publish.NotASink, "url", 1},
		{413, "", publish.TooLarge, "smaller", 1},
		{415, "", publish.Refused, "version: 2", 1},
		{429, "", publish.Limited, "later", 3},
		{500, "", publish.Failing, "later", 3},
		{503, secret, publish.Failing, "later", 3},
	} {
		address, asked := answering(t, c.status, nil, c.body)
		sink := &remotewrite.Sink{URL: strings.Replace(address, "//", "//me:"+secret+"@", 1), Token: secret, Tries: 3,
			Pause: time.Nanosecond, Backfill: true}
		err := sink.Push(t.Context(), onePoint())
		var e *problem.Problem
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Hint, c.hint) || *asked != c.tries {
			t.Errorf("%d %q: after %d requests %v", c.status, c.body, *asked, err)
		}
		if strings.Contains(err.Error()+sink.Name(), secret) {
			t.Errorf("%d: a secret is told: %v, %s", c.status, err, sink.Name())
		}
	}
}

// TestTooOldOnward: a sink that is posted from now on alone is not told to be set to what it is set to.
func TestTooOldOnward(t *testing.T) {
	address, _ := answering(t, 400, nil, "out of order sample")
	err := (&remotewrite.Sink{URL: address}).Push(t.Context(), onePoint())
	var e *problem.Problem
	if !errors.As(err, &e) || e.Code != publish.TooOld || !strings.Contains(e.Hint, "out_of_order_time_window") ||
		strings.Contains(e.Hint, "backfill") {
		t.Error(err)
	}
}

// TestVersion2Answers: how many samples were written is read; a store that does not tell it took the request for
// something else.
func TestVersion2Answers(t *testing.T) {
	for written, want := range map[string]string{"1": "", "0": "samples written: 0 of 1", "": "does not tell"} {
		header := http.Header{}
		if written != "" {
			header.Set("X-Prometheus-Remote-Write-Samples-Written", written)
		}
		address, _ := answering(t, 204, header, "")
		err := (&remotewrite.Sink{URL: address, Version: 2, Tries: 1}).Push(t.Context(), onePoint())
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q written: %v", written, err)
		}
	}
}

// TestHeaders: a request says what it holds, and bears the token.
func TestHeaders(t *testing.T) {
	for version, want := range map[int][2]string{
		1: {"0.1.0", "application/x-protobuf"},
		2: {"2.0.0", "application/x-protobuf;proto=io.prometheus.write.v2.Request"},
	} {
		var got http.Header
		path := ""
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got, path = r.Header, r.URL.Path
			w.Header().Set("X-Prometheus-Remote-Write-Samples-Written", "1")
		}))
		defer server.Close()
		sink := &remotewrite.Sink{URL: server.URL, Version: version, Token: "abc"}
		if err := sink.Push(t.Context(), onePoint()); err != nil {
			t.Fatal(err)
		}
		if got.Get("X-Prometheus-Remote-Write-Version") != want[0] || got.Get("Content-Type") != want[1] ||
			got.Get("Content-Encoding") != "snappy" || got.Get("Authorization") != "Bearer abc" ||
			path != "/api/v1/write" {
			t.Errorf("version %d: %s %v", version, path, got)
		}
	}
}

// TestUnreachable: where nobody answers the problem says so and names no secret.
func TestUnreachable(t *testing.T) {
	sink := &remotewrite.Sink{URL: "http://me:s3cret@127.0.0.1:1/api/v1/write", Tries: 1}
	err := sink.Push(t.Context(), onePoint())
	if !problem.Is(err, publish.Unreachable) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("%v", err)
	}
	err = (&remotewrite.Sink{URL: "victoria:8428"}).Push(t.Context(), onePoint())
	if !problem.Is(err, publish.NotASink) {
		t.Errorf("no address: %v", err)
	}
}
