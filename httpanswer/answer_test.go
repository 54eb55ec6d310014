package httpanswer_test

import (
	"testing"

	"jerem/httpanswer"
)

// TestIsPage: a page is known by what it holds, and nothing that a receiver answers is taken for one.
func TestIsPage(t *testing.T) {
	for body, want := range map[string]bool{
		"<html>login": true, "\n <!DOCTYPE html><title>Log in</title>": true, "\ufeff<HTML>": true,
		"Loading ...<!-- x --><HTML lang=en>": true, `<?xml version="1.0"?><html/>`: true, "<script>location='/'": true,
		"": false, "ok": false, "1": false, `{"success":true}`: false, " \n": false, "a < b": false,
	} {
		if got := httpanswer.IsPage([]byte(body)); got != want {
			t.Errorf("%q: page %v", body, got)
		}
	}
}

// TestTellsFailure: JSON that says that nothing was done is no success, whatever the status.
func TestTellsFailure(t *testing.T) {
	for body, want := range map[string]bool{
		`{"error":"login required"}`: true, `{"ok":false,"error":"no_team"}`: true, `{"success":false}`: true,
		`{"status":"error","errorType":"x"}`: true, `{"errors":["x"]}`: true, `{"error":{"code":401}}`: true,
		`{"status":"Unauthorized"}`: true, "\ufeff{\"error\":true}": true,
		"": false, "ok": false, "1": false, `{}`: false, `{"ok":true}`: false, `{"error":null}`: false, `null`: false,
		`{"error":""}`: false, `{"error":false,"ok":true}`: false, `{"errors":[]}`: false,
		`{"status":"success"}`: false, `[{"error":"x"}]`: false,
	} {
		if got := httpanswer.TellsFailure([]byte(body)); got != want {
			t.Errorf("%s: failure %v", body, got)
		}
	}
}

// TestIsObject: null, a list and a text are none, and what is blank says nothing.
func TestIsObject(t *testing.T) {
	for body, want := range map[string]bool{`{}`: true, ` {"a":1} `: true, `null`: false, `[]`: false, `"x"`: false,
		"": false, "<html>": false, `{"a":`: false} {
		if got := httpanswer.IsObject([]byte(body)); got != want {
			t.Errorf("%q: object %v", body, got)
		}
	}
	if !httpanswer.IsBlank([]byte(" \r\n\ufeff")) || httpanswer.IsBlank([]byte("x")) {
		t.Error("blank")
	}
}
