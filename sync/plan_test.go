package sync

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/jira"
	"jerem/store"
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
func quietKnowledge() knowledge {
	k := knowledge{
		signature: "f",
		checkpoint: store.Checkpoint{Fields: "f", Projects: map[string]time.Time{"1": lastRead, "2": lastRead},
			Worklogs: lastRead, Erased: lastRead, Listed: recently, Reconciled: recently},
	}
	for n, name := range []string{"A", "B"} {
		id := fmt.Sprint(n + 1)
		conf := settingsOf(synctest.Team(name, 0), "UTC")
		k.teams = append(
			k.teams,
			knownTeam{name: name, project: jira.Project{ID: id, Key: name}, board: int64(n + 1), settings: conf,
				state: &store.TeamState{
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
func (p readingPlan) written() string {
	var b strings.Builder
	for _, s := range p.steps {
		b.WriteString(string(s.kind))
		if len(s.teams) > 0 {
			b.WriteString(" of " + strings.Join(s.teams, " "))
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
		change func(k *knowledge)
		want   string
	}{
		{"quiet cycle", func(*knowledge) {}, quiet},
		{"first reading", func(k *knowledge) {
			k.checkpoint, k.metadataRead = store.Checkpoint{}, true
			k.teams[0].state, k.teams[1].state = nil, nil
		}, whole},
		{"everything is asked for", func(k *knowledge) { k.full, k.metadataRead = true, true }, whole},
		{"a team is new", func(k *knowledge) { k.teams[0].state = nil }, oneWhole},
		{"its project was never read whole", func(k *knowledge) { k.checkpoint.Projects["1"] = time.Time{} }, oneWhole},
		{"its board is another one", func(k *knowledge) { k.teams[0].board = 7 }, oneWhole},
		{"its board is gone", func(k *knowledge) { k.teams[0].board = 0 }, oneWhole},
		{"its project is another one", func(k *knowledge) { k.teams[0].state.ProjectID = "9" }, oneWhole},
		{"its project has another key", func(k *knowledge) { k.teams[0].project.Key = "AA" }, oneWhole},
		{"its filter is another one", func(k *knowledge) {
			conf := synctest.Team("A", 0)
			conf.Filter = "labels = ours"
			k.teams[0].settings = settingsOf(conf, "UTC")
		}, oneWhole},
		{"its impediment query is another one", func(k *knowledge) {
			conf := synctest.Team("A", 0)
			conf.Impediment.JQL = "labels = x"
			k.teams[0].settings = settingsOf(conf, "UTC")
		}, oneWhole},
		{"time zone changed: nothing is asked for", func(k *knowledge) {
			k.teams[0].settings = settingsOf(synctest.Team("A", 0), "Europe/Paris")
		}, quiet},
		{"nature, hours, closed statuses, grace changed: nothing is asked for", func(k *knowledge) {
			conf := synctest.Team("A", 0)
			conf.Impediment.Nature, conf.Calendar.End, conf.ClosedStatuses, conf.Sprint.Grace = "Cause",
				20*time.Hour, []string{"Closed"}, time.Hour
			k.teams[0].settings = settingsOf(conf, "UTC")
		}, quiet},
		{"settings kept in the form of a former version",
			func(k *knowledge) { k.teams[0].state.Settings = `UTC "" []` }, oneWhole},
		{"a field more is read", func(k *knowledge) { k.signature = "f g" }, whole},
		{"Jira's clock went back", func(k *knowledge) {
			k.teams[0].state.Until, k.checkpoint.Projects["1"] = planned.Add(time.Hour), planned.Add(time.Hour)
		}, oneWhole},
		{"Jira's clock went back by less than the overlap", func(k *knowledge) {
			k.teams[0].state.Until, k.checkpoint.Projects["1"] = planned.Add(time.Minute), planned.Add(time.Minute)
		}, quiet},
		{"metadata was read", func(k *knowledge) { k.metadataRead = true },
			strings.Replace(quiet, "read time", "ask filters of A B\nread time", 1)},
		{"metadata was read, reconciliation is due", func(k *knowledge) {
			k.metadataRead,
				k.checkpoint.Listed = true, yesterday
		}, reconciled},
		{"reconciliation is due, metadata was not read", func(k *knowledge) { k.checkpoint.Listed = yesterday }, quiet},
		{"a comparison of all is due", func(k *knowledge) {
			k.metadataRead, k.checkpoint.Listed, k.checkpoint.Reconciled = true, yesterday, yesterday
		},
			strings.Replace(reconciled, "list changed", "compare all", 1)},
		{"resumed half-way", func(k *knowledge) {
			k.checkpoint.Backfill = interrupted
			k.teams[0].state, k.teams[1].state = nil, nil
		}, resumed},
		{"resumed half-way, and a field more is read", func(k *knowledge) {
			k.checkpoint.Backfill, k.signature = interrupted, "f g"
		}, whole},
		{"resumed half-way, and everything is asked for", func(k *knowledge) {
			k.checkpoint.Backfill,
				k.full = interrupted, true
		}, whole},
		{"many issues to be read again wait for the metadata", func(k *knowledge) { k.checkpoint.Retry = manyRetries },
			strings.Replace(quiet, "add issues to be read again\n", "", 1)},
		{"every team is in trouble", func(k *knowledge) { k.teams = nil }, ""},
	} {
		k := quietKnowledge()
		c.change(&k)
		if got := planReading(k, planned).written(); got != c.want {
			t.Errorf("%s: it would\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// TestPlanCheckpoint: what a plan tells beside its steps.
func TestPlanCheckpoint(t *testing.T) {
	k := quietKnowledge()
	k.signature = "f g"
	p := planReading(k, planned)
	if !p.checkpoint.Projects["1"].IsZero() || p.checkpoint.Fields != "f g" ||
		!p.checkpoint.Backfill.Equal(planned) ||
		!p.reconciled {
		t.Errorf("fields widened: %+v", p.checkpoint)
	}
	if k.checkpoint.Projects["1"].IsZero() || k.checkpoint.Fields != "f" {
		t.Errorf("what was known is changed by planning: %+v", k.checkpoint)
	}
	k = quietKnowledge()
	k.teams[0].state, k.checkpoint.Backfill = nil, interrupted
	p = planReading(k, planned)
	if a := p.teams["A"]; !a.whole || !a.since.Equal(interrupted) || !p.leaveOut.kept ||
		!p.leaveOut.since.Equal(interrupted) ||
		!p.since.Equal(interrupted) {
		t.Errorf("resumed: %+v, %+v", p.teams["A"], p.leaveOut)
	}
	if b := p.teams["B"]; b.whole || !b.since.Equal(lastRead) || p.reconciled {
		t.Errorf("the other team: %+v", b)
	}
	k = quietKnowledge()
	k.teams, k.checkpoint.Retry = nil, []int64{7}
	if p := planReading(k, planned); len(p.postponed) != 1 {
		t.Errorf("with every team in trouble the retry list is %v", p.postponed)
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
		if got := metadataDue(c.site, c.refresh, planned, planned); got != c.due {
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
		if got := allWorklogsDue(store.Checkpoint{Worklogs: c.worklogs}, c.whole, c.pending); got != c.due {
			t.Errorf("%s: due is %v", c.name, got)
		}
	}
}
