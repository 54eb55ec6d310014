package web

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"jerem/web/webtest"
)

// severalActive is a team of three active sprints, one of them called as one that is closed.
const severalActive = `Several active sprints.

-- site --
url https://jira.example
zone UTC
clock 2026-11-20 14:00

-- board 1 scrum PAR "Par" --
column "To Do": open
column "Done": done

-- sprints --
1 "PAR 3" 2026-10-05 09:00 .. 2026-10-16 17:00 closed 2026-10-16 17:00 board=1
2 "PAR 11" 2026-11-09 09:00 .. 2026-11-27 17:00 board=1
3 "PAR 3" 2026-11-16 09:00 .. 2026-11-27 17:00 board=1
4 "current" 2026-11-11 09:00 .. 2026-11-27 17:00 board=1

-- PAR-1 Story "First" --
2026-10-01 10:00 created sprint=1 points=2
2026-10-08 10:00 status=done

-- PAR-2 Story "Second" --
2026-11-02 10:00 created sprint=2 points=5

-- PAR-3 Story "Third" --
2026-11-02 10:00 created sprint=3 points=3

-- PAR-4 Story "Fourth" --
2026-11-02 10:00 created sprint=4 points=8
`

// TestSeveralActive: of several active sprints the page, the card, the wall, the badge, the portfolio, the API and an
// assistant mean the one that started last, by the name of its series, and say that others are active.
func TestSeveralActive(t *testing.T) {
	b := webtest.Read(t, []byte(severalActive), team("Par", "PAR"))
	h := NewServer(b.Store, b.Teams, "https://jira.example", b.Log)
	for address, wants := range map[string][]string{
		"/teams/Par": {"PAR 3 #3", "2 other sprints are active", `href="/teams/Par/sprints/2">PAR 11</a>`,
			`href="/teams/Par/sprints/4">current #4</a>`},
		"/teams/Par/sprints/2":             {"<b>PAR 11</b>", "2 other sprints are active", "PAR 3 #3"},
		"/teams/Par/card":                  {"PAR 3 #3", "2 other sprints are active"},
		"/wall":                            {"PAR 3 #3", "2 other sprints are active"},
		"/teams/Par/badge.svg":             {"PAR 3 #3, one of 3 active", "0 of 3 points"},
		"/":                                {"PAR 3 #3", "0 of 3 points, one of 3 active"},
		"/teams.csv":                       {",PAR 3 #3,"},
		"/teams/Par/sprints/3/differences": {"PAR 3 #3 against"},
		"/api/v1/teams/Par/sprints": {`"id":3,"name":"PAR 3","state":"active"`, `"label":"PAR 3 #3","current":true`,
			`"label":"PAR 11","current":false`},
		"/api/v1/teams/Par/sprints/3": {`"label":"PAR 3 #3"`,
			`"others_active":[{"id":2,"label":"PAR 11"},{"id":4,"label":"current #4"}]`},
		"/api/v1/teams/Par/sprints/1": {`"label":"PAR 3"`, `"others_active":[]`},
	} {
		_, body, _ := get(t, h, address)
		if strings.HasPrefix(address, "/api") {
			body = compact(t, body)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not tell %q", address, want)
			}
		}
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	s, err := assistant(t, server.URL, withHeader{"X-Any", "1"})
	if err != nil {
		t.Fatal(err)
	}
	text, failed := call(t, s, "sprint", map[string]any{"team": "Par"})
	if failed || !strings.Contains(compact(t, text), `"label":"PAR 3 #3"`) {
		t.Errorf("an assistant is told %.300s", text)
	}
}

// compact writes JSON without spaces.
func compact(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(text)); err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return out.String()
}
