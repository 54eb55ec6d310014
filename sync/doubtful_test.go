package sync

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// doubtfulRig is a bot before the small team's Jira, whose answers to questions for a path are rewritten while *on.
func doubtfulRig(t *testing.T, dialect jirasim.Dialect, conf agile.Team, on *bool, path, was, now string) *rig {
	t.Helper()
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	asked, pattern := regexp.MustCompile(path+"$"), regexp.MustCompile(was)
	r.between(t, synctest.SmallTeam, jirasim.Options{Dialect: dialect},
		func(req *http.Request, _ []byte, a *synctest.Answer) {
			if *on && asked.MatchString(req.URL.Path) {
				if a.Body = pattern.ReplaceAll(a.Body, []byte(now)); !strings.Contains(string(a.Body), now) {
					t.Errorf("%s: nothing is rewritten in %s", path, a.Body)
				}
			}
		})
	return r
}

// TestSprintStateUnknown: a state that no sprint has is not believed: the one known stays, at a first reading that is
// taken which the dates tell. It is told.
func TestSprintStateUnknown(t *testing.T) {
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for _, known := range []bool{true, false} {
			conf, paused := synctest.Team("K8S", 0), false
			r := doubtfulRig(t, dialect, conf, &paused, "/board/1/sprint", `"state": ?"(?i:closed|active)"`,
				`"state":"paused"`)
			states := []agile.SprintState{agile.Closed, agile.Future}
			if known {
				r.collect(t, conf)
				states[1] = agile.Active
			}
			paused = true
			for n, s := range sprintsOf(t, r, conf, false) {
				if got := s.Versions[len(s.Versions)-1].State; got != states[n] {
					t.Errorf("known %v: sprint %d is %q, want %q", known, s.ID, got, states[n])
				}
			}
			if gaps := gapsOf(t, r, conf); !has(gaps, agile.SourceSprints, agile.GapUnreadable) {
				t.Errorf("known %v: not told: %+v", known, gaps)
			}
			paused = false
			if r.collect(t, conf); len(gapsOf(t, r, conf)) > 0 {
				t.Errorf("known %v: still told: %+v", known, gapsOf(t, r, conf))
			}
		}
	})
}

// TestSprintByItsID: what one sprint tells that is asked for by its id is judged as what a list tells.
func TestSprintByItsID(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for field, now := range map[string]string{"state": `"state":"paused"`, "completeDate": `"completeDate":"soon"`,
		"endDate": `"endDate":"soon"`} {
		conf, silent := synctest.Team("K8S", 0), false
		r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
		r.between(t, synctest.SmallTeam, jirasim.Options{}, func(req *http.Request, _ []byte, a *synctest.Answer) {
			switch {
			case silent && strings.HasSuffix(req.URL.Path, "/board/1/sprint"):
				a.Body = []byte(`{"startAt":0,"maxResults":50,"isLast":true,"values":[]}`)
			case silent && strings.HasSuffix(req.URL.Path, "/sprint/21"):
				a.Body = regexp.MustCompile(`"`+field+`": ?"[^"]*"`).ReplaceAll(a.Body, []byte(now))
			}
		})
		want := synctest.Export(t, r.collect(t, conf))
		silent = true
		_, _ = r.reader.Collect(t.Context(), false) // behind: its board lists nothing
		if got := synctest.Export(t, r.kept(t, conf)); got != want {
			t.Errorf("%s is lost: %s", field, synctest.FirstDifference(got, want))
		}
		if gaps := gapsOf(t, r, conf); !has(gaps, agile.SourceSprints, agile.GapUnreadable) {
			t.Errorf("%s: not told: %+v", field, gaps)
		}
	}
}

// TestZoneUnknownAtFirst: where the first reading is told a time zone that is none, or none at all, days are those of
// UTC, and that is told until one comes. A team that has a zone of its own needs none.
func TestZoneUnknownAtFirst(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for _, zone := range []string{"Mars/Olympus", ""} {
		conf, odd := synctest.Team("K8S", 0), true
		own := conf
		own.Name, own.Calendar.Zone = "own", time.UTC
		r := doubtfulRig(t, jirasim.Cloud, conf, &odd, "/myself", `"timeZone": ?"[^"]*"`, `"timeZone":"`+zone+`"`)
		r.reader.Teams = append(r.reader.Teams, own)
		for range 2 {
			if team := r.collect(t, conf); team.History().Team.Calendar.Zone.String() != "UTC" {
				t.Errorf("%q: days are those of %s", zone, team.History().Team.Calendar.Zone)
			}
			if gaps := gapsOf(t, r, conf); !has(gaps, agile.SourceScope, agile.GapUnreadable) {
				t.Errorf("%q: not told: %+v", zone, gaps)
			}
			if gaps := gapsOf(t, r, own); len(gaps) > 0 {
				t.Errorf("%q: a team with a zone of its own: %+v", zone, gaps)
			}
		}
		odd = false
		team := r.collect(t, conf)
		if gaps := gapsOf(t, r, conf); has(gaps, agile.SourceScope, agile.GapUnreadable) ||
			team.History().Team.Calendar.Zone.String() != "Europe/Paris" {
			t.Errorf("%q, afterwards: %s, %+v", zone, team.History().Team.Calendar.Zone, gaps)
		}
	}
}

// TestStatusOfTwoCategories: a status that is listed twice, with two categories, keeps the one that is known; at a
// first reading it has none.
func TestStatusOfTwoCategories(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for _, known := range []bool{true, false} {
		conf, twice := synctest.Team("K8S", 0), false
		r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
		r.between(t, synctest.SmallTeam, jirasim.Options{}, func(req *http.Request, _ []byte, a *synctest.Answer) {
			if twice && strings.HasSuffix(req.URL.Path, "/status") {
				other := bytes.ReplaceAll(a.Body[1:], []byte(`"key":"done"`), []byte(`"key":"new"`))
				a.Body = append(append(a.Body[:bytes.LastIndexByte(a.Body, ']')], ','), other...)
			}
		})
		before := agile.CategoryUnknown
		if known {
			r.collect(t, conf)
			before = agile.CategoryDone
		}
		twice = true
		if _, err := r.reader.Collect(t.Context(), false); (err != nil) != known {
			t.Errorf("known %v: %v", known, err)
		}
		if got := r.kept(t, conf).History().Statuses["10004"].Category; got != before {
			t.Errorf("known %v: done is of category %q, want %q", known, got, before)
		}
	}
}

// TestAnotherBoardAnswers: what a board of another id tells is not taken for the one that was asked for.
func TestAnotherBoardAnswers(t *testing.T) {
	t.Parallel()
	conf, other := synctest.Team("K8S", 1), false
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	r.between(t, synctest.SmallTeam, jirasim.Options{}, func(req *http.Request, _ []byte, a *synctest.Answer) {
		if other && strings.HasSuffix(req.URL.Path, "/board/1/configuration") {
			a.Body = []byte(`{"id":7,"name":"Others","type":"kanban","columnConfig":{"columns":[{"name":"All",` +
				`"statuses":[]}]}}`)
		}
	})
	want := synctest.Export(t, r.collect(t, conf))
	other = true
	_, err := r.reader.Collect(t.Context(), false)
	if got := synctest.Export(t, r.kept(t, conf)); err == nil || got != want {
		t.Errorf("%v: %s", err, synctest.FirstDifference(got, want))
	}
	if gaps := gapsOf(t, r, conf); !has(gaps, agile.SourceBoard, agile.GapUnreadable) {
		t.Errorf("not told: %+v", gaps)
	}
}

// TestEpicRivalsAreTold: where no type is called Epic and epic links point at issues of several types that carry an
// epic's name, the figures name those that do not count as epics.
func TestEpicRivalsAreTold(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
	r.between(t, synctest.SmallTeam, jirasim.Options{Dialect: jirasim.DataCenter},
		func(req *http.Request, question []byte, a *synctest.Answer) {
			if strings.HasSuffix(req.URL.Path, "/issuetype") {
				a.Body = bytes.ReplaceAll(a.Body, []byte(`"Epic"`), []byte(`"Thema"`))
			}
			if bytes.Contains(question, []byte("cf[10011]")) || bytes.Contains(question, []byte("key in (")) {
				a.Edit(t, func(page map[string]any) {
					list, _ := page["issues"].([]any)
					page["issues"] = append(list, map[string]any{"id": "10002", "fields": map[string]any{
						"issuetype": map[string]any{"id": "10001", "name": "Story"}}})
				})
			}
		})
	team := r.collect(t, conf)
	const want = "issues of other types may be epics too, and count as none: Story"
	if got := reasons(t, team); !strings.Contains(got, want) {
		t.Errorf("the reasons are %q", got)
	}
	if epics := epicsByQuarter(team, "2026-10-28"); !strings.Contains(epics, "K8S-1") {
		t.Errorf("the epics are %s", epics)
	}
}
