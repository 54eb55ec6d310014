package sync

import (
	"strings"
	"testing"

	"jerem/problem"
	jirasim "jerem/sim/jira"
	"jerem/sync/metadata"
	"jerem/sync/synctest"
)

// TestOtherSite: a store that holds what one Jira told is not mixed with what another one tells, although it has the
// same ids; a Jira that got another address is the same one.
func TestOtherSite(t *testing.T) {
	options := jirasim.Options{Email: "bot@example.org", Token: "token"}
	load := func(story string) *jirasim.Site {
		site, err := jirasim.LoadScenario("story", []byte(story))
		if err != nil {
			t.Fatal(err)
		}
		return site
	}
	conf := synctest.Team("K8S", 0)
	r := newRig(t, load(synctest.SmallTeam), conf)
	before := synctest.Export(t, r.collect(t, conf))

	r.serve(t, load(synctest.SmallTeam), options)
	r.reader.site = nil
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatalf("the same Jira at another address: %v", err)
	}

	other := strings.NewReplacer("09-21 10:00", "09-21 10:01", "10-01 10:00", "10-01 10:03", "10-01 10:10",
		"10-01 10:11", "10-12 10:10", "10-12 10:11", "10-13 08:00", "10-13 08:01").Replace(synctest.SmallTeam)
	r.serve(t, load(other), options)
	r.reader.site = nil
	_, err := r.reader.Collect(t.Context(), false)
	if told := problem.Of(err, "sync"); told == nil || told.Code != metadata.OtherSite ||
		!strings.Contains(told.Error(), "of 5 issues that were compared it has none") {
		t.Errorf("another Jira is read: %v", err)
	}
	if after := synctest.Export(t, r.kept(t, conf)); after != before {
		t.Errorf("what is kept changed:\n%s", synctest.FirstDifference(after, before))
	}
}
