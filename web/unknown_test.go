package web

import (
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/web/sprint/days"
)

// bare is a team of which little can be told: an empty sprint, one whose only issue has no estimate, one where time is
// logged on an impediment alone, one whose year was mistyped, and an epic without an estimate.
const bare = `A team of which little can be told.

-- site --
url https://jira.example
title "Bare Jira"
zone Europe/Paris
clock 2026-11-23 14:00

-- fields --
nature customfield_11028 select "Nature of impediment" Support Incident

-- board 1 scrum BARE "Bare" --
estimate customfield_10036
column "To Do": open
column "In Progress": doing
column "Done": done

-- sprints --
1 "Empty" 2026-10-19 09:30 .. 2026-10-30 17:00 closed 2026-10-30 17:12 board=1 created 2026-10-12 10:00
2 "Unestimated" 2026-11-02 09:30 .. 2026-11-13 17:00 closed 2026-11-13 17:20 board=1 created 2026-10-26 10:00
3 "Mistyped" 2026-11-16 09:30 .. 2062-11-27 17:00 board=1 created 2026-11-09 10:00

-- BARE-1 Epic "Something" --
2026-09-21 10:00 created labels=Q4-26

-- BARE-2 Story "Nobody knows how large" --
2026-10-05 10:00 created sprint=2 epic=BARE-1
2026-11-03 10:30 status=doing

-- BARE-3 Task "Incident" --
2026-11-17 10:00 created labels=impediment
2026-11-17 12:00 log 2h

-- BARE-4 Story "Known" --
2026-10-05 10:00 created sprint=3 points=5
`

// mainOf is what a page says, without its explanations.
func mainOf(t *testing.T, page string) string {
	t.Helper()
	_, body, _ := strings.Cut(page, `<main`)
	return regexp.MustCompile(`(?s)<aside.*?</aside>`).ReplaceAllString(body, "")
}

func bareTeam() agile.Team {
	one := team("Bare", "BARE")
	one.Sprint.Budget = 0
	return one
}

// TestUnknown: what cannot be told is a dash and a reason: no bar, no share, no verdict.
func TestUnknown(t *testing.T) {
	h := serve(t, []byte(bare), bareTeam())
	for address, c := range map[string]struct{ says, never []string }{
		"/teams/Bare/sprints/1": {
			[]string{"No issue stands in this sprint", "no time is logged in the sprint"},
			[]string{"nothing is missing", "on the ideal line", "0 of 0", `class="meter"`,
				"svg class=\"chart\" height=\"336\""}},
		"/teams/Bare/sprints/2": {
			[]string{"1 issue in this sprint, none with an estimate", "of 1 issue is done",
				"counts an issue without an estimate as 0",
				"No day has an amount to tell: 1 issue in this sprint, none with an estimate"},
			[]string{"Nothing was completed", "on the ideal line", "0 of 0", "0 committed", "nothing is missing"}},
		"/teams/Bare/sprints/3": {
			[]string{"no budget is set", "time is logged on impediments alone: there is nothing to compare with",
				"longer than 400 days"},
			[]string{"100\u202f%</a> <small>of time", "time of impediments"}},
		"/teams/Bare/roadmap": {[]string{"Nothing is estimated in the epics of Q4-26 yet"},
			[]string{"on track", "at risk", ">late<", "0 of 0", `svg class="chart"`, `class="meter"`}},
		"/": {[]string{"Nothing is estimated in the epics of Q4-26 yet", "nothing is estimated yet"},
			[]string{"on track", "at risk", "0\u202f% done", "0 of 0", `class="meter"`, "state good", "state warn",
				"state bad", `class="shape`}},
	} {
		code, page, _ := get(t, h, address)
		page = mainOf(t, page)
		if code != 200 {
			t.Errorf("%s: %d", address, code)
		}
		for _, want := range c.says {
			if !strings.Contains(regexp.MustCompile(`<[^>]+>`).ReplaceAllString(page, ""), want) {
				t.Errorf("%s does not say %q", address, want)
			}
		}
		for _, bad := range c.never {
			if strings.Contains(page, bad) {
				t.Errorf("%s says %q", address, bad)
			}
		}
	}
	// the forecast alone may say that it cannot tell: in its own table and tiles, with a dash for odds and dates
	for _, address := range []string{"/", "/teams/Bare/roadmap"} {
		_, page, _ := get(t, h, address)
		_, page, _ = strings.Cut(page, "<main")
		rest, _ := withoutForecast(page)
		if !strings.Contains(page, "cannot tell") || strings.Contains(rest, ">cannot tell<") {
			t.Errorf("%s: the forecast does not say that it cannot tell, or something else says so", address)
		}
	}
	_, page, _ := get(t, h, "/")
	odds := forecastSpeaks[0].FindString(page)
	if dashes := strings.Count(odds, `href="#explain-odds-team-0">–</a>`); dashes != 2 {
		t.Errorf("odds and date of a team without a forecast: %d dashes: %s", dashes, odds)
	}
	if code, _, _ := get(t, h, "/teams/Bare/sprints/1/burndown.svg"); code != 404 {
		t.Errorf("an empty drawing is sent with %d", code)
	}
}

// TestLongSprint: a year that was mistyped makes a drawing of 400 days, not of 13,000.
func TestLongSprint(t *testing.T) {
	h := serve(t, []byte(bare), bareTeam())
	_, page, _ := get(t, h, "/teams/Bare/sprints/3")
	path := regexp.MustCompile(`d="([^"]*)" class="p s-ideal"`).FindStringSubmatch(page)
	if path == nil {
		t.Fatal("no ideal line is drawn")
	}
	if n := strings.Count(path[1], "L"); n < 100 || n > 2*days.LongestAxis {
		t.Errorf("the ideal line has %d points", n)
	}
	if n := strings.Count(page, `class="off"`); n > days.LongestAxis {
		t.Errorf("%d cells of days off", n)
	}
	if len(page) > 300_000 {
		t.Errorf("the page has %d bytes", len(page))
	}
}

// Where the forecast speaks: its table of odds, its tiles, its cells in the table of epics with their note, the drawers
// of its odds, and the sentence of a page where it opens what the forecast tells.
var forecastSpeaks = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<table class="cells odds" id="odds">.*?</table>\s*</div>\s*<p class="note">.*?</p>`),
	regexp.MustCompile(`(?s)<dl class="tiles n\d told">.*?</dl>`),
	regexp.MustCompile(`(?s)<td class="r likely half".*?</td>`),
	regexp.MustCompile(`(?s)<article class="card c5" id="what-if"[^>]*>.*?</article>`),
	regexp.MustCompile(`(?s)<aside class="drawer" id="explain-(odds|epic)-?.*?</aside>`),
	regexp.MustCompile(`(?s)<h1 class="sentence">[^\n]*href="#explain-odds[^\n]*</h1>`),
}

// withoutForecast is a page without what the forecast tells on it, and tells how many such pieces there are.
func withoutForecast(page string) (rest string, pieces int) {
	for _, piece := range forecastSpeaks {
		pieces += len(piece.FindAllString(page, -1))
		page = piece.ReplaceAllString(page, "")
	}
	return page, pieces
}

// verdicts are the words and the colours of a verdict.
var verdicts = []string{"on track", "On track", "at risk", "At risk", "unlikely", ">cannot tell<", ">late",
	"state good", "state bad",
	"state warn", "i-bad", "i-warn", ",late,", `class="good`, `class="bad`}

// TestNoVerdict: slack is told as days in ink; no page and no file makes a verdict of it, only the forecast says one.
func TestNoVerdict(t *testing.T) {
	h := serve(t, story(t), company()...)
	for address, speaks := range map[string]bool{"/": true, "/teams/Kubernetes/roadmap": true,
		network + "/roadmap":   true,
		databases + "/roadmap": true, "/teams/Kubernetes/roadmap?at=2027-02-01&quarter=Q4-26": true,
		"/?at=2026-10-20": true, "/teams.csv": false, "/initiatives.csv": false} {
		_, page, _ := get(t, h, address)
		_, page, _ = strings.Cut(page, "<main") // the signs are defined above it
		if strings.HasSuffix(address, ".csv") {
			_, page, _ = get(t, h, address)
		}
		page = regexp.MustCompile(`(?s)<p class="notice.*?</p>`).ReplaceAllString(page, "")
		page, pieces := withoutForecast(page)
		if pieces > 0 != speaks {
			t.Errorf("%s: %d pieces of the forecast are found", address, pieces)
		}
		for _, bad := range verdicts {
			if i := strings.Index(page, bad); i >= 0 {
				t.Errorf("%s says %q: %q", address, bad, page[max(0, i-80):min(len(page), i+60)])
			}
		}
	}
	_, page, _ := get(t, h, "/teams/Kubernetes/roadmap")
	for _, want := range []string{"&#43;15</a>", "29 left − 14 needed at the usual pace, scope held still"} {
		if !strings.Contains(page, want) {
			t.Errorf("the roadmap does not say %q", want)
		}
	}
	_, page, _ = get(t, h, "/")
	if want := `href="/teams/Kubernetes/roadmap?quarter=Q4-26#explain-slack" class="fig">&#43;15</a><br><small>29 ` +
		`left, 14 needed</small>`; !strings.Contains(page, want) {
		t.Errorf("the portfolio does not say %q", want)
	}
}

// TestKanbanPage: a team without sprints has its impediments, their natures and its quarter on its page.
func TestKanbanPage(t *testing.T) {
	h := serve(t, story(t), company()...)
	code, page, _ := get(t, h, "/teams/Observability")
	words := regexp.MustCompile(`<[^>]+>`).ReplaceAllString(mainOf(t, page), "")
	for _, want := range []string{"A Kanban board has no sprints", "1 impediment in the last",
		"Why: natures, hours and count", "Impediments of the last four weeks", "OB-2", "100\u202f% of Q4-26 is done"} {
		if !strings.Contains(words, want) {
			t.Errorf("%d: the page does not say %q", code, want)
		}
	}
	for _, id := range []string{"impediments", "unplanned", "progression", "remaining"} {
		if !strings.Contains(page, `href="#explain-`+id+`"`) || !strings.Contains(page, `id="explain-`+id+`"`) {
			t.Errorf("the figure %s does not open", id)
		}
	}
	_, portfolio, _ := get(t, h, "/")
	if want := `<a class="fig" href="/teams/Observability#explain-impediments">no time</a><br><small>1 issue in ` +
		`four weeks</small>`; !strings.Contains(portfolio, want) {
		t.Errorf("the portfolio does not say %s", want)
	}
	if strings.Contains(page, "in the sprint") || strings.Contains(page, "this sprint") {
		t.Error("the page of a team without sprints tells of a sprint")
	}
}
