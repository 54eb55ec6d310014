package sync

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestWorklogsHidden: time logged goes when Jira lists it as deleted, or does not know of it twice. What it lists as
// changed and does not send is hidden from the account, and stays; so do the figures. The issues of this Jira do not
// tell what was spent on them.
func TestWorklogsHidden(t *testing.T) {
	if testing.Short() {
		t.Skip("it hides time logged in many ways")
	}
	t.Parallel()
	spent := regexp.MustCompile(`"timespent":\s*\d+`)
	conf := synctest.Team("K8S", 0)
	for dialect, options := range dialectsOf(t) {
		for name, hidden := range map[string]struct {
			paths []string
			kept  int // for how many readings
		}{
			"not sent":          {[]string{"/worklog/list"}, 3},
			"neither is listed": {[]string{"/worklog/list", "/worklog/updated"}, 1},
		} {
			r := newRig(t, synctest.DemoSite(t), conf)
			silent := false
			r.between(t, string(jirasim.DemoScenario()), options,
				func(req *http.Request, _ []byte, a *synctest.Answer) {
					a.Body = spent.ReplaceAll(a.Body, []byte(`"timespent":null`))
					for _, path := range hidden.paths {
						if silent && strings.Contains(req.URL.Path, path) {
							a.Body = []byte(`{"values":[],"since":0,"until":0,"lastPage":true}`)
							if strings.HasSuffix(path, "list") {
								a.Body = []byte(`[]`)
							}
						}
					}
				})
			want := synctest.Export(t, r.collect(t, conf))
			before := logged(t, r)
			silent = true
			for n := range 3 {
				var behind TeamErrors
				_, err := r.reader.Collect(t.Context(), true)
				if err != nil && !errors.As(err, &behind) {
					t.Fatal(err)
				}
				kept := n < hidden.kept
				if left := logged(t, r); before == 0 || kept != (left == before) || !kept && left != 0 {
					t.Errorf("%s, %s, reading %d: %d of %d worklogs are left", dialect, name, n+1, left, before)
				}
				if told := has(gapsOf(t, r, conf), agile.SourceWorklogs, agile.GapShrunk); told != kept ||
					(err != nil) != kept {
					t.Errorf("%s, %s, reading %d: told %v, %v", dialect, name, n+1, told, err)
				}
				if same := synctest.Export(t, r.kept(t, conf)) == want; same != kept {
					t.Errorf("%s, %s, reading %d: the same series: %v", dialect, name, n+1, same)
				}
			}
		}
	}
}
