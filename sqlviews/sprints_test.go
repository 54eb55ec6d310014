package sqlviews

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/store/viewrows"
)

// TestSprintsAreComparedAsFigures: a sprint whose figures are as they were last is not made to text again, and one in
// which time was logged since is.
func TestSprintsAreComparedAsFigures(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	team := measure.Of(h)
	makeRows := func(team *measure.Team, former *madeRows) (*rowList, []int64) {
		t.Helper()
		list := newRowList(map[viewrows.Key]string{}, former) // nothing is kept: all that is made to text has a body
		var made []int64
		for _, head := range team.Sprints(team.Now()) {
			from := len(list.rows)
			if err := addSprint(list, team, head.ID, team.Now()); err != nil {
				t.Fatal(err)
			}
			if one := list.made.sprints[head.ID]; len(one.heads) == 0 || one.round != list.round {
				t.Fatalf("sprint %d has no rows", head.ID)
			}
			if slices.ContainsFunc(list.rows[from:], func(r viewrows.Row) bool { return r.Body != "" }) {
				made = append(made, head.ID)
			}
		}
		return list, made
	}
	first, all := makeRows(team, newMadeRows())
	if want := len(team.Sprints(team.Now())); len(all) != want || want < 3 {
		t.Fatalf("%d of %d sprints are made the first time", len(all), want)
	}
	sprint := h.Sprints[1].Last()
	later := *h
	logged := agile.Worklog{ID: 900_000, Issue: h.Issues[0].ID, Created: h.Until, Started: sprint.Start.Add(time.Hour),
		Seconds: 3600}
	later.Worklogs = append(slices.Clone(h.Worklogs), logged)
	updated := measure.Update(team, &later, []int64{logged.Issue})
	second, made := makeRows(updated, first.made)
	if !slices.Equal(made, []int64{h.Sprints[1].ID}) {
		t.Errorf("after time was logged in sprint %d, sprints %v are made again", h.Sprints[1].ID, made)
	}
	for _, row := range second.rows {
		if row.Kind == kindEvent && row.Body != "" {
			t.Errorf("%v is made to text again, and no ledger is another", row.Key)
		}
	}
	anew, _ := makeRows(updated, newMadeRows())
	for id, one := range second.made.sprints {
		if want := anew.made.sprints[id].heads; !slices.Equal(one.heads, want) {
			t.Errorf("rows of sprint %d are %v, made anew they are %v", id, one.heads, want)
		}
	}
}

// TestStandingSprintsAreNotMeasured: after a start over rows that another process wrote, a change has those sprints
// alone measured that it concerns, at the first time and at later ones; the rows are those of a team that is made anew.
func TestStandingSprintsAreNotMeasured(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	team := measure.Of(h)
	kept := map[viewrows.Key]string{}
	addRows := func(team *measure.Team, made *madeRows, standing, worked map[int64]bool) (*rowList, []int64) {
		t.Helper()
		list := newRowList(kept, made)
		list.standing, list.worked = standing, worked
		var measured []int64
		for _, head := range team.Sprints(team.Now()) {
			before := list.made.sprints[head.ID]
			if err := addSprint(list, team, head.ID, team.Now()); err != nil {
				t.Fatal(err)
			}
			if now := list.made.sprints[head.ID]; now != before && now.figures.ID != 0 {
				measured = append(measured, head.ID)
			}
		}
		return list, measured
	}
	first, all := addRows(team, newMadeRows(), nil, nil)
	if changed, _ := first.takeChanges(); len(all) < 3 || len(changed) != 3*len(all) {
		t.Fatalf("%d sprints are measured the first time, %d rows", len(all), len(changed))
	}
	started := newMadeRows() // of the next process
	for n := range int64(2) {
		later := *team.History()
		logged := agile.Worklog{ID: 900_000 + n, Issue: h.Issues[n].ID, Created: h.Until,
			Started: h.Sprints[1+n].Last().Start.Add(time.Hour), Seconds: 3600}
		later.Worklogs = append(slices.Clone(later.Worklogs), logged)
		updated := measure.Update(team, &later, []int64{logged.Issue})
		list, measured := addRows(updated, started, measure.SprintsThatStand(team, updated),
			measure.WorkThatStands(team, updated))
		// and the one in which time was logged on the issue before
		if want := h.Sprints[1+n].ID; !slices.Contains(measured, want) || len(measured) > 2 {
			t.Errorf("after time was logged in sprint %d, %v of %d are measured", want, measured, len(all))
		}
		for _, id := range measured {
			if n := slices.IndexFunc(list.rows, isEntriesOf(id)); n < 0 || list.rows[n].Body != "" {
				t.Errorf("entries of sprint %d are made to text, whose work stands", id)
			}
		}
		changed, gone := list.takeChanges()
		if len(changed) == 0 || len(gone) > 0 {
			t.Errorf("%d rows changed, %v are gone", len(changed), gone)
		}
		for _, one := range addAnew(t, updated) {
			if kept[one.Key] != one.Digest {
				t.Errorf("%v stands as %s, made anew it is %s", one.Key, kept[one.Key], one.Digest)
			}
		}
		team = updated
	}
	delete(kept, viewrows.Key{Kind: kindSprint, Key: "1"})
	if _, measured := addRows(team, newMadeRows(), map[int64]bool{1: true}, nil); !slices.Contains(measured, 1) {
		t.Error("a sprint of which no row is kept is not measured")
	}
}

// TestStatesOfImpedimentsAreNotMeasured: where an impediment is in another state now, and nothing else differs, the
// rows that list it are made again, and no sprint is measured: neither at a start over rows of another process nor
// later. They are the right ones also where it is in its former state again.
func TestStatesOfImpedimentsAreNotMeasured(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	const impediment = 70 // by its place
	team := measure.Of(h)
	kept := map[viewrows.Key]string{}
	addRows := func(team, former *measure.Team, made *madeRows) (listed []string) {
		t.Helper()
		list := newRowList(kept, made)
		if former != nil {
			list.standing, list.worked = measure.SprintsThatStand(former, team), measure.WorkThatStands(former, team)
			list.counted = measure.FiguresThatStand(former, team)
		}
		for _, head := range team.Sprints(team.Now()) {
			if err := addSprint(list, team, head.ID, team.Now()); err != nil {
				t.Fatal(err)
			}
		}
		changed, gone := list.takeChanges()
		for _, row := range changed {
			listed = append(listed, row.Kind)
		}
		if len(gone) > 0 {
			t.Errorf("%v are gone", gone)
		}
		return slices.Compact(slices.Sorted(slices.Values(listed)))
	}
	byThis := newMadeRows()
	if kinds := addRows(team, nil, byThis); len(kinds) != 3 {
		t.Fatalf("rows of %v", kinds)
	}
	for _, made := range []*madeRows{byThis, newMadeRows()} {
		for n, status := range []string{"3", "6", "3", "6"} {
			next, changed := *team.History(), *team.History().Issues[impediment]
			next.Issues, next.Until = slices.Clone(next.Issues), next.Until.Add(time.Second)
			changed.Status = append(slices.Clone(changed.Status), agile.Step[string]{From: agile.MomentOf(next.Until),
				Order: 99 + len(changed.Status), Value: status})
			next.Issues[impediment] = &changed
			updated := measure.Update(team, &next, nil)
			former := team
			if n == 3 { // all is measured, as in its first state
				former = nil
			}
			if kinds := addRows(updated, former, made); !slices.Equal(kinds, []string{kindImpediment}) {
				t.Errorf("%s: rows of %v are written", status, kinds)
			}
			for id, one := range made.sprints {
				if made != byThis && one.figures.ID != 0 && former != nil {
					t.Errorf("%s: sprint %d is measured", status, id)
				}
			}
			for _, one := range addAnew(t, updated) {
				if kept[one.Key] != one.Digest {
					t.Fatalf("%s: %v stands as %s, made anew it is %s", status, one.Key, kept[one.Key], one.Digest)
				}
			}
			team = updated
		}
	}
}

func isEntriesOf(id int64) func(viewrows.Row) bool {
	return func(r viewrows.Row) bool { return r.Kind == kindEvent && r.Key.Key == strconv.FormatInt(id, 10) }
}

// TestEntriesAreNotKept: the row of the ledger of a closed sprint is that of its figures, and neither the rows that
// were made nor the team hold the entries, which are the most of it.
func TestEntriesAreNotKept(t *testing.T) {
	team, closed, listed := measure.Of(storytest.BigHistoryOf(500)), 0, 0
	list := newRowList(map[viewrows.Key]string{}, newMadeRows())
	for _, head := range team.Sprints(team.Now()) {
		if head.State != agile.Closed {
			continue
		}
		closed++
		for range 2 { // the second time it is as it was
			if err := addSprint(list, team, head.ID, team.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if entries := list.made.sprints[head.ID].figures.Ledger.Entries; len(entries) > 0 {
			t.Errorf("%d entries of sprint %d are held", len(entries), head.ID)
		}
		sp, err := team.Sprint(head.ID, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(sp.Ledger.Entries) > 0 {
			listed++
		}
		want, err := json.Marshal(sp.Ledger.Entries)
		if err != nil {
			t.Fatal(err)
		}
		if n := slices.IndexFunc(list.rows, isEntriesOf(head.ID)); n < 0 || list.rows[n].Body != string(want) {
			t.Errorf("the row of the ledger of sprint %d is not what its figures tell", head.ID)
		}
	}
	if listed < 3 || len(list.rows) != 3*closed {
		t.Errorf("%d rows of %d sprints, %d of them with entries: each is made once", len(list.rows), closed, listed)
	}
}

func addAnew(t *testing.T, team *measure.Team) []viewrows.Row {
	t.Helper()
	list := newRowList(map[viewrows.Key]string{}, newMadeRows())
	for _, head := range team.Sprints(team.Now()) {
		if err := addSprint(list, team, head.ID, team.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return list.rows
}

// TestImpedimentsAsTheyAreTold: the row of the impediments of a sprint is what the figures tell of them as JSON, with
// the names of its fields in ascending order; also where the time logged was never read.
func TestImpedimentsAsTheyAreTold(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(500))
	count := 0
	for _, head := range team.Sprints(team.Now()) {
		sp, err := team.Sprint(head.ID, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, unknown := range []bool{false, true} {
			impediments := *sp.Impediments
			impediments.TimeUnknown = unknown
			told, err := fieldsOf(&impediments)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := json.Marshal(told["issues"])
			body, _ := impedimentsOfSprint(&measure.Sprint{Impediments: &impediments})
			if got, err := json.Marshal(body); string(got) != string(want) || err != nil {
				t.Errorf("sprint %d: %s, %v, want %s", head.ID, got, err, want)
			}
			count += len(impediments.Issues)
		}
	}
	if count == 0 {
		t.Error("no sprint has impediments")
	}
}
