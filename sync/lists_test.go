package sync

import (
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestListsGone: a list that is empty at once, or refused, takes nothing away: figures are what they were, the gap is
// told, the team is behind with the reason, and all is well when the list comes again. So it is after a restart.
func TestListsGone(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a first reading for each refusal of each list")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	for name, list := range synctest.SideLists {
		for how, refusal := range map[string]synctest.Answer{"empty": synctest.Says(200, list.Empty),
			"hidden": synctest.Says(403, `{}`), "not found": synctest.Says(404, `{"errorMessages":["no"]}`),
			"failing": synctest.Says(500, `{}`),
			"a page":  synctest.Says(200, `<html></html>`), "another shape": synctest.Says(200, `{"values":"x"}`)} {
			for dialect, options := range dialectsOf(t) {
				t.Run(name+" "+how+" "+dialect, func(t *testing.T) {
					t.Parallel()
					r := newRig(t, synctest.DemoSite(t), conf)
					gone := false
					r.between(
						t,
						string(jirasim.DemoScenario()),
						options,
						func(req *http.Request, _ []byte, a *synctest.Answer) {
							if gone && list.Path.MatchString(req.URL.Path) {
								*a = refusal
							}
						},
					)
					want := synctest.Export(t, r.collect(t, conf))
					gone = true
					r.restart(t)
					if _, err := r.reader.Collect(t.Context(), false); err == nil ||
						!strings.Contains(err.Error(), "team K8S") {
						t.Errorf("the team is not behind: %v", err)
					}
					if got := synctest.Export(t, r.kept(t, conf)); got != want {
						t.Errorf("figures are others: %s", synctest.FirstDifference(got, want))
					}
					told := false
					for _, g := range gapsOf(t, r, conf) {
						told = told ||
							g.Source == list.Source &&
								(g.Code == agile.GapShrunk || g.Code == agile.GapRefused ||
									g.Code == agile.GapUnreadable)
					}
					if state, err := r.reader.Store.Teams.State(t.Context(), conf.Name); !told || err != nil ||
						state.Why == "" {
						t.Errorf("not told: %+v, %q", gapsOf(t, r, conf), state.Why)
					}
					gone = false
					if got := synctest.Export(t, r.collect(t, conf)); got != want {
						t.Errorf("afterwards: %s", synctest.FirstDifference(got, want))
					}
					if state, err := r.reader.Store.Teams.State(t.Context(), conf.Name); err != nil ||
						state.Why != "" ||
						len(gapsOf(t, r, conf)) > 0 {
						t.Errorf("still told: %+v, %q", gapsOf(t, r, conf), state.Why)
					}
				})
			}
		}
	}
}

// TestListsRefusedAtFirst: a list that a first reading cannot have leaves the team read, with the gap; all is there
// when the list comes. Fields are no such list: without them nothing is known of an issue.
func TestListsRefusedAtFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a first reading for each refusal of each list")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	for name, list := range synctest.SideLists {
		if name == "fields" {
			continue
		}
		for how, refusal := range map[string]synctest.Answer{"hidden": synctest.Says(403, `{}`),
			"not found": synctest.Says(404, `{"errorMessages":["no"]}`), "failing": synctest.Says(500, `{}`),
			"unprocessable": synctest.Says(422, `{}`)} {
			whole := newRig(t, synctest.DemoSite(t), conf)
			want := synctest.Export(t, whole.collect(t, conf))
			r, refuses := newRig(t, synctest.DemoSite(t), conf), true
			r.between(
				t,
				string(jirasim.DemoScenario()),
				jirasim.Options{},
				func(req *http.Request, _ []byte, a *synctest.Answer) {
					if refuses && list.Path.MatchString(req.URL.Path) {
						*a = refusal
					}
				},
			)
			_, _ = r.reader.Collect(t.Context(), false) // behind or not
			if gaps := gapsOf(t, r, conf); !has(gaps, list.Source, agile.GapRefused) {
				t.Errorf("%s %s: not told: %+v", name, how, gaps)
			}
			refuses = false
			wantWhole(t, r, conf, want, name+" "+how)
		}
	}
}

// wantWhole reads again and wants the series of a reading without trouble, and no gap.
func wantWhole(t *testing.T, r *rig, conf agile.Team, want, place string) {
	t.Helper()
	if got := synctest.Export(t, r.collect(t, conf)); got != want || len(gapsOf(t, r, conf)) > 0 {
		t.Errorf("%s: afterwards %s, %+v", place, synctest.FirstDifference(got, want), gapsOf(t, r, conf))
	}
}

// TestListsConfirmed: what is gone for good goes, when a second reading finds the same and Jira does not know its id.
func TestListsConfirmed(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	gone := false
	r.between(
		t,
		string(jirasim.DemoScenario()),
		jirasim.Options{},
		func(req *http.Request, _ []byte, a *synctest.Answer) {
			switch {
			case gone && synctest.SideLists["sprints"].Path.MatchString(req.URL.Path):
				a.Body = []byte(synctest.SideLists["sprints"].Empty)
			case gone && strings.Contains(req.URL.Path, "/agile/1.0/sprint/"):
				a.Status, a.Body = 404, []byte(`{"errorMessages":["no"]}`)
			}
		},
	)
	n := len(sprintsOf(t, r, conf, false))
	gone = true
	if left := len(sprintsOf(t, r, conf, true)); left != n || n == 0 {
		t.Errorf("at the first reading that misses them %d of %d sprints are left", left, n)
	}
	if left := len(sprintsOf(t, r, conf, true)); left != 0 {
		t.Errorf("at the second one %d are left", left)
	}
}

func sprintsOf(t *testing.T, r *rig, conf agile.Team, trouble bool) []agile.Sprint {
	t.Helper()
	if _, err := r.reader.Collect(t.Context(), false); (err != nil) && !trouble {
		t.Fatal(err)
	}
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	return h.Sprints
}

// TestEmptySprintUnlisted: a sprint in which no issue stands yet, as in its first minutes or before it begins, stays
// while its board lists none and Jira knows it by its id, however often it is asked; so do its series. One that Jira
// does not know by its id goes when it is told so twice.
func TestEmptySprintUnlisted(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	const story = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum K8S "K8S" --
-- sprints --
1 "K8S 1" 2026-10-05 09:00 .. 2026-10-16 17:00 closed 2026-10-16 17:12 board=1
2 "K8S 2" 2026-10-19 09:00 .. 2026-10-30 17:00 board=1
-- K8S-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
2026-10-08 10:00 status=done
`
	conf := synctest.Team("K8S", 0)
	site, err := jirasim.LoadScenario("an empty sprint", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	for dialect, options := range dialectsOf(t) {
		for _, known := range []bool{true, false} {
			r := newRig(t, site, conf)
			silent := false
			r.between(t, story, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
				switch {
				case silent && strings.HasSuffix(req.URL.Path, "/board/1/sprint"):
					a.Body = []byte(`{"startAt":0,"maxResults":50,"isLast":true,"values":[]}`)
				case silent && !known && strings.HasSuffix(req.URL.Path, "/sprint/2"):
					*a = synctest.Says(404, `{"errorMessages":["Sprint does not exist."]}`)
				}
			})
			want := synctest.Export(t, r.collect(t, conf))
			if !strings.Contains(want, "K8S%202") {
				t.Fatalf("the empty sprint has no series: %s", want)
			}
			silent = true
			for n := range 3 {
				kept := known || n == 0
				_, err := r.reader.Collect(t.Context(), false)
				if (err != nil) != kept {
					t.Errorf("%s, known %v, reading %d: behind: %v", dialect, known, n+1, err)
				}
				got := synctest.Export(t, r.kept(t, conf))
				if kept && got != want || !kept && strings.Contains(got, "K8S%202") {
					t.Errorf("%s, known %v, reading %d: %s", dialect, known, n+1, synctest.FirstDifference(got, want))
				}
				r.restart(t)
			}
		}
	}
}
