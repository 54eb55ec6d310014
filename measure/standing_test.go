package measure_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/testrun"
)

// sprintsKept counts the closed sprints whose figures stand where those of another team stand, and lists the others.
func sprintsKept(t *testing.T, was, now *measure.Team) (kept int, others []int64) {
	t.Helper()
	for _, head := range now.Sprints(now.Now()) {
		a, err := was.Sprint(head.ID, was.Now())
		if err != nil || head.State != agile.Closed {
			t.Fatal(head, err)
		}
		b, _ := now.Sprint(head.ID, now.Now())
		if a.Impediments == b.Impediments {
			kept++
		} else {
			others = append(others, head.ID)
		}
	}
	return kept, others
}

// TestClosedSprintsAreHandedOn: of closed sprints those alone are measured again that a changed issue concerns: its own
// sprint where it changed before the end, and those in which it was an impediment, whose state they tell, or in which
// time was logged that is another.
func TestClosedSprintsAreHandedOn(t *testing.T) {
	h := storytest.BigHistoryOf(2_000)
	h.Gaps = []agile.Gap{{Source: agile.SourceHistories, Code: agile.GapMissing, Issues: []string{"K-90000"}}}
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	place := func(id int64) int {
		return slices.IndexFunc(h.Issues, func(i *agile.Issue) bool { return i.ID == id })
	}
	team := measure.Of(h)
	later := func(change func(next *agile.History, i *agile.Issue), id int64, after time.Duration) []int64 {
		t.Helper()
		for _, head := range team.Sprints(team.Now()) { // figures that may be handed on
			_, _ = team.Sprint(head.ID, team.Now())
		}
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(after)
		changed := *next.Issues[place(id)]
		next.Issues[place(id)] = &changed
		change(&next, &changed)
		_, others := sprintsKept(t, team, measure.Update(team, &next, []int64{id}))
		return others
	}
	status := func(at time.Time) func(*agile.History, *agile.Issue) {
		return func(_ *agile.History, i *agile.Issue) {
			i.Status = append(slices.Clone(i.Status), agile.Step[string]{From: agile.MomentOf(at), Order: 99,
				Value: "3"})
		}
	}
	const plain, impediment = 2_005, 2_000 // both of sprint 40, whose time is not that of their work
	opened := team.Index.Issues.Of(impediment).Created
	in := func(at time.Time) (ids []int64) {
		for _, s := range h.Sprints {
			if v := s.Last(); !at.Before(v.Start) && at.Before(v.Complete) {
				ids = append(ids, s.ID)
			}
		}
		return ids
	}
	now := h.Until.Add(time.Minute)
	for what, c := range map[string]struct {
		got, want []int64
	}{
		"today":                 {later(status(now), plain, time.Minute), nil},
		"today, of another day": {later(status(now), plain, 15*time.Hour), allSprints(h)},
		"before the end": {later(status(h.Sprints[39].Last().Start.Add(time.Hour)), plain, time.Minute),
			[]int64{40}},
		"ahead": {later(status(now.Add(3*time.Hour)), plain, time.Minute), allSprints(h)},
		"time spent without a log": {later(func(_ *agile.History, i *agile.Issue) {
			i.Numbers = agile.FieldsOf(maps.Collect(i.Numbers.All()))
			i.Numbers.Put("timespent", agile.Timeline[agile.Number]{{From: agile.MomentOf(i.Created)},
				{From: agile.MomentOf(h.Until), Value: agile.Number{Value: 7200, Known: true}}})
		}, plain, time.Minute), allSprints(h)},
		"another key, which a gap may name": {later(func(next *agile.History, i *agile.Issue) {
			i.Key = agile.Constant(i.Created, "K-90000")
		}, plain, time.Minute), allSprints(h)},
		"time logged of the past": {later(func(next *agile.History, i *agile.Issue) {
			next.Worklogs = append(slices.Clone(h.Worklogs), agile.Worklog{ID: 1 << 40, Issue: i.ID, Created: now,
				Started: h.Sprints[7].Last().Start.Add(time.Hour), Seconds: 60})
		}, plain, time.Minute), []int64{8}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v are measured again, want %v", what, c.got, c.want)
		}
	}
	others := later(status(now), impediment, time.Minute)
	for _, id := range in(opened) {
		if !slices.Contains(others, id) || len(others) > 3 {
			t.Errorf("an impediment of %v: %v are measured again", opened, others)
		}
	}
}

// TestSprintsThatStand: closed sprints stand though what was dated ahead of the reading came to be known meanwhile,
// but for those that it concerns; when a day began none is said to stand.
func TestSprintsThatStand(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	const ahead, changed, logged = 21, 35, 47 // places of issues that are no impediments
	put := func(h *agile.History, place int, at time.Time) {
		one := *h.Issues[place]
		one.Status = append(slices.Clone(one.Status), agile.Step[string]{From: agile.MomentOf(at), Order: 99,
			Value: "3"})
		h.Issues[place] = &one
	}
	put(h, ahead, h.Until.Add(10*time.Second))
	h.Worklogs = append(h.Worklogs, agile.Worklog{ID: 1 << 40, Issue: h.Issues[logged].ID,
		Created: h.Until.Add(20 * time.Second), Started: h.Sprints[3].Last().Start.Add(time.Hour), Seconds: 60})
	x := measure.Of(h)
	later := func(after time.Duration) *measure.Team {
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(after)
		put(&next, changed, next.Until)
		return measure.Update(x, &next, nil)
	}
	if standing := measure.SprintsThatStand(x, later(24*time.Hour)); len(standing) > 0 {
		t.Errorf("after a day %v stand", standing)
	}
	y := later(time.Minute)
	standing := measure.SprintsThatStand(x, y)
	if standing[h.Sprints[3].ID] || len(standing) < len(h.Sprints)-3 {
		t.Errorf("%v of %d stand, and time was logged in sprint %d", standing, len(h.Sprints), h.Sprints[3].ID)
	}
	for id := range standing {
		was, _ := x.Sprint(id, x.Now())
		now, _ := measure.Of(y.History()).Sprint(id, y.Now())
		was.At, was.WorkingDays, now.WorkingDays = now.At, measure.WorkingDays{}, measure.WorkingDays{}
		a, _ := json.Marshal(was)
		b, _ := json.Marshal(now)
		if string(a) != string(b) {
			t.Errorf("sprint %d: %s, it was %s", id, b, a)
		}
	}
}

// TestSumsAreHandedOn: the sums of closed sprints that no changed issue concerns are not measured again.
func TestSumsAreHandedOn(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	was, closed := measure.Of(h), 0
	sumsOf := func(team *measure.Team, id int64) *measure.Sprint {
		sums, err := measure.SprintSums(team, id, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		return sums
	}
	for _, id := range allSprints(h) {
		sumsOf(was, id)
	}
	next := *h
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
	next.Issues[61] = withStatus(h.Issues[61], h.Until.Add(time.Second)) // which is no impediment
	now := measure.Update(was, &next, nil)
	for _, id := range allSprints(h) {
		closed++
		if sumsOf(was, id).Impediments != sumsOf(now, id).Impediments {
			t.Errorf("the sums of sprint %d are measured again", id)
		}
	}
	if closed < 3 {
		t.Errorf("%d sprints are closed", closed)
	}
}

// withStatus returns an issue that moved to another status at a moment.
func withStatus(i *agile.Issue, at time.Time) *agile.Issue {
	changed := *i
	changed.Status = append(slices.Clone(i.Status), agile.Step[string]{From: agile.MomentOf(at), Order: 99, Value: "3"})
	return &changed
}

// TestFiguresThatStand: the figures of closed sprints stand where an impediment of them is in another state now, and
// not where it has other labels, or time was logged on it.
func TestFiguresThatStand(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	const impediment = 70 // by its place; it was opened in the first sprints
	const untimed = 80    // another one
	h.Worklogs = slices.DeleteFunc(h.Worklogs, func(l agile.Worklog) bool { return l.Issue == h.Issues[untimed].ID })
	team, at := measure.Of(h), h.Until.Add(time.Second)
	concerned, concernedToo := team.Sprints(h.Until)[0].ID, int64(0)
	for _, head := range team.Sprints(h.Until) {
		if opened := h.Issues[untimed].Created; !opened.Before(*head.Start) && opened.Before(*head.Complete) {
			concernedToo = head.ID
		}
		if opened := h.Issues[impediment].Created; !opened.Before(*head.Start) && opened.Before(*head.Complete) {
			concerned = head.ID
		}
	}
	for what, c := range map[string]struct {
		change func(next *agile.History, i *agile.Issue)
		stand  bool
	}{
		"a status": {func(_ *agile.History, i *agile.Issue) { *i = *withStatus(i, at) }, true},
		"a key":    {func(_ *agile.History, i *agile.Issue) { i.Key = agile.Constant(i.Created, "K-90000") }, false},
		"a nature of now": {func(_ *agile.History, i *agile.Issue) {
			i.Options = agile.FieldsOf(maps.Collect(i.Options.All()))
			i.Options.Put(storytest.NatureField, agile.Timeline[[]string]{{From: agile.MomentOf(at),
				Value: []string{"Another"}}})
		}, false},
		"a label of now": {func(_ *agile.History, i *agile.Issue) {
			i.Labels = append(slices.Clone(i.Labels), agile.Step[[]string]{From: agile.MomentOf(at), Order: 99})
		}, false},
		"time of now": {func(next *agile.History, i *agile.Issue) {
			next.Worklogs = append(slices.Clone(h.Worklogs), agile.Worklog{ID: 1 << 40, Issue: i.ID, Created: at,
				Started: at, Seconds: 60})
		}, false},
		"a status of then": {func(_ *agile.History, i *agile.Issue) { *i = *withStatus(i, i.Created.Add(time.Hour)) },
			false},
	} {
		next, changed := *h, *h.Issues[impediment]
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
		next.Issues[impediment] = &changed
		c.change(&next, &changed)
		updated := measure.Update(team, &next, []int64{changed.ID})
		if measure.SprintsThatStand(team, updated)[concerned] {
			t.Errorf("%s: all of sprint %d stands", what, concerned)
		}
		if stand := measure.FiguresThatStand(team, updated)[concerned]; stand != c.stand {
			t.Errorf("%s: the figures of sprint %d stand: %v", what, concerned, stand)
		}
		compareStanding(t, team, updated)
	}
	next, renamed := *h, *h.Issues[untimed]
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
	next.Issues[untimed], renamed.Key = &renamed, agile.Constant(renamed.Created, "K-90000")
	updated := measure.Update(team, &next, nil)
	if measure.FiguresThatStand(team, updated)[concernedToo] {
		t.Errorf("the figures of sprint %d stand, which name what no time was logged on", concernedToo)
	}
	compareStanding(t, team, updated)
}

// compareStanding compares the closed sprints whose figures are said to stand with what is told of them anew, and the
// lists of their impediments.
func compareStanding(t rapid.TB, was, now *measure.Team) {
	anew := measure.Of(now.History())
	for id := range measure.FiguresThatStand(was, now) {
		a, _ := was.Sprint(id, was.Now())
		b, _ := anew.Sprint(id, now.Now())
		listed, begun := measure.ListImpediments(now, id, now.Now())
		if begun != (b.Impediments != nil) || begun && !reflect.DeepEqual(listed.Issues, b.Impediments.Issues) {
			t.Fatalf("sprint %d: impediments %v, listed anew %v", id, listed, b.Impediments)
		}
		for _, one := range []*measure.Sprint{a, b} {
			one.At, one.WorkingDays, one.Issues = time.Time{}, measure.WorkingDays{}, nil // moved by time, or none
			if one.Impediments != nil {
				counted := *one.Impediments
				counted.Issues, one.Impediments = nil, &counted
			}
		}
		if x, y := textOf(t, a), textOf(t, b); x != y {
			t.Fatalf("sprint %d stands as\n%s, made anew it is\n%s", id, x, y)
		}
	}
}

func allSprints(h *agile.History) (ids []int64) {
	for _, s := range h.Sprints {
		ids = append(ids, s.ID)
	}
	return ids
}

// TestUnsentTimeComesToBeTold: time spent in the last minutes before a reading, of which no log is sent, is told as
// soon as a log would have come, though nothing changes until then: of closed sprints and of quarters that are over
// too.
func TestUnsentTimeComesToBeTold(t *testing.T) {
	const story = `until 2026-11-20T10:00:30
sprint 1 S1 closed 2026-11-02T09:00 2026-11-13T17:00 2026-11-13T17:00
K-1 2026-11-03 points=3 sprint=1 labels=impediment
  2026-11-20T10:00 spent=7200`
	frame, issues, _ := strings.Cut(story, "\nK-")
	read := func(more string) *measure.Team { return measure.Of(storytest.Read(t, frame, "K-"+issues+more)) }
	isTold := func(team *measure.Team, at time.Time) bool {
		s, err := team.Sprint(1, at)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(s.Quality.Reasons, func(reason string) bool {
			return strings.Contains(reason, "2 h more were spent")
		})
	}
	team := read("")
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{0, false}, {time.Minute, false}, {90 * time.Second, true}, {time.Hour, true}} {
		later := team.AsOf(team.Now().Add(c.after))
		if got := isTold(later, later.Now()); got != c.want {
			t.Errorf("%v later: told %v, want %v", c.after, got, c.want)
		}
		if got := isTold(later, team.Now()); got != c.want {
			t.Errorf("of then, %v later: told %v, want %v", c.after, got, c.want)
		}
	}
	h := team.History()
	next := *h
	next.Until = h.Until.Add(10 * time.Minute)
	next.Worklogs = []agile.Worklog{{ID: 1, Issue: h.Issues[0].ID, Created: h.Until.Add(20 * time.Second),
		Started: h.Until.Add(-2 * time.Hour), Seconds: 7200}} // the change of the time spent comes first
	before := h.Until
	if !isTold(team.AsOf(next.Until), before) {
		t.Error("as of the reading before, without the log, it is not told")
	}
	updated := measure.Update(team.AsOf(next.Until), &next, []int64{h.Issues[0].ID})
	if isTold(updated, before) || isTold(updated, updated.Now()) {
		t.Error("it is told though the log came")
	}
}

// bytesOfChange returns how many bytes it takes to take in some issues that changed today, and to tell all sprints.
func bytesOfChange(t *testing.T, issues int64) uint64 {
	t.Helper()
	h := storytest.BigHistoryOf(issues)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	team := measure.Of(h)
	var took uint64
	for range 3 { // the first time makes what is handed on
		next := *h
		next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Minute)
		for n := range 20 {
			place := 61 + n*(len(h.Issues)-62)/20/10*10 // none of them is an impediment
			changed := *next.Issues[place]
			changed.Status = append(slices.Clone(changed.Status),
				agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Second)),
					Order: 99, Value: "3"})
			next.Issues[place] = &changed
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		updated := measure.Update(team, &next, nil)
		for _, head := range updated.Sprints(updated.Now()) {
			if _, err := updated.Sprint(head.ID, updated.Now()); err != nil {
				t.Fatal(err)
			}
		}
		runtime.ReadMemStats(&after)
		team, h, took = updated, &next, after.TotalAlloc-before.TotalAlloc
	}
	return took
}

// TestChangeCostsTheChange: what the sprints of a team take after a change does not grow with the issues that are kept,
// but for the lists of what is told apart among them: 10 bytes each.
func TestChangeCostsTheChange(t *testing.T) {
	testrun.SkipInShort(t)
	few, many := bytesOfChange(t, 2_000), bytesOfChange(t, 10_000)
	t.Logf("%d and %d bytes", few, many)
	if most := few + 8_000*10; many > most {
		t.Errorf("%d bytes of 2,000 issues, %d of 10,000", few, many)
	}
}
