package web

import (
	"strings"
	"testing"

	"jerem/testrun"
	"jerem/web/webtest"
)

// bareWorld has a closed sprint without issues, a running one without estimates, and a quarter that is to come.
const bareWorld = `Sprints with little in them.

-- site --
url https://jira.example
zone Europe/Paris
clock 2026-11-23 14:00

-- board 1 scrum BAR "Bare" --
estimate customfield_10036
column "To Do": open
column "Done": done

-- sprints --
1 "Empty" 2026-11-02 09:30 .. 2026-11-13 17:00 closed 2026-11-13 17:12 created 2026-10-26 10:00
2 "Bare" 2026-11-16 09:30 .. 2026-11-27 17:00 created 2026-11-09 10:00

-- BAR-1 Epic "To come" --
2026-09-21 10:00 created labels=Q1-27

-- BAR-2 Story "One" --
2026-11-10 10:00 created sprint=2

-- BAR-3 Story "Two" --
2026-11-10 10:00 created sprint=2
2026-11-18 10:00 status=done

-- BAR-4 Story "Later" --
2026-11-10 10:00 created points=5 epic=BAR-1
`

// TestWordsWithoutAmounts: lists without an estimate are told in issues, an empty one by a word and not by zeros; where
// nothing differs no table stands empty; before a quarter begins no empty axes are drawn.
func TestWordsWithoutAmounts(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, []byte(bareWorld), webtest.Team("Bare", "BAR"))
	for _, one := range []struct{ address, wanted, unwanted string }{
		{"/sprints/1", "No issue that was read was in it", "0 points completed"},
		{"/sprints/2", "1 issue completed, 1 issue not completed", "0 points not completed"},
		{"/issues/BAR-3?at=2026-11-20&with=2026-11-19", "No figure differs from", `id="changed"`},
		{"/roadmap?quarter=Q1-27", "The quarter has not begun", `id="t-burnup"`},
	} {
		_, page, _ := get(t, h, "/teams/Bare"+one.address)
		main := mainOf(t, page)
		text := strings.Join(strings.Fields(tags.ReplaceAllString(main, "")), " ")
		if !strings.Contains(text, one.wanted) || strings.Contains(main+text, one.unwanted) {
			t.Errorf("%s: wants %q, without %q:\n%s", one.address, one.wanted, one.unwanted, text)
		}
	}
}
