package digest

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestDigestsAreTakenOver: after changes the digests are those that are made of all issues, and the changed issues
// alone are read for them.
func TestDigestsAreTakenOver(t *testing.T) {
	h := storytest.BigHistoryOf(400)
	team := measure.Of(h)
	var noons []time.Time
	for at := team.KnownSince(); at.Before(h.Until); at = at.AddDate(0, 0, 10) {
		noons = append(noons, at)
	}
	var kept Digests
	before := kept.At(team, noons)
	if kept.read != team.Index.Issues.Len() {
		t.Fatalf("%d issues are read, want %d", kept.read, team.Index.Issues.Len())
	}
	for n, change := range []func(*agile.Issue){
		func(i *agile.Issue) { i.Status = i.Status[:3] },
		func(i *agile.Issue) {
			i.Labels = append(slices.Clone(i.Labels),
				agile.Step[[]string]{From: agile.MomentOf(i.Created.Add(time.Hour)),
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
		after := kept.At(team, noons)
		if kept.read == 0 || kept.read > 10 {
			t.Errorf("change %d: %d issues are read for the digests", n, kept.read)
		}
		anew := Digests{seed: kept.seed}
		if want := anew.At(team, noons); !slices.Equal(after, want) {
			t.Errorf("change %d: the digests are other ones than those that are made of all", n)
		}
		if slices.Equal(after, before) {
			t.Errorf("change %d: the digests are those of before", n)
		}
		before = after
	}
	kept.read = 0
	if kept.At(team, noons); kept.read != 0 {
		t.Errorf("nothing changed, and %d issues are read", kept.read)
	}
}

// TestDigestOfAMoment: the worked example of the room: what happened after a moment changes no digest as of it.
func TestDigestOfAMoment(t *testing.T) {
	read := func(logged string) *measure.Team {
		return measure.Of(storytest.Read(t, "until 2026-11-20", "K-1 2026-10-01 points=3\n"+logged))
	}
	day := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	var kept Digests
	before := kept.At(read(""), []time.Time{day(2), day(9)})
	after := kept.At(read("  2026-11-05T10:00 log 2h at 2026-11-05T08:00"), []time.Time{day(2), day(9)})
	if after[0] != before[0] || after[1] == before[1] {
		t.Errorf("time logged on the 5th: digests %v become %v", before, after)
	}
}
