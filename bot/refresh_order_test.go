package bot

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/webhook"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// sixBoards is a story of six teams, each with a board of its own and one issue.
func sixBoards() (string, []agile.Team) {
	var story strings.Builder
	var teams []agile.Team
	story.WriteString("-- site --\nclock 2026-10-20 12:00\n")
	for n := range 6 {
		key := fmt.Sprintf("P%c", 'A'+n)
		teams = append(teams, synctest.Team(key, 0))
		fmt.Fprintf(&story, "-- board %d scrum %s \"Project %s\" --\nname \"Board\"\n", n+1, key, key)
	}
	for _, team := range teams {
		fmt.Fprintf(&story, "-- %s-1 Story \"Work\" --\n2026-10-01 10:00 created points=3\n2026-10-20 15:20 points=5\n",
			team.Project)
	}
	return story.String(), teams
}

// isOfBoard tells whether a question is for a board, its columns or its sprints.
func isOfBoard(path string) bool { return strings.HasPrefix(path, "/rest/agile/1.0/board") }

// isOfChanges tells whether a question is for the issues that changed.
func isOfChanges(path string) bool { return strings.HasSuffix(path, "/search/jql") }

// TestChangesBeforeRestOfRefresh: where a change comes while metadata is refreshed, by a message of Jira or with the
// next cycle, it is asked for before the rest of the refresh, which goes on after it and asks nothing twice.
func TestChangesBeforeRestOfRefresh(t *testing.T) {
	t.Parallel()
	for name, named := range map[string]bool{"a message": true, "a cycle": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refreshWithChange(t, named)
		})
	}
}

// refreshWithChange reads six teams, then refreshes their metadata in a pause; while the third board is asked for, a
// change comes, and the answer does not: the change ends the pause where it is named, and the pause ends otherwise.
func refreshWithChange(t *testing.T, named bool) {
	story, teams := sixBoards()
	r, clock := livingRig(t, story, teams...)
	var changed int64
	var boards atomic.Int64
	boards.Store(-1000) // not yet counted
	pause, endPause := context.WithCancel(t.Context())
	defer endPause()
	r.serve(t, synctest.StorySite(t, story), jirasim.Options{Email: synctest.Email, Token: synctest.Token,
		Now: clock.Now, Fault: func(req *http.Request) *jirasim.Fault {
			if strings.HasSuffix(req.URL.Path, "/configuration") && boards.Add(1) == 3 {
				clock.Set(clock.Now().Add(30 * time.Minute)) // the stories have other estimates
				if named {
					r.bot.Hint(webhook.Hint{Issues: []int64{changed}})
				} else {
					endPause()
				}
				<-req.Context().Done()
			}
			return nil
		}})
	begun := time.Now()
	reader := r.bot.Reader
	reader.Refresh = 2 * time.Hour
	reader.Now = func() time.Time { return begun.Add(-2 * time.Hour) }
	changed = r.collect(t, teams[5]).History().Issues[0].ID
	clock.Set(clock.Now().Add(3 * time.Hour))
	reader.Now = func() time.Time { return begun.Add(time.Hour) }
	r.sim.Reset()
	boards.Store(0)
	if goesOn := r.bot.waitForCycle(pause, 30*time.Minute); goesOn != named {
		t.Fatalf("after the pause it goes on: %v", goesOn)
	}
	if err := r.bot.readOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := reader.PrepareMetadata(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, request := range r.sim.Requests() {
		asked = append(asked, request.Path)
	}
	if last := estimateOf(r.kept(t, teams[5]).History().Issues[0]); last != 5 {
		t.Errorf("the change is not known: the estimate is %v", last)
	}
	changes := slices.IndexFunc(asked, isOfChanges)
	if changes < 0 {
		t.Fatalf("changes were not asked for: %v", asked)
	}
	before, after := countBoards(asked[:changes]), countBoards(asked[changes:])
	if before == 0 || after < before {
		t.Errorf("%d questions for boards before the change was asked for, %d after it: %q", before, after, asked)
	}
	if n := boards.Load(); n != 7 {
		t.Errorf("six boards were asked for their columns %d times, want seven with the one that was broken off", n)
	}
}

func countBoards(asked []string) (count int) {
	for _, path := range asked {
		if isOfBoard(path) {
			count++
		}
	}
	return count
}

// estimateOf returns the last value of an issue's only number.
func estimateOf(i *agile.Issue) (last float64) {
	for _, numbers := range i.Numbers.All() {
		last = max(last, numbers.Last().Value)
	}
	return last
}

// TestPauseTellsTrouble: a Jira that drops connections while metadata is refreshed between two readings is told then,
// and no more once a reading went well, which asks again for what was lacking. What it refuses is told by the reading.
func TestPauseTellsTrouble(t *testing.T) {
	t.Parallel()
	for name, isTold := range map[string]bool{"/field": true, "/configuration": true, "forbidden": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story, teams := sixBoards()
			r, clock := livingRig(t, story, teams...)
			var failing atomic.Bool
			r.serve(t, synctest.StorySite(t, story), jirasim.Options{Email: synctest.Email, Token: synctest.Token,
				Now: clock.Now, Fault: func(req *http.Request) *jirasim.Fault {
					switch {
					case !failing.Load():
					case !isTold && isOfBoard(req.URL.Path):
						return &jirasim.Fault{Status: http.StatusForbidden}
					case strings.HasSuffix(req.URL.Path, name):
						panic(http.ErrAbortHandler)
					}
					return nil
				}})
			begun := time.Now()
			reader := r.bot.Reader
			reader.Refresh = 2 * time.Hour
			reader.Now = func() time.Time { return begun.Add(-2 * time.Hour) }
			r.collect(t, teams[0])
			clock.Set(clock.Now().Add(3 * time.Hour))
			reader.Now = func() time.Time { return begun.Add(time.Hour) }
			failing.Store(true)
			r.bot.waitForCycle(t.Context(), time.Second)
			if troubles := r.bot.Live.Troubles(); (len(troubles) == 1) != isTold || isTold && troubles[0].Team != "" {
				t.Errorf("after the pause: %+v", troubles)
			}
			failing.Store(false)
			err := r.bot.readOnce(t.Context())
			if (err == nil) != isTold || len(r.bot.Live.Troubles()) > 0 {
				t.Errorf("after a reading: %+v, %v", r.bot.Live.Troubles(), err)
			}
		})
	}
}
