package issuehistory_test

import (
	"testing"

	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// openSprint is the setup of a sprint that runs.
const openSprint = "sprint 1 S1 active 2026-11-09T09:00 2026-11-20T17:00 - 2026-11-09T09:00\n"

// TestIssuesOfOthers: an issue that is read only since an epic of another team holds an issue of this one is told by
// its own team alone, whoever asks: neither the issue nor its epic, its sub-task, a sum or a forecast of that epic.
// What stands in the team's sprints and epics is the team's, whichever project it is of.
func TestIssuesOfOthers(t *testing.T) {
	h := storytest.Read(t, openSprint, `K-1 2026-11-10T10:00 epic=OB-1
K-2 2026-11-10T10:00 type=epic
K-3 2026-11-10T10:00
K-4 2026-11-10T10:00 type=sub parent=OB-6 project=20
K-5 2026-11-10T10:00
  2026-11-12T10:00 project=20 key=OB-9
OB-1 2026-11-10T10:00 type=epic project=20
OB-2 2026-11-10T10:00 epic=OB-1 project=20 points=5
OB-3 2026-11-10T10:00 epic=K-2 project=20
OB-4 2026-11-10T10:00 sprint=1 project=20
OB-5 2026-11-10T10:00 type=sub parent=OB-4 project=20
OB-6 2026-11-10T10:00 epic=OB-1 project=20
OB-7 2026-11-10T10:00 type=sub parent=OB-2 project=20
OB-8 2026-11-10T10:00 sprint=99 project=20`)
	team := measure.Of(h)
	now := storytest.ParseTime(t, "2026-11-16T12:00")
	for key, own := range map[string]bool{"K-1": true, "K-2": true, "K-3": true, "K-5": true, "OB-9": true,
		"OB-3": true, "OB-4": true, "OB-5": true,
		"OB-1": false, "OB-2": false, "OB-6": false, "K-4": false, "OB-7": false, "OB-8": false} {
		_, told := issuehistory.Of(team, key, now)
		_, state := issuehistory.StateOf(team, key, now)
		_, found := team.Lookup(key)
		if told != own || state != own || found != own {
			t.Errorf("%s is the team's: %v; it is told: %v, its state: %v, it is found: %v", key, own, told, state,
				found)
		}
	}
	for epic, own := range map[string]bool{"K-2": true, "OB-1": false} {
		if _, _, _, told := measure.EpicAlone(team, epic, now); told != own {
			t.Errorf("the sum of %s is told: %v", epic, told)
		}
		_, err := outlook.Ask(team, outlook.Question{Epic: epic}, now)
		if told := err == nil; told != own {
			t.Errorf("the forecast of %s is told: %v (%v)", epic, told, err)
		}
	}
}

// TestIssuesBesideFilter: of a team that is a part of a project, issues of the other parts are no more the team's than
// those of other projects, but what stands in its epics.
func TestIssuesBesideFilter(t *testing.T) {
	const issues = `K-1 2026-11-10T10:00 team=Metal
K-2 2026-11-10T10:00 team=Cloud
K-3 2026-11-10T10:00 type=epic team=Metal
K-4 2026-11-10T10:00 epic=K-3 team=Cloud
K-6 2026-11-10T10:00 team=Cloud sprint=1`
	for name, setup := range map[string]string{"a Team field": "works Metal", "a filter": "matches 1,3"} {
		h := storytest.Read(t, openSprint+setup, issues)
		team := measure.Of(h)
		for key, own := range map[string]bool{"K-1": true, "K-2": false, "K-4": true, "K-6": false} {
			if _, told := issuehistory.Of(team, key, storytest.ParseTime(t, "2026-11-16T12:00")); told != own {
				t.Errorf("by %s %s is the team's: %v, is told: %v", name, key, own, told)
			}
		}
	}
}
