package nameless_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/nameless"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// records are what is kept, in memory.
type records struct {
	state   roster.State
	version int64
	reads   int
	err     error
}

func (r *records) State(context.Context) (roster.State, error) { r.reads++; return r.state, r.err }

func (r *records) Update(context.Context, func(roster.State) (roster.Writes, error)) error {
	return errors.New("nothing writes here")
}

func (r *records) Version(context.Context) (int64, error) { return r.version, r.err }

func crewFile(t *testing.T) plan.File {
	people := []oncall.Person{oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"),
		oncalltest.Parisian(t, "cleo")}
	return plan.File{People: people, Rest: 11 * time.Hour, Zone: people[0].Zone,
		Teams: []plan.Team{{Name: "Kubernetes", Zone: people[0].Zone}, {Name: "Storage", Zone: people[0].Zone}},
		Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}}}}
}

func calloutOf(id int64, person, started, ended string, alerts ...int64) intake.Callout {
	return intake.Callout{ID: id, Team: "Kubernetes", Person: person, Started: civiltest.Instant(started),
		Ended: civiltest.Instant(ended), Alerts: alerts, Origin: interruption.FromSource}
}

func alertOf(id int64, rule string) intake.Alert {
	return intake.Alert{Alert: interruption.Alert{ID: id, Rule: rule, Team: "Kubernetes"}}
}

// TestRows: the example of the package; a test is no row, an end that nobody said lies ahead, and no handle crosses.
func TestRows(t *testing.T) {
	state := roster.State{
		Alerts: []intake.Alert{alertOf(1, "disk"), alertOf(2, "cpu"), alertOf(3, "disk"),
			{Alert: interruption.Alert{ID: 4, Rule: "of another team", Team: "Storage"}}},
		Callouts: []intake.Callout{
			calloutOf(1, "ada", "2026-01-07T03:00+01:00", "2026-01-07T04:00+01:00", 1, 3, 4),
			calloutOf(2, "ada", "2026-01-07T03:30+01:00", "2026-01-07T04:30+01:00", 2),
			calloutOf(3, "ben", "2026-01-08T03:00+01:00", "2026-01-08T04:00+01:00"),
			calloutOf(4, "ben", "2026-01-08T23:30+01:00", "2026-01-09T00:00+01:00"),
			calloutOf(5, "ben", "2026-01-09T00:10+01:00", "2026-01-09T00:20+01:00"), // its day is not over
		},
	}
	state.Callouts[0].Verdict, state.Callouts[0].Issue = interruption.Useful, "OPS-1"
	state.Callouts[2].Verdict = interruption.Test
	state.Callouts[3].Ended = time.Time{} // runs for an hour after its start, by what is known
	now := civiltest.Instant("2026-01-09T00:15+01:00")
	got := nameless.Of(roster.NewView(state, crewFile(t), now), "Kubernetes")
	at := civiltest.Instant
	want := &agile.OnCall{
		Callouts: []agile.Callout{
			{ID: 1, Start: at("2026-01-07T03:00+01:00"), Issue: "OPS-1", Rules: []string{"disk"}, Verdict: agile.Useful,
				OutOfHours: true, Night: 1},
			{ID: 2, Start: at("2026-01-07T03:30+01:00"), Rules: []string{"cpu"}, OutOfHours: true, Night: 1},
			{ID: 4, Start: at("2026-01-08T23:30+01:00"), OutOfHours: true, Night: 2},
		},
		Worked: []agile.CalledTime{
			{Start: at("2026-01-07T03:00+01:00"), End: at("2026-01-07T03:30+01:00"), Callouts: []int{0}},
			{Start: at("2026-01-07T03:30+01:00"), End: at("2026-01-07T04:00+01:00"), Callouts: []int{0, 1}},
			{Start: at("2026-01-07T04:00+01:00"), End: at("2026-01-07T04:30+01:00"), Callouts: []int{1}},
			{Start: at("2026-01-08T23:30+01:00"), End: at("2026-01-09T00:30+01:00"), Callouts: []int{2}},
		},
		Rests: []agile.OwedRest{
			{Start: at("2026-01-07T09:00+01:00"), End: at("2026-01-07T15:00+01:00"), Callouts: []int{0, 1}},
			{Start: at("2026-01-07T15:00+01:00"), End: at("2026-01-07T15:30+01:00"), Callouts: []int{1}},
			{Start: at("2026-01-09T09:00+01:00"), End: at("2026-01-09T11:30+01:00"), Callouts: []int{2}},
		},
		Months: []agile.DutyMonth{{Year: 2026, Month: 1, People: 3}, {Year: 2026, Month: 2, People: 3},
			{Year: 2026, Month: 3, People: 3}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	text, _ := json.Marshal(got)
	for _, handle := range []string{"ada", "ben", "cleo"} {
		if strings.Contains(string(text), handle) {
			t.Errorf("a row names %s: %s", handle, text)
		}
	}
	if other := nameless.Of(roster.NewView(state, crewFile(t), now), "Storage"); other != nil {
		t.Errorf("a team for which nobody is on call has rows: %+v", other)
	}
}

// TestGapIsARow: what of a turn lies before somebody is there is a gap of the team.
func TestGapIsARow(t *testing.T) {
	file := crewFile(t)
	file.People[0].Joins = civiltest.Instant("2026-01-06T09:00+01:00")
	got := nameless.Of(roster.NewView(roster.State{}, file, civiltest.Instant("2026-01-08T12:00+01:00")), "Kubernetes")
	want := []agile.DutyGap{{Start: civiltest.Instant("2026-01-05T09:00+01:00"),
		End: civiltest.Instant("2026-01-06T09:00+01:00")}}
	if diff := cmp.Diff(want, got.Gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

// TestGeneration: rows are the same value until they are others, also where something else was written; what is kept is
// read only when it was written or a minute has passed.
func TestGeneration(t *testing.T) {
	kept := &records{version: 1, state: roster.State{Callouts: []intake.Callout{
		calloutOf(1, "ada", "2026-01-07T03:00+01:00", "2026-01-07T04:00+01:00")}}}
	now := civiltest.Instant("2026-01-08T12:00+01:00")
	source := &nameless.Source{Roster: &roster.Roster{File: crewFile(t), Records: kept},
		Now: func() time.Time { return now }}
	ask := func(what string, wantReads int, wantGeneration int64) *agile.OnCall {
		t.Helper()
		rows, err := source.OnCall(t.Context(), "Kubernetes")
		generation, errAgain := source.Generation(t.Context())
		if err != nil || errAgain != nil || generation != wantGeneration || kept.reads != wantReads {
			t.Fatalf("%s: generation %d after %d readings, %v %v; want %d after %d", what, generation, kept.reads, err,
				errAgain, wantGeneration, wantReads)
		}
		return rows
	}
	first := ask("at first", 1, 1)
	kept.version++
	if again := ask("something else was written", 2, 1); again != first {
		t.Error("the same rows are another value")
	}
	now = now.Add(time.Minute)
	if again := ask("a minute later", 3, 1); again != first {
		t.Error("the same rows are another value a minute later")
	}
	kept.version++
	kept.state.Callouts = append(kept.state.Callouts,
		calloutOf(2, "ada", "2026-01-07T05:00+01:00", "2026-01-07T06:00+01:00"))
	if again := ask("a call-out was written", 4, 2); again == first || len(again.Callouts) != 2 {
		t.Errorf("the new call-out is no row: %+v", again)
	}
	kept.version++
	kept.state.Callouts = append(kept.state.Callouts,
		calloutOf(3, "ada", "2026-01-08T12:00+01:00", "2026-01-08T12:01+01:00"))
	now = now.Add(time.Minute)
	ask("a call-out was written on its day", 5, 2) // who is told of generations does not learn when it began
	now = now.Add(24 * time.Hour)
	if next := ask("its day is over", 6, 3); len(next.Callouts) != 3 {
		t.Errorf("a call-out whose day is over is no row: %+v", next)
	}
	kept.err = errors.New("gone")
	if _, err := source.OnCall(t.Context(), "Kubernetes"); err == nil {
		t.Error("what cannot be read is told as if it could")
	}
}
