package plan

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/jira"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/sync/metadata"
	"jerem/sync/synctest"
)

// The moments of these tests.
var (
	planned     = time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC) // Jira's clock
	lastRead    = planned.Add(-10 * time.Minute)
	recently    = planned.Add(-30 * time.Minute)
	yesterday   = planned.Add(-25 * time.Hour)
	interrupted = planned.Add(-40 * time.Minute)
)

// quietKnowledge is what is known of two teams that were read a moment ago.
func quietKnowledge() Knowledge {
	k := Knowledge{
		Signature: "f",
		Checkpoint: checkpoint.Checkpoint{Fields: "f", Projects: map[string]time.Time{"1": lastRead, "2": lastRead},
			Worklogs: lastRead, Erased: lastRead, Listed: recently, Reconciled: recently},
	}
	for n, name := range []string{"A", "B"} {
		id := fmt.Sprint(n + 1)
		conf := SettingsOf(synctest.Team(name, 0), "UTC")
		k.Teams = append(
			k.Teams,
			KnownTeam{Name: name, Project: jira.Project{ID: id, Key: name}, Board: int64(n + 1), Settings: conf,
				State: &store.TeamState{
					Name:      name,
					Project:   name,
					ProjectID: id,
					Board:     int64(n + 1),
					Until:     lastRead,
					Settings:  conf.String(),
				}},
		)
	}
	return k
}

// written writes a plan's steps, one a line.
func (p Plan) written() string {
	var b strings.Builder
	for _, s := range p.Steps {
		b.WriteString(string(s.Kind))
		if len(s.Teams) > 0 {
			b.WriteString(" of " + strings.Join(s.Teams, " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestPlanReading: what is known decides what is read, in which order.
func TestPlanReading(t *testing.T) {
	const (
		quiet = "list changed issues of A B\nadd issues to be read again\nread issues\nread time logged\n"
		whole = "begin the back-fill\nlist all issues of A B\nadd issues to be read again\nread issues\n" +
			"list issues of other projects in epics of A B\nread issues of epics\nask filters of A B\nread time " +
			"logged\n"
		oneWhole = "begin the back-fill\nlist all issues of A\nlist changed issues of B\nadd issues to be read " +
			"again\nread issues\n" +
			"list issues of other projects in epics of A\nread issues of epics\nask filters of A\nread time logged\n"
		resumed = "list all issues of A B\nlist changed issues of A B\nadd issues to be read again\nread issues\n" +
			"list issues of other projects in epics of A B\nread issues of epics\nask filters of A B\nread time " +
			"logged\n"
		reconciled = "list all issues of A B\nlist changed issues of A B\nadd issues to be read again\nread issues\n" +
			"list issues of other projects in epics of A B\nread issues of epics\nask filters of A B\nread time " +
			"logged\n"
	)
	manyRetries := make([]int64, fewRetries+1)
	for _, c := range []struct {
		name   string
		change func(k *Knowledge)
		want   string
	}{
		{"quiet cycle", func(*Knowledge) {}, quiet},
		{"first reading", func(k *Knowledge) {
			k.Checkpoint, k.MetadataRead = checkpoint.Checkpoint{}, true
			k.Teams[0].State, k.Teams[1].State = nil, nil
		}, whole},
		{"everything is asked for", func(k *Knowledge) { k.Full, k.MetadataRead = true, true }, whole},
		{"a team is new", func(k *Knowledge) { k.Teams[0].State = nil }, oneWhole},
		{"its project was never read whole", func(k *Knowledge) { k.Checkpoint.Projects["1"] = time.Time{} }, oneWhole},
		{"its board is another one", func(k *Knowledge) { k.Teams[0].Board = 7 }, oneWhole},
		{"its board is gone", func(k *Knowledge) { k.Teams[0].Board = 0 }, oneWhole},
		{"its project is another one", func(k *Knowledge) { k.Teams[0].State.ProjectID = "9" }, oneWhole},
		{"its project has another key", func(k *Knowledge) { k.Teams[0].Project.Key = "AA" }, oneWhole},
		{"its filter is another one", func(k *Knowledge) {
			conf := synctest.Team("A", 0)
			conf.Filter = "labels = ours"
			k.Teams[0].Settings = SettingsOf(conf, "UTC")
		}, oneWhole},
		{"its impediment query is another one", func(k *Knowledge) {
			conf := synctest.Team("A", 0)
			conf.Impediment.JQL = "labels = x"
			k.Teams[0].Settings = SettingsOf(conf, "UTC")
		}, oneWhole},
		{"time zone changed: nothing is asked for", func(k *Knowledge) {
			k.Teams[0].Settings = SettingsOf(synctest.Team("A", 0), "Europe/Paris")
		}, quiet},
		{"nature, hours, closed statuses, grace changed: nothing is asked for", func(k *Knowledge) {
			conf := synctest.Team("A", 0)
			conf.Impediment.Nature, conf.Calendar.End, conf.ClosedStatuses, conf.Sprint.Grace = "Cause",
				20*time.Hour, []string{"Closed"}, time.Hour
			k.Teams[0].Settings = SettingsOf(conf, "UTC")
		}, quiet},
		{"settings kept in the form of a former version",
			func(k *Knowledge) { k.Teams[0].State.Settings = `UTC "" []` }, oneWhole},
		{"a field more is read", func(k *Knowledge) { k.Signature = "f g" }, whole},
		{"Jira's clock went back", func(k *Knowledge) {
			k.Teams[0].State.Until, k.Checkpoint.Projects["1"] = planned.Add(time.Hour), planned.Add(time.Hour)
		}, oneWhole},
		{"Jira's clock went back by less than the overlap", func(k *Knowledge) {
			k.Teams[0].State.Until, k.Checkpoint.Projects["1"] = planned.Add(time.Minute), planned.Add(time.Minute)
		}, quiet},
		{"issues are named", func(k *Knowledge) { k.Named = true },
			strings.Replace(quiet, "add issues", "add named issues\nadd issues", 1)},
		{"metadata was read", func(k *Knowledge) { k.MetadataRead = true },
			strings.Replace(quiet, "read time", "ask filters of A B\nread time", 1)},
		{"metadata was read, reconciliation is due", func(k *Knowledge) {
			k.MetadataRead,
				k.Checkpoint.Listed = true, yesterday
		}, reconciled},
		{"reconciliation is due, metadata was not read", func(k *Knowledge) { k.Checkpoint.Listed = yesterday }, quiet},
		{"most issues of a team were hidden", func(k *Knowledge) { k.Teams[1].Unlisted = true },
			"list all issues of B\n" + quiet},
		{"most issues of a team were hidden, another one is new", func(k *Knowledge) {
			k.Teams[1].Unlisted, k.Teams[0].State = true, nil
		}, oneWhole},
		{"most issues of a team were hidden, reconciliation is due", func(k *Knowledge) {
			k.Teams[1].Unlisted, k.MetadataRead, k.Checkpoint.Listed = true, true, yesterday
		}, reconciled},
		{"a comparison of all is due", func(k *Knowledge) {
			k.MetadataRead, k.Checkpoint.Listed, k.Checkpoint.Reconciled = true, yesterday, yesterday
		},
			strings.Replace(reconciled, "list changed", "compare all", 1)},
		{"resumed half-way", func(k *Knowledge) {
			k.Checkpoint.Backfill = interrupted
			k.Teams[0].State, k.Teams[1].State = nil, nil
		}, resumed},
		{"resumed half-way, and a field more is read", func(k *Knowledge) {
			k.Checkpoint.Backfill, k.Signature = interrupted, "f g"
		}, whole},
		{"resumed half-way, and everything is asked for", func(k *Knowledge) {
			k.Checkpoint.Backfill,
				k.Full = interrupted, true
		}, whole},
		{"many issues to be read again wait for the metadata", func(k *Knowledge) { k.Checkpoint.Retry = manyRetries },
			strings.Replace(quiet, "add issues to be read again\n", "", 1)},
		{"every team is in trouble", func(k *Knowledge) { k.Teams = nil }, ""},
	} {
		k := quietKnowledge()
		c.change(&k)
		if got := Reading(k, planned).written(); got != c.want {
			t.Errorf("%s: it would\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// TestPlanCheckpoint: what a plan tells beside its steps.
func TestPlanCheckpoint(t *testing.T) {
	k := quietKnowledge()
	k.Signature = "f g"
	p := Reading(k, planned)
	if !p.Checkpoint.Projects["1"].IsZero() || p.Checkpoint.Fields != "f g" ||
		!p.Checkpoint.Backfill.Equal(planned) ||
		!p.Reconciled {
		t.Errorf("fields widened: %+v", p.Checkpoint)
	}
	if k.Checkpoint.Projects["1"].IsZero() || k.Checkpoint.Fields != "f" {
		t.Errorf("what was known is changed by planning: %+v", k.Checkpoint)
	}
	k = quietKnowledge()
	k.Teams[0].State, k.Checkpoint.Backfill = nil, interrupted
	p = Reading(k, planned)
	if a := p.Teams["A"]; !a.Whole || !a.Since.Equal(interrupted) || !p.LeaveOut.Kept ||
		!p.LeaveOut.Since.Equal(interrupted) ||
		!p.Since.Equal(interrupted) {
		t.Errorf("resumed: %+v, %+v", p.Teams["A"], p.LeaveOut)
	}
	if b := p.Teams["B"]; b.Whole || !b.Since.Equal(lastRead) || p.Reconciled {
		t.Errorf("the other team: %+v", b)
	}
	k = quietKnowledge()
	k.Teams, k.Checkpoint.Retry = nil, []int64{7}
	if p := Reading(k, planned); len(p.Postponed) != 1 {
		t.Errorf("with every team in trouble the retry list is %v", p.Postponed)
	}
}

// TestMetadataDue: metadata is read at first, and when it is old by either clock.
func TestMetadataDue(t *testing.T) {
	site := &metadata.Site{ReadAt: lastRead, AsOf: recently}
	for _, c := range []struct {
		name    string
		site    *metadata.Site
		refresh time.Duration
		due     bool
	}{
		{"never read", nil, time.Hour, true},
		{"young", site, time.Hour, false},
		{"each time", site, 0, true},
		{"old by Jira's clock", site, 30 * time.Minute, true},
		{"old by ours", &metadata.Site{ReadAt: recently, AsOf: planned}, 30 * time.Minute, true},
	} {
		if got := MetadataDue(c.site, c.refresh, planned, planned); got != c.due {
			t.Errorf("%s: due is %v", c.name, got)
		}
	}
}

// TestAllWorklogsDue: when all time logged is asked for instead of what is new.
func TestAllWorklogsDue(t *testing.T) {
	for _, c := range []struct {
		name     string
		worklogs time.Time
		whole    bool
		pending  int
		due      bool
	}{
		{"current", lastRead, false, manyPending, false},
		{"never read, or Jira was restored", time.Time{}, false, 0, true},
		{"a team is read whole", lastRead, true, 0, true},
		{"many issues are new", lastRead, false, manyPending + 1, true},
	} {
		if got := AllWorklogsDue(checkpoint.Checkpoint{Worklogs: c.worklogs}, c.whole, c.pending); got != c.due {
			t.Errorf("%s: due is %v", c.name, got)
		}
	}
}
