package rules

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
)

// spansAfter tells what is told of the rules that readings found one after the other, one an hour, as lines.
func spansAfter(sets ...Set) []string {
	hour := func(n int) time.Time { return time.Date(2026, 6, 13, n, 0, 0, 0, time.UTC) }
	var past Past
	for n := range sets[1:] {
		past = past.Add(sets[n], sets[n+1], hour(n+1))
	}
	var out []string
	for _, s := range past.SpansOf(sets[len(sets)-1]) {
		from := "-"
		if !s.From.IsZero() {
			from = s.From.Format("15")
		}
		out = append(out, strings.Join(strings.Fields(strings.Join([]string{from, s.Until.Format("15"),
			string(s.Subject.Code), s.Subject.Args[0], s.Subject.Args[1]}, " ")), " "))
	}
	return out
}

// TestSpans: a rule is told of the time alone in which another one held than holds now.
func TestSpans(t *testing.T) {
	with := func(change func(*agile.Team, *agile.Board, map[string]agile.Status)) Set {
		team, board, statuses := plainTeam()
		change(&team, board, statuses)
		return Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
	}
	plain := with(func(*agile.Team, *agile.Board, map[string]agile.Status) {})
	filter := with(func(t *agile.Team, _ *agile.Board, _ map[string]agile.Status) { t.Filter = "a" })
	other := with(func(t *agile.Team, _ *agile.Board, _ map[string]agile.Status) { t.Filter = "b" })
	grace := with(func(t *agile.Team, _ *agile.Board, _ map[string]agile.Status) { t.Sprint.Grace = time.Hour })
	board := with(func(_ *agile.Team, b *agile.Board, _ map[string]agile.Status) { b.Columns[3].Statuses = nil })
	done := with(func(_ *agile.Team, _ *agile.Board, s map[string]agile.Status) {
		s["5"] = agile.Status{ID: "5", Name: "Rejected", Category: agile.CategoryDone}
	})
	named := with(func(_ *agile.Team, _ *agile.Board, s map[string]agile.Status) {
		s["1"] = agile.Status{ID: "1", Name: "New", Category: agile.CategoryToDo}
	})
	gone := with(func(_ *agile.Team, _ *agile.Board, s map[string]agile.Status) { delete(s, "5") })
	sited := func(level int, version string) Set {
		team, board, _ := plainTeam()
		team.Quarter.By = agile.ByFixVersion
		return Of(team, Site{Board: board, Types: map[string]agile.Type{"7": {Name: "Feature", Level: level}},
			Versions: map[string]string{"3": version}, Zone: "UTC"})
	}
	for name, c := range map[string]struct {
		sets []Set
		want []string
	}{
		"nothing":     {[]Set{plain, plain}, nil},
		"another one": {[]Set{plain, filter}, []string{"- 01 rule_filter"}},
		"taken back":  {[]Set{plain, filter, plain}, []string{"01 02 rule_filter"}},
		"twice wrong": {[]Set{plain, filter, plain, other, plain},
			[]string{"01 02 rule_filter", "03 04 rule_filter"}},
		"another, then a third": {[]Set{plain, filter, other}, []string{"- 02 rule_filter"}},
		"wrong in two ways":     {[]Set{plain, filter, other, plain}, []string{"01 03 rule_filter"}},
		"told with what it was": {[]Set{plain, grace, plain}, []string{"01 02 rule_grace 1h0m0s 0s"}},
		"two rules": {[]Set{plain, grace, filter, plain},
			[]string{"02 03 rule_filter", "01 02 rule_grace 1h0m0s 0s"}},
		"columns for an hour": {[]Set{plain, board, plain},
			[]string{"01 02 rule_columns Closed", "01 02 rule_done Review"}},
		"a category for an hour": {[]Set{plain, done, plain}, []string{"01 02 rule_done Rejected"}},
		"a category":             {[]Set{plain, done}, []string{"- 01 rule_done Rejected"}},
		"a status named":         {[]Set{plain, named, plain}, nil},
		"a status gone and back": {[]Set{plain, gone, plain}, nil},
		"gone, back as done":     {[]Set{plain, gone, done}, []string{"- 01 rule_done Rejected"}},
		"a type of another level": {[]Set{sited(0, "Q4"), sited(1, "Q4"), sited(0, "Q4")}, []string{
			"01 02 rule_types Feature"}},
		"a version named": {[]Set{sited(0, "Q4"), sited(0, "Late"), sited(0, "Q4")}, []string{
			"01 02 rule_versions Late is Q4 now"}},
		"a rule that was not kept": {[]Set{{}, filter}, nil},
	} {
		if diff := cmp.Diff(c.want, spansAfter(c.sets...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestPastIsKept: what is kept of former rules reads as it was, holds no query, and stays within a bound.
func TestPastIsKept(t *testing.T) {
	team, board, statuses := plainTeam()
	var past Past
	before := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
	at := time.Date(2026, 6, 13, 0, 0, 0, 0, time.UTC)
	for n := range 3 * mostFormer {
		team.Filter, team.Impediment.JQL = "assignee = somebody", "assignee = other"
		if n%2 == 1 {
			team.Filter, team.Impediment.JQL = "", ""
		}
		now := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
		past, before = past.Add(before, now, at.Add(time.Duration(n)*time.Minute)), now
	}
	text, err := json.Marshal(past)
	if err != nil {
		t.Fatal(err)
	}
	if len(past) != mostFormer || strings.Contains(string(text), "assignee") {
		t.Errorf("%d changes are kept: %.200s", len(past), text)
	}
	var read Past
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(past.SpansOf(before), read.SpansOf(before)); diff != "" {
		t.Error(diff)
	}
	if spans := past.SpansOf(before); len(spans) < mostFormer-2 {
		t.Errorf("%d spans", len(spans))
	}
}

// TestClockPutBack: where Jira's clock goes back, no span ends before it began.
func TestClockPutBack(t *testing.T) {
	team, board, statuses := plainTeam()
	plain := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
	team.Filter = "a"
	other := Of(team, Site{Board: board, Statuses: statuses, Zone: "UTC"})
	at := time.Date(2026, 6, 13, 8, 0, 0, 0, time.UTC)
	past := Past{}.Add(plain, other, at).Add(other, plain, at.Add(-time.Hour))
	if got := past.SpansOf(plain); len(got) > 0 {
		t.Errorf("told of no time: %v", got)
	}
}
