package sync

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestUnsentLogs: time logged that Jira does not send, and did not ever send, is told by the sprint whose impediments
// it would count for, as long as the issue says that it was spent. It costs no request.
func TestUnsentLogs(t *testing.T) {
	t.Parallel()
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		story := strings.Replace(synctest.SmallTeam, "log 2h on 2026-10-13 09:00\n",
			"log 2h on 2026-10-13 09:00\n2026-10-13 13:00 log 3h on 2026-10-13 10:00\n", 1)
		var asked []int
		for _, hide := range []bool{false, true} {
			r := newRig(t, synctest.StorySite(t, story), conf)
			options := jirasim.Options{Dialect: dialect}
			r.between(t, story, options, func(req *http.Request, _ []byte, a *synctest.Answer) {
				if hide && strings.HasSuffix(req.URL.Path, "/worklog/list") {
					a.Body = withoutLogs(t, a.Body, 3*3600)
				}
			})
			team := r.collect(t, conf)
			s, err := team.Sprint(21, team.Now())
			if err != nil {
				t.Fatal(err)
			}
			reasons := strings.Join(s.QualityOf("impediments.seconds").Reasons, "; ")
			const want = "by Jira 3 h more were spent on 1 issue than the logs tell that it sends"
			if hours := s.Impediments.Seconds / 3600; hide != strings.Contains(reasons, want) || hide != (hours == 2) {
				t.Errorf("hidden %v: %d h, %s", hide, hours, reasons)
			}
			asked = append(asked, r.reader.Jira.Transport().Requests())
		}
		if asked[0] != asked[1] {
			t.Errorf("a log that is hidden costs requests: %d and %d", asked[0], asked[1])
		}
	})
}

// withoutLogs leaves out the logs of an amount.
func withoutLogs(t *testing.T, body []byte, seconds float64) []byte {
	t.Helper()
	var all, left []map[string]any
	if err := json.Unmarshal(body, &all); err != nil {
		t.Error(err)
	}
	for _, log := range all {
		if log["timeSpentSeconds"] != seconds {
			left = append(left, log)
		}
	}
	out, _ := json.Marshal(left)
	return out
}
