package sync

import (
	"testing"
	"time"

	"jerem/measure"
	"jerem/sync/synctest"
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
