package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
	"jerem/web/webtest"
)

// looseWorld has two teams without a quarter: one with epics, another one without.
const looseWorld = `Epics without a quarter.

-- site --
url https://jira.example
zone Europe/Paris
clock 2026-11-23 14:00

-- board 1 kanban LOO "Loose" --
column "To Do": open
column "Done": done

-- board 2 kanban NON "None" --
column "To Do": open
column "Done": done

-- LOO-1 Epic "Done already" --
2026-09-21 10:00 created

-- LOO-2 Epic "Private clusters" --
2026-09-21 10:00 created labels=2026-Q4

-- LOO-3 Epic "Nothing in it" --
2026-09-21 10:00 created

-- LOO-4 Story "One" --
2026-09-22 10:00 created epic=LOO-1
2026-10-22 10:00 status=done

-- LOO-5 Story "Two" --
2026-09-22 10:00 created epic=LOO-2
2026-10-22 10:00 status=done

-- LOO-6 Story "Three" --
2026-09-22 10:00 created epic=LOO-2

-- LOO-7 Epic "Of a past quarter" --
2026-11-20 10:00 created
2026-11-23 10:00 labels=Q3-26

-- NON-1 Story "Alone" --
2026-09-22 10:00 created
`

// TestEpicsWithoutQuarter: a quarter without epics tells the epics that belong to none, those with work left first,
// each with how far it is, and which key of the configuration tells quarters; not where some epic has one, or there is
// no epic.
func TestEpicsWithoutQuarter(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, []byte(looseWorld), webtest.Team("Loose", "LOO"), webtest.Team("None", "NON"))
	pageAt := func(address string) string {
		code, page, _ := get(t, h, address)
		if code != http.StatusOK {
			t.Fatalf("%s: %d", address, code)
		}
		return webtest.Compact(mainOf(t, page))
	}
	before := pageAt("/teams/Loose/roadmap?at=2026-11-22")
	for _, want := range []string{"4 epics, 1 done", "1 of 2 issues", "1 of 1 issue", "no issue belongs to it",
		"by: fix_version", "fix_version or due_date instead"} {
		if !strings.Contains(before, want) {
			t.Errorf("the roadmap does not tell %q:\n%s", want, before)
		}
	}
	var keys []string
	for _, found := range regexp.MustCompile(`>(LOO-\d)</a>`).FindAllStringSubmatch(before, -1) {
		keys = append(keys, found[1])
	}
	if got := strings.Join(keys, " "); got != "LOO-2 LOO-1 LOO-3 LOO-7" {
		t.Errorf("the epics are in the order %s", got)
	}
	if want := `href="/teams/Loose/epics-without-quarter.csv?at=2026-11-22"`; !strings.Contains(before, want) {
		t.Errorf("the epics are not offered as CSV: %s", want)
	}
	_, text, _ := get(t, h, "/teams/Loose/epics-without-quarter.csv?at=2026-11-22")
	if rows := strings.Split(strings.TrimSpace(text), "\n"); len(rows) != 5 ||
		!strings.Contains(rows[1], "LOO-2,") || !strings.HasSuffix(strings.TrimSpace(rows[1]), ",2,1,2,1,0,1,,issues") {
		t.Errorf("the table of epics is\n%s", text)
	}
	opens := regexp.MustCompile(`href="(/explain[^"]*)"`).FindAllStringSubmatch(before, -1)
	if len(opens) != 2 {
		t.Fatalf("%d sums open", len(opens))
	}
	for _, one := range opens {
		pageAt(strings.ReplaceAll(one[1], "&amp;", "&"))
	}
	if now := pageAt("/teams/Loose/roadmap?quarter=Q4-26"); !strings.Contains(now, "3 epics, 1 done") ||
		strings.Contains(now, "fix_version") {
		t.Errorf("an epic of a quarter is told, or how to tell one:\n%s", now)
	}
	if none := pageAt("/teams/None/roadmap"); !strings.Contains(none, "The team has no epic") ||
		strings.Contains(none, "fix_version") {
		t.Errorf("a team without epics:\n%s", none)
	}
}
