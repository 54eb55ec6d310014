package sync

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/sync/synctest"
)

// TestDaysOffAreNoted: the days off of the configuration are kept with the reading by which they were first known.
func TestDaysOffAreNoted(t *testing.T) {
	conf := synctest.Team("AA", 1)
	r, c := livingRig(t, aroundTeam, conf)
	first := c.Now()
	r.collect(t, conf)
	conf.Calendar.DaysOff = "FR 2026-12-24"
	r.reader.Teams = []agile.Team{conf}
	c.Set(first.Add(time.Hour))
	team := r.collect(t, conf)
	want := []agile.DaysOffVersion{{Seen: first, Text: ""}, {Seen: first.Add(time.Hour), Text: "FR 2026-12-24"}}
	if diff := cmp.Diff(want, team.History().DaysOff); diff != "" {
		t.Error(diff)
	}
}
