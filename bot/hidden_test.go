package bot

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// hidingRig is a bot that has read and posted the demo, whose clock a test moves, before answers that hide is about to
// change.
func hidingRig(t *testing.T, conf agile.Team, hide func(req *http.Request, a *synctest.Answer)) (*rig, *counted,
	func()) {
	t.Helper()
	c := &synctest.Clock{}
	c.Set(synctest.DemoSite(t).Clock())
	r := newRig(t, synctest.DemoSite(t), conf)
	r.between(t, string(jirasim.DemoScenario()), jirasim.Options{Now: c.Now},
		func(req *http.Request, _ []byte, a *synctest.Answer) { hide(req, a) })
	sink := countedSink(t, r, warp10sim.Write)
	cycle := func() {
		c.Set(c.Now().Add(61 * time.Minute))            // all issues are counted each hour
		_, _ = r.bot.Reader.Collect(t.Context(), false) // behind or not
		sink.publish(t, r)
	}
	cycle()
	return r, sink, cycle
}

// lose is an answer of a list that holds nothing.
func lose(list string) func(req *http.Request, a *synctest.Answer) {
	return func(req *http.Request, a *synctest.Answer) {
		if synctest.SideLists[list].Path.MatchString(req.URL.Path) {
			*a = synctest.Says(200, synctest.SideLists[list].Empty)
		}
	}
}

// hidings are the ways in which an account that lost a right, or a Jira in trouble, tells less than there is.
var hidings = map[string]func(req *http.Request, a *synctest.Answer){
	"boards": lose("boards"), "columns": lose("columns"), "sprints": lose("sprints"), "statuses": lose("statuses"),
	"fields": lose("fields"),
	"sprints and their ids": func(req *http.Request, a *synctest.Answer) {
		lose("sprints")(req, a)
		if strings.Contains(req.URL.Path, "/agile/1.0/sprint/") {
			*a = synctest.Says(404, `{"errorMessages":["no"]}`)
		}
	},
	"issues": func(req *http.Request, a *synctest.Answer) {
		if strings.HasSuffix(req.URL.Path, "/search/jql") {
			*a = synctest.Says(200, `{"issues":[],"isLast":true}`)
		}
		if synctest.AsksForIssues(req) {
			*a = synctest.Says(200, `{"issues":[],"issueErrors":[]}`)
		}
	},
	"project": func(req *http.Request, a *synctest.Answer) {
		if strings.Contains(req.URL.Path, "/project/") {
			*a = synctest.Says(404, `{"errorMessages":["no"]}`)
		}
	},
	"time logged": func(req *http.Request, a *synctest.Answer) {
		if strings.Contains(req.URL.Path, "/worklog/") {
			*a = synctest.Says(403, `{}`)
		}
	},
}

// TestHiddenIsNotDeleted (F1): a cycle in which Jira hides something deletes nothing at a sink, neither what it hides
// nor what an earlier cycle missed; that goes in the first cycle that is sure of it again.
func TestHiddenIsNotDeleted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it follows five cycles for each thing that Jira hides")
	}
	for name, hide := range hidings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conf, hidden := synctest.Team("K8S", 0), false
			r, sink, cycle := hidingRig(t, conf, func(req *http.Request, a *synctest.Answer) {
				if hidden {
					hide(req, a)
				}
			})
			missed := name != "time logged" // what the hidden cycle itself would read again is not missed before
			if missed {
				if err := withoutWorklogs(t, r); err != nil {
					t.Fatal(err)
				}
			}
			sink.count()
			cycle()
			hidden = true
			cycle()
			if sink.deletes > 0 {
				t.Errorf("%d stretches were deleted while Jira hides something", sink.deletes)
			}
			hidden = false
			cycle()
			cycle()
			if missed != (sink.deletes > 0) {
				t.Errorf("%d stretches were deleted afterwards", sink.deletes)
			}
			sink.holds(t, r, conf, "afterwards")
		})
	}
}

// TestGoneIsDeleted: sprints that are gone for good vanish from the sink, in the cycle after the one that confirmed it.
func TestGoneIsDeleted(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf, gone := synctest.Team("K8S", 0), false
	r, sink, cycle := hidingRig(t, conf, func(req *http.Request, a *synctest.Answer) {
		if gone {
			hidings["sprints and their ids"](req, a)
		}
	})
	gone = true
	sink.count()
	for n := 1; n <= 2; n++ {
		if cycle(); sink.deletes > 0 {
			t.Fatalf("cycle %d: %d stretches were deleted", n, sink.deletes)
		}
	}
	cycle()
	if sink.deletes == 0 {
		t.Error("nothing was deleted once it was confirmed")
	}
	sink.holds(t, r, conf, "confirmed")
}
