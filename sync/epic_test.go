package sync

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/investment"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestEpicSetLater: an issue belongs to an epic from the moment on at which it was put there. The older link shows
// the present epic too, without any change of its own; it must not be taken for a value from the creation.
func TestEpicSetLater(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	r, _ := livingRig(t, `-- board 1 scrum K8S "Kubernetes" --
-- sprints --
-- K8S-1 Epic "First" --
2026-10-01 10:00 created labels=Q4-26
-- K8S-2 Epic "Second" --
2026-10-01 10:00 created labels=Q4-26
-- K8S-3 Story "Without an epic at first" --
2026-10-05 10:00 created points=3
2026-10-12 10:00 epic=K8S-1
2026-10-19 10:00 epic=K8S-2
2026-10-26 10:00 epic=none
`, conf)
	team := r.collect(t, conf)
	for _, x := range []struct {
		day           int
		first, second float64
	}{{6, 0, 0}, {13, 3, 0}, {20, 0, 3}, {26, 0, 0}} {
		q := team.Quarter(
			measure.QuarterName{Number: 4, Year: 2026},
			time.Date(2026, 10, x.day, 12, 0, 0, 0, time.UTC),
		)
		if q.Epics[0].Total != x.first || q.Epics[1].Total != x.second {
			t.Errorf(
				"on %d October: %v and %v, want %v and %v",
				x.day,
				q.Epics[0].Total,
				q.Epics[1].Total,
				x.first,
				x.second,
			)
		}
	}
	// As long as it stands in an epic the present link mirrors the parent.
	r, c := livingRig(t, `-- site --
clock 2026-10-20 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
-- K8S-1 Epic "First" --
2026-10-01 10:00 created labels=Q4-26
-- K8S-3 Story "Without an epic at first" --
2026-10-05 10:00 created points=3
2026-10-12 10:00 epic=K8S-1
`, conf)
	team = r.collect(t, conf)
	if q := team.Quarter(measure.QuarterName{Number: 4, Year: 2026}, time.Date(2026, 10, 6, 12, 0, 0, 0,
		time.UTC)); q.Total != 0 {
		t.Errorf("at %v it counted %v points before it stood in the epic", c.Now(), q.Total)
	}
}

// epicsElsewhere is a story of two teams: work of the first stands in epics of the other's project. OPS-1 moved there
// after the work was created, one epic was set later, and one issue has a sub-task.
const epicsElsewhere = `-- site --
clock 2026-11-20 12:00
-- board 1 scrum AA "First" --
-- board 2 scrum OPS "Second" --
-- sprints --
-- OPS-1 Epic "Cloud" --
2026-10-01 10:00 created labels=Q4-26,Project_Cloud
-- OPS-2 Epic "Network" --
2026-10-01 10:00 created labels=Project_Network
-- AA-9 Epic "Moves" --
2026-10-01 10:00 created labels=Q4-26,Project_Moved
2026-11-02 10:00 move=OPS-9
-- AA-2 Story "Created in the epic" --
2026-10-02 10:00 created points=3 epic=OPS-1
2026-10-05 12:00 log 2h
2026-10-06 10:00 status=Done
-- AA-3 Story "Put there later" --
2026-10-02 10:00 created points=2
2026-10-03 10:00 epic=OPS-2
2026-10-05 12:00 log 1h
2026-10-07 10:00 status=Done
-- AA-4 Sub-task "Of the first" --
2026-10-02 10:00 created parent=AA-2
2026-10-06 12:00 log 30m
-- AA-5 Story "Of the epic that moves" --
2026-10-02 10:00 created points=5 epic=AA-9 labels=dependency
2026-10-08 12:00 log 4h
2026-10-09 10:00 status=Done
-- AA-6 Story "Of none" --
2026-10-02 10:00 created points=8
2026-10-08 12:00 log 8h
2026-10-09 10:00 status=Done
`

// TestEpicsOfOtherProjects: what stands in an epic of another team's project is work of its initiative, in Cloud, where
// an issue names its epic by id, as in Data Center, where one that was created in an epic names it by key alone.
func TestEpicsOfOtherProjects(t *testing.T) {
	testrun.SkipInShort(t)
	teams := []agile.Team{synctest.Team("AA", 1), synctest.Team("OPS", 2)}
	alone := teams[:1] // nobody reads the other's project
	everything := map[bool]string{}
	for _, isDataCenter := range []bool{false, true} {
		r, c := livingRig(t, epicsElsewhere, teams...)
		if isDataCenter {
			r.asDataCenter(t, synctest.StorySite(t, epicsElsewhere), jirasim.DataCenterOptions{}, c.Now)
		}
		team := r.collect(t, teams[0])
		var rows []string
		for _, row := range investment.Of(team, team.Now(), 1)[0].Rows {
			if row.Kind == investment.ByInitiative && row.Name != nil {
				rows = append(rows, fmt.Sprintf("%s %v points %v h", *row.Name, row.Estimate,
					float64(row.Seconds)/3600))
			}
		}
		slices.Sort(rows)
		const want = "Cloud 3 points 2.5 h, Moved 5 points 4 h, Network 2 points 1 h"
		if got := strings.Join(rows, ", "); got != want {
			t.Errorf("Data Center %v: %s, want %s", isDataCenter, got, want)
		}
		for _, conf := range teams {
			everything[isDataCenter] += told(t, r.kept(t, conf))
		}
		if told := doubtedInitiatives(team); told != "" {
			t.Errorf("Data Center %v: %s", isDataCenter, told)
		}
		r, c = livingRig(t, epicsElsewhere, alone...)
		if isDataCenter {
			r.asDataCenter(t, synctest.StorySite(t, epicsElsewhere), jirasim.DataCenterOptions{}, c.Now)
		}
		team = r.collect(t, alone[0])
		// AA-2 with its sub-task, AA-3 and AA-5
		if told := doubtedInitiatives(team); !strings.HasPrefix(told, "4 issues of an epic that is not read") {
			t.Errorf("Data Center %v: %s, want 4 issues of epics that are not read", isDataCenter, told)
		}
	}
	if everything[true] != everything[false] {
		t.Error(synctest.FirstDifference(everything[true], everything[false]))
	}
}

// doubtedInitiatives tells what is to be said against the time of the present quarter by initiative.
func doubtedInitiatives(team *measure.Team) string {
	mix := investment.Of(team, team.Now(), 1)[0]
	return strings.Join(mix.QualityOf("mix.seconds.initiative").Reasons, "; ")
}
