package sync

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/check"
	"jerem/measure/issuehistory"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// withOther is the small team's Jira with issues of another project, one of which may stand in a sprint of the first
// one.
func withOther(lines string) string {
	return synctest.SmallTeam + "-- OB-1 Story \"Alone\" --\n2026-10-01 10:00 created points=1" + lines + "\n"
}

// checkStory checks one team of a story.
func checkStory(t *testing.T, story string, conf agile.Team) map[string]check.Finding {
	t.Helper()
	out := map[string]check.Finding{}
	for _, f := range check.Run(t.Context(), newRig(t, synctest.StorySite(t, story)).reader.Jira, []agile.Team{conf},
		time.Now()) {
		if _, ok := out[f.What]; !ok {
			out[f.What] = f
		}
	}
	return out
}

// TestBoardOfAnother (A12): the board of another project is told, by a check and in the grade; so is a project that
// has no board of its own and whose issues stand in the sprints of one.
func TestBoardOfAnother(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for name, c := range map[string]struct {
		lines     string
		board     int64
		part, say string
	}{
		"another's board":     {"", 1, "team OB: sprints", "projects[].board"},
		"no board of its own": {" sprint=21", 0, "team OB: board", "projects[].board to 1"},
	} {
		conf := synctest.Team("OB", c.board)
		// Where none of its issues ever stood in a sprint the board may be right: it is told, and no failure.
		f := checkStory(t, withOther(c.lines), conf)[c.part]
		if failed := c.board == 0; f.OK == failed || !strings.Contains(f.Hint, c.say) {
			t.Errorf("%s: the check says %+v", name, f)
		}
		r := newRig(t, synctest.StorySite(t, withOther(c.lines)), conf)
		r.collect(t, conf)
		if gaps := gapsOf(t, r, conf); !has(gaps, agile.SourceBoard, agile.GapMissing) {
			t.Errorf("%s: the grade says %+v", name, gaps)
		}
	}
	own := synctest.Team("K8S", 1)
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), own)
	if r.collect(t, own); len(gapsOf(t, r, own)) > 0 {
		t.Errorf("the team's own board is told strange: %+v", gapsOf(t, r, own))
	}
}

// TestFilterInAnyForm (D): what Jira takes as a filter a check takes and a reading takes, and all forms match the
// same.
func TestFilterInAnyForm(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for filter, want := range synctest.SampleOf(map[string]int{
		"labels = impediment":                                1,
		"labels  =  impediment":                              1,
		"labels = impediment\nORDER BY key":                  1,
		"labels =\n\timpediment order  by\tcreated DESC":     1,
		`"labels" = impediment ORDER BY "created"`:           1,
		`labels = "impediment" and summary !~ "order by"`:    1,
		"labels = impediment OR labels = Q4-26 ORDER BY key": 2,
		"ORDER BY key": 5,
	}) {
		conf := synctest.Team("K8S", 0)
		conf.Filter = filter
		if f := checkStory(t, synctest.SmallTeam, conf)["team K8S: jql_filter"]; !f.OK {
			t.Errorf("%q: the check says %+v", filter, f)
		}
		r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
		r.collect(t, conf)
		if state, err := r.reader.Store.Teams.State(t.Context(), conf.Name); err != nil ||
			len(state.Matches) != want {
			t.Errorf("%q matches %d issues, want %d: %v", filter, len(state.Matches), want, err)
		}
	}
}

// TestFilterMatchesNothing (F1): a filter that matches nothing at once is doubted: what matched stays, told, until a
// later reading says so too.
func TestFilterMatchesNothing(t *testing.T) {
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf, nothing := synctest.Team("K8S", 0), false
		conf.Filter = "labels = impediment"
		r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
		r.between(
			t,
			synctest.SmallTeam,
			jirasim.Options{Dialect: dialect},
			func(req *http.Request, question []byte, a *synctest.Answer) {
				if nothing && strings.Contains(string(question), "impediment") {
					a.Body = []byte(`{"issues":[],"isLast":true,"startAt":0,"maxResults":1000,"total":0}`)
				}
			},
		)
		want := synctest.Export(t, r.collect(t, conf))
		nothing = true
		_, err := r.reader.Collect(t.Context(), false)
		if got := synctest.Export(t, r.kept(t, conf)); err == nil || got != want ||
			!has(gapsOf(t, r, conf), agile.SourceScope, agile.GapShrunk) {
			t.Errorf("missed once: %v, %s, %+v", err, synctest.FirstDifference(got, want), gapsOf(t, r, conf))
		}
		if got := synctest.Export(t, r.collect(t, conf)); got == want || len(gapsOf(t, r, conf)) > 0 {
			t.Errorf("missed twice, and not believed: %+v", gapsOf(t, r, conf))
		}
	})
}

// TestEveryTeamIsNamed (D): the error of a reading names each team in trouble.
func TestEveryTeamIsNamed(t *testing.T) {
	t.Parallel()
	teams := []agile.Team{
		synctest.Team("ONE", 0),
		synctest.Team("TWO", 0),
		synctest.Team("K8S", 0),
		synctest.Team("THREE", 0),
	}
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), teams...)
	_, err := r.reader.Collect(t.Context(), false)
	for _, name := range []string{"ONE", "TWO", "THREE"} {
		if err == nil || !strings.Contains(err.Error(), "team "+name) {
			t.Errorf("team %s is not named: %v", name, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "team K8S") {
		t.Errorf("a team that is well is named: %v", err)
	}
}

// TestSeveralBoards: a project with several Scrum boards of which the configuration names none is its own trouble,
// with the remedy; the other team is read.
func TestSeveralBoards(t *testing.T) {
	t.Parallel()
	story := strings.Replace(
		withOther(""),
		"-- sprints --",
		"-- board 2 scrum OB \"One\" --\n-- board 3 scrum OB \"Two\" --\n-- sprints --",
		1,
	)
	well, ill := synctest.Team("K8S", 0), synctest.Team("OB", 0)
	r := newRig(t, synctest.StorySite(t, story), well, ill)
	_, err := r.reader.Collect(t.Context(), false)
	if err == nil || !strings.Contains(err.Error(), "team OB") ||
		!strings.Contains(err.Error(), "projects[].board") ||
		strings.Contains(err.Error(), "team K8S") {
		t.Errorf("the trouble is told as: %v", err)
	}
	wholeSprint(t, sprint21(t, r.kept(t, well)))
}

// TestEstimateHidden: a board that estimates by a field which the account cannot see is its team's own trouble, with
// the remedy; the other team is read.
func TestEstimateHidden(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		story := strings.Replace(withOther(""), "-- sprints --", "-- board 2 scrum OB \"One\" --\n-- sprints --", 1)
		well, ill := synctest.Team("K8S", 0), synctest.Team("OB", 0)
		r := newRig(t, synctest.StorySite(t, story), well, ill)
		r.between(t, story, jirasim.Options{Dialect: dialect}, func(req *http.Request, _ []byte, a *synctest.Answer) {
			if strings.HasSuffix(req.URL.Path, "/board/2/configuration") {
				a.Edit(t, func(body map[string]any) {
					body["estimation"] = map[string]any{
						"type":  "field",
						"field": map[string]any{"fieldId": "customfield_19999", "displayName": "Points"},
					}
				})
			}
		})
		_, err := r.reader.Collect(t.Context(), false)
		if err == nil || !strings.Contains(err.Error(), "customfield_19999") ||
			!strings.Contains(err.Error(), "let the account see the field") ||
			strings.Contains(err.Error(), "team K8S") {
			t.Errorf("the trouble is told as: %v", err)
		}
		wholeSprint(t, sprint21(t, r.kept(t, well)))
	})
}

// TestFieldsRefusedAtFirst: without the list of fields nothing is known of an issue: a first reading that cannot have
// it reads no team, says why, and the next one reads all.
func TestFieldsRefusedAtFirst(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for _, status := range []int{401, 403, 404, 500} {
		conf := synctest.Team("K8S", 0)
		r, planned := foundRig(t, jirasim.Cloud, conf)
		planned.On("/field", faults.Refuse(status, "Nein."))
		if _, err := r.reader.Collect(t.Context(), false); err == nil || !strings.Contains(err.Error(), "/field") {
			t.Errorf("%d: %v", status, err)
		}
		plain := httptest.NewServer(
			jirasim.NewServer(
				synctest.StorySite(t, synctest.SmallTeam),
				jirasim.Options{Email: "bot@example.org", Token: "token"},
			),
		)
		t.Cleanup(plain.Close)
		r.reader.Jira = synctest.NewClient(t, plain.URL)
		wholeSprint(t, sprint21(t, r.collect(t, conf)))
	}
}

// TestSprintDatesUnreadable: dates of a sprint that cannot be read stay as they are known, told as a gap; at a first
// reading they are unknown, and told too.
func TestSprintDatesUnreadable(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, field := range synctest.Sample([]string{"startDate", "activatedDate", "endDate", "completeDate"}) {
			for _, known := range []bool{true, false} {
				conf := synctest.Team("K8S", 0)
				r, planned := foundRig(t, dialect, conf)
				want := ""
				if known {
					want = synctest.Export(t, r.collect(t, conf))
				}
				planned.On(
					"/board/1/sprint",
					jirasim.Fault{Edit: faults.Rewritten(func(s map[string]any) { s[field] = "the day after" })},
				)
				got := synctest.Export(t, r.collect(t, conf))
				if known && got != want {
					t.Errorf("%s is lost: %s", field, synctest.FirstDifference(got, want))
				}
				if !has(gapsOf(t, r, conf), agile.SourceSprints, agile.GapUnreadable) {
					t.Errorf("%s, known %v: not told: %+v", field, known, gapsOf(t, r, conf))
				}
			}
		}
	})
}

// TestSprintDatesGone: a sprint that began keeps the dates that an answer lacks at once; they go when a later reading
// lacks them too.
func TestSprintDatesGone(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, fields := range synctest.Sample(
			[][]string{{"startDate", "activatedDate"}, {"endDate"}, {"completeDate"}}) {
			conf := synctest.Team("K8S", 0)
			r, planned := foundRig(t, dialect, conf)
			want := synctest.Export(t, r.collect(t, conf))
			planned.On("/board/1/sprint", jirasim.Fault{Edit: faults.Rewritten(func(s map[string]any) {
				for _, field := range fields {
					delete(s, field)
				}
			})})
			_, err := r.reader.Collect(t.Context(), false)
			if got := synctest.Export(t, r.kept(t, conf)); err == nil || got != want ||
				!has(gapsOf(t, r, conf), agile.SourceSprints, agile.GapShrunk) {
				t.Errorf(
					"%v, missed once: %v, %s, %+v",
					fields,
					err,
					synctest.FirstDifference(got, want),
					gapsOf(t, r, conf),
				)
			}
			if got := synctest.Export(t, r.collect(t, conf)); got == want ||
				has(gapsOf(t, r, conf), agile.SourceSprints, agile.GapShrunk) {
				t.Errorf("%v, missed twice, and not believed: %+v", fields, gapsOf(t, r, conf))
			}
		}
	})
}

// TestEpicOfUnreadProject (A13): the key of an epic in a project that no team reads is told, by both kinds of Jira.
func TestEpicOfUnreadProject(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	story := strings.Replace(
		synctest.SmallTeam,
		"2026-10-01 10:00 created points=5 sprint=21 epic=K8S-1",
		"2026-10-01 10:00 created points=5 sprint=21 epic=FAR-1",
		1,
	) +
		"-- FAR-1 Epic \"Elsewhere\" --\n2026-09-01 10:00 created\n"
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		r := newRig(t, synctest.StorySite(t, story), conf)
		r.serve(
			t,
			synctest.StorySite(t, story),
			jirasim.Options{Email: "bot@example.org", Token: "token", Dialect: dialect},
		)
		team := r.collect(t, conf)
		life, ok := issuehistory.Of(team, "K8S-101", team.Now())
		if !ok || len(life.Epic) == 0 || life.Epic[len(life.Epic)-1].Value == nil ||
			*life.Epic[len(life.Epic)-1].Value != "FAR-1" {
			t.Errorf("the epic is told as %+v: %v", life, ok)
		}
	})
}
