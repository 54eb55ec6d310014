package verify

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// told writes findings as a command does.
func told(list []Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, string(f.Severity)+" "+f.Part+" "+f.Subject()+": "+f.Text)
	}
	return out
}

// TestFile: each kind of finding once, errors first.
func TestFile(t *testing.T) {
	nights := oncalltest.Weekly(t, "ada", "ben", "cleo", "dan", "eve")
	nights.Coverage = oncalltest.Nights()
	nights.Region = "FR"
	always := oncalltest.Weekly(t, "zoe")
	always.Level, always.From = 2, civiltest.Date("2026-03-02")
	short := always
	short.From = civiltest.Date("2026-03-09")
	short.Handover += 3600
	double := oncalltest.Weekly(t, "ada", "ben", "cleo", "dan", "eve")
	f := plan.File{Zone: time.UTC, Rest: time.Hour, Notice: civil.Period{Number: 1, Unit: civil.Days},
		Rotas: []oncall.Rota{{Name: "nights", Versions: []oncall.Version{nights}},
			{Name: "second", Versions: []oncall.Version{always, short}},
			{Name: "double", Versions: []oncall.Version{double}, Until: civiltest.Date("2026-03-08")}}}
	for _, handle := range []string{"ada", "ben", "cleo", "dan", "eve", "zoe"} {
		p := oncalltest.Parisian(t, handle)
		p.CanBeMailed = handle != "zoe"
		f.People = append(f.People, p)
	}
	closed := nights
	closed.Every = civil.Period{Number: 2, Unit: civil.Weeks}
	kept := []oncall.Rota{{Name: "nights", Versions: []oncall.Version{closed}}}
	state := roster.State{Kept: oncall.Kept{}.Keep(kept, nil,
		civiltest.Instant("2026-02-01T00:00+01:00"))}
	v := roster.NewView(state, f, civiltest.Instant("2026-03-02T10:00+01:00"))
	lineOf := func(oncall.Contradiction) int { return 17 }
	list := File(v, lineOf)
	got := map[string]string{}
	for _, line := range told(list) {
		for _, part := range []string{"closed", "overlap", "cut", "contact", "coverage", "holidays", "few_people"} {
			if f, _, ok := cutPart(line, part); ok && got[part] == "" {
				got[part] = f
			}
		}
	}
	want := map[string]string{
		"closed": `error closed rota nights: rota nights, version from 2026-01-05: every was "2w" and has begun, ` +
			`the file says "1w"`,
		"overlap": "error overlap rota double: rotas nights and double of team Kubernetes and level 1 both cover " +
			"2026-03-02T17:00:00Z",
		"cut": "warning cut rota second: turn 1 of the version from 2026-03-02 is cut to 1 h",
		"contact": "warning contact rota second, zoe: has duty ahead and no contact by mail or webhook: no message " +
			"reaches them",
		"coverage": "ok coverage rota nights: nobody covers Mon-Fri 09:00-18:00 of a week",
		"holidays": "ok holidays rota nights: nobody covers all of these holidays: 2026-04-06, 2026-05-01, " +
			"2026-05-08, " +
			"2026-05-14, 2026-05-25, 2026-07-14, 2026-11-11, 2026-12-25, 2027-01-01",
		"few_people": "error few_people rota second: second has 1 person, fewer than 5",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if list[0].Line != 17 || !list[0].IsError() || list[len(list)-1].IsError() {
		t.Errorf("the first finding is %+v", list[0])
	}
}

func cutPart(line, part string) (whole, rest string, ok bool) {
	for _, severity := range []Severity{Error, Warning, OK} {
		prefix := string(severity) + " " + part + " "
		if len(line) > len(prefix) && line[:len(prefix)] == prefix {
			return line, line[len(prefix):], true
		}
	}
	return "", "", false
}

// TestWeekText: spans of a week as people read them.
func TestWeekText(t *testing.T) {
	monday := civil.Midnight(civiltest.Date("2026-01-05"), time.UTC)
	span := func(from, to int) civil.Span {
		hours := func(n int) time.Time { return monday.Add(time.Duration(n) * time.Hour) }
		return civil.Span{Start: hours(from), End: hours(to)}
	}
	for _, c := range []struct {
		spans []civil.Span
		want  string
	}{
		{[]civil.Span{span(9, 18), span(33, 42), span(81, 90)}, "Mon-Tue 09:00-18:00, Thu 09:00-18:00"},
		{[]civil.Span{span(5*24, 7*24)}, "Sat-Sun"},
		{[]civil.Span{span(4*24+18, 5*24+6)}, "Fri 18:00-24:00, Sat 00:00-06:00"},
		{[]civil.Span{span(0, 7*24)}, "Mon-Sun"},
		{[]civil.Span{span(9, 12), span(13, 18), span(33, 36), span(37, 42)},
			"Mon-Tue 09:00-12:00, Mon-Tue 13:00-18:00"},
	} {
		if got := weekText(c.spans); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestOrderOfPeople: who stands twice in the order is one person; two turns in a row are told, and versions that stand
// in another order than their dates. A rota of fewer than three people is told as an error, and does not have to be
// mended.
func TestOrderOfPeople(t *testing.T) {
	version := func(from string, people ...string) oncall.Version {
		v := oncalltest.Weekly(t, people...)
		v.From = civiltest.Date(from)
		return v
	}
	for _, c := range []struct {
		versions []oncall.Version
		want     []string
	}{
		{[]oncall.Version{version("2026-01-05", "ada", "ben", "cleo", "dan", "eve")}, nil},
		{[]oncall.Version{version("2026-01-05", "ada", "ada", "ada")},
			[]string{"error few_people rota k8s: k8s has 1 person, fewer than 5"}},
		{[]oncall.Version{version("2026-01-05", "ada", "ben", "ada", "ben", "ada", "ben")},
			[]string{"error few_people rota k8s: k8s has 2 people, fewer than 5"}},
		{[]oncall.Version{version("2026-01-05", "ada", "ben", "ben", "cleo", "ada")},
			[]string{"warning in_a_row rota k8s, ben: has two turns in a row in the version from 2026-01-05",
				"warning in_a_row rota k8s, ada: has two turns in a row in the version from 2026-01-05",
				"warning few_people rota k8s: k8s has 3 people, fewer than 5"}},
		{[]oncall.Version{version("2026-04-06", "ada", "ben", "cleo", "dan", "eve", "fay"),
			version("2026-01-05", "ada", "ben", "cleo", "dan", "eve")},
			[]string{"warning order rota k8s: the version from 2026-01-05 stands after the one from " +
				"2026-04-06; they hold in the order of their dates"}},
	} {
		f := plan.File{Zone: time.UTC, Rotas: []oncall.Rota{{Name: "k8s", Versions: c.versions}}}
		for _, handle := range []string{"ada", "ben", "cleo", "dan", "eve", "fay"} {
			p := oncalltest.Parisian(t, handle)
			p.CanBeMailed = true
			f.People = append(f.People, p)
		}
		var got []string
		v := roster.NewView(roster.State{}, f, civiltest.Instant("2026-01-06T10:00+01:00"))
		for _, finding := range File(v, func(oncall.Contradiction) int { return 0 }) {
			isOfOrder := slices.Contains([]string{"few_people", "in_a_row", "order"}, finding.Part)
			if finding.IsError() {
				t.Errorf("%v must be mended", finding)
			}
			if isOfOrder {
				got = append(got, told([]Finding{finding})...)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("findings (-want +got):\n%s", diff)
		}
	}
}
