package sync

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// manyProjects is a story of so many teams, each with a scrum board of its own, a sprint that is closed and one that
// goes on.
func manyProjects(n int) (string, []agile.Team) {
	var story strings.Builder
	story.WriteString("-- site --\nclock 2026-10-20 12:00\n")
	var teams []agile.Team
	for i := range n {
		key := fmt.Sprintf("P%c%c", 'A'+i/26, 'A'+i%26)
		teams = append(teams, synctest.Team(key, 0))
		fmt.Fprintf(&story, "-- board %d scrum %s \"Project %s\" --\nname \"Board\"\n", i+1, key, key)
	}
	story.WriteString("-- sprints --\n")
	for i := range n {
		fmt.Fprintf(&story, "%d \"Former %d\" 2026-09-14 09:00 .. 2026-10-02 17:00 board=%d\n", 2*i+1, i+1, i+1)
		fmt.Fprintf(&story, "%d \"Sprint %d\" 2026-10-05 09:00 .. 2026-10-23 17:00 board=%d\n", 2*i+2, i+1, i+1)
	}
	for i, team := range teams {
		fmt.Fprintf(&story, "-- %s-1 Story \"Work\" --\n2026-09-01 10:00 created points=3 sprint=%d\n",
			team.Project, 2*i+1)
	}
	return story.String(), teams
}

// manyRig is a bot before the Jira of many teams, whose metadata is as old as it may be after ten minutes.
func manyRig(t *testing.T, dialect jirasim.Dialect) (r *rig, teams []agile.Team, refresh func()) {
	t.Helper()
	story, teams := manyProjects(100)
	r, c := livingRig(t, story, teams...)
	r.serve(t, synctest.StorySite(t, story),
		jirasim.Options{Dialect: dialect, Email: synctest.Email, Token: synctest.Token, Now: c.Now})
	r.reader.Refresh = 10 * time.Minute
	began := time.Now()
	r.reader.Now = func() time.Time { return began }
	return r, teams, func() {
		t.Helper()
		began = began.Add(r.reader.Refresh)
		c.Set(c.Now().Add(r.reader.Refresh))
		r.sim.Reset()
		r.collect(t, teams[0])
	}
}

// isOfMetadata tells whether a question is none for issues or time logged, which every cycle asks.
func isOfMetadata(question string) bool {
	for _, part := range []string{"/serverInfo", "/search/jql", "/api/2/search", "bulkfetch", "/worklog"} {
		if strings.Contains(question, part) {
			return false
		}
	}
	return true
}

func metadataRequests(r *rig) int {
	n := 0
	for question, times := range r.sim.Counts() {
		if isOfMetadata(question) {
			n += times
		}
	}
	return n
}

// TestRefreshOfManyTeams: a refresh of a hundred teams costs 1.3 requests a team at most, and each board is read whole
// once in a while. The first reading asks each board three questions.
func TestRefreshOfManyTeams(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a hundred teams seventeen times")
	}
	t.Parallel()
	for _, dialect := range []jirasim.Dialect{jirasim.Cloud, jirasim.DataCenter} {
		t.Run(fmt.Sprint(dialect), func(t *testing.T) {
			t.Parallel()
			r, teams, refresh := manyRig(t, dialect)
			r.collect(t, teams[0])
			if n := metadataRequests(r); n > 3*len(teams)+10 {
				t.Errorf("the first reading asks %d times: %v", n, r.sim.Counts())
			}
			whole := map[string]bool{}
			for turn := range 16 {
				refresh()
				if n := metadataRequests(r); n > 122 { // 129 with two pages of sprints a board
					t.Errorf("refresh %d of 100 teams asks %d times: %v", turn, n, r.sim.Counts())
				}
				for _, asked := range r.sim.Requests() {
					if strings.HasSuffix(asked.Path, "/configuration") {
						whole[asked.Path] = true
					}
				}
			}
			if len(whole) != len(teams) {
				t.Errorf("%d boards of %d were read whole in 16 refreshes", len(whole), len(teams))
			}
		})
	}
}

// withBoards adds thirty teams to a story of one, each with a board and nothing on it.
func withBoards(story string, conf agile.Team) (string, []agile.Team) {
	teams := []agile.Team{conf}
	for i := range 30 {
		key := fmt.Sprintf("X%c%c", 'A'+i/26, 'A'+i%26)
		teams = append(teams, synctest.Team(key, 0))
		story += fmt.Sprintf("-- board %d scrum %s \"Project %s\" --\nname \"Board\"\n", 100+i, key, key)
	}
	return story, teams
}

// TestManyTeamsFollowSprints: among many teams, of which each refresh asks most for their open sprints alone, a bot
// that follows a living Jira knows of sprints that begin and end what a bot knows that reads everything.
func TestManyTeamsFollowSprints(t *testing.T) {
	if testing.Short() {
		t.Skip("reads thirty teams seventy-five times")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	story, teams := withBoards(synctest.LivingStory, conf)
	openOnly := 0
	followRig(t, func(t *testing.T) (*rig, *synctest.Clock) {
		r, c := livingRig(t, story, teams...)
		r.serve(t, synctest.StorySite(t, story), jirasim.Options{Email: synctest.Email, Token: synctest.Token,
			Now: c.Now,
			Fault: func(req *http.Request) *jirasim.Fault {
				if req.URL.Query().Get("state") != "" && strings.HasSuffix(req.URL.Path, "/board/1/sprint") {
					openOnly++
				}
				return nil
			}})
		return r, c
	}, conf)
	if openOnly < 20 {
		t.Errorf("the open sprints alone were asked for %d times", openOnly)
	}
}
