package measure_test

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
)

// TestUpdate: after any changes of issues, of the time logged on them and of what matches the team's queries, a team
// that took them in is the team that is computed of all anew, and the one before is what it was.
func TestUpdate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Until = storytest.GeneratedStart.Add(120 * time.Hour)
		team := measure.Of(h)
		var told timeseries.Told
		now := storytest.GeneratedStart
		for range rapid.IntRange(1, 3).Draw(t, "updates") {
			before := contentOf(team)
			next, relogged := drawUpdate(t, h)
			next.Sprints = drawSprints(t, next.Sprints)
			updated := measure.Update(team, next, relogged)
			compare(t, "computed anew", contentOf(measure.Of(next)), contentOf(updated))
			compare(t, "the team before the update", before, contentOf(team))
			compareStanding(t, team, updated)
			if rapid.Bool().Draw(t, "time passes") { // and nothing else changes
				later := *next
				later.Until = next.Until.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute)
				next, updated = &later, updated.AsOf(later.Until)
				compareTold(t, measure.Of(next), updated)
			}
			team, h = updated, next
			now = now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "hours")) * time.Hour)
			got, err := told.Pieces(t.Context(), team, now)
			if want := timeseries.Pieces(measure.Of(h), now); err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("as of %v the series with what was remembered are others: %v, want %v", now, got, want)
			}
		}
	})
}

// compareTold compares what two teams tell as of their readings.
func compareTold(t *rapid.T, want, got *measure.Team) {
	a, b := contentOf(want), contentOf(got)
	if !reflect.DeepEqual(a.Figures, b.Figures) {
		t.Errorf("as of %v sprints are others", got.Now())
	}
	for n, one := range a.Quarter.([]*measure.Quarter) {
		other := b.Quarter.([]*measure.Quarter)[n]
		if diff := cmp.Diff(one, other, cmpopts.IgnoreUnexported(measure.Quarter{})); diff != "" {
			t.Errorf("as of %v %s is another:\n%s", got.Now(), one.Quarter, diff)
		}
	}
}

// drawSprints draws other completions for sprints that are completed.
func drawSprints(t *rapid.T, sprints []agile.Sprint) []agile.Sprint {
	out := slices.Clone(sprints)
	for n := range out {
		last := len(out[n].Versions) - 1
		if last < 0 || out[n].Versions[last].Complete.IsZero() || !rapid.Bool().Draw(t, "completed earlier") {
			continue
		}
		out[n].Versions = slices.Clone(out[n].Versions)
		out[n].Versions[last].Complete = out[n].Versions[last].Complete.Add(-time.Hour)
	}
	return out
}

// compare names the parts in which two contents differ.
func compare(t *rapid.T, what string, want, got content) {
	a, b := reflect.ValueOf(want), reflect.ValueOf(got)
	for n := range a.NumField() {
		if !reflect.DeepEqual(a.Field(n).Interface(), b.Field(n).Interface()) {
			t.Errorf("%s: %s\nwant %v\ngot  %v", what, a.Type().Field(n).Name, a.Field(n), b.Field(n))
		}
	}
}

// content is all that is looked up of a team, and what follows from it.
type content struct {
	Issues     map[int64]*agile.Issue
	Shown      []*agile.Issue
	Histories  any
	Sprints    map[int64][]int64
	Children   map[int64][]int64
	Epics      map[int64][]int64
	Worklogs   map[int64][]agile.Worklog
	Unknown    bool
	Beyond     int
	Keys       map[string]int64
	Roadmap    []int64
	Impeded    any
	ByIssue    any
	Series     any
	Quarter    any
	Figures    any
	SprintsNow any
}

func contentOf(team *measure.Team) content {
	x, at := team.Index, team.Now()
	keys := map[string]int64{}
	for letter := 'A'; letter <= 'K'; letter++ {
		if i, ok := x.Lookup(string(letter)); ok {
			keys[string(letter)] = i.ID
		}
	}
	var sprints []*measure.Sprint // as of several moments: of a closed one the index keeps what the work in it tells
	for _, head := range team.Sprints(at) {
		for _, moment := range []time.Time{at, at.Add(-time.Hour), storytest.GeneratedStart.Add(60 * time.Hour)} {
			sprint, _ := team.Sprint(head.ID, moment)
			sprints = append(sprints, sprint)
		}
	}
	return content{Issues: maps.Collect(x.Issues.All()), Shown: append([]*agile.Issue(nil), x.History.Issues...),
		Histories: maps.Collect(x.Histories.All()),
		Sprints:   cloneLists(x.SprintIssues), Children: cloneLists(x.Children), Epics: cloneLists(x.EpicIssues),
		Worklogs: maps.Collect(x.Worklogs.All()), Unknown: x.TimeUnknown, Beyond: index.WorklogsOutOfBounds(x, at),
		Keys:    keys,
		Roadmap: append([]int64(nil), team.Roadmap.Epics...),
		Impeded: append([]impediment.Impediment(nil), team.Impediments.All...),
		ByIssue: maps.Collect(team.Impediments.ByIssue.All()), Series: timeseries.Pieces(team, at),
		Quarter: quartersOf(team), Figures: sprints, SprintsNow: team.Sprints(at)}
}

// quartersOf returns the figures of the quarters of the changes, which may be over, as of two moments.
func quartersOf(team *measure.Team) (quarters []*measure.Quarter) {
	for _, name := range []string{"Q3-26", "Q4-26"} {
		quarter, _ := measure.ParseQuarter(name)
		quarters = append(quarters, team.Quarter(quarter, team.Now()),
			team.Quarter(quarter, team.Now().AddDate(0, 6, 0)))
	}
	return append(quarters, team.Quarter(team.QuarterAt(team.Now()), team.Now()))
}

func cloneLists(lists *byid.Map[[]int64]) map[int64][]int64 {
	out := map[int64][]int64{}
	for key, list := range lists.All() {
		if len(list) > 0 {
			out[key] = slices.Clone(list)
		}
	}
	return out
}

// drawUpdate draws a history that goes on from another one: issues come, go and are replaced, take keys of others and
// link to epics by them; time is logged and forgotten; issues match queries otherwise. It returns the issues on which
// the time logged differs.
func drawUpdate(t *rapid.T, h *agile.History) (next *agile.History, relogged []int64) {
	out, other := *h, storytest.GenerateHistory(t)
	issues := map[int64]*agile.Issue{}
	for _, i := range h.Issues {
		issues[i.ID] = i
	}
	for _, i := range other.Issues {
		switch rapid.IntRange(0, 4).Draw(t, "what comes") {
		case 0, 1:
			issues[i.ID] = drawLinks(t, i)
		case 2:
			moved := *i
			moved.ID += rapid.Int64Range(0, 3).Draw(t, "shift")
			issues[moved.ID] = drawLinks(t, &moved)
		case 3:
			delete(issues, i.ID)
		}
	}
	out.Issues = slices.SortedFunc(maps.Values(issues), func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	if rapid.Bool().Draw(t, "time is logged") {
		out.Worklogs = drawWorklogs(t, h.Worklogs, &relogged)
	}
	if h.Matches != nil {
		out.Matches = map[int64]bool{}
		for _, id := range slices.Sorted(maps.Keys(issues)) {
			if rapid.Bool().Draw(t, "matches") {
				out.Matches[id] = true
			}
		}
	}
	if rapid.Bool().Draw(t, "impeded") {
		id := rapid.Int64Range(1, 8).Draw(t, "impeded issue")
		out.Impeded = maps.Clone(h.Impeded)
		if out.Impeded == nil {
			out.Impeded = map[int64]agile.Timeline[bool]{}
		}
		out.Impeded[id] = append(slices.Clone(out.Impeded[id]), agile.Step[bool]{From: agile.MomentOf(h.Until),
			Value: true})
	}
	out.Until = h.Until.Add(time.Hour)
	return &out, relogged
}

// drawLinks gives an issue keys that others have or had, and links by keys.
func drawLinks(t *rapid.T, i *agile.Issue) *agile.Issue {
	letter := rapid.Custom(func(t *rapid.T) string {
		return string(rune('A' + rapid.IntRange(0, 10).Draw(t, "letter")))
	})
	if rapid.Bool().Draw(t, "has moved") {
		i.Key = append(slices.Clone(i.Key), agile.Step[string]{From: agile.MomentOf(i.Created.Add(time.Hour)),
			Order: 50,
			Value: letter.Draw(t, "key")})
	}
	if rapid.Bool().Draw(t, "links by a key") {
		i.EpicLink = agile.Constant(i.Created, letter.Draw(t, "link"))
	}
	if rapid.IntRange(0, 3).Draw(t, "time is spent without a log") == 0 {
		i.Numbers = agile.FieldsOf(maps.Collect(i.Numbers.All()))
		spent := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(7000, 7400).Draw(t, "spent")) * time.Minute)
		i.Numbers.Put("timespent", agile.Timeline[agile.Number]{{From: agile.MomentOf(i.Created)},
			{From: agile.MomentOf(spent), Order: 70, Value: agile.Number{Value: 7200, Known: true}}})
	}
	if rapid.IntRange(0, 3).Draw(t, "is resolved beside its history") == 0 {
		i.Resolved = agile.MomentOf(i.Created.Add(3 * time.Second))
	}
	return i
}

// drawWorklogs takes one worklog away and adds one, which may be out of all bounds.
func drawWorklogs(t *rapid.T, logs []agile.Worklog, relogged *[]int64) []agile.Worklog {
	out := slices.Clone(logs)
	if len(out) > 0 {
		n := rapid.IntRange(0, len(out)-1).Draw(t, "forgotten")
		*relogged = append(*relogged, out[n].Issue)
		out = slices.Delete(out, n, n+1)
	}
	issue, _ := strconv.ParseInt(rapid.SampledFrom([]string{"1", "2", "9"}).Draw(t, "logged on"), 10, 64)
	*relogged = append(*relogged, issue)
	at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "logged")) * time.Hour)
	return append(out, agile.Worklog{ID: 1000 + int64(len(out)), Issue: issue, Created: at, Started: at,
		Seconds: rapid.SampledFrom([]int64{60, -1, 1e12}).Draw(t, "seconds")})
}
