package timeseries

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestDigestsAreTakenOver: after changes the digests are those that are made of all issues, and the changed issues alone
// are read for them.
func TestDigestsAreTakenOver(t *testing.T) {
	h := storytest.BigHistoryOf(400)
	team := measure.Of(h)
	noons := forecastNoons(team, h.Until)
	var kept digests
	before := kept.at(team, noons)
	if kept.read != len(team.Index.Issues) {
		t.Fatalf("%d issues are read, want %d", kept.read, len(team.Index.Issues))
	}
	for n, change := range []func(*agile.Issue){
		func(i *agile.Issue) { i.Status = i.Status[:3] },
		func(i *agile.Issue) {
			i.Labels = append(slices.Clone(i.Labels), agile.Step[[]string]{From: i.Created.Add(time.Hour),
				Order: 99, Value: []string{"Q1-25"}})
		},
		func(*agile.Issue) {},
	} {
		next := *h
		next.Until = h.Until.Add(time.Minute)
		next.Issues = slices.Clone(h.Issues)
		place := 100 + n
		changed := *next.Issues[place]
		change(&changed)
		next.Issues[place] = &changed
		next.Worklogs = append(slices.Clone(h.Worklogs), agile.Worklog{ID: int64(n + 1), Issue: changed.ID, Seconds: 60,
			Started: changed.Created.Add(time.Hour), Created: changed.Created.Add(2 * time.Hour)})
		h, team = &next, measure.Update(team, &next, []int64{changed.ID})
		kept.read = 0
		after := kept.at(team, noons)
		if kept.read == 0 || kept.read > 10 {
			t.Errorf("change %d: %d issues are read for the digests", n, kept.read)
		}
		anew := digests{seed: kept.seed}
		if want := anew.at(team, noons); !slices.Equal(after, want) {
			t.Errorf("change %d: the digests are other ones than those that are made of all", n)
		}
		if slices.Equal(after, before) {
			t.Errorf("change %d: the digests are those of before", n)
		}
		before = after
	}
	kept.read = 0
	if kept.at(team, noons); kept.read != 0 {
		t.Errorf("nothing changed, and %d issues are read", kept.read)
	}
}
