package impediment

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/recall"
	"jerem/measure/storytest"
)

// TestListsAreTakenOver: the lists of the work on all impediments, and of when these were opened, are made again where
// a change concerns them and else not.
func TestListsAreTakenOver(t *testing.T) {
	h := storytest.BigHistoryOf(200)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	const impediment, plain = 60, 61 // by their places; every tenth issue behind the epics is an impediment
	at := agile.MomentOf(h.Until.Add(time.Second))
	log := func(issue int64) agile.Worklog {
		return agile.Worklog{ID: 99_999, Issue: issue, Created: h.Until, Started: h.Until, Seconds: 60}
	}
	labels := func(text ...string) func(i *agile.Issue, _ *agile.History) {
		return func(i *agile.Issue, _ *agile.History) {
			i.Labels = append(slices.Clone(i.Labels), agile.Step[[]string]{From: at, Order: 99, Value: text})
		}
	}
	status := func(i *agile.Issue, _ *agile.History) {
		i.Status = append(slices.Clone(i.Status), agile.Step[string]{From: at, Order: 99, Value: "3"})
	}
	parent := func(i *agile.Issue, _ *agile.History) {
		i.Parent = append(slices.Clone(i.Parent), agile.Step[int64]{From: at, Order: 99, Value: h.Issues[plain].ID})
	}
	logged := func(i *agile.Issue, h *agile.History) {
		h.Worklogs = append(slices.Clone(h.Worklogs), log(i.ID))
	}
	for name, one := range map[string]struct {
		place                int
		change               func(*agile.Issue, *agile.History)
		workStays, timesStay bool
	}{
		"an impediment moves on":               {impediment, status, true, true},
		"an impediment ends":                   {impediment, labels(), true, false},
		"an impediment has a parent":           {impediment, parent, false, true},
		"work on an impediment":                {impediment, logged, false, true},
		"what is none moves on":                {plain, status, true, true},
		"what is none has a parent":            {plain, parent, true, true},
		"what nobody worked on becomes one":    {plain, labels("impediment"), true, false},
		"work on what is none, which is later": {plain, logged, false, true},
	} {
		list := Find(index.New(h))
		logsByStart(list)
		openingsInOrder(list)
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
		changed := *next.Issues[one.place]
		one.change(&changed, &next)
		next.Issues[one.place] = &changed
		x, ids, goesOn := list.Index.Updated(&next, []int64{changed.ID})
		if !goesOn || len(ids) != 1 {
			t.Fatalf("%s: %v differ", name, ids)
		}
		updated := list.Updated(x, ids)
		work, times := true, true
		RecallWork(updated, logsByStartKey{}, func() []startedLog { work = false; return nil })
		recall.Value(updated.times, openingsKey{}, func() []opening { times = false; return nil })
		if work != one.workStays || times != one.timesStay {
			t.Errorf("%s: the work stays: %v, want %v; the openings stay: %v, want %v", name, work, one.workStays,
				times, one.timesStay)
		}
	}
}
