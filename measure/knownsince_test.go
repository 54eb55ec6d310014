package measure_test

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestKnownSinceIsKept: since when a team is known is looked for once, however many issues it has: each drawer of a
// page asks for it.
func TestKnownSinceIsKept(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(2_000))
	since := team.KnownSince()
	for _, i := range team.History().Issues {
		if i.Created.Before(since) {
			t.Fatalf("issue %d was created at %v, before %v", i.ID, i.Created, since)
		}
	}
	later := team.AsOf(team.Now().Add(1))
	if got := testing.AllocsPerRun(10, func() { later.KnownSince() }); got > 2 {
		t.Errorf("it is looked for with %v allocations", got)
	}
}

// TestFirstCreatedIsHandedOn: after a change the changed issues alone are looked at for the one that was created first,
// unless that one is another.
func TestFirstCreatedIsHandedOn(t *testing.T) {
	h := storytest.BigHistoryOf(200)
	team := measure.Of(h)
	since := team.KnownSince()
	changed := func(n int, created time.Time) *agile.History {
		next := *h
		next.Issues = slices.Clone(h.Issues)
		one := *h.Issues[n]
		one.Created, next.Issues[n] = created, &one
		return &next
	}
	first := slices.IndexFunc(h.Issues, func(i *agile.Issue) bool { return i.Created.Equal(since) })
	if first < 0 {
		t.Fatal("no issue was created first")
	}
	for name, next := range map[string]*agile.History{
		"a later issue":          changed((first+1)%200, h.Until),
		"an earlier issue":       changed((first+1)%200, since.Add(-time.Hour)),
		"the first issue, later": changed(first, h.Until),
	} {
		if got, want := measure.Update(team, next, nil).KnownSince(), measure.Of(next).KnownSince(); !got.Equal(want) {
			t.Errorf("after a change of %s it is known since %v, made anew since %v", name, got, want)
		}
	}
	updated := measure.Update(team, changed((first+1)%200, h.Until), nil)
	other := h.Issues[(first+2)%200] // nobody looks at it again
	other.Created = since.Add(-24 * time.Hour)
	if got := updated.KnownSince(); !got.Equal(since) {
		t.Errorf("it is known since %v, that is that all issues are looked at", got)
	}
}
