package sync

import (
	"fmt"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestGoalsAreLeftOut: the goals of sprints are not kept where they are not wanted, those kept before go, and no row is
// taken for a damaged one then.
func TestGoalsAreLeftOut(t *testing.T) {
	site, err := jirasim.LoadScenario("story", []byte(`-- site --
clock 2026-10-05 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00
-- K8S-1 Story "First" --
2026-10-01 10:00 created points=3 sprint=1
`))
	if err != nil {
		t.Fatal(err)
	}
	conf := synctest.Team("K8S", 0)
	r := newRig(t, site, conf)
	read := func(without bool) (goals []string) {
		r.restart(t)
		r.warped(t, site, "/board/1/sprint", func(answer map[string]any) {
			answer["values"].([]any)[0].(map[string]any)["goal"] = "Ann ships it"
		})
		r.reader.Jira.WithoutGoals = without
		for _, v := range r.collect(t, conf).History().Sprints[0].Versions {
			goals = append(goals, v.Goal)
		}
		return goals
	}
	for n, want := range []string{`["Ann ships it"]`, `[""]`, `[""]`, `["Ann ships it"]`, `[""]`} {
		if got := fmt.Sprintf("%q", read(n%3 != 0)); got != want {
			t.Errorf("reading %d: the goals are %s, want %s", n, got, want)
		}
	}
}
