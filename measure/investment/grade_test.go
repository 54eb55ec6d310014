package investment_test

import (
	"slices"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/investment"
	"jerem/measure/storytest"
)

// TestMixTellsPastChanges: where the time of a quarter moved after it was told, because it was corrected or its issue
// is gone, the sums of time say so; what was finished is told by those of estimates.
func TestMixTellsPastChanges(t *testing.T) {
	const found = " 2027-01-10T10:00"
	for name, c := range map[string]struct {
		change            string
		seconds, estimate bool // whether sums of them tell it
	}{
		"corrected":                    {"change time_corrected K-1" + found + " 2026-11-04T10:00", true, false},
		"corrected in another quarter": {"change time_corrected K-1" + found + " 2026-08-04T10:00", false, false},
		"corrected in the quarter":     {"change time_corrected K-1 2026-12-10T10:00 2026-11-04T10:00", false, false},
		"deleted with time":            {"change issue_deleted K-1" + found, true, false},
		"deleted and finished":         {"change issue_deleted K-2" + found, false, true},
		"deleted with both":            {"change issue_deleted K-3" + found, true, true},
		"of no use":                    {"change issue_deleted K-4" + found, false, false},
	} {
		team := measure.Of(storytest.Read(t, "until 2027-02-01\n"+c.change, `K-1 2026-10-01 points=3
  2026-11-04T12:00 log 2h on 2026-11-04T10:00
K-2 2026-10-01 points=3
  2026-11-05 status=done
K-3 2026-10-01 points=3
  2026-11-04T12:00 log 2h on 2026-11-04T10:00
  2026-11-05 status=done
K-4 2026-10-01 points=3
K-5 2026-10-01 points=3
  2026-11-05 status=done`))
		mix := investment.Of(team, storytest.ParseTime(t, "2027-01-20"), 2)[0]
		for figure, want := range map[string]bool{"mix.seconds.type": c.seconds, "mix.seconds.nature": c.seconds,
			"mix.estimate.type": c.estimate, "mix.estimate.initiative": c.estimate} {
			q := mix.QualityOf(figure)
			told := slices.ContainsFunc(q.Reasons, func(reason string) bool {
				return strings.Contains(reason, "corrected") || strings.Contains(reason, "deleted")
			})
			if told != want || (q.Grade == grade.Partial) != want {
				t.Errorf("%s: %s is %s: %q", name, figure, q.Grade, q.Reasons)
			}
		}
		if (mix.Quality.Grade == grade.Whole) == (c.seconds || c.estimate) {
			t.Errorf("%s: the mix is %s", name, mix.Quality.Grade)
		}
	}
}

// TestMixTellsUnsentTime: time that an issue says was spent on it, and that no log tells, is told by the sums of time
// of the quarter in which it came and of none after it.
func TestMixTellsUnsentTime(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2027-06-01", `K-1 2026-10-01 points=3
  2026-11-04T12:00 spent=10800
  2026-11-04T12:00 log 2h on 2026-11-04T10:00`))
	for n, want := range []bool{true, false} { // Q4-26, Q1-27
		mix := investment.Of(team, storytest.ParseTime(t, "2027-03-01"), 2)[n]
		for figure, want := range map[string]bool{"mix.seconds.type": want, "mix.estimate.type": false} {
			told := slices.ContainsFunc(mix.QualityOf(figure).Reasons, func(reason string) bool {
				return strings.Contains(reason, "1 h more were spent on 1 issue") && strings.Contains(reason, "K-1")
			})
			if told != want {
				t.Errorf("%v %s: %q", mix.Quarter, figure, mix.QualityOf(figure).Reasons)
			}
		}
	}
}

// TestMixTellsTimeElsewhere: time that an impediment brought along from another project stands in the mix of the team
// that it was logged in; by nature it is told where the impediment is now, in the quarter of the work.
func TestMixTellsTimeElsewhere(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2027-06-01", `K-1 2026-10-01 project=20 key=REO-1 labels=impediment
  2026-11-04T12:00 log 2h on 2026-11-04T10:00
  2026-11-05T10:00 project=10 key=K-1
  2026-11-06T12:00 log 1h on 2026-11-06T10:00
  2027-01-14T12:00 log 1h on 2027-01-14T10:00`))
	const want = "the team's impediments have 2 h more, logged while 1 issue stood elsewhere: K-1 (2 h in project REO)"
	for _, c := range []struct {
		at, figure string
		quarter    int
		told       bool
	}{
		{"2027-03-01", "mix.seconds.nature", 0, true}, // Q4-26
		{"2027-03-01", "mix.seconds.type", 0, false},
		{"2027-03-01", "mix.estimate.nature", 0, false},
		{"2027-03-01", "mix.seconds.nature", 1, false}, // Q1-27
		{"2026-11-05T09:00", "mix.seconds.nature", 1, false},
		{"2026-11-05T10:00", "mix.seconds.nature", 1, true},
	} {
		mix := investment.Of(team, storytest.ParseTime(t, c.at), 2)[c.quarter]
		if q := mix.QualityOf(c.figure); slices.Contains(q.Reasons, want) != c.told ||
			(q.Grade == grade.Partial) != c.told {
			t.Errorf("%s %s at %s: %s %q", mix.Quarter, c.figure, c.at, q.Grade, q.Reasons)
		}
	}
}

// TestMixTellsUnsureMarks: issues whose labels do not join may have been of another nature: told where the mix is by
// nature, in the quarter of their work alone.
func TestMixTellsUnsureMarks(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2027-03-01", `K-1 2026-10-01 labels=impediment broken=labels:1
  2026-11-04T12:00 log 2h on 2026-11-04T10:00
K-2 2026-10-01 broken=labels:1
  2026-11-05T12:00 log 2h on 2026-11-05T10:00
K-3 2026-10-01 broken=project:1
  2027-01-14T12:00 log 1h on 2027-01-14T10:00`))
	mixes := investment.Of(team, storytest.ParseTime(t, "2027-03-01"), 2)
	for _, c := range []struct {
		quarter int
		figure  string
		told    bool
	}{
		{0, "mix.seconds.nature", true}, {0, "mix.estimate.nature", true}, {0, "mix.seconds.type", false},
		{1, "mix.seconds.nature", false},
	} {
		q := mixes[c.quarter].QualityOf(c.figure)
		if slices.Contains(q.Reasons, "the labels or natures of 2 issues do not join") != c.told {
			t.Errorf("%s %s: %s %q", mixes[c.quarter].Quarter, c.figure, q.Grade, q.Reasons)
		}
	}
}

// TestMixTellsUnsureInitiatives: where an issue's way from epic to epic, or that of its parent, does not join, or the
// labels of its epic do not, its work may be for another initiative: told where the mix is by initiative, in the
// quarter of the work alone.
func TestMixTellsUnsureInitiatives(t *testing.T) {
	const epics = `E-1 2026-09-01 type=epic labels=Project_Cloud
E-2 2026-09-01 type=epic labels=Project_Other broken=labels:1
`
	for name, c := range map[string]struct {
		story string
		told  bool
	}{
		"an epic whose labels do not join": {"K-1 2026-10-01 epic=E-2 points=3\n", true},
		"an epic whose labels join":        {"K-1 2026-10-01 epic=E-1 points=3\n", false},
		"an issue's own labels":            {"K-1 2026-10-01 epic=E-1 points=3 broken=labels:1\n", false},
		"its way to the epic by link":      {"K-1 2026-10-01 epic=E-1 points=3 broken=epiclink:1\n", true},
		"its way to the epic by parent":    {"K-1 2026-10-01 points=3 broken=parent:1\n", true},
		"the way of its parent": {"K-2 2026-09-01 epic=E-1 broken=epiclink:1\n" +
			"K-1 2026-10-01 type=sub parent=K-2\n", true},
		"the way of an epic": {"K-1 2026-10-01 type=epic labels=Project_Cloud broken=parent:1\n", false},
		"an epic's own time": {"K-1 2026-10-01 type=epic labels=Project_Cloud broken=labels:1\n", true},
	} {
		team := measure.Of(storytest.Read(t, "until 2027-03-01", epics+c.story+
			"  2026-11-04T12:00 log 2h on 2026-11-04T10:00\n  2026-11-05T12:00 status=done"))
		const told = "the epics of 1 issue, or the labels of these epics, do not join"
		mixes := investment.Of(team, storytest.ParseTime(t, "2027-03-01"), 2)
		for figure, want := range map[string]bool{"mix.seconds.initiative": c.told, "mix.estimate.initiative": c.told,
			"mix.seconds.type": false, "mix.seconds.nature": false} {
			if q := mixes[0].QualityOf(figure); slices.Contains(q.Reasons, told) != want {
				t.Errorf("%s: %s: %s %q", name, figure, q.Grade, q.Reasons)
			}
			if q := mixes[1].QualityOf(figure); slices.Contains(q.Reasons, told) {
				t.Errorf("%s: %s of the quarter after the work: %q", name, figure, q.Reasons)
			}
		}
	}
	h := storytest.Read(t, "until 2027-03-01", epics+"K-1 2026-11-01 epic=E-2\n  2026-11-05T12:00 status=done")
	h.Team.Initiative.Label = nil
	q := investment.Of(measure.Of(h), storytest.ParseTime(t, "2027-03-01"), 2)[0].QualityOf("mix.seconds.initiative")
	if q.Grade != grade.Whole {
		t.Errorf("where nothing tells initiatives: %s %q", q.Grade, q.Reasons)
	}
}
