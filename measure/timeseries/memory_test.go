package timeseries

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/recall"
	"jerem/measure/storytest"
	"jerem/series"
	"jerem/testrun"
)

// TestMemory: after the change of an issue and of an epic, only their epics and the quarters of the epic are computed
// again; a change of an issue after its sprint and its quarter leaves these alone, and the series of closed sprints are
// the same ones.
func TestMemory(t *testing.T) {
	h := storytest.BigHistoryOf(2_000)
	team := measure.Of(h)
	first := newMaker(team, team.Now(), memory{})
	exhaustParts(first)

	next := *h
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Hour)
	for _, place := range []int{500, len(h.Issues) - 1} { // an issue of an old quarter, and an epic of two
		changed := *h.Issues[place]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Minute)), Order: 99, Value: "3"})
		next.Issues[place] = &changed
	}
	team = measure.Update(team, &next, nil)
	second := newMaker(team, team.Now(), first.made)
	exhaustParts(second)

	epics, quarters, sprints := 0, 0, 0
	for id, one := range second.made.epics {
		if &one.list[0] != &first.made.epics[id].list[0] {
			epics++
		}
	}
	for name, one := range second.made.quarters {
		if &one.list[0] != &first.made.quarters[name].list[0] {
			quarters++
		}
	}
	for id, one := range second.made.sprints {
		if one.closed && &one.work[0] != &first.made.sprints[id].work[0] {
			sprints++
		}
	}
	labelled := 0
	for key, one := range second.made.labelled {
		if &one.series.Points[0] != &first.made.labelled[key].series.Points[0] {
			labelled++
		}
	}
	if len(second.made.epics) < 50 || len(second.made.sprints) < 70 || epics != 2 || quarters != 2 || sprints != 0 {
		t.Errorf("%d of %d epics, %d of %d quarters and %d of %d closed sprints were computed again, want 2, 2 and 0",
			epics, len(second.made.epics), quarters, len(second.made.quarters), sprints, len(second.made.sprints))
	}
	if len(second.made.labelled) < 700 || labelled != 0 {
		t.Errorf("%d of %d series of closed sprints were written again", labelled, len(second.made.labelled))
	}
}

// TestPointsStand: after changes of issues of all epics, which came since the reading before, few points are made:
// those of epics, of the quarter, of closed sprints and of the flow stand where they stood.
func TestPointsStand(t *testing.T) {
	if testing.Short() {
		t.Skip("the series of two thousand issues are made four times")
	}
	h := storytest.BigHistoryOf(2_000)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	var told Told
	former, err := told.Pieces(t.Context(), measure.Of(h), h.Until)
	if err != nil {
		t.Fatal(err)
	}
	next := *h
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Hour)
	for place := 60; place < len(next.Issues); place += 20 {
		changed := *next.Issues[place]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Minute)), Order: 99, Value: "3"})
		next.Issues[place] = &changed
	}
	now, err := told.Pieces(t.Context(), measure.Update(measure.Of(h), &next, nil), next.Until)
	if err != nil {
		t.Fatal(err)
	}
	if made, all := countMade(former, now); all < 20_000 || made != all {
		t.Errorf("of another history %d of %d points are made", made, all)
	}
	told = Told{}
	team := measure.Of(h)
	former, _ = told.Pieces(t.Context(), team, h.Until)
	now, _ = told.Pieces(t.Context(), measure.Update(team, &next, nil), next.Until)
	if made, all := countMade(former, now); made == 0 || made > all/20 {
		t.Errorf("%d of %d points are made", made, all)
	}
}

// TestAheadStands: where issues of all epics change while they are read, so that this is dated ahead of the reading, no
// series of an epic or a quarter is made anew, neither then nor when it comes to be known, and few points are made.
func TestAheadStands(t *testing.T) {
	testrun.SkipInShort(t)
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	next := *h
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Hour)
	for place := 60; place < len(next.Issues); place += 20 {
		changed := *next.Issues[place]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(next.Until.Add(time.Second)), Order: 99, Value: "3"})
		next.Issues[place] = &changed
	}
	later := next
	later.Until = next.Until.Add(time.Minute)
	for _, readings := range [][]*agile.History{{h, &next, &later}, {&next, &later}} {
		var told Told
		team := measure.Of(readings[0])
		former, err := told.Pieces(t.Context(), team, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range readings[1:] {
			team = measure.Update(team, h, nil)
			now, err := told.Pieces(t.Context(), team, h.Until)
			if err != nil {
				t.Fatal(err)
			}
			made, all := countMade(ofEpicsAndQuarters(former), ofEpicsAndQuarters(now))
			if all < 2_000 || made > all/20 {
				t.Errorf("%d of %d points are made", made, all)
			}
			former = now
			if ahead := countAhead(told.memory); h == &next && ahead < 10 || h == &later && ahead > 0 {
				t.Errorf("%d issues are to be counted again as of %v", ahead, h.Until)
			}
		}
	}
}

// countAhead counts the issues of epics of which something is not known yet.
func countAhead(m memory) (n int) {
	for _, one := range m.epics {
		n += len(one.ahead)
	}
	return n
}

// ofEpicsAndQuarters returns the series of epics and quarters among some.
func ofEpicsAndQuarters(list []series.Series) (out []series.Series) {
	for _, s := range list {
		if strings.HasPrefix(s.Class, classEpic) || strings.HasPrefix(s.Class, classAgileQuarter) {
			out = append(out, s)
		}
	}
	return out
}

// countMade counts the points of series that do not stand where former ones stood.
func countMade(former, now []series.Series) (made, all int) {
	standing := map[*series.Point]int{}
	for _, s := range former {
		if len(s.Points) > 0 {
			standing[&s.Points[0]] = len(s.Points)
		}
	}
	for _, s := range now {
		all += len(s.Points)
		made += len(s.Points)
		if len(s.Points) > 0 {
			made -= min(len(s.Points), standing[&s.Points[0]])
		}
	}
	return made, all
}

// TestEpicRestsOnSubtasks: a sub-task whose estimate makes its parent estimated belongs to the epic of the parent, so
// that the series of the epic are computed again where it changes.
func TestEpicRestsOnSubtasks(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Board.Estimate = "timeoriginalestimate"
		team := measure.Of(h)
		x := team.Index
		for epic, issues := range x.EpicIssues.All() {
			rests := epicRestsOn(newMaker(team, team.Now(), memory{}), epic)
			for _, id := range issues {
				for _, child := range x.Children.Of(id) {
					c := x.Issues.Of(child)
					for _, s := range x.Histories.Of(id) {
						if s.Epic == epic && !s.At().Before(c.Created) && c.Parent.At(s.At()) == id &&
							x.Level(c.Type.At(s.At())) < 0 {
							found++
							if !slices.Contains(rests, child) {
								t.Fatalf("the series of %d do not rest on %d, a sub-task of %d", epic, child, id)
							}
						}
					}
				}
			}
		}
	})
	if found == 0 {
		t.Error("no sub-task of an issue of an epic was drawn")
	}
}

// TestImpedimentsReadAgain: an impediment of a closed sprint that was read again because its status changed has nothing
// made anew of that sprint; one whose labels changed has.
func TestImpedimentsReadAgain(t *testing.T) {
	h := storytest.BigHistoryOf(1_000)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	team := measure.Of(h)
	was := newMaker(team, team.Now(), memory{})
	exhaustParts(was)
	sprintsMade := func(change func(*agile.Issue)) (anew, all int) {
		t.Helper()
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
		read := 0
		for place, i := range next.Issues {
			if len(team.Impediments.ByIssue.Of(i.ID).Impeded) > 0 {
				again := *i
				change(&again)
				next.Issues[place] = &again
				read++
			}
		}
		if read < 50 {
			t.Fatalf("%d impediments", read)
		}
		updated := measure.Update(team, &next, nil)
		now := newMaker(updated, updated.Now(), was.made)
		exhaustParts(now)
		for id, one := range now.made.sprints {
			if len(one.impeded) > 0 {
				all++
			}
			if !slices.EqualFunc(was.made.sprints[id].impeded, one.impeded, isImpededAlike) {
				anew++
			}
		}
		return anew, all
	}
	if anew, all := sprintsMade(func(i *agile.Issue) {
		i.Status = append(slices.Clone(i.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Second)), Order: 99, Value: "3"})
	}); anew > 0 || all < 5 {
		t.Errorf("impediments of %d of %d sprints are made anew after a change of status", anew, all)
	}
	if anew, all := sprintsMade(func(i *agile.Issue) {
		i.Labels = append(slices.Clone(i.Labels),
			agile.Step[[]string]{From: agile.MomentOf(h.Until.Add(time.Second)), Order: 99,
				Value: []string{"impediment", "other"}})
	}); anew != all {
		t.Errorf("impediments of %d of %d sprints are made anew after a change of labels", anew, all)
	}
}

// TestImpedimentsThatStand: after a change the impediments of closed sprints are looked at where it concerns them: of
// those in whose time no impediment that differs was opened or worked on, nothing is listed again.
func TestImpedimentsThatStand(t *testing.T) {
	h := storytest.BigHistoryOf(1_000)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	team := measure.Of(h)
	was := newMaker(team, team.Now(), memory{})
	exhaustParts(was)
	listed := func(place int) (again, all int) {
		t.Helper()
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
		changed := *next.Issues[place]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Second)), Order: 99, Value: "3"})
		next.Issues[place] = &changed
		updated := measure.Update(team, &next, nil)
		now := newMaker(updated, updated.Now(), was.made)
		exhaustParts(now)
		for id, one := range now.made.sprints {
			if len(one.impeded) == 0 {
				continue
			}
			all++
			if !recall.SamePlace(one.impeded, was.made.sprints[id].impeded) {
				again++
			}
		}
		return again, all
	}
	const impediment, plain = 60, 61
	if _, is := team.Impediments.ByIssue.Get(h.Issues[impediment].ID); !is {
		t.Fatal("no impediment changes")
	}
	if again, all := listed(plain); again > 0 || all < 5 {
		t.Errorf("impediments of %d of %d sprints are listed after another issue changed", again, all)
	}
	if again, all := listed(impediment); again == 0 || again > 2 {
		t.Errorf("impediments of %d of %d sprints are listed after one changed, want one or two", again, all)
	}
}
