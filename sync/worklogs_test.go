package sync

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// dialectsOf returns how a Jira of either dialect is played; with -short of one of them, by the length of the test's
// name, so that some tests try either.
func dialectsOf(t *testing.T) map[string]jirasim.Options {
	t.Helper()
	cloud, dataCenter := jirasim.Options{}, jirasim.Options{Dialect: jirasim.DataCenter}
	switch {
	case !testing.Short():
		return map[string]jirasim.Options{"cloud": cloud, "datacenter": dataCenter}
	case len(t.Name())%2 == 0:
		return map[string]jirasim.Options{"cloud": cloud}
	}
	return map[string]jirasim.Options{"datacenter": dataCenter}
}

// logged counts what is kept of time logged.
func logged(t *testing.T, r *rig) int {
	t.Helper()
	n, err := r.reader.Store.Worklogs.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// withoutWorklogs takes all time logged out of the store.
func withoutWorklogs(t *testing.T, r *rig) error {
	t.Helper()
	list, err := r.reader.Store.Worklogs.All(t.Context())
	if err != nil {
		return err
	}
	var ids []int64
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	err = r.reader.Store.Worklogs.Delete(t.Context(), ids, time.Time{})
	return err
}

// has tells whether a gap of a source and code is told.
func has(gaps []agile.Gap, source agile.Source, code agile.GapCode) bool {
	return slices.ContainsFunc(gaps, func(g agile.Gap) bool { return g.Source == source && g.Code == code })
}

// TestWorklogsRefused: where time logged is refused, in whatever way, the team is read, sprints and quarters with it,
// and the gap is told until the source answers.
func TestWorklogsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a first reading for each refusal of each list")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	story := string(jirasim.DemoScenario())
	for dialect, options := range dialectsOf(t) {
		whole := newRig(t, synctest.DemoSite(t), conf)
		whole.between(t, story, options, func(*http.Request, []byte, *synctest.Answer) {})
		want := synctest.Export(t, whole.collect(t, conf))
		for name, refusal := range map[string]synctest.Answer{"unauthorized": synctest.Says(401,
			`{"message":"scope does not match"}`), "forbidden": synctest.Says(403, `{}`),
			"not found": synctest.Says(404, `{"errorMessages":["Time Tracking is not enabled."]}`),
			"plain 404": synctest.Says(404, `nothing here`), "failing": synctest.Says(500, `{}`),
			"busy": synctest.Says(503, ""), "bad": synctest.Says(400, `{}`), "a page": synctest.Says(200,
				`<html></html>`), "another shape": synctest.Says(200, `[]`), "limited": synctest.Says(429, "")} {
			r := newRig(t, synctest.DemoSite(t), conf)
			refuses := true
			r.between(t, story, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
				if refuses && strings.Contains(req.URL.Path, "/worklog") {
					*a = refusal
				}
			})
			_, err := r.reader.Collect(t.Context(), false)
			if passing := refusal.Status >= 429 || name == "another shape"; (err != nil) != passing {
				t.Errorf("%s %s: %v", dialect, name, err)
			}
			if !has(gapsOf(t, r, conf), agile.SourceWorklogs, agile.GapRefused) &&
				!has(gapsOf(t, r, conf), agile.SourceWorklogs, agile.GapUnreadable) {
				t.Errorf("%s %s: not told: %+v", dialect, name, gapsOf(t, r, conf))
			}
			if got := synctest.Export(t, r.kept(t, conf)); !strings.Contains(got, "sprint.storypoint.total") ||
				got == want {
				t.Errorf("%s %s: sprints are not read, or time logged is", dialect, name)
			}
			refuses = false
			if got := synctest.Export(t, r.collect(t, conf)); got != want {
				t.Errorf("%s %s: %s", dialect, name, synctest.FirstDifference(got, want))
			}
			if gaps := gapsOf(t, r, conf); len(gaps) > 0 {
				t.Errorf("%s %s: still told: %+v", dialect, name, gaps)
			}
		}
	}
}

// TestWorklogsTakenBack: time logged that is told no more is kept and told while the issues say that it was spent; so
// it is jiraTime the second time. What is deleted in Jira goes.
func TestWorklogsTakenBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes time logged back in many ways")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	story := string(jirasim.DemoScenario())
	for dialect, options := range dialectsOf(t) {
		for name, part := range map[string]string{"empty list": "/worklog/updated", "nothing by id": "/worklog/list"} {
			r := newRig(t, synctest.DemoSite(t), conf)
			silent := false
			nothing := `{"values":[],"since":0,"until":0,"lastPage":true}`
			if strings.HasSuffix(part, "list") {
				nothing = `[]`
			}
			r.between(t, story, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
				if silent && strings.Contains(req.URL.Path, part) {
					a.Body = []byte(nothing)
				}
			})
			want := synctest.Export(t, r.collect(t, conf))
			before := logged(t, r)
			silent = true
			for range 3 {
				var troubles TeamErrors
				_, err := r.reader.Collect(t.Context(), true)
				if err != nil && !errors.As(err, &troubles) {
					t.Fatal(err)
				}
				if n := logged(t, r); n != before || before == 0 {
					t.Errorf("%s, %s: %d of %d worklogs are left", dialect, name, n, before)
				}
				doubted := part == "/worklog/list"
				if told := has(gapsOf(t, r, conf), agile.SourceWorklogs, agile.GapShrunk); told != doubted ||
					(err != nil) != doubted {
					t.Errorf("%s, %s: told %v, %v", dialect, name, told, err)
				}
			}
			silent = false
			wantWhole(t, r, conf, want, fmt.Sprint(dialect, ", ", name))
		}
	}
}

// TestUnreadableWorklogs: a worklog that cannot be read costs itself alone: the others are read, what was known of it
// stays, and its issue is told until it can be read. It is asked for again by each reading, which needs no hand.
func TestUnreadableWorklogs(t *testing.T) {
	if testing.Short() {
		t.Skip("it spoils time logged in many ways")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	set := func(field string, value any) func(map[string]any) any {
		return func(log map[string]any) any {
			log[field] = value
			return log
		}
	}
	for name, c := range map[string]struct {
		change   func(log map[string]any) any
		orphaned bool // it does not tell its issue
	}{
		"seconds in words":  {set("timeSpentSeconds", "an hour"), false},
		"seconds as a list": {set("timeSpentSeconds", []any{}), false},
		"no seconds":        {set("timeSpentSeconds", nil), false},
		"beyond bounds":     {set("timeSpentSeconds", json.Number("9223372036854775808")), false},
		"less than nothing": {set("timeSpentSeconds", -5), false},
		"no start":          {set("started", nil), false},
		"no issue":          {set("issueId", nil), true},
		"another shape":     {func(map[string]any) any { return "1" }, true},
	} {
		r := newRig(t, synctest.DemoSite(t), conf)
		broken, which := true, ""
		r.between(
			t,
			string(jirasim.DemoScenario()),
			jirasim.Options{},
			func(req *http.Request, _ []byte, a *synctest.Answer) {
				if !broken || !strings.HasSuffix(req.URL.Path, "/worklog/list") {
					return
				}
				var logs []any
				if err := json.NewDecoder(bytes.NewReader(a.Body)).Decode(&logs); err != nil || len(logs) == 0 {
					t.Error(err)
					return
				}
				for n, one := range logs {
					log := one.(map[string]any)
					if which == "" {
						which = fmt.Sprint(log["id"])
					}
					if fmt.Sprint(log["id"]) == which {
						logs[n] = c.change(log)
					}
				}
				a.Body, _ = json.Marshal(logs)
			},
		)
		r.collect(t, conf)
		some := logged(t, r)
		isTold := func(what string) {
			t.Helper()
			gaps := gapsOf(t, r, conf)
			if len(gaps) != 1 || gaps[0].Source != agile.SourceWorklogs || len(gaps[0].Issues) == 0 != c.orphaned {
				t.Errorf("%s, %s: not told: %+v", name, what, gaps)
			}
		}
		isTold("read first")
		if _, err := r.reader.Collect(t.Context(), false); err != nil || logged(t, r) != some {
			t.Fatal(err)
		}
		isTold("read again")
		broken = false
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if all := logged(t, r); all != some+1 || some == 0 {
			t.Errorf("%s: %d worklogs are read, %d with the unreadable one", name, some, all)
		}
		if gaps := gapsOf(t, r, conf); len(gaps) > 0 {
			t.Errorf("%s: still told: %+v", name, gaps)
		}
		if kept, err := r.reader.Store.Checkpoints.All(t.Context()); err != nil || len(kept.WorklogsRetry) > 0 {
			t.Errorf("%s: still asked for: %v, %v", name, kept.WorklogsRetry, err)
		}
		broken = true
		if _, err := r.reader.Collect(t.Context(), true); err != nil && !c.orphaned || logged(t, r) != some+1 {
			t.Errorf("%s: what was known is lost: %v", name, err)
		}
	}
}
