package sync

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestShortListOfSprints: a first reading does not take a list of sprints for all of them that says itself that there
// are more; one that is short for once is asked for again.
func TestShortListOfSprints(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		for times, want := range map[int]int{1: 2, 99: 0} {
			conf := synctest.Team("K8S", 0)
			r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), conf)
			asked := 0
			r.between(t, synctest.SmallTeam, jirasim.Options{Dialect: dialect},
				func(req *http.Request, _ []byte, a *synctest.Answer) {
					if !strings.HasSuffix(req.URL.Path, "/board/1/sprint") {
						return
					}
					asked++
					if asked <= times {
						a.Edit(t, func(page map[string]any) {
							page["values"], page["total"] = page["values"].([]any)[:1], 2
						})
					}
				})
			var behind TeamErrors
			if _, err := r.reader.Collect(t.Context(), false); err != nil && !errors.As(err, &behind) {
				t.Fatal(err)
			}
			team := r.kept(t, conf)
			refused := has(gapsOf(t, r, conf), agile.SourceSprints, agile.GapUnreadable)
			if n := len(team.Sprints(team.Now())); n != want || refused != (want == 0) ||
				refused != (len(behind) == 1) {
				t.Errorf("short %d times: %d sprints, told %v, behind %v", times, n, refused, behind)
			}
		}
	})
}
