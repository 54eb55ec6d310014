package sync

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/translate"
	"jerem/measure"
	"jerem/sync/synctest"
)

// TestFormerTasks: an issue that became a sub-task shows the sprints that its parent has now. It stands in none of them
// before, and the sprints of that time say what they lack; so does what an older version derived, without Jira.
func TestFormerTasks(t *testing.T) {
	const small = `-- K8S-120 Task "A part of it" --
2026-10-06 10:00 created points=4
2026-10-20 10:00 type=Sub-task parent=K8S-103
-- K8S-121 Task "Another part" --
2026-10-06 10:00 created points=4
2026-10-14 10:00 sprint=21
2026-10-20 11:00 type=Sub-task parent=K8S-103
`
	conf := synctest.Team("K8S", 0)
	r, _ := livingRig(t, synctest.SmallTeam+small, conf)
	team := r.collect(t, conf)
	check := func(what string) {
		t.Helper()
		former, _ := team.Index.Lookup("K8S-120")
		told, _ := team.Index.Lookup("K8S-121")
		before := time.Date(2026, 10, 20, 7, 59, 59, 0, time.UTC)
		if now := former.Sprints.Last(); !slices.Equal(now, []int64{22}) || former.Sprints.At(before) != nil ||
			former.Broken[agile.UntoldSprints] != 1 {
			t.Errorf("%s: sprints %v, broken %v", what, former.Sprints, former.Broken)
		}
		if !slices.Equal(told.Sprints.At(before), []int64{21, 22}) || told.Broken.Total() != 0 {
			t.Errorf("%s: sprints %v, broken %v", what, told.Sprints, told.Broken)
		}
		const reason = "no change tells the sprints of 1 issue before it became a sub-task: K8S-120"
		for id, want := range map[int64]bool{21: true, 22: true} {
			s, err := team.Sprint(id, team.Now())
			if err != nil || slices.Contains(s.Quality.Reasons, reason) != want {
				t.Errorf("%s: sprint %d: %v, %v", what, id, s.Quality, err)
			}
		}
		q := team.Quarter(measure.QuarterName{Number: 4, Year: 2026}, team.Now())
		if reasons := q.QualityOf("velocity").Reasons; !slices.Contains(reasons, reason) {
			t.Errorf("%s: the velocity is told with %v", what, reasons)
		}
	}
	check("read")
	former, _ := team.Index.Lookup("K8S-120")
	spoiled := *former
	spoiled.Sprints, spoiled.Broken = agile.Constant(spoiled.Created, []int64{22}), nil
	putIssue(t, r.reader.Store, &spoiled)
	if err := r.reader.Store.Checkpoints.SetTranslation(t.Context(), translate.Version-1); err != nil {
		t.Fatal(err)
	}
	team = r.collect(t, conf)
	check("derived again")
}
