package sync

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// withAndWithoutTime is a story of two teams: time was logged on an impediment of the first, none on that of the other.
var withAndWithoutTime = strings.Replace(synctest.SmallTeam, "-- sprints --\n", `-- board 2 scrum OPS "Second" --
-- sprints --
31 "Sprint 31" 2026-10-05 09:30 .. 2026-10-16 17:00 closed 2026-10-16 17:12 board=2
`, 1) + `-- OPS-1 Bug "Slow" --
2026-10-13 08:00 created labels=impediment sprint=31
2026-10-13 12:00 status=done
`

// TestWorklogsRefusedLater: where time logged is refused after it was read, in part or wholly, the figures stay what
// they are, those of closed sprints and zeros too, and tell up to when they are known: until Jira tells it again, not
// only until the next reading that asks for less.
func TestWorklogsRefusedLater(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	teams := map[int64]agile.Team{21: synctest.Team("K8S", 0), 31: synctest.Team("OPS", 0)}
	refusals := []struct {
		path   string
		status int
	}{{"/worklog/deleted", 404}, {"/worklog/deleted", 503}, {"/worklog/updated", 503}, {"/worklog/updated", 404}}
	for dialect, options := range dialectsOf(t) {
		for _, refusal := range synctest.Sample(refusals) {
			path, status := refusal.path, refusal.status
			r := newRig(t, synctest.DemoSite(t), teams[21], teams[31])
			refuses := false
			r.between(t, withAndWithoutTime, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
				if refuses && strings.HasSuffix(req.URL.Path, path) {
					*a = synctest.Says(status, `{"errorMessages":["no"]}`)
				}
			})
			want := map[int64]string{}
			for sprint, conf := range teams {
				want[sprint] = synctest.Export(t, r.collect(t, conf))
			}
			refuses = true
			r.restart(t)
			r.reader.Refresh = time.Hour
			var log bytes.Buffer
			r.reader.Log = slog.New(slog.NewTextHandler(&log, nil))
			for range 2 { // the second reading does not refresh the metadata
				if _, err := r.reader.Collect(t.Context(), false); err == nil {
					t.Errorf("%s %s %d: the teams are not behind", dialect, path, status)
				}
				for sprint, conf := range teams {
					team := r.kept(t, conf)
					if got := synctest.Export(t, team); got != want[sprint] {
						t.Errorf("%s %s %d: %s", dialect, path, status, synctest.FirstDifference(got, want[sprint]))
					}
					checkKnownUntil(t, team, sprint)
				}
			}
			if strings.Contains(log.String(), "unknown") ||
				!strings.Contains(log.String(), "what was known of it stays") {
				t.Errorf("%s %s %d: the log tells %s", dialect, path, status, log.String())
			}
			refuses = false
			for sprint, conf := range teams {
				team := r.collect(t, conf)
				if q := sprintOf(t, team, sprint).QualityOf("impediments.seconds"); len(reasonsOfTime(q)) > 0 {
					t.Errorf("%s %s %d: still told: %+v", dialect, path, status, q)
				}
			}
		}
	}
}

// checkKnownUntil checks that time logged of a sprint is known, and graded as what is known up to a moment.
func checkKnownUntil(t *testing.T, team *measure.Team, sprint int64) {
	t.Helper()
	s := sprintOf(t, team, sprint)
	q := s.QualityOf("impediments.seconds")
	told := reasonsOfTime(q)
	if s.Impediments.TimeUnknown || q.Grade == grade.Whole || len(told) != 1 ||
		!strings.Contains(told[0], "known until 2026-10-28 ") {
		t.Errorf("sprint %d: time unknown %v, %+v", sprint, s.Impediments.TimeUnknown, q)
	}
}

// reasonsOfTime returns the reasons that tell of time logged as a source.
func reasonsOfTime(q grade.Quality) (out []string) {
	for _, reason := range q.Reasons {
		if strings.Contains(reason, "give time logged") {
			out = append(out, reason)
		}
	}
	return out
}

// sprintOf measures a sprint as of the last reading.
func sprintOf(t *testing.T, team *measure.Team, id int64) *measure.Sprint {
	t.Helper()
	s, err := team.Sprint(id, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
