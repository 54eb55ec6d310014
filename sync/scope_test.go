package sync

import (
	"strings"
	"testing"
	"time"

	"jerem/check"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// foreign is a story of two teams, where an issue of the one is lent to a sprint of the other.
const foreign = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum K8S "Kubernetes" --
-- board 2 scrum OB "Object storage" --
-- sprints --
21 "Sprint 21" 2026-10-05 09:00 .. 2026-10-23 17:00 board=1
31 "Storage 31" 2026-10-05 09:00 .. 2026-10-23 17:00 board=2
-- K8S-1 Story "Own work" --
2026-10-01 10:00 created points=3 sprint=21
-- K8S-2 Story "Lent" --
2026-10-01 10:00 created points=5 sprint=31
-- OB-1 Story "Theirs" --
2026-10-01 10:00 created points=8 sprint=31
-- OB-2 Story "Borrowed" --
2026-10-01 10:00 created points=2 sprint=21
`

// TestSprintsOfOthers: a board that lists the sprints of another team does not make that team's issues its own.
func TestSprintsOfOthers(t *testing.T) {
	site, err := jirasim.LoadScenario("foreign", []byte(foreign))
	if err != nil {
		t.Fatal(err)
	}
	conf := synctest.Team("K8S", 1)
	r := newRig(t, site, conf)
	summaries, err := r.reader.Collect(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if s := summaries[0]; s.Issues != 3 || s.Sprints != 1 {
		t.Errorf("%d issues and %d sprints, want 3 and 1", s.Issues, s.Sprints)
	}
	state, err := r.reader.Store.Teams.State(t.Context(), "K8S")
	if err != nil || len(state.Others) != 1 {
		t.Errorf("issues of others: %v %v", state.Others, err)
	}
	found := ""
	for _, f := range check.Run(t.Context(), r.reader.Jira, r.reader.Teams, time.Now()) {
		if f.Part == "sprints" {
			found = f.Found
		}
	}
	if !strings.HasPrefix(found, "1:") {
		t.Errorf("check tells the sprints %q", found)
	}
}
