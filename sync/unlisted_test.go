package sync

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/flow"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// leavingStory is a story of a team of which a story and an epic move to a project that nobody reads, and a story of
// that project leaves the team's epic.
const leavingStory = `-- site --
clock 2026-10-20 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-09 17:00 closed 2026-10-09 17:30 board=1
-- AA-1 Epic "Plan" --
2026-10-01 10:00 created labels=Q4-26
-- AA-2 Story "Moves" --
2026-10-01 10:00 created points=2
2026-10-06 10:00 status="In Progress"
2026-10-13 10:00 move=OB-2
-- AA-3 Epic "Moves too" --
2026-10-01 10:00 created labels=Q4-26
2026-10-13 10:00 move=OB-3
2026-10-14 10:00 move=AA-9
-- AA-4 Story "Stays" --
2026-10-01 10:00 created points=8 epic=AA-3
-- OB-1 Story "Stood under the epic" --
2026-10-01 10:00 created points=5 epic=AA-1
2026-10-13 10:00 epic=none
`

// TestUnlistedIsTold: what moved to a project that nobody reads, or left an epic, is known to an older store alone:
// past figures that count it say so, those of after it do not, and neither does a fresh store, which counts none of it.
func TestUnlistedIsTold(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("AA", 1)
	r, clock := livingRig(t, leavingStory, conf)
	before := time.Date(2026, 10, 12, 12, 0, 0, 0, time.UTC)
	name := measure.QuarterName{Number: 4, Year: 2026}
	clock.Set(before)
	r.collect(t, conf)
	for hour := range 3 {
		clock.Set(time.Date(2026, 10, 13, 12+hour, 0, 0, 0, time.UTC))
		r.restart(t)
		team := r.collect(t, conf)
		const want = "2 issues of other projects are known from earlier readings alone, for no question lists them " +
			"any more: OB-1, OB-3"
		q := team.Quarter(name, before)
		if got := q.QualityOf("total").Reasons; q.Total != 13 || !slices.Contains(got, want) {
			t.Errorf("the quarter as of before: %v %q", q.Total, got)
		}
		from, to := flow.DefaultDates(team, clock.Now())
		f := strings.Join(flow.Measure(team, clock.Now(), from, to).Quality.Reasons, "; ")
		if !strings.Contains(f, "1 issue of another project is known from earlier readings alone") {
			t.Errorf("the flow, whose window holds the time before: %s", f)
		}
	}
	clock.Set(time.Date(2026, 10, 14, 12, 0, 0, 0, time.UTC))
	back := "1 issue of another project is known from earlier readings alone, for no question lists it any more: OB-1"
	if got := r.collect(t, conf).Quarter(name, before).QualityOf("total").Reasons; !slices.Contains(got, back) {
		t.Errorf("when the epic is back: %q", got)
	}
	fresh, other := livingRig(t, leavingStory, conf)
	other.Set(clock.Now())
	q := fresh.collect(t, conf).Quarter(name, before)
	if got := strings.Join(q.QualityOf("total").Reasons, "; "); q.Total != 8 || strings.Contains(got, "earlier") {
		t.Errorf("a fresh store tells %v %s", q.Total, got)
	}
}
