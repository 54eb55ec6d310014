package remotewrite_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// TestForeignSuccess: an answer of status 2xx that is none of a store is no success, of no request: a login page, a
// site, JSON that tells an error.
func TestForeignSuccess(t *testing.T) {
	for _, body := range []string{"<html>login", "\n\n<!DOCTYPE html><title>Log in</title>", "\ufeff<html>",
		`{"error":"login required"}`, `{"status":"error"}`, "please log in", `["x"]`} {
		for _, status := range []int{200, 201, 202} {
			address, asked := answering(t, status, http.Header{"X-Prometheus-Remote-Write-Samples-Written": {"1"}},
				body)
			for _, version := range []int{1, 2} {
				*asked = 0
				sink := &remotewrite.Sink{URL: address, Version: version, Backfill: true, Tries: 3,
					Pause: time.Nanosecond}
				checkForeign(t, sink.Push(t.Context(), onePoint()), publish.NotASink, "204")
				checkForeign(t, sink.Delete(t.Context(),
					[]series.Range{{Key: "jerem.agile.sprint.added{project=K8S}"}}),
					publish.NoDeletes, "204")
				if *asked != 2 {
					t.Errorf("%d %q: asked %d times", status, body, *asked)
				}
				checkForeign(t, sink.Try(t.Context()).Write, publish.NotASink, "login")
			}
		}
	}
}

// TestForeignDeletions: a try finds that deletions alone are answered by a page, and a refused login names the token.
func TestForeignDeletions(t *testing.T) {
	for status, want := range map[int]string{200: "delete_series", 401: "token", 403: "token"} {
		sink := &remotewrite.Sink{URL: "http://store.example", Backfill: true,
			Client: &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				res := &http.Response{StatusCode: 204, Body: http.NoBody, Request: r}
				if strings.HasSuffix(r.URL.Path, "delete_series") {
					res.StatusCode, res.Body = status, readCloser{strings.NewReader("<html>login")}
				}
				return res, nil
			})}}
		found := sink.Try(t.Context())
		if found.Write != nil {
			t.Error(found.Write)
		}
		checkForeign(t, found.Delete, publish.NoDeletes, want)
	}
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func checkForeign(t *testing.T, err error, code problem.Code, hint string) {
	t.Helper()
	var e *problem.Problem
	if !errors.As(err, &e) || e.Code != code || !strings.Contains(e.Hint, hint) {
		t.Errorf("no %s with %q: %v", code, hint, err)
	}
}

// TestOwnSuccess: what stores and gateways answer that took the samples is success: Prometheus and VictoriaMetrics 204,
// Mimir and Cortex 200 without a body, gateways a word or an object.
func TestOwnSuccess(t *testing.T) {
	for body, status := range map[string]int{"": 200, " ": 202, "ok": 200, "OK\n": 200, `{"status":"success"}`: 200,
		"{}": 201} {
		address, _ := answering(t, status, http.Header{"Content-Type": {"text/html"}}, body)
		sink := &remotewrite.Sink{URL: address, Backfill: true, Tries: 1}
		if err := sink.Push(t.Context(), onePoint()); err != nil {
			t.Errorf("%d %q: %v", status, body, err)
		}
		if found := sink.Try(t.Context()); found.Write != nil || found.Delete != nil {
			t.Errorf("%d %q: %+v", status, body, found)
		}
	}
}
