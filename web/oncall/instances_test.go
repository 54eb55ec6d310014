package oncall_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	api "jerem/web/oncall"
)

// TestTwoInstances: two servers over one place see what the other keeps at once; of two that accept or freeze at the
// same time one wins and the other is told; an event that a source posts to both counts once.
func TestTwoInstances(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.oncall.db")
	file := officeWithSources(t, "2026-02-03T12:00Z").api.Roster.File
	var both [2]*office
	for i := range both {
		s, err := kept.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		o := &office{t: t, now: civiltest.Instant("2026-02-03T12:00Z"), store: s}
		o.api = (&api.API{Roster: &roster.Roster{File: file, Records: s}, Events: s, Log: slog.New(slog.DiscardHandler),
			Now: func() time.Time { return o.now }, Tell: tellProblem}).Open()
		o.keepPast()
		both[i] = o
	}
	body := fields{"kind": "cover", "rota": "k8s", "start": "2026-02-16T12:00:00Z", "end": "2026-02-17T08:00:00Z"}
	var from string
	for _, name := range []string{"ada", "ben", "cleo"} {
		var segments []struct{ Person string }
		both[0].want(200, both[0].ask("viewer", "GET", "rotas/k8s/segments?from=2026-02-16T12:00:00Z&"+
			"to=2026-02-16T13:00:00Z", nil), &segments)
		if segments[0].Person == name {
			from = name
		}
	}
	both[0].want(201, both[0].ask(from, "POST", "changes", body), nil)
	if got := both[1].ask("viewer", "GET", "changes?rota=k8s", nil); !strings.Contains(got.body, `"state":"open"`) {
		t.Errorf("the other instance does not see it: %s", got.body)
	}
	others := make([]string, 0, 2)
	for _, name := range []string{"ada", "ben", "cleo"} {
		if name != from {
			others = append(others, name)
		}
	}
	counted := atOnce(func(i int) int { return both[i].ask(others[i], "POST", "changes/1/accept", nil).status })
	if counted[200] != 1 || counted[409] != 1 {
		t.Errorf("two who accept at once are answered %v", counted)
	}
	atOnce(func(i int) int { return both[i].post("prod", hookSecret, diskFull) })
	for i, o := range both {
		var alerts, callouts []fields
		o.want(200, o.ask("operator", "GET", "alerts?team=Kubernetes", nil), &alerts)
		o.want(200, o.ask("operator", "GET", "callouts?team=Kubernetes", nil), &callouts)
		if len(alerts) != 1 || len(callouts) != 1 {
			t.Errorf("instance %d has %d alerts and %d call-outs", i, len(alerts), len(callouts))
		}
	}
	counted = atOnce(func(i int) int { return both[i].ask("pay", "POST", "statements/2026-01/freeze", nil).status })
	first, second := both[0].ask("pay", "GET", "statements/2026-01", nil), both[1].ask("pay", "GET",
		"statements/2026-01", nil)
	if counted[200] != 1 || counted[409] != 1 || first.body != second.body {
		t.Errorf("two who freeze at once are answered %v: %s, %s", counted, first.body, second.body)
	}
}

// atOnce does something by both instances at the same time and counts the answers.
func atOnce(do func(i int) int) map[int]int {
	var all sync.WaitGroup
	var answers [2]int
	for i := range answers {
		all.Go(func() { answers[i] = do(i) })
	}
	all.Wait()
	counted := map[int]int{}
	for _, status := range answers {
		counted[status]++
	}
	return counted
}
