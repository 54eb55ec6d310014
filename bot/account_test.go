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
)

// TestOneProjectOfThree (F1): an account that loses the right to one of three projects leaves the other two current;
// the third is behind with the reason, what is known of it stays, nothing of it is deleted, and it comes back with the
// right.
func TestOneProjectOfThree(t *testing.T) {
	t.Parallel()
	story := synctest.SmallTeam + "-- OB-1 Story \"Alone\" --\n2026-10-01 10:00 created points=1\n" +
		"-- PC-1 Story \"Third\" --\n2026-10-01 10:00 created points=2\n"
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		teams := []agile.Team{synctest.Team("K8S", 0), synctest.Team("OB", 0), synctest.Team("PC", 0)}
		c, hidden := &synctest.Clock{}, false
		c.Set(synctest.StorySite(t, story).Clock())
		r := newRig(t, synctest.StorySite(t, story), teams...)
		r.between(t, story, jirasim.Options{Dialect: dialect, Now: c.Now},
			func(req *http.Request, question []byte, a *synctest.Answer) {
				switch {
				case hidden && strings.Contains(req.URL.Path, "/project/OB"):
					*a = synctest.Says(404, `{"errorMessages":["No project could be found."]}`)
				case hidden && strings.Contains(string(question), `\"OB\"`):
					*a = synctest.Says(400,
						`{"errorMessages":["The value 'OB' does not exist for the field 'project'."]}`)
				}
			})
		r.collect(t, teams[1])
		sink := countedSink(t, r, warp10sim.Write)
		sink.publish(t, r)
		want := map[string]int{}
		for _, conf := range teams {
			want[conf.Name] = len(issuesOf(t, r, conf))
		}
		for _, hidden = range []bool{true, true, false} {
			c.Set(c.Now().Add(61 * time.Minute))
			_, err := r.bot.Reader.Collect(t.Context(), false)
			sink.count()
			sink.publish(t, r)
			if (err != nil) != hidden || hidden && !strings.Contains(err.Error(), "team OB") || sink.deletes > 0 {
				t.Errorf("hidden %v: %v; %d stretches were deleted", hidden, err, sink.deletes)
			}
			for _, conf := range teams {
				state, err := r.bot.Store.Teams.State(t.Context(), conf.Name)
				behind := hidden && conf.Name == "OB"
				if err != nil || state.Until.Equal(c.Now()) == behind || (state.Why != "") != behind {
					t.Errorf("hidden %v: team %s stands at %v, %q: %v", hidden, conf.Name, state.Until, state.Why, err)
				}
				if n := len(issuesOf(t, r, conf)); n != want[conf.Name] || n == 0 {
					t.Errorf("hidden %v: %d issues of team %s are known, want %d", hidden, n, conf.Name,
						want[conf.Name])
				}
			}
		}
	})
}

func issuesOf(t *testing.T, r *rig, conf agile.Team) []*agile.Issue {
	t.Helper()
	h, err := r.bot.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	return h.Issues
}
