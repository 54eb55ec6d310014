package messaging_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/messaging"
)

// TestReceipt: a text is delivered where a receiver says so in its way, and not where a page answers in its place or
// the answer tells a failure. No error tells the address or what was said.
func TestReceipt(t *testing.T) {
	for said, delivered := range map[string]bool{
		"ok": true, "1": true, "": true, `{"success":true}`: true, "Workflow triggered": true, `{"id":"x"}`: true,
		"<html>login s3cret": false, "<!DOCTYPE html><title>Log in</title>": false,
		`{"ok":false,"error":"s3cret"}`: false, `{"success":false}`: false, `{"error":"no such hook"}`: false,
		"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429": false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, said)
		}))
		defer server.Close()
		err := messaging.PostJSON(t.Context(), http.DefaultClient, server.URL+"/s3cret", "1", messaging.Letter{})
		if (err == nil) != delivered {
			t.Errorf("%q: %v", said, err)
		}
		if err != nil && (strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), server.URL)) {
			t.Errorf("a secret is told: %v", err)
		}
	}
}
