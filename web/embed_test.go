package web

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/web/webtest"
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
	for _, want := range []string{"<b>16</b> of <b>43</b> points are done and <b>27</b> remain", `target="_blank"`,
		`<svg class="chart"`} {
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
	for address, want := range map[string]string{ // what cannot be told says why, in grey, on a badge as a page does
		"/teams/Observability/badge.svg":                           ">A Kanban board has no sprints<",
		"/teams/Observability/badge.svg?show=likely":               ">A Kanban board has no sprints<",
		"/teams/Observability/badge.svg?show=impediments":          ">impediments<",
		"/teams/Kubernetes/badge.svg?show=likely&at=2026-11-14":    ">closed on ",
		"/teams/Kubernetes/badge.svg?show=remaining&at=2026-09-22": ">not started<",
		"/teams/Kubernetes/badge.svg?show=day&at=2026-09-01":       ">Nothing is known before Mon 21 Sep 2026<",
	} {
		code, badge, _ := get(t, h, address)
		grey := strings.Contains(badge, `class="b-none"`)
		if code != 200 || !strings.Contains(badge, want) || grey != !strings.HasSuffix(address, "impediments") {
			t.Errorf("%s: %d, %s", address, code, badge)
		}
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
	_, page, _ := get(t, h, "/wall?every=7&show=2")
	stays := regexp.MustCompile(`<a href="(/wall[^"]*)">Stay</a>`).FindStringSubmatch(page)
	if stays == nil {
		t.Fatalf("a wall cannot be told to stay: %s", page)
	}
	here := html.UnescapeString(stays[1])
	_, page, at := get(t, h, here)
	if refresh := at.Get("Refresh"); refresh != "30; url="+here ||
		!strings.Contains(page, `<a href="/wall?every=30&amp;show=2">Go on</a>`) {
		t.Errorf("%s goes to %q: %s", here, refresh, page)
	}
	if code, _, _ := get(t, h, "/wall?every=1"); code != 400 {
		t.Errorf("a wall of a second: %d", code)
	}
}

// TestBadgeNotReadYet: the badge of a team that was never read says so, in grey, as a picture and not as a page; that
// of no team at all stays a page of the problem.
func TestBadgeNotReadYet(t *testing.T) {
	h, _ := serveBot(t, story(t), webtest.Team("Lost", "NOPE"))
	code, badge, header := get(t, h, "/teams/Lost/badge.svg?show=likely")
	if code != 200 || !strings.HasPrefix(header.Get("Content-Type"), "image/svg+xml") || wellFormed(badge) != nil ||
		!strings.Contains(badge, ">not read yet<") || !strings.Contains(badge, `class="b-none"`) {
		t.Errorf("%d %s: %s", code, header.Get("Content-Type"), badge)
	}
	if code, body, _ := get(t, h, "/teams/Nobody/badge.svg"); code != 404 {
		t.Errorf("the badge of no team: %d %s", code, body)
	}
}

// TestEmbeddedBehind: while the readings of a team fail, its card, its badges and its turn on the wall say since when,
// in the team's zone, and not by what; those of other teams, and the same once it is read again, do not.
func TestEmbeddedBehind(t *testing.T) {
	h, b := serveBot(t, story(t), company()...)
	addresses := []string{"/teams/Kubernetes/card", "/teams/Kubernetes/badge.svg",
		"/teams/Kubernetes/badge.svg?show=impediments", "/wall?show=0"}
	hold := func(want bool) {
		t.Helper()
		for _, address := range addresses {
			_, body, _ := get(t, h, address)
			if strings.Contains(webtest.Compact(body), "ehind since Mon 23 Nov, 10:00") != want {
				t.Errorf("%s: says since when it is behind is %v, want %v: %s", address, !want, want, body)
			}
			if isBadge := strings.Contains(address, "badge"); isBadge &&
				strings.Contains(body, `class="b-none"`) != want {
				t.Errorf("%s: is grey is %v: %s", address, !want, body)
			}
			if strings.Contains(body, "proxy.internal") {
				t.Errorf("%s tells by what its readings fail", address)
			}
		}
		if _, body, _ := get(t, h, "/wall?show=3"); strings.Contains(body, "ehind since") {
			t.Error("another team is behind on the wall")
		}
	}
	hold(false)
	since := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if err := b.Store.Teams.SetBehind(t.Context(), "Kubernetes", since, "proxy.internal is away"); err != nil {
		t.Fatal(err)
	}
	hold(true)
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	hold(false)
}
