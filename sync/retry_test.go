package sync

import (
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestRetryListOutlivesTrouble: an issue that could not be read is read as soon as it can be, although no team could
// be read in between.
func TestRetryListOutlivesTrouble(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	plain, _ := foundRig(t, jirasim.Cloud, conf)
	want := synctest.Export(t, plain.collect(t, conf))
	r, planned := foundRig(t, jirasim.Cloud, conf)
	planned.On("issue/bulkfetch", jirasim.Fault{IssueErrors: []int64{idTwo}})
	_, _ = r.reader.Collect(t.Context(), false) // it is told
	planned.On("/project/", faults.Refuse(404, "no"))
	if _, err := r.reader.Collect(t.Context(), false); err == nil {
		t.Fatal("the team is read without its project")
	}
	if checkpoint, err := r.reader.Store.Checkpoints.All(t.Context()); err != nil || len(checkpoint.Retry) == 0 {
		t.Errorf("the retry list is %v after a reading of no team: %v", checkpoint.Retry, err)
	}
	planned.Clear()
	if got := synctest.Export(t, r.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
}

// TestSettingsWithoutQuestions: another nature, other hours, closed statuses or grace are figured out from what is
// kept; another filter is asked for.
func TestSettingsWithoutQuestions(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.reader.Refresh = 1 << 40
	r.collect(t, conf)
	bulk := func() int { return r.sim.Counts()["POST /rest/api/3/issue/bulkfetch"] }
	first := bulk()
	conf.Impediment.Nature, conf.Calendar.End, conf.ClosedStatuses, conf.Sprint.Grace = "label:why_",
		conf.Calendar.End+1, []string{
			"Done",
		}, 1
	r.reader.Teams[0] = conf
	fresh := newRig(t, synctest.DemoSite(t), conf)
	if got, want := synctest.Export(t, r.collect(t, conf)), synctest.Export(t, fresh.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
	if bulk() != first {
		t.Errorf("issues were asked for %d times, and %d times before the settings changed", bulk(), first)
	}
	conf.Filter = "labels = impediment"
	r.reader.Teams[0] = conf
	if r.collect(t, conf); bulk() == first {
		t.Error("another filter, and nothing is read")
	}
}
