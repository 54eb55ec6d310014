package sync

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/grade"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// The stories of faults that were found, played from end to end: a small team's Jira that answers as a Jira does that
// was seen, in both dialects, and what its sprint comes to.

// idOne is the id of K8S-101.
const idOne = 10002

// idTwo is the id of K8S-102.
const idTwo = 10003

// foundRig is a bot before the small team's Jira, which plays faults.
func foundRig(t *testing.T, dialect jirasim.Dialect, teams ...agile.Team) (*rig, *faults.List) {
	t.Helper()
	planned := &faults.List{}
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), teams...)
	r.serve(
		t,
		synctest.StorySite(t, synctest.SmallTeam),
		jirasim.Options{Email: "bot@example.org", Token: "token", Dialect: dialect, Fault: planned.Next},
	)
	return r, planned
}

// sprint21 returns the sprint that the small team closed.
func sprint21(t *testing.T, team *measure.Team) measure.Sprint {
	t.Helper()
	s, err := team.Sprint(21, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	return *s
}

// wholeSprint checks the figures of sprint 21 where nothing is missing of them.
func wholeSprint(t *testing.T, s measure.Sprint) {
	t.Helper()
	if s.Ledger == nil || s.Ledger.Commitment != 8 || s.Completed == nil || *s.Completed != 5 {
		t.Errorf("ledger %+v, completed %v: want 8 committed, 5 completed", s.Ledger, s.Completed)
	}
}

// reasonGiven checks that a grade is not complete, and says a word.
func reasonGiven(t *testing.T, q grade.Quality, words ...string) {
	t.Helper()
	said := strings.Join(q.Reasons, "\n")
	if q.Grade == grade.Whole ||
		!slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) }) {
		t.Errorf("grade %s, %q: it must say one of %q", q.Grade, said, words)
	}
}

// TestFoundRedirects (A2): behind an address that redirects, to a path or to another host, all figures are those
// without it, or the reading is refused and says what to write.
func TestFoundRedirects(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		conf.Filter = "labels = impediment"
		plain, _ := foundRig(t, dialect, conf)
		want := synctest.Export(t, plain.collect(t, conf))
		options := jirasim.Options{Email: "bot@example.org", Token: "token", Dialect: dialect}
		other := httptest.NewServer(jirasim.NewServer(synctest.StorySite(t, synctest.SmallTeam), options))
		t.Cleanup(other.Close)
		for _, status := range synctest.Sample([]int{301, 302, 303, 307, 308}) {
			for name, fault := range map[string]jirasim.Fault{"path": faults.Redirected(status, "", "/jira"),
				"host": faults.Redirected(status, other.URL, "")} {
				r, planned := foundRig(t, dialect, conf)
				planned.On("/rest", fault)
				_, err := r.reader.Collect(t.Context(), false)
				switch {
				case err != nil && !strings.Contains(err.Error(), "jira.url"):
					t.Errorf("%d, %s: it is refused without a remedy: %v", status, name, err)
				case err == nil && synctest.Export(t, r.kept(t, conf)) != want:
					t.Errorf("%d, %s: other figures than without it", status, name)
				}
			}
		}
	})
}

// TestFoundNoColumns (A4): a board that maps no status refuses its sprints, in whatever words: the team is read all
// the same, its quarter is told.
func TestFoundNoColumns(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		r, planned := foundRig(t, dialect, conf)
		planned.On("/board/1/configuration", jirasim.Fault{Edit: func(_ *http.Request, answer any) any {
			for _, c := range answer.(map[string]any)["columnConfig"].(map[string]any)["columns"].([]any) {
				c.(map[string]any)["statuses"] = []any{}
			}
			return answer
		}})
		planned.On("/board/1/sprint", faults.Refuse(422, "Dieses Board hat keine Spalten mit zugeordnetem Status."))
		team := r.collect(t, conf)
		name, ok := measure.ParseQuarter("Q4-26")
		if q := team.Quarter(name, team.Now()); !ok || q.Total != 16 || q.Done != 8 {
			t.Errorf("the quarter holds %v, %v of it done: want 16 and 8", q.Total, q.Done)
		}
	})
}

// TestFoundDoneWithoutHistory (A5): an issue that is done without a change that says so is done when its resolution
// says, and the grade tells that its history does not join.
func TestFoundDoneWithoutHistory(t *testing.T) {
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		r, planned := foundRig(t, dialect, conf)
		planned.On(
			"/rest/api",
			jirasim.Fault{Edit: faults.WithoutChanges(func(issue int64, _, item map[string]any) bool {
				return issue == idOne && (item["field"] == "status" || item["field"] == "resolution")
			})},
		)
		s := sprint21(t, r.collect(t, conf))
		wholeSprint(t, s)
		reasonGiven(t, s.Quality, "join")
	})
}

// TestFoundNoFalseAlarm (A7): the remaining estimate that Jira writes as 0 where it was nothing makes no figure of a
// team in points doubtful.
func TestFoundNoFalseAlarm(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	plain, _ := foundRig(t, jirasim.Cloud, conf)
	before := sprint21(t, plain.collect(t, conf)).Quality
	r, planned := foundRig(t, jirasim.Cloud, conf)
	planned.On("changelog/bulkfetch", jirasim.Fault{Edit: func(_ *http.Request, answer any) any {
		for _, l := range answer.(map[string]any)["issueChangeLogs"].([]any) {
			if l := l.(map[string]any); l["issueId"] == fmt.Sprint(idOne) {
				l["changeHistories"] = append(
					l["changeHistories"].([]any),
					map[string]any{"id": "99001", "created": 1791547200000, "items": []any{
						map[string]any{
							"field":      "timeestimate",
							"fieldtype":  "jira",
							"fieldId":    "timeestimate",
							"from":       nil,
							"fromString": nil,
							"to":         "0",
							"toString":   "0",
						}}},
				)
			}
		}
		return answer
	}})
	s := sprint21(t, r.collect(t, conf))
	wholeSprint(t, s)
	if s.Quality.Grade != before.Grade || strings.Join(s.Quality.Reasons, "") != strings.Join(before.Reasons, "") {
		t.Errorf("graded %+v, and %+v without it", s.Quality, before)
	}
}

// TestFoundFieldsBeyondHundred (A1): however many fields stand before it, the board's estimate and the nature that is
// configured are asked for.
func TestFoundFieldsBeyondHundred(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, kind := range []string{"number", "select"} {
			conf := synctest.Team("K8S", 0)
			conf.Impediment.Nature = "customfield_11028"
			plain, _ := foundRig(t, dialect, conf)
			want := synctest.Export(t, plain.collect(t, conf))
			r, planned := foundRig(t, dialect, conf)
			planned.On("/field", jirasim.Fault{Edit: faults.MoreFields(120, kind)})
			team := r.collect(t, conf)
			if got := synctest.Export(t, team); got != want { // sprints, epics and flags too
				t.Errorf("%s: %s", kind, synctest.FirstDifference(got, want))
			}
			s := sprint21(t, team)
			wholeSprint(t, s)
			if n := s.Impediments.ByNature; len(n) != 1 || n[0].Nature != "Incident" {
				t.Errorf("%s: natures %+v", kind, n)
			}
		}
	})
}

// TestFoundNotSent (A3): an issue that is listed and refused, or never sent, is a reason in the grade of what lacks
// it.
func TestFoundNotSent(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]jirasim.Fault{
		"refused":  {IssueErrors: []int64{idTwo}},
		"left out": {Edit: faults.WithoutID(idTwo)},
	} {
		t.Run(name, func(t *testing.T) {
			conf := synctest.Team("K8S", 0)
			r, planned := foundRig(t, jirasim.Cloud, conf)
			planned.On("issue/bulkfetch", fault)
			_, _ = r.reader.Collect(t.Context(), false) // it may fail: what matters is what is told of what is known
			s := sprint21(t, r.kept(t, conf))
			reasonGiven(t, s.Quality, "K8S-102", fmt.Sprint(idTwo))
		})
	}
}

// TestFoundNoTimeLogged (A4): a Jira that refuses all time logged, in any words, leaves sprints and quarters whole;
// the time is unknown and said to be.
func TestFoundNoTimeLogged(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, fault := range []jirasim.Fault{faults.Refuse(404, "Time Tracking is not enabled."),
			faults.Refuse(403, "Zugriff verweigert."),
			faults.HTMLPage(403)} {
			conf := synctest.Team("K8S", 0)
			r, planned := foundRig(t, dialect, conf)
			planned.On("/worklog", fault)
			s := sprint21(t, r.collect(t, conf))
			wholeSprint(t, s)
			reasonGiven(t, s.Quality, "time", "worklog")
			if s.Impediments != nil && s.Impediments.Seconds > 0 {
				t.Errorf("time is told: %+v", s.Impediments)
			}
		}
	})
}

// TestFoundOneMoment (A4): more worklogs of one moment than a page holds, so that the next page is the same one, hold
// up no team and lose nothing: not at the first reading, nor what is logged and deleted later.
func TestFoundOneMoment(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	crowd := jirasim.Fault{Edit: func(*http.Request, any) any {
		var values []any
		for n := range 1000 {
			values = append(values, map[string]any{"worklogId": 90000 + n, "updatedTime": 1790000000000})
		}
		return map[string]any{"values": values, "since": 0, "until": 1790000000000, "lastPage": false}
	}}
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		plain, _ := foundRig(t, dialect, conf)
		want := synctest.Export(t, plain.collect(t, conf))
		r, planned := foundRig(t, dialect, conf)
		planned.On("/worklog/updated", crowd)
		planned.On("/worklog/deleted", crowd)
		team := r.collect(t, conf)
		wholeSprint(t, sprint21(t, team))
		if got := synctest.Export(t, team); got != want || logged(t, r) != 1 {
			t.Errorf("%d worklogs are read: %s", logged(t, r), synctest.FirstDifference(got, want))
		}
		if err := withoutWorklogs(t, r); err != nil {
			t.Fatal(err)
		}
		foreign := agile.Worklog{ID: 777, Issue: idOne, Created: team.Now(), Started: team.Now(), Seconds: 60}
		if err := r.reader.Store.Worklogs.Put(t.Context(), []agile.Worklog{foreign}, team.Now()); err != nil {
			t.Fatal(err)
		}
		r.reader.site = nil // deleted worklogs are asked for with the small sets
		if got := synctest.Export(t, r.collect(t, conf)); got != want || logged(t, r) != 1 ||
			len(gapsOf(t, r, conf)) > 0 {
			t.Errorf("a later reading: %s, %+v", synctest.FirstDifference(got, want), gapsOf(t, r, conf))
		}
	})
}

// TestFoundNewBoard (A6): the first sprint that begins on a new board takes no earlier one away, whether or not it
// was known before.
func TestFoundNewBoard(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, knownBefore := range []bool{true, false} {
			conf := synctest.Team("K8S", 0)
			r, planned := foundRig(t, dialect, conf)
			onOldBoard := faults.Rewritten(func(s map[string]any) {
				if s["id"] == json.Number("21") {
					s["originBoardId"] = 77
				}
			})
			if knownBefore {
				planned.On("/board/1/sprint", jirasim.Fault{Edit: faults.Edits(onOldBoard, faults.Shrunk(1))})
				r.collect(t, conf)
			}
			planned.On("/board/1/sprint", jirasim.Fault{Edit: onOldBoard})
			team := r.collect(t, conf)
			if n := len(team.Sprints(team.Now())); n != 2 {
				t.Errorf("known before: %v: %d sprints", knownBefore, n)
			}
			wholeSprint(t, sprint21(t, team))
		}
	})
}
