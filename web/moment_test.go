package web

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"time"

	"jerem/testrun"
)

// sprintAt is the answer of a sprint as of a moment.
func sprintAt(t *testing.T, body string) (at time.Time) {
	t.Helper()
	var answer struct{ At time.Time }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	return answer.At
}

// TestOneMeaning: pages, API, tables and charts read a date and a time without a zone in the team's zone.
func TestOneMeaning(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for text, want := range map[string]string{
		"2026-11-18":                         "2026-11-18T22:59:59.999999Z",
		"2026-11-18T12:00":                   "2026-11-18T11:00:00Z",
		"2026-11-18T12:00:00Z":               "2026-11-18T12:00:00Z",
		"2026-11-18T12:00:00+09:00":          "2026-11-18T03:00:00Z", // the plus is a space to the server
		"2026-11-18T12:00:00.123456%2B09:00": "2026-11-18T03:00:00.123456Z",
	} {
		_, body, header := get(t, h, "/api/v1/teams/Kubernetes/sprints/23?at="+text)
		if got := sprintAt(t, body).Format(time.RFC3339Nano); got != want {
			t.Errorf("%s: the API answers as of %s, want %s", text, got, want)
		}
		for _, address := range []string{"/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/",
			"/api/v1/teams/Kubernetes/sprints", "/teams/Kubernetes/sprints/23/ledger.csv",
			"/teams/Kubernetes/sprints/23/burndown.svg", "/teams.csv",
			"/api/v1/explain?figure=slack_days&team=Kubernetes", "/api/v1/series?class=total"} {
			separator := "?"
			if strings.Contains(address, "?") {
				separator = "&"
			}
			code, body, header := get(t, h, address+separator+"at="+text)
			if code != 200 || header.Get("Jerem-At") != want {
				t.Errorf("%s at %s: %d, as of %q, want %q: %.200s", address, text, code, header.Get("Jerem-At"), want,
					body)
			}
		}
		if now := header.Get("Jerem-At"); now != want {
			t.Errorf("%s: Jerem-At %s, want %s", text, now, want)
		}
		if header.Get("Jerem-Asked-At") != "" {
			t.Errorf("%s: is not ahead, and told to be", text)
		}
	}
}

// TestEachInItsOwnZone: where a question spans teams, a day is that of each team.
func TestEachInItsOwnZone(t *testing.T) {
	far, near := team("Far", "NET"), team("Near", "K8S")
	far.Calendar.Zone, near.Calendar.Zone = time.FixedZone("east", 12*3600), time.FixedZone("west", -10*3600)
	h := serve(t, story(t), far, near)
	_, body, _ := get(t, h, "/teams.csv?at=2026-11-18")
	for _, want := range []string{"2026-11-18T11:59:59.999999Z", "2026-11-19T09:59:59.999999Z"} {
		if !strings.Contains(body, want) {
			t.Errorf("no team as of %s in\n%s", want, body)
		}
	}
}

// TestAhead: a moment after the last complete reading is answered as of that reading, and says so.
func TestAhead(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	const until = "2026-11-23T13:00:00Z"
	for _, text := range []string{"2030-01-01", "2026-11-23", "2026-11-23T14:01", "2199-12-31"} {
		_, body, header := get(t, h, "/api/v1/teams/Kubernetes/sprints/23?at="+text)
		if got := sprintAt(t, body).Format(time.RFC3339Nano); got != until || header.Get("Jerem-Asked-At") == "" {
			t.Errorf("%s: as of %s, asked %q", text, got, header.Get("Jerem-Asked-At"))
		}
		for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap",
			"/teams/Kubernetes/issues/K8S-1424"} {
			_, page, _ := get(t, h, address+"?at="+text)
			page = html.UnescapeString(page)
			if !strings.Contains(page, "You asked for ") ||
				!strings.Contains(datesJoined(page), "known until Mon 23 Nov 2026, 14:00") {
				t.Errorf("%s?at=%s: does not say what it shows", address, text)
			}
			if !strings.Contains(page, `data-live="false"`) || strings.Contains(page, `class="live`) {
				t.Errorf("%s?at=%s: pretends to follow the readings", address, text)
			}
			if strings.Contains(page, "day 813") {
				t.Errorf("%s?at=%s: counts days that were not", address, text)
			}
		}
	}
	if _, page, _ := get(t, h, "/teams/Kubernetes"); strings.Contains(page, "You asked for") ||
		!strings.Contains(page, `data-live="true"`) {
		t.Error("the present page: is live, and nothing was asked for")
	}
}

// TestBeforeAll: before anything is known the answer says since when something is.
func TestBeforeAll(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap"} {
		code, page, _ := get(t, h, address+"?at=1990-01-01")
		if code != 200 || !strings.Contains(datesJoined(page), "nothing is known before Mon 21 Sep 2026, 10:00") {
			t.Errorf("%s: %d, does not say since when something is known", address, code)
		}
	}
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/sprints/23", "/teams/Kubernetes/card",
		"/teams/Kubernetes/roadmap", "/teams/Kubernetes/flow"} {
		code, page, _ := get(t, h, address+"?at=1990-01-01")
		if code != 200 || !strings.Contains(textOf(page), "Nothing is known before Mon 21 Sep 2026") ||
			strings.Contains(page, "planned") || strings.Contains(page, "0 issues") ||
			strings.Contains(page, "no epic") {
			t.Errorf("%s: %d, plans and counts what nobody knows", address, code)
		}
	}
	for address, code := range map[string]int{"/teams/Kubernetes/sprints/23": 200, "/teams/Kubernetes/roadmap": 200,
		"/": 200, "/teams/Kubernetes/flow": 200, "/teams/Kubernetes/issues/K8S-1424": 200,
		"/api/v1/teams/Kubernetes/sprints/23": 404} {
		got, body, _ := get(t, h, address+"?with=1990-01-01")
		const line = "You compare with the end of Mon 1 Jan 1990. Kubernetes: nothing is known before Mon 21 " +
			"Sep 2026, 10:00."
		if got != code || strings.Contains(datesJoined(body), line) != (code == 200) ||
			code == 404 && !strings.Contains(body, "with=2026-09-21T08:00:00Z") {
			t.Errorf("%s compared with a moment before all: %d, want %d", address, got, code)
		}
	}
	for _, address := range []string{"/api/v1/teams/Kubernetes/sprints", "/api/v1/teams/Kubernetes/sprints/23",
		"/api/v1/teams/Kubernetes/quarters/Q4-26", "/api/v1/teams/Kubernetes/issues/K8S-1424",
		"/api/v1/explain?figure=slack_days&team=Kubernetes", "/teams/Kubernetes/sprints/23/ledger.csv",
		"/teams/Kubernetes/quarters/Q4-26/epics.csv", "/teams/Kubernetes/quarters/Q4-26/burnup.svg"} {
		separator := "?"
		if strings.Contains(address, "?") {
			separator = "&"
		}
		code, body, _ := get(t, h, address+separator+"at=1990-01-01")
		if code != 404 || !strings.Contains(body, "2026-09-21T08:00:00Z") {
			t.Errorf("%s: %d %.300s", address, code, body)
		}
	}
	if _, body, _ := get(t, h, "/teams.csv?at=1990-01-01"); !strings.Contains(body, "Kubernetes,,,") {
		t.Errorf("a team of which nothing is known has figures:\n%s", body)
	}
}

// TestSpan: both ends of a span are days of the team; a reversed one is refused wherever it lies, and one that begins
// long after the last reading. Who asks for what is new since their last answer is not refused.
func TestSpan(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for query, want := range map[string]int{
		"from=2026-11-19&to=2026-11-19": 200, "from=2026-11-20&to=2026-11-19": 400,
		"from=2031-01-01&to=2030-01-01": 400, "from=2026-11-20&at=2026-11-19": 400,
		"from=2030-01-01": 400, "from=2030-01-01&to=2031-01-01": 400, "from=2030-01-01&team=Kubernetes": 400,
		"from=0001-01-01&to=2199-12-31": 200, "from=noon": 400, "to=2200-01-01": 400,
		"from=-1":       400,
		"to=٢٠٢٦-11-19": 400,
	} {
		if code, body, _ := get(t, h, "/api/v1/series?class=xyz&"+query); code != want {
			t.Errorf("%s: %d, want %d: %.200s", query, code, want, body)
		}
	}
	_, day, _ := get(t, h, "/api/v1/series?class=remaining&from=2026-11-19&to=2026-11-19")
	_, same, _ := get(t, h, "/api/v1/series?class=remaining&from=2026-11-18T23:00:00Z&to=2026-11-19T22:59:59.999999Z")
	if day != same || len(day) < 100 {
		t.Errorf("a day is not the team's:\n%.300s\n%.300s", day, same)
	}
}
