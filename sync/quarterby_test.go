package sync

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/translate"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// quarterStory is a team whose epics tell their quarters by versions and by due dates, differently.
const quarterStory = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
-- versions --
501 K8S "Q3-26" renamed 2026-10-25 09:00 "Q4-26"
502 K8S "Q1-27"
503 K8S "4.2"
504 OB "Q2-26"
-- K8S-1 Epic "By both" --
2026-08-01 10:00 created fix=503 due=2026-09-30 labels=Q1-26
2026-08-10 10:00 fix=501,503
2026-10-05 10:00 fix=501,502 due=2026-10-01
-- K8S-2 Epic "By none" --
2026-08-01 10:00 created labels=Q4-26
2026-08-02 10:00 fix=501 due=2026-12-31
2026-09-01 10:00 fix=none due=none
-- K8S-3 Story "In the first" --
2026-08-05 10:00 created points=3 epic=K8S-1
-- OB-1 Story "Of another project" --
2026-08-05 10:00 created points=5 epic=K8S-1 fix=504
`

// epicsByQuarter tells the epics of each quarter at a moment with their totals.
func epicsByQuarter(team *measure.Team, day string) string {
	at, _ := time.Parse(time.DateOnly, day)
	var b strings.Builder
	for _, head := range team.Quarters(at) {
		name, _ := measure.ParseQuarter(head.Quarter)
		b.WriteString(head.Quarter)
		for _, e := range team.Quarter(name, at).Epics {
			fmt.Fprintf(&b, " %s:%v", e.Key, e.Total)
		}
		b.WriteString(";")
	}
	return b.String()
}

// by returns a team that tells quarters in some way.
func by(way agile.QuarterBy) agile.Team {
	conf := synctest.Team("K8S", 1)
	conf.Quarter.By = way
	return conf
}

// TestQuarterBy: versions and due dates tell the quarters of epics as of each moment, on Cloud and on Data Center, and
// issues of other projects are read for such epics too.
func TestQuarterBy(t *testing.T) {
	for way, want := range map[agile.QuarterBy]map[string]string{
		agile.ByLabel: {"2026-09-15": "Q1-26;Q4-26 K8S-2:0;"},
		agile.ByFixVersion: {
			"2026-08-09": "Q3-26 K8S-2:0;",
			"2026-08-15": "Q3-26 K8S-1:8 K8S-2:0;",
			"2026-09-15": "Q3-26 K8S-1:8;",
			"2026-10-06": "Q3-26 K8S-1:8;Q1-27 K8S-1:8;",
		},
		agile.ByDueDate: {
			"2026-08-15": "Q3-26 K8S-1:8;Q4-26 K8S-2:0;",
			"2026-10-04": "Q3-26 K8S-1:8;",
			"2026-10-06": "Q4-26 K8S-1:8;",
		},
	} {
		synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
			r, c := livingRig(t, quarterStory, by(way))
			if dialect == jirasim.DataCenter {
				r.asDataCenter(t, synctest.StorySite(t, quarterStory), jirasim.DataCenterOptions{}, c.Now)
			}
			team := r.collect(t, by(way))
			for day, told := range want {
				if got := epicsByQuarter(team, day); got != told {
					t.Errorf("by %s, %s: %s, want %s", way, day, got, told)
				}
			}
			if q := team.Quarter(measure.QuarterName{Number: 3, Year: 2026}, c.Now()); len(team.History().Gaps) > 0 {
				t.Errorf("by %s: %+v, %+v", way, team.History().Gaps, q.Quality)
			}
		})
	}
}

// TestRenamedVersion: a version that is renamed is found with the next reading of metadata, though no issue changed,
// and tells its new quarter for the whole past. It is found on Data Center too.
func TestRenamedVersion(t *testing.T) {
	testrun.SkipInShort(t)
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := by(agile.ByFixVersion)
		r, c := livingRig(t, quarterStory, conf)
		if dialect == jirasim.DataCenter {
			r.asDataCenter(t, synctest.StorySite(t, quarterStory), jirasim.DataCenterOptions{}, c.Now)
		}
		if got := epicsByQuarter(r.collect(t, conf), "2026-09-15"); got != "Q3-26 K8S-1:8;" {
			t.Fatalf("before: %s", got)
		}
		c.Set(time.Date(2026, 10, 25, 9, 30, 0, 0, time.UTC))
		team := r.collect(t, conf)
		for day, want := range map[string]string{
			"2026-08-15": "Q4-26 K8S-1:8 K8S-2:0;", "2026-09-15": "Q4-26 K8S-1:8;",
			"2026-10-06": "Q4-26 K8S-1:8;Q1-27 K8S-1:8;",
		} {
			if got := epicsByQuarter(team, day); got != want {
				t.Errorf("renamed, %s: %s, want %s", day, got, want)
			}
		}
	})
}

// TestVersionsRefused: where Jira does not list versions, their names are those that issues tell, or were known, and
// the figures of quarters say so.
func TestVersionsRefused(t *testing.T) {
	conf := by(agile.ByFixVersion)
	r, c := livingRig(t, quarterStory, conf)
	refused := true
	options := jirasim.Options{
		Email: "bot@example.org", Token: "token", Now: c.Now,
		Fault: func(req *http.Request) *jirasim.Fault {
			if refused && strings.HasSuffix(req.URL.Path, "/versions") {
				return &jirasim.Fault{Status: http.StatusForbidden, Body: `{}`}
			}
			return nil
		},
	}
	r.serve(t, synctest.StorySite(t, quarterStory), options)
	lacks := func(team *measure.Team) bool {
		q := team.Quarter(measure.QuarterName{Number: 1, Year: 2027}, c.Now())
		text := "Jira does not give the list of versions (status 403)"
		return slices.Contains(q.QualityOf("total").Reasons, text)
	}
	team := r.collect(t, conf)
	if got := epicsByQuarter(team, "2026-09-15"); got != "Q3-26 K8S-1:8;" || !lacks(team) {
		t.Errorf("refused: %s, told %v", got, lacks(team))
	}
	refused = false
	r.restart(t)
	if team = r.collect(t, conf); lacks(team) {
		t.Error("it is still told after the list came")
	}
	refused = true
	r.restart(t)
	if _, err := r.reader.Collect(t.Context(), false); err == nil ||
		!strings.Contains(err.Error(), "list of versions") {
		t.Errorf("names that are known may be old, and the team is not behind: %v", err)
	}
}

// TestDueDateNotRead: a site whose list of fields does not hold the due date has no quarter by it, and says so; once
// the field is there it is read.
func TestDueDateNotRead(t *testing.T) {
	conf := by(agile.ByDueDate)
	r := newRig(t, synctest.StorySite(t, quarterStory), conf)
	hidden := true
	r.between(t, quarterStory, jirasim.Options{}, func(req *http.Request, _ []byte, a *synctest.Answer) {
		if hidden && strings.HasSuffix(req.URL.Path, "/field") {
			a.Body = []byte(strings.ReplaceAll(string(a.Body), `"duedate"`, `"dueday"`))
		}
	})
	quarter := measure.QuarterName{Number: 4, Year: 2026}
	lacks := func(team *measure.Team) bool {
		reasons := team.Quarter(quarter, team.History().Until).QualityOf("total").Reasons
		return slices.Contains(reasons, "the field duedate is not asked for")
	}
	team := r.collect(t, conf)
	if got := epicsByQuarter(team, "2026-10-06"); got != "" || !lacks(team) {
		t.Errorf("hidden: %q, %+v", got, team.Quarter(quarter, team.History().Until).Quality)
	}
	hidden = false
	r.restart(t)
	team = r.collect(t, conf)
	if got := epicsByQuarter(team, "2026-10-06"); got != "Q4-26 K8S-1:8;" || lacks(team) {
		t.Errorf("listed: %q, told %v", got, lacks(team))
	}
}

// TestQuarterByOfAnOlderStore: what an older version kept holds due dates and versions already; another way to tell
// quarters is derived from it, and names of versions that no list tells come with it.
func TestQuarterByOfAnOlderStore(t *testing.T) {
	testrun.SkipInShort(t)
	conf := by(agile.ByLabel)
	r, c := livingRig(t, quarterStory, conf)
	team := r.collect(t, conf)
	for _, i := range team.History().Issues { // as the older version derived it
		i.FixVersions, i.Due = nil, nil
		putIssue(t, r.reader.Store, i)
	}
	if err := r.reader.Store.Checkpoints.SetTranslation(t.Context(), translate.Version-1); err != nil {
		t.Fatal(err)
	}
	for way, want := range map[agile.QuarterBy]string{
		agile.ByFixVersion: "Q3-26 K8S-1:8;", agile.ByDueDate: "Q3-26 K8S-1:8;",
	} {
		conf := by(way)
		r.reader.Teams = []agile.Team{conf}
		r.restart(t)
		c.Set(c.Now().Add(time.Minute))
		if got := epicsByQuarter(r.collect(t, conf), "2026-09-15"); got != want {
			t.Errorf("by %s: %s, want %s", way, got, want)
		}
	}
}
