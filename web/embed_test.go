package web

import (
	"regexp"
	"strings"
	"testing"
)

// TestEmbedded: a card may be framed by any page and leads out of its frame, other pages may not; a badge says the
// figure that it is asked for; a wall goes on to the next team by itself, past one that cannot be shown.
func TestEmbedded(t *testing.T) {
	h := serve(t, story(t), append(company(), team("Lost", "NOPE"))...)
	_, card, header := get(t, h, "/teams/Kubernetes/card")
	if !strings.Contains(header.Get("Content-Security-Policy"), "frame-ancestors *") ||
		header.Get("X-Frame-Options") != "" {
		t.Errorf("a card may not be framed: %v", header)
	}
	for _, want := range []string{"16 of 43 points are done and 27 remain", `target="_blank"`, `<svg class="chart"`} {
		if !strings.Contains(card, want) {
			t.Errorf("the card has no %s in %s", want, card)
		}
	}
	if bad := regexp.MustCompile(`<a [^>]*href="#|<script`).FindString(card); bad != "" {
		t.Errorf("the card holds %s, which leads nowhere there", bad)
	}
	_, _, header = get(t, h, "/teams/Kubernetes")
	if !strings.Contains(header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Error("a page may be framed")
	}
	for show, want := range map[string]string{"": "16 of 43 points", "?show=remaining": "27 points to go",
		"?show=impediments": "24.5", "?show=day": "day 6 of 10"} {
		_, badge, header := get(t, h, "/teams/Kubernetes/badge.svg"+show)
		if !strings.Contains(badge, ">"+want) || !strings.HasPrefix(header.Get("Content-Type"), "image/svg+xml") ||
			wellFormed(badge) != nil {
			t.Errorf("the badge %s has no %s: %s", show, want, badge)
		}
	}
	if code, body, _ := get(t, h, "/teams/Kubernetes/badge.svg?show=x"); code != 404 ||
		!strings.Contains(body, "done, remaining") {
		t.Errorf("a badge that is none: %d %s", code, body)
	}
	next, seen := "/wall?every=7", map[string]bool{}
	for range 6 {
		code, page, header := get(t, h, next)
		turn := regexp.MustCompile(`<span class="here">([^<]*)`).FindStringSubmatch(page)
		after, to, found := strings.Cut(header.Get("Refresh"), "; url=")
		if code != 200 || turn == nil || !found || after != "7" {
			t.Fatalf("%s: %d, refresh %q in %s", next, code, header.Get("Refresh"), page)
		}
		seen[turn[1]], next = true, to
	}
	if len(seen) != 5 {
		t.Errorf("the wall shows %v", seen)
	}
	if code, _, _ := get(t, h, "/wall?every=1"); code != 400 {
		t.Errorf("a wall of a second: %d", code)
	}
}
