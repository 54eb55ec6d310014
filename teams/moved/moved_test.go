package moved_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/teams"
	"jerem/teams/moved"
)

// linesOf is a digest of each series of a history.
func linesOf(h *agile.History) map[string]string {
	out := map[string]string{}
	for _, line := range teams.LinesOf(timeseries.Pieces(measure.Of(h), h.Until)) {
		out[line.Key] = line.Digest
	}
	return out
}

// generate draws a history in which a key follows the project, as it does in Jira.
func generate(t *rapid.T) *agile.History {
	h := storytest.GenerateHistory(t)
	h.Until = storytest.GeneratedStart.Add(200 * time.Hour)
	h.Statuses["77"] = agile.Status{ID: "77", Name: "odd", Names: []string{"odd"}}
	h.Matches = nil
	for _, i := range h.Issues {
		i.Key = nil
		for _, step := range i.Project {
			key := fmt.Sprintf("%s-%d", map[string]string{"10": "K", "99": "X"}[step.Value], i.ID)
			i.Key = append(i.Key, agile.Step[string]{From: step.From, Order: step.Order, Value: key})
		}
	}
	for n, s := range h.Sprints {
		s.Versions[0].Seen = storytest.GeneratedStart.Add(-100 * time.Hour)
		h.Sprints[n] = s
	}
	return h
}

// renumbered is a history with other ids for everything.
func renumbered(h *agile.History) *agile.History {
	out := *h
	out.ProjectID = "9" + h.ProjectID
	out.Statuses, out.Types = map[string]agile.Status{}, map[string]agile.Type{}
	for id, s := range h.Statuses {
		s.ID = "9" + id
		out.Statuses[s.ID] = s
	}
	for id, of := range h.Types {
		of.ID = "9" + id
		out.Types[of.ID] = of
	}
	out.Sprints = slices.Clone(h.Sprints)
	for n := range out.Sprints {
		out.Sprints[n].ID += 900
	}
	nine := func(tl agile.Timeline[string]) agile.Timeline[string] {
		tl = slices.Clone(tl)
		for n := range tl {
			tl[n].Value = "9" + tl[n].Value
		}
		return tl
	}
	out.Issues = nil
	for _, was := range h.Issues {
		i := *was
		i.ID += 900
		i.Project, i.Type, i.Status = nine(i.Project), nine(i.Type), nine(i.Status)
		i.Sprints, i.Parent, i.EpicLink = slices.Clone(i.Sprints), slices.Clone(i.Parent), slices.Clone(i.EpicLink)
		for n, step := range i.Sprints {
			i.Sprints[n].Value = nil
			for _, id := range step.Value {
				i.Sprints[n].Value = append(i.Sprints[n].Value, id+900)
			}
		}
		for n := range i.Parent {
			if i.Parent[n].Value != 0 {
				i.Parent[n].Value += 900
			}
		}
		for n, step := range i.EpicLink {
			if id := 0; step.Value != "" {
				fmt.Sscan(step.Value, &id)
				i.EpicLink[n].Value = fmt.Sprint(id + 900)
			}
		}
		out.Issues = append(out.Issues, &i)
	}
	out.Worklogs = slices.Clone(h.Worklogs)
	for n := range out.Worklogs {
		out.Worklogs[n].ID += 900
		out.Worklogs[n].Issue += 900
	}
	return &out
}

// forgetful is a history of which a site tells nothing before a moment but what was so then, since each issue began.
func forgetful(h *agile.History, at time.Time) *agile.History {
	out := *h
	out.Issues = nil
	for _, was := range h.Issues {
		i := *was
		forget(&i.Key, at)
		forget(&i.Project, at)
		forget(&i.Type, at)
		forget(&i.Status, at)
		forget(&i.Resolution, at)
		forget(&i.Sprints, at)
		forget(&i.Parent, at)
		forget(&i.EpicLink, at)
		forget(&i.Labels, at)
		i.Numbers = nil
		for field, tl := range was.Numbers.All() {
			forget(&tl, at)
			i.Numbers.Put(field, tl)
		}
		out.Issues = append(out.Issues, &i)
	}
	return &out
}

func forget[T any](tl *agile.Timeline[T], at time.Time) {
	if len(*tl) == 0 || (*tl)[0].From.After(at) {
		return
	}
	out := agile.Timeline[T]{{From: (*tl)[0].From, Value: tl.At(at)}}
	for _, step := range *tl {
		if step.From.After(at) {
			out = append(out, step)
		}
	}
	*tl = out
}

// TestJoinedIsUnbroken: whatever the present site tells of the time before the move, the joined history gives the
// figures of a team that never moved.
func TestJoinedIsUnbroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := generate(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-70, 120).Draw(t, "moved")) * time.Hour)
		former := renumbered(storytest.KnownAt(whole, at))
		var names agile.Relatives // of parents and epics, as each issue's history tells them
		for _, i := range whole.Issues {
			names.Put(i.ID+900, i.Key.Last())
		}
		for _, i := range former.Issues {
			i.Relatives = names
			i.Key = slices.DeleteFunc(slices.Clone(i.Key), func(s agile.Step[string]) bool { return s.From.After(at) })
		}
		former.Until = at
		present := whole
		if rapid.Bool().Draw(t, "without history") {
			present = forgetful(whole, at)
		}
		if rapid.Bool().Draw(t, "logs of the day of the move") {
			copied := *present
			copied.Worklogs = slices.Clone(present.Worklogs)
			for n, w := range copied.Worklogs {
				if !w.Created.After(at) {
					copied.Worklogs[n].Created = at.Add(time.Minute)
				}
			}
			present = &copied
		}
		joined, isWhole := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
		if !isWhole {
			t.Fatal("the first join is not told to be whole")
		}
		if diff := cmp.Diff(linesOf(whole), linesOf(joined)); diff != "" {
			t.Fatalf("joined differs from unbroken:\n%s", diff)
		}
	})
}

// moveOf is a small move: what the former and the present site tell of it, and when it was.
func moveOf() (former, present *agile.History, at time.Time) {
	at = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	began := at.AddDate(0, -2, 0)
	former, present = storytest.NewHistory(), storytest.NewHistory()
	former.Until, present.Until = at, at.AddDate(0, 1, 0)
	former.ProjectID = "20"
	former.Fields = map[string]agile.Field{"customfield_7": {ID: "customfield_7", Name: "Points of ours"}}
	present.Fields = map[string]agile.Field{"customfield_9": {ID: "customfield_9", Name: "Story points"}}
	issue := func(id int64, key, project, field string, points float64) *agile.Issue {
		return &agile.Issue{ID: id, Created: began, Key: agile.Constant(began, key),
			Project: agile.Constant(began, project), Type: agile.Constant(began, "story"),
			Status: agile.Constant(began, "1"), Sprints: agile.Constant(began, []int64{5}),
			Numbers: agile.FieldsOf(map[string]agile.Timeline[agile.Number]{
				field: agile.Constant(began, agile.Number{Value: points, Known: true})})}
	}
	former.Issues = []*agile.Issue{
		issue(10007, "K-7", "20", "customfield_7", 5), issue(10008, "K-8", "20", "customfield_7", 3)}
	former.Sprints = []agile.Sprint{{ID: 5, OriginBoard: 1, Versions: []agile.SprintVersion{
		{Seen: began, Name: "Sprint 5", State: agile.Closed, Start: began, End: at, Complete: at}}}}
	present.Issues = []*agile.Issue{issue(52, "K-7", "10", "customfield_9", 0)}
	present.Issues[0].Numbers = nil
	present.Issues[0].Sprints = agile.Constant(began, []int64(nil))
	return former, present, at
}

// TestLostOnTheWay: a value that did not come along is one of the past, and none from the move on.
func TestLostOnTheWay(t *testing.T) {
	former, present, at := moveOf()
	present.Issues[0].Numbers = agile.FieldsOf(map[string]agile.Timeline[agile.Number]{"customfield_9": agile.Constant(
		present.Issues[0].Created, agile.Number{})})
	joiner := moved.NewJoiner(former, moved.Move{At: at, Fields: map[string]string{"customfield_7": "customfield_9"}})
	h, _ := joiner.Join(present)
	points := h.Issues[1].Numbers.Of("customfield_9")
	if h.Issues[1].ID != 52 || points.At(at.Add(-time.Second)).Value != 5 || points.At(at).Known {
		t.Errorf("issue %d is estimated %v", h.Issues[1].ID, points)
	}
	if got := joiner.Counts(); got.Issues != 1 || got.IssuesAlone != 1 || got.SprintsAlone != 1 ||
		len(got.FieldsAlone) != 0 {
		t.Errorf("counted %+v", got)
	}
	joiner = moved.NewJoiner(former, moved.Move{At: at})
	joiner.Join(present)
	if got := joiner.Counts().FieldsAlone; !slices.Equal(got, []string{"Points of ours"}) {
		t.Errorf("without a word on fields, %v are told to be on the former site alone", got)
	}
}

// TestLeftBehind: an issue that did not come along is the team's until the move, and a sprint that did not stays in the
// past.
func TestLeftBehind(t *testing.T) {
	former, present, at := moveOf()
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	left := h.Issues[0]
	if left.ID != -10008 || left.Key.Last() != "K-8" || left.Project.At(at.Add(-time.Second)) != present.ProjectID ||
		left.Project.At(at) == present.ProjectID {
		t.Errorf("issue %d, %s, is in the projects %v", left.ID, left.Key.Last(), left.Project)
	}
	if h.Sprints[0].ID != -5 || h.Sprints[0].OriginBoard != 1 ||
		!slices.Equal(h.Issues[1].Sprints.At(at.Add(-time.Second)), []int64{-5}) {
		t.Errorf("sprint %+v, issue in %v", h.Sprints[0], h.Issues[1].Sprints)
	}
}

// TestFormerReadingEnded: where the former site was read for the last time before the move, the present one tells of
// the time between.
func TestFormerReadingEnded(t *testing.T) {
	former, present, at := moveOf()
	former.Until = at.Add(-48 * time.Hour)
	between := at.Add(-24 * time.Hour)
	present.Issues[0].Status = append(agile.Constant(present.Issues[0].Created, "1"),
		agile.Step[string]{From: agile.MomentOf(between), Value: "3"})
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	status := h.Issues[1].Status
	if status.At(between.Add(-time.Second)) != "1" || status.At(between) != "3" {
		t.Errorf("the status is %v", status)
	}
}

// TestWhatDidNotChangeIsKept: an issue that is the same one on the present site is the same one when it is joined
// again; all are others when the present site got another id for something.
func TestWhatDidNotChangeIsKept(t *testing.T) {
	former, present, at := moveOf()
	joiner := moved.NewJoiner(former, moved.Move{At: at})
	before, _ := joiner.Join(present)
	later := *present
	changed := *present.Issues[0]
	later.Issues = append(slices.Clone(present.Issues), &agile.Issue{ID: 60, Key: agile.Constant(at, "K-9")})
	again, whole := joiner.Join(&later)
	if whole || again.Issues[1] != before.Issues[1] {
		t.Error("an issue that did not change is another one")
	}
	later.Issues = []*agile.Issue{&changed}
	if again, whole = joiner.Join(&later); whole || again.Issues[1] == before.Issues[1] {
		t.Error("an issue that changed is the same one")
	}
	later.Issues = append(later.Issues, &agile.Issue{ID: 61, Key: agile.Constant(at, "K-8")})
	if _, whole = joiner.Join(&later); !whole {
		t.Error("an issue that came along later is not told")
	}
}

// TestSprintRenamedAfterTheMove: a sprint of which the present site changes name or start later stays one, and each
// present sprint is one former sprint.
func TestSprintRenamedAfterTheMove(t *testing.T) {
	for name, change := range map[string]func(*agile.SprintVersion){
		"name":  func(v *agile.SprintVersion) { v.Name = "Phase one" },
		"start": func(v *agile.SprintVersion) { v.Start = v.Start.Add(time.Hour) },
	} {
		former, present, at := moveOf()
		first := former.Sprints[0].Versions[0]
		first.Seen = at.Add(24 * time.Hour)
		second := first
		second.Seen = at.Add(48 * time.Hour)
		change(&second)
		present.Sprints = []agile.Sprint{{ID: 905, OriginBoard: 1, Versions: []agile.SprintVersion{first, second}}}
		h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
		if len(h.Sprints) != 1 || h.Sprints[0].ID != 905 || h.Sprints[0].Last().Name != second.Name {
			t.Errorf("another %s: sprints %+v", name, h.Sprints)
		}
		if issue := h.Issues[1]; !slices.Equal(issue.Sprints.At(at.Add(-time.Second)), []int64{905}) {
			t.Errorf("another %s: the issue was in %v", name, issue.Sprints)
		}
	}
}

// TestSprintRenamedBeforeItWasRead: a sprint whose name the present site changed before it was first read is the one in
// which issues are in its place, or the one that starts when it did; where neither tells, it is another one.
func TestSprintRenamedBeforeItWasRead(t *testing.T) {
	for name, c := range map[string]struct {
		start time.Duration // after that of the former one
		in    []int64       // the sprints of the issue on the present site
		same  bool
	}{
		"issues tell": {48 * time.Hour, []int64{905}, true},
		"start tells": {time.Second, nil, true},
		"both tell":   {0, []int64{905}, true},
		"none tells":  {48 * time.Hour, nil, false},
	} {
		former, present, at := moveOf()
		version := former.Sprints[0].Versions[0]
		version.Name, version.Seen, version.Start = "Phase one", at.Add(72*time.Hour), version.Start.Add(c.start)
		present.Sprints = []agile.Sprint{{ID: 905, OriginBoard: 1, Versions: []agile.SprintVersion{version}}}
		present.Issues[0].Sprints = agile.Constant(present.Issues[0].Created, c.in)
		h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
		if same := len(h.Sprints) == 1; same != c.same {
			t.Errorf("%s: sprints %+v", name, h.Sprints)
		}
	}
}

// TestSprintsOfOneName: of several sprints of one name none is lost, and the one with the same start is the same.
func TestSprintsOfOneName(t *testing.T) {
	former, present, at := moveOf()
	planned := agile.Sprint{ID: 4, OriginBoard: 1, Versions: []agile.SprintVersion{
		{Seen: at.Add(-time.Hour), Name: "Sprint 5", State: agile.Future}}}
	former.Sprints = append([]agile.Sprint{planned}, former.Sprints...)
	of := func(id int64, v agile.SprintVersion) agile.Sprint {
		v.Seen = at.Add(time.Hour)
		return agile.Sprint{ID: id, OriginBoard: 1, Versions: []agile.SprintVersion{v}}
	}
	present.Sprints = []agile.Sprint{of(905, former.Sprints[1].Versions[0]), of(906, planned.Versions[0])}
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	if len(h.Sprints) != 2 || len(h.Sprints[0].Versions)+len(h.Sprints[1].Versions) != 2 {
		t.Errorf("sprints %+v", h.Sprints)
	}
}

// TestFormerSiteReadLate: the former site may be read for the first time on the day of the move or after it: what it
// tells of sprints and days off counts before it was seen. A sprint that it began after the team had left is not the
// team's.
func TestFormerSiteReadLate(t *testing.T) {
	former, present, at := moveOf()
	former.Until = at.Add(36 * time.Hour)
	former.Sprints[0].Versions[0].Seen = former.Until
	former.DaysOff = []agile.DaysOffVersion{{Seen: former.Until, Text: "2026-04-06"}}
	present.DaysOff = []agile.DaysOffVersion{{Seen: at.Add(48 * time.Hour), Text: "2026-05-25"}}
	former.Sprints = append(former.Sprints, agile.Sprint{ID: 6, Versions: []agile.SprintVersion{
		{Seen: former.Until, Name: "Sprint 6", State: agile.Active, Start: at.Add(time.Hour),
			End: at.AddDate(0, 0, 14)}}})
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	if len(h.Sprints) != 1 || h.Sprints[0].ID != -5 || h.Sprints[0].At(at.AddDate(0, 0, -1)).Name != "Sprint 5" {
		t.Errorf("sprints %+v", h.Sprints)
	}
	if was, is := h.DaysOffAt(at.AddDate(0, 0, -1)), h.DaysOffAt(present.Until); was != "2026-04-06" ||
		is != "2026-05-25" {
		t.Errorf("days off %q, then %q", was, is)
	}
}

// TestRenamedOnThePresentSite: a status, a type and a version that no name tells are those that all issues have in
// their place; where issues contradict each other, or another one has the name, they stay of the former site.
func TestRenamedOnThePresentSite(t *testing.T) {
	const formerly = "former:"
	for name, c := range map[string]struct {
		status, kind []string // of both issues on the present site
		want         [2]string
	}{
		"renamed": {[]string{"91", "91"}, []string{"bug", "bug"}, [2]string{"91", "bug"}},
		"contradicted": {[]string{"91", "92"}, []string{"bug", "defect"},
			[2]string{formerly + "71", formerly + "fault"}},
		"converted": {[]string{"1", "1"}, []string{"story", "story"}, [2]string{formerly + "71", formerly + "fault"}},
	} {
		former, present, at := moveOf()
		began := present.Issues[0].Created
		former.Statuses = map[string]agile.Status{"71": {ID: "71", Name: "Doing it", Names: []string{"Doing it"}},
			"1": present.Statuses["1"]}
		former.Types = map[string]agile.Type{"fault": {ID: "fault", Name: "Fault"}, "story": present.Types["story"]}
		present.Issues = append(present.Issues, &agile.Issue{ID: 53, Created: began, Key: agile.Constant(began, "K-8"),
			Project: agile.Constant(began, "10")})
		for n, i := range former.Issues {
			i.Status, i.Type = agile.Constant(began, "71"), agile.Constant(began, "fault")
			present.Issues[n].Status = agile.Constant(began, c.status[n])
			present.Issues[n].Type = agile.Constant(began, c.kind[n])
		}
		h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
		before := at.Add(-time.Second)
		if got := [2]string{h.Issues[0].Status.At(before), h.Issues[0].Type.At(before)}; got != c.want {
			t.Errorf("%s: status and type are %q, want %q", name, got, c.want)
		}
	}
}

// TestOpenWorkLeftBehind: what was open and did not come along is in no sprint and of no epic from the move on, what
// was done stays in what it was done for; a sprint that was left behind ends with the move.
func TestOpenWorkLeftBehind(t *testing.T) {
	for category, stays := range map[agile.Category]bool{agile.CategoryDoing: false, agile.CategoryDone: true} {
		former, present, at := moveOf()
		former.Statuses = map[string]agile.Status{
			"1": {ID: "1", Name: "Odd", Names: []string{"Odd"}, Category: category}}
		version := &former.Sprints[0].Versions[0]
		version.State, version.End, version.Complete = agile.Active, at.AddDate(0, 0, 7), time.Time{}
		began := former.Issues[1].Created
		former.Issues[1].Parent = agile.Constant(began, int64(10007))
		former.Issues[1].EpicLink = agile.Constant(began, "10007")
		h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
		left, before := h.Issues[0], at.Add(-time.Second)
		if !slices.Equal(left.Sprints.At(before), []int64{-5}) || left.Parent.At(before) != 52 ||
			left.EpicLink.At(before) != "52" {
			t.Errorf("%s: before the move the issue is in %v, of %d and %q", category, left.Sprints.At(before),
				left.Parent.At(before), left.EpicLink.At(before))
		}
		inSprint, ofEpic := len(left.Sprints.At(at)) > 0, left.Parent.At(at) != 0
		if byLink := left.EpicLink.At(at) != ""; inSprint != stays || ofEpic != stays || byLink != stays {
			t.Errorf("%s: since the move the issue is in a sprint: %v, of a parent: %v, by a link: %v", category,
				inSprint, ofEpic, byLink)
		}
		sprint := h.Sprints[0]
		if was, is := sprint.At(before).StateAt(before), sprint.At(at).StateAt(at); was != agile.Active ||
			is != agile.Closed {
			t.Errorf("the sprint is %s before the move, %s since", was, is)
		}
	}
}

// TestLogsToTheMinute: time logged that came along to the minute, and was written on the day of the move, is counted
// once; of two logs within a minute none is lost, and one of another minute is another one.
func TestLogsToTheMinute(t *testing.T) {
	former, present, at := moveOf()
	eight := at.AddDate(0, 0, -12)
	logged := func(id, issue int64, started time.Duration, created time.Time) agile.Worklog {
		return agile.Worklog{ID: id, Issue: issue, Started: eight.Add(started), Seconds: 3600, Created: created}
	}
	former.Worklogs = []agile.Worklog{logged(1, 10007, 30*time.Second, eight), logged(2, 10007, 0, eight)}
	imported := at.Add(3 * time.Hour)
	present.Worklogs = []agile.Worklog{logged(11, 52, 0, imported), logged(12, 52, 0, imported),
		logged(13, 52, 90*time.Second, imported)}
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	var ids []int64
	for _, w := range h.Worklogs {
		ids = append(ids, w.ID)
	}
	if want := []int64{-2, -1, 13}; !slices.Equal(ids, want) {
		t.Errorf("the logs %v count, want %v", ids, want)
	}
}

// TestLogsCorrectedAfterTheMove: time that the present site corrected or deleted since is told as it has it, for the
// past too; where none came along, what the former site told stays.
func TestLogsCorrectedAfterTheMove(t *testing.T) {
	former, present, at := moveOf()
	began := at.AddDate(0, 0, -12)
	logged := func(id, issue int64, started time.Duration, seconds int64) agile.Worklog {
		return agile.Worklog{ID: id, Issue: issue, Started: began.Add(started), Seconds: seconds,
			Created: began.Add(started + time.Minute)}
	}
	former.Worklogs = []agile.Worklog{logged(1, 10007, 0, 3600), logged(2, 10007, time.Hour, 3600),
		logged(3, 10007, 2*time.Hour, 3600), logged(4, 10008, 0, 3600)}
	corrected, restarted := logged(11, 52, 0, 1800), logged(12, 52, time.Hour, 3600)
	restarted.Started = began.Add(30 * time.Minute)
	present.Worklogs = []agile.Worklog{corrected, restarted}
	h, _ := moved.NewJoiner(former, moved.Move{At: at}).Join(present)
	seconds := map[int64]int64{}
	for _, w := range h.Worklogs {
		seconds[w.ID] = w.Seconds
	}
	want := map[int64]int64{-1: 1800, -2: 3600, -4: 3600}
	if diff := cmp.Diff(want, seconds); diff != "" {
		t.Errorf("seconds by log: %s", diff)
	}
	if !h.Worklogs[1].Started.Equal(restarted.Started) {
		t.Errorf("the corrected log starts at %s", h.Worklogs[1].Started)
	}
}
