package sync

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// The parts of a story of two teams, where issues of the second one, and of a project without a team, stand in the
// first one's sprint and epic. What comes after the first part may be hidden from the account.
const (
	seenPart = `-- site --
clock 2026-10-06 12:00
project OB "Observability"
-- board 1 scrum AA "First" --
-- board 2 scrum BB "Second" --
-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
2 "Two" 2026-10-05 09:00 .. 2026-10-16 17:00 board=2
-- AA-1 Epic "Plan" --
2026-10-01 10:00 created labels=Q4-26
-- AA-2 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1 epic=AA-1
`
	openPart = `-- BB-1 Story "Open to all" --
2026-10-01 11:00 created points=1 sprint=2
-- BB-2 Story "Open to all" --
2026-10-01 11:00 created points=1 sprint=2
`
	openElsewhere = `-- OB-1 Story "Open to all" --
2026-10-01 11:00 created
`
	visitorsPart = `-- BB-101 Story "Visits the sprint" --
2026-10-02 10:00 created points=5 sprint=1
2026-10-06 12:30 points=8
-- BB-102 Story "Visits the epic" --
2026-10-02 10:00 created points=2 epic=AA-1
-- OB-2 Story "Visits the sprint" --
2026-10-02 10:00 created points=1 sprint=1
-- OB-3 Story "Visits the epic" --
2026-10-02 10:00 created points=1 epic=AA-1
`
)

// hidingStory is the story with so many issues of the second team that may be hidden.
func hidingStory(open string, many int) string {
	story := seenPart + open + visitorsPart
	for n := range many {
		story += fmt.Sprintf("-- BB-%d Story \"Own\" --\n2026-10-02 11:%02d created points=1 sprint=2\n", 200+n, n)
	}
	return story
}

// TestHiddenIssuesOfTeams: where most issues of a project are hidden from the account, or all of a few, though the
// project is seen, none is lost for any team, whichever comes first; when they are seen again all is known with the
// next reading, what was changed meanwhile too.
func TestHiddenIssuesOfTeams(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads six companies: TestHiddenFromSearchAlone and TestNamedAndHidden read one each")
	}
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	for name, c := range map[string]struct {
		open string
		many int
	}{"all of many": {"", 12}, "most of many": {openPart, 12}, "all of few": {"", 2}} {
		for _, teams := range [][]agile.Team{{a, b}, {b, a}} {
			t.Run(name+", first "+teams[0].Name, func(t *testing.T) {
				t.Parallel()
				testHidden(t, hidingStory(c.open, c.many), seenPart+c.open, teams)
			})
		}
	}
}

func testHidden(t *testing.T, whole, seen string, teams []agile.Team) {
	r, c := livingRig(t, whole, teams...)
	r.collect(t, teams[0])
	faulty(t, r, c, seen, nil)
	for range 2 {
		c.Set(c.Now().Add(2 * time.Hour))
		var behind TeamErrors
		_, err := r.reader.Collect(t.Context(), false)
		if !errors.As(err, &behind) || len(behind) != 1 || !strings.Contains(err.Error(), "team BB") {
			t.Fatalf("the second team is doubted: %v", err)
		}
		for _, conf := range teams {
			for _, key := range []string{"BB-101", "BB-102", "BB-200", "OB-2", "OB-3"} {
				if issue(t, r, conf, key) == nil &&
					(conf.Name == "AA") == slices.Contains([]string{"OB-2", "OB-3"}, key) {
					t.Errorf("%s is hidden, and team %s lost it", key, conf.Name)
				}
			}
		}
	}
	c.Set(c.Now().Add(time.Minute)) // metadata is young, no list of all issues is due
	r.reader.Refresh = time.Hour
	faulty(t, r, c, whole, nil)
	same(t, r, c.Now(), whole, synctest.Team("AA", 1), teams...)
	if gaps := gapsOf(t, r, agile.Team{Name: "BB", Project: "BB"}); has(gaps, agile.SourceIssues, agile.GapShrunk) {
		t.Errorf("it is still told that issues are hidden: %+v", gaps)
	}
	quiet(t, r, c)
}

// TestHiddenFromSearchAlone: a team whose project a search does not know any more, though all else of it is there, is
// in trouble and loses none of its issues, however few they are.
func TestHiddenFromSearchAlone(t *testing.T) {
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	story := hidingStory("", 2)
	r, c := livingRig(t, story, a, b)
	r.collect(t, a)
	without := strings.NewReplacer("-- board 2 scrum BB \"Second\" --\n", "",
		"2 \"Two\" 2026-10-05 09:00 .. 2026-10-16 17:00 board=2\n", "").Replace(seenPart)
	o := options(nil)
	o.Now = c.Now
	all, seen := jirasim.NewServer(synctest.StorySite(t, story), o),
		jirasim.NewServer(synctest.StorySite(t, without), o)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.URL.Path, "/search") || synctest.AsksForIssues(req) {
			seen.ServeHTTP(w, req)
		} else {
			all.ServeHTTP(w, req)
		}
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
	for _, full := range []bool{false, true} {
		c.Set(c.Now().Add(2 * time.Hour))
		var behind TeamErrors
		if _, err := r.reader.Collect(t.Context(), full); !errors.As(err, &behind) || len(behind) != 1 {
			t.Errorf("the second team is in trouble: %v", err)
		}
		for _, key := range []string{"BB-101", "BB-102", "BB-200"} {
			if issue(t, r, b, key) == nil {
				t.Errorf("%s is hidden, and was forgotten", key)
			}
		}
	}
}

// TestNamedAndHidden: an issue that a message tells changed, and that Jira does not send, is rather hidden; one that it
// tells deleted is forgotten.
func TestNamedAndHidden(t *testing.T) {
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	whole := hidingStory(openPart, 12)
	last := whole[:strings.Index(whole, "-- BB-211")]
	r, c := livingRig(t, whole, a, b)
	r.collect(t, a)
	id := issue(t, r, b, "BB-211").ID
	r.reader.Refresh = time.Hour
	faulty(t, r, c, last, nil)
	if _, err := r.reader.CollectNamed(t.Context(), Named{Issues: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	if issue(t, r, b, "BB-211") == nil {
		t.Error("an issue that was changed, and is not sent, was forgotten")
	}
	if gaps := gapsOf(t, r, b); !has(gaps, agile.SourceIssues, agile.GapMissing) {
		t.Errorf("it is not told that it is not sent: %+v", gaps)
	}
	if _, err := r.reader.CollectNamed(t.Context(), Named{Issues: []int64{id}, Deleted: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	if issue(t, r, b, "BB-211") != nil {
		t.Error("an issue that was deleted is known")
	}
}

// TestEmptiedProject: a project without a team of which the account sees no issue any more, though it answers, loses
// none of those that visit a team; one of which it sees others loses what was deleted.
func TestEmptiedProject(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a := synctest.Team("AA", 1)
	whole := seenPart + openElsewhere + visitorsPart
	for seen, lost := range map[string]bool{seenPart: false, seenPart + openElsewhere: true} {
		r, c := livingRig(t, whole, a)
		r.collect(t, a)
		faulty(t, r, c, seen, nil)
		c.Set(c.Now().Add(2 * time.Hour))
		r.collect(t, a)
		for _, key := range []string{"OB-2", "OB-3"} {
			if got := issue(t, r, a, key) == nil; got != lost {
				t.Errorf("%s lost: %v, want %v", key, got, lost)
			}
		}
	}
}
