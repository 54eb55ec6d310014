package oncall_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	duty "jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/oncalltest"
	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/oncall"
)

func open(t testing.TB, path string) *oncall.Store {
	t.Helper()
	s, err := oncall.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// eachPlace runs a test over a file and, where there is a server, over a database of PostgreSQL.
func eachPlace(t *testing.T, run func(t *testing.T, place string)) {
	t.Run("SQLite", func(t *testing.T) { run(t, filepath.Join(t.TempDir(), "a ?#%.oncall.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { run(t, pgtest.Database(t)) })
}

func keep(t testing.TB, s *oncall.Store, w roster.Writes) {
	t.Helper()
	if err := s.Update(t.Context(), func(roster.State) (roster.Writes, error) { return w, nil }); err != nil {
		t.Fatal(err)
	}
}

func stateOf(t testing.TB, s *oncall.Store) roster.State {
	t.Helper()
	state, err := s.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func at(text string) time.Time { return civiltest.Instant(text) }

// everything is a row of each kind.
func everything(t testing.TB) roster.Writes {
	rota := duty.Rota{Name: "k8s", Until: civiltest.Date("2026-03-01"),
		Versions: []duty.Version{oncalltest.Weekly(t, "ada", "ben")}}
	nights := oncalltest.Weekly(t, "ben")
	nights.Coverage, nights.Region, nights.From = oncalltest.Nights(), "FR", civiltest.Date("2026-02-02")
	rota.Versions = append(rota.Versions, nights)
	ada := oncalltest.Parisian(t, "ada")
	ada.From, ada.Joins = civiltest.Date("2026-01-01"), at("2025-12-31T23:00Z")
	kept := duty.Kept{At: at("2026-02-03T00:00Z"), Rotas: []duty.Rota{rota}, People: []duty.Person{ada},
		Read: []duty.VersionRead{{Rota: "k8s", From: nights.From, At: at("2026-01-04T00:00Z")}}}
	change := oncalltest.CoverOf(1, "ada", "ben", civil.Span{Start: at("2026-01-06T00:00Z"),
		End: at("2026-01-07T00:00Z")})
	change.Asked, change.AskedBy, change.Answered, change.AnsweredBy = at("2026-01-05T09:00Z"), "ada",
		at("2026-01-05T10:00Z"), "ben"
	return roster.Writes{Kept: &kept, Changes: []duty.Change{change},
		Absences: []risk.Absence{{ID: 1, Person: "ada", From: civiltest.Date("2026-02-01"),
			To: civiltest.Date("2026-02-07")}},
		Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 1, Source: "prod", Fingerprint: "f", Rule: "DiskFull",
			Service: "etcd", Severity: "page", Team: "Kubernetes", First: at("2026-01-06T03:00Z"),
			Last: at("2026-01-06T03:10Z"), Resolved: at("2026-01-06T04:00Z")}, PagerID: "p",
			Events: []intake.AlertEvent{{State: intake.Firing, At: at("2026-01-06T03:00Z")}}}},
		Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ada",
			Started: at("2026-01-06T03:00Z"), Touches: []time.Time{at("2026-01-06T03:00Z")}, Alerts: []int64{1},
			Issue: "K8S-1", Verdict: interruption.Noise, Reason: intake.HealsItself, Origin: interruption.Presumed,
			Confirmed: true}},
		Decisions: []roster.Decision{{ID: 1, Team: "Kubernetes", Rule: "DiskFull", Kind: roster.DropAlert,
			Review: civiltest.Date("2026-04-01"), At: at("2026-02-01T00:00Z"), By: "ada"}},
		Frozen: &roster.FrozenMonth{Month: civil.Month{Year: 2026, Month: time.January}, At: at("2026-02-02T00:00Z"),
			By: "pat", Statements: []roster.FrozenStatement{
				{Person: "ada", Currency: "EUR", Body: []byte(`{"cents":15000}`)},
				{Currency: "EUR", Body: []byte(`{}`)}}},
		Notices: []roster.Notice{{Person: "ben", Kind: roster.NoticeAsked, Change: 1, Due: at("2026-01-05T09:00Z")}},
		Journal: []roster.Entry{{At: at("2026-01-05T09:00Z"), Who: "ada", What: "change asked", Source: "::1",
			Args: "1"}},
	}
}

var ignoreFunctions = cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b *time.Location) bool {
	return a.String() == b.String()
}), cmpopts.IgnoreFields(duty.Version{}, "Holiday", "FirstRead"), cmpopts.IgnoreFields(duty.Person{}, "Holiday")}

// TestAllIsKept: what is kept comes back as it was, also after the file was closed.
func TestAllIsKept(t *testing.T) { eachPlace(t, allIsKept) }

func allIsKept(t *testing.T, path string) {
	if exists, err := oncall.Exists(t.Context(), path); exists || err != nil {
		t.Errorf("before anything is kept it exists: %v, %v", exists, err)
	}
	s := open(t, path)
	w := everything(t)
	keep(t, s, w)
	want := roster.State{Kept: *w.Kept, Changes: w.Changes, Absences: w.Absences, Alerts: w.Alerts,
		Callouts: w.Callouts, Decisions: w.Decisions, Frozen: []roster.FrozenMonth{*w.Frozen}, LastAbsence: 1}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if exists, err := oncall.Exists(t.Context(), path); !exists || err != nil {
		t.Errorf("what is kept exists: %v, %v", exists, err)
	}
	if diff := cmp.Diff(want, stateOf(t, s), ignoreFunctions); diff != "" {
		t.Errorf("kept differs (-want +got):\n%s", diff)
	}
	w.Changes[0].State, w.Changes[0].CancelledAt, w.Changes[0].CancelledFrom = duty.Cancelled, at("2026-01-06T12:00Z"),
		at("2026-01-06T12:00Z")
	w.Callouts[0].Ended = at("2026-01-06T05:00Z")
	keep(t, s, roster.Writes{Changes: w.Changes, Callouts: w.Callouts, AbsencesEnded: []int64{1}})
	want.Changes, want.Callouts, want.Absences = w.Changes, w.Callouts, nil
	if diff := cmp.Diff(want, stateOf(t, s), ignoreFunctions); diff != "" {
		t.Errorf("kept after a change differs (-want +got):\n%s", diff)
	}
	if strings.HasPrefix(path, "postgres") {
		return
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
}

// TestLedgersStand: the journal and frozen months are never changed, not even by a program of ours with a fault.
func TestLedgersStand(t *testing.T) { eachPlace(t, ledgersStand) }

func ledgersStand(t *testing.T, path string) {
	s := open(t, path)
	keep(t, s, everything(t))
	err := s.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{Frozen: everything(t).Frozen}, nil
	})
	if err == nil {
		t.Error("a month was frozen twice")
	}
	driver, schema := "sqlite", ""
	if strings.HasPrefix(path, "postgres") {
		driver, schema = "pgx", "jerem_oncall."
	}
	db, err := sql.Open(driver, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{`UPDATE journal SET who = 'eve'`, `UPDATE statement SET body = '{}'`,
		`UPDATE frozen_month SET frozen_by = 'eve'`} {
		statement = strings.Replace(statement, "UPDATE ", "UPDATE "+schema, 1)
		if _, err := db.Exec(statement); err == nil || strings.Contains(err.Error(), "not exist") {
			t.Errorf("%s was done: %v", statement, err)
		}
	}
}

// TestFaultAtEachStatement: a write that fails at any of its statements leaves everything as it was, and the next one
// succeeds.
func TestFaultAtEachStatement(t *testing.T) { eachPlace(t, faultAtEachStatement) }

func faultAtEachStatement(t *testing.T, path string) {
	full := errors.New("the disk is full")
	s := open(t, path)
	before := stateOf(t, s)
	w := everything(t)
	for n := 0; ; n++ {
		left := n
		s.SetFault(func(string) error {
			left--
			if left < 0 {
				return full
			}
			return nil
		})
		err := s.Update(t.Context(), func(roster.State) (roster.Writes, error) { return w, nil })
		if err == nil {
			if n < 15 {
				t.Errorf("a write of everything has only %d statements", n)
			}
			break
		}
		if !errors.Is(err, full) {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, stateOf(t, s), ignoreFunctions); diff != "" {
			t.Fatalf("after a fault at statement %d (-want +got):\n%s", n, diff)
		}
	}
	if len(stateOf(t, s).Changes) != 1 {
		t.Error("the write that succeeded is not there")
	}
}

// TestKilledAtEachWrite: a program that is killed at any statement, or after it, leaves all of a write or nothing.
func TestKilledAtEachWrite(t *testing.T) {
	if path := os.Getenv("JEREM_TEST_KILLED"); path != "" {
		dieWhileWriting(t, path)
		return
	}
	if testing.Short() {
		t.Skip("starts a process for each statement")
	}
	for n := 0; ; n++ {
		path := filepath.Join(t.TempDir(), "jerem.oncall.db")
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=TestKilledAtEachWrite")
		child.Env = append(os.Environ(), "JEREM_TEST_KILLED="+path, "JEREM_TEST_STATEMENT="+strconv.Itoa(n))
		out, err := child.CombinedOutput()
		wasKilled := err != nil && strings.Contains(err.Error(), "killed")
		if err != nil && !wasKilled {
			t.Fatalf("%v: %s", err, out)
		}
		state := stateOf(t, open(t, path))
		if got := len(state.Changes) + len(state.Callouts) + len(state.Frozen); wasKilled && got != 0 {
			t.Errorf("killed at statement %d: a part of the write stands there: %+v", n, state)
		} else if !wasKilled && got != 3 {
			t.Errorf("not killed, and kept: %+v", state)
		}
		if !wasKilled {
			return
		}
	}
}

func dieWhileWriting(t *testing.T, path string) {
	n, err := strconv.Atoi(os.Getenv("JEREM_TEST_STATEMENT"))
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	s.SetFault(func(string) error {
		if n == 0 {
			_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
			select {}
		}
		n--
		return nil
	})
	keep(t, s, everything(t))
}

// TestSeveralProcesses: several that open and write a file at once see each other's writes and lose nothing.
func TestSeveralProcesses(t *testing.T) { eachPlace(t, severalProcesses) }

func severalProcesses(t *testing.T, path string) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := oncall.Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for range 5 {
				err := s.Update(t.Context(), func(state roster.State) (roster.Writes, error) {
					id := int64(len(state.Decisions) + 1)
					return roster.Writes{Decisions: []roster.Decision{{ID: id, Rule: fmt.Sprint(id),
						At: at("2026-01-01T00:00Z")}}}, nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := stateOf(t, open(t, path)).Decisions; len(got) != 20 || got[19].ID != 20 {
		t.Errorf("%d were kept", len(got))
	}
}

// TestForeignFiles: what another program wrote, or a newer version, stays as it is, and why is told.
func TestForeignFiles(t *testing.T) {
	for name, c := range map[string]struct{ make, want string }{
		"another program's": {`CREATE TABLE theirs (x)`, "belongs to another program"},
		"a newer version's": {`PRAGMA application_id = 1248162383; CREATE TABLE t (x); PRAGMA user_version = 99`,
			"newer version"},
	} {
		path := filepath.Join(t.TempDir(), "jerem.oncall.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(c.make); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if _, err := oncall.Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStateIsHeld: what a store holds in memory after its writes is what another one reads from the file.
func TestStateIsHeld(t *testing.T) { eachPlace(t, stateIsHeld) }

func stateIsHeld(t *testing.T, path string) {
	s := open(t, path)
	stateOf(t, s)
	w := everything(t)
	w.Kept, w.Frozen = nil, nil
	second := everything(t)
	second.Kept, second.Frozen, second.Journal, second.Notices = nil, nil, nil, nil
	second.Changes[0].ID, second.Alerts[0].ID, second.Callouts[0].ID, second.Decisions[0].ID = 2, 2, 2, 2
	second.Absences[0].ID = 2
	changed := everything(t)
	changed.Callouts[0].Verdict = interruption.Useful
	for _, writes := range []roster.Writes{w, second, {AbsencesEnded: []int64{2}, Callouts: changed.Callouts}, {}} {
		keep(t, s, writes)
		if diff := cmp.Diff(stateOf(t, open(t, path)), stateOf(t, s), ignoreFunctions); diff != "" {
			t.Fatalf("held differs (-read +held):\n%s", diff)
		}
	}
	if got := stateOf(t, s); got.LastAbsence != 2 || len(got.Callouts) != 2 || len(got.Absences) != 1 {
		t.Errorf("held: %+v", got)
	}
}

// TestEvents: a raw event is kept before anything is done with it, waits until it is finished, can be run again where
// it was set aside, and goes in the end; the bytes of its body stay as they came.
func TestEvents(t *testing.T) { eachPlace(t, events) }

func events(t *testing.T, place string) {
	s := open(t, place)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := s.AddEvent(t.Context(), roster.RawEvent{Source: "prod", Received: at("2026-01-05T09:00Z"),
				Body: []byte("\xff\x00")}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	counts := func(waiting, again int) {
		t.Helper()
		for run, want := range map[bool]int{false: waiting, true: again} {
			list, err := s.EventsToRun(t.Context(), run)
			if err != nil || len(list) != want || want > 0 && string(list[0].Body) != "\xff\x00" {
				t.Errorf("%v: %+v, want %d", err, list, want)
			}
		}
	}
	counts(4, 4)
	keep(t, s, roster.Writes{EventsFinished: []roster.EventResult{{ID: 1, At: at("2026-01-05T09:01Z"), Why: "no JSON",
		Cause: roster.NotUnderstood},
		{ID: 2, At: at("2026-01-05T09:01Z")}}})
	counts(2, 3)
	if _, err := s.DropEvents(t.Context(), at("2026-01-05T09:02Z")); err != nil {
		t.Fatal(err)
	}
	counts(2, 2)
	keep(t, s, everything(t))
	if _, err := s.DropStatements(t.Context(), civil.Month{Year: 2026, Month: time.February}); err != nil {
		t.Fatal(err)
	}
	state := stateOf(t, s)
	if len(state.Frozen) != 1 || len(state.Frozen[0].Statements) != 0 || state.Dropped.String() != "2026-02" {
		t.Errorf("frozen months are %+v, dropped before %s", state.Frozen, state.Dropped)
	}
}

// TestEventsSetAside: events are counted by their source with the first moment and the last reason; those that lie
// ahead are found by their cause and not by the words of the reason, which a source may have written.
func TestEventsSetAside(t *testing.T) { eachPlace(t, eventsSetAside) }

func eventsSetAside(t *testing.T, place string) {
	s := open(t, place)
	var results []roster.EventResult
	for i, e := range []struct {
		source, why string
		cause       roster.AsideCause
	}{{"prod", `"x lies ahead" is no team of the file`, roster.NotUnderstood}, {"pager", "", ""},
		{"gen", "2026-01-05T10:00:00Z lies ahead", roster.Ahead}, {"prod", "no JSON", roster.NotUnderstood}} {
		received := at("2026-01-05T09:00Z").Add(time.Duration(i) * time.Minute)
		id, err := s.AddEvent(t.Context(), roster.RawEvent{Source: e.source, Received: received, Body: []byte("{}")})
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, roster.EventResult{ID: id, At: received, Why: e.why, Cause: e.cause})
	}
	aside := func(want ...roster.SetAside) {
		t.Helper()
		got, err := s.EventsSetAside(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v, set aside (-want +got):\n%s", err, diff)
		}
	}
	aside()
	keep(t, s, roster.Writes{EventsFinished: results})
	aside(roster.SetAside{Source: "prod", Events: 2, Since: at("2026-01-05T09:00Z"), Why: "no JSON"},
		roster.SetAside{Source: "gen", Events: 1, Since: at("2026-01-05T09:02Z"),
			Why: "2026-01-05T10:00:00Z lies ahead"})
	for since, want := range map[string]int{"2026-01-05T09:02Z": 1, "2026-01-05T09:03Z": 0} {
		ahead, err := s.EventsAhead(t.Context(), at(since))
		if err != nil || len(ahead) != want || want > 0 && ahead[0].Source != "gen" {
			t.Errorf("since %s lie ahead %+v, %v", since, ahead, err)
		}
	}
	results[0].Why, results[0].Cause = "", ""
	keep(t, s, roster.Writes{EventsFinished: results[:1]})
	aside(roster.SetAside{Source: "gen", Events: 1, Since: at("2026-01-05T09:02Z"),
		Why: "2026-01-05T10:00:00Z lies ahead"},
		roster.SetAside{Source: "prod", Events: 1, Since: at("2026-01-05T09:03Z"), Why: "no JSON"})
}

// TestForgetEverywhere: a handle is replaced in both databases, and the journal is only added to again.
func TestForgetEverywhere(t *testing.T) { eachPlace(t, forgetEverywhere) }

func forgetEverywhere(t *testing.T, place string) {
	s := open(t, place)
	keep(t, s, everything(t))
	if err := s.Forget(t.Context(), oncall.Forgotten{Handle: "ada", Login: "ada", Name: "person-1"},
		at("2026-02-05T09:00Z")); err != nil {
		t.Fatal(err)
	}
	state := stateOf(t, s)
	if state.Changes[0].From != "person-1" || state.Callouts[0].Person != "person-1" ||
		state.Kept.Rotas[0].Versions[0].People[0] != "person-1" || state.Frozen[0].Statements[0].Person != "ada" {
		t.Errorf("after it was forgotten: %+v", state)
	}
	journal, err := s.Journal(t.Context(), 9)
	if err != nil || len(journal) == 0 || journal[len(journal)-1].Who != "person-1" {
		t.Errorf("journal: %+v, %v", journal, err)
	}
}
