package shifts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

func view(t *testing.T, state roster.State) *roster.View {
	f := plan.File{Rotas: []oncall.Rota{{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}}},
		People: []oncall.Person{oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"),
			oncalltest.Parisian(t, "cleo")},
		Teams: []plan.Team{{Name: "Kubernetes"}}, Logins: map[string]string{"ben@example.org": "ben"}}
	return roster.NewView(state, f, civiltest.Instant("2026-02-01T00:00+01:00"))
}

var olga = roster.Actor{Login: "olga", Operator: true, Teams: []string{"Kubernetes"}}

// read brings a table in and returns what differs, as a reader would tell it.
func read(t *testing.T, v *roster.View, table string) (told []string, after *roster.View) {
	t.Helper()
	rows, faults := Parse(strings.NewReader(table))
	writes, wrong := Writes(v, olga, rows)
	if faults = append(faults, wrong...); faults != nil {
		return Told(faults), v
	}
	told = writes.Outside
	for _, c := range writes.Changes {
		told = append(told, fmt.Sprintf("%d %s to %s, %s to %s, %s", c.ID, c.From, c.To,
			c.Start.UTC().Format("02 15:04"),
			c.End.UTC().Format("02 15:04"), c.Reason))
	}
	for _, c := range writes.Callouts {
		told = append(told, fmt.Sprintf("%d call-out of %s %s to %s", c.ID, c.Person,
			c.Started.UTC().Format("02 15:04"),
			c.Ended.UTC().Format("02 15:04")))
	}
	if len(writes.Notices) != 0 || len(writes.Journal) < len(writes.Changes)+len(writes.Callouts) {
		t.Errorf("%d messages, %d lines of the journal", len(writes.Notices), len(writes.Journal))
	}
	state := v.State
	state.Changes, state.Callouts = append(slices.Clone(state.Changes), writes.Changes...),
		append(slices.Clone(state.Callouts), writes.Callouts...)
	return told, roster.NewView(state, v.File, v.Now)
}

// TestImport: shifts that differ from the plan are corrections, part by part; a table that is read twice changes
// nothing the second time.
func TestImport(t *testing.T) {
	const table = "\uFEFFRota,Person,Start,End,Kind,Note\n" +
		"k8s,ben,2026-01-06 00:00,2026-01-07T00:00+01:00,,covers\n" +
		"k8s,cleo,2026-01-10 00:00,2026-01-13 00:00,shift,\n" +
		"k8s,ada,2026-01-05 09:00,2026-01-06 00:00,shift,as planned\n" +
		"k8s,ben,2026-01-06 03:00,2026-01-06 03:40,callout,\n" +
		"k8s,ben,2026-01-06 05:00,2026-01-06 05:10,callout,\n"
	got, after := read(t, view(t, roster.State{}), table)
	want := []string{"1 ada to ben, 05 23:00 to 06 23:00, correction",
		"2 ada to cleo, 09 23:00 to 12 08:00, correction",
		"3 ben to cleo, 12 08:00 to 12 23:00, correction", "1 call-out of ben 06 02:00 to 06 02:40",
		"2 call-out of ben 06 04:00 to 06 04:10"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if got, _ := read(t, after, table); got != nil {
		t.Errorf("read a second time: %q", got)
	}
	s, err := after.Schedule("k8s")
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := s.At(civiltest.Instant("2026-01-12T12:00+01:00")); d.Person != "cleo" {
		t.Errorf("on duty is %s", d.Person)
	}
}

// TestFaults: all that is wrong is told by line, and all of it at once.
func TestFaults(t *testing.T) {
	for table, want := range map[string][]string{
		"":                   {"the table is empty, or no CSV: its first line names the columns person,rota,start,end"},
		"person,begin,end\n": {"line 1: the column rota is missing", "line 1: the column start is missing"},
		"person,rota,start,end\n,k8s,2026-01-06,2026-01-07\nben,,2026-01-06,2026-01-07\nben,k8s,soon,2026-01-07\n": {
			"line 2: person is missing", "line 3: rota is missing",
			`line 4: start "soon" is no time: write 2026-01-05T09:00+01:00, or 2026-01-05 09:00 on the rota's clock`},
		"person,rota,start,end,kind\nben,k8s,2026-01-06,2026-01-07,holiday\n": {
			`line 2: "holiday" is neither shift nor callout`},
		"person,rota,start,end,Start,note,note,kind,kind\n": {"line 1: the column start stands there twice",
			"line 1: the column kind stands there twice"},
		"person,rota,start,end\nzoe,k8s,2026-01-06,2026-01-07\nben,db,2026-01-06,2026-01-07\n" +
			"ben,k8s,2026-01-07,2026-01-06\nben,k8s,2026-01-31,2026-02-02\nben,k8s,2026-01-01,2026-01-02\n": {
			`line 2: "zoe" is no handle and no login of oncall.people`, `line 3: there is no rota "db" in the file`,
			"line 4: end is not after start", "line 5: it is not over: what lies ahead is changed by consent",
			"line 6: rota k8s does not cover this time: give its first version an earlier from before the program is " +
				"first started with it"},
		"person,rota,start,end\nzoe,db,soon,\nad\"a,k8s,2026-01-01,2026-01-02\nzoe,k8s,2026-01-06,2026-01-07\n": {
			`line 2: start "soon" is no time: write 2026-01-05T09:00+01:00, or 2026-01-05 09:00 on the rota's clock`,
			"line 2: end is missing", `line 2: there is no rota "db" in the file`,
			`line 2: "zoe" is no handle and no login of oncall.people`,
			`line 3: bare " in non-quoted-field (a quote within a field is doubled, and the field stands in quotes)`,
			`line 4: "zoe" is no handle and no login of oncall.people`},
		"person|rota|start|end\n": {"line 1: it names none of the columns person,rota,start,end, with commas, " +
			"semicolons or tabs between them"},
		"person,rota,start,end\nben,k8s,0206-01-06T09:00Z,2026-01-07\nben,k8s,2026-01-06,9999-01-07\n" +
			"ben,k8s,2025-11-30,2026-01-31\n": {
			`line 2: start "0206-01-06T09:00Z" is before the year 2000: see whether the date is right`,
			`line 3: end "9999-01-07" is no time: write 2026-01-05T09:00+01:00, or 2026-01-05 09:00 on ` +
				`the rota's clock`,
			"line 4: it would last 62 days, more than 31: see whether the dates are right; if they are, " +
				"write yes in a column long"},
		"person,rota,start,end\nben,k8s,2026-01-06 00:00Z,2026-01-07 00:00Z\nada,k8s,2026-01-06 12:00Z," +
			"2026-01-08 00:00Z\nben,k8s,2026-01-06 20:00Z,2026-01-06 22:00Z\n": {
			"line 3: ada has rota k8s from 2026-01-06T12:00:00Z to 2026-01-07T00:00:00Z, and so has ben by line 2: " +
				"one of them is wrong",
			"line 4: ben has rota k8s from 2026-01-06T20:00:00Z to 2026-01-06T22:00:00Z, and so has ada by line 3: " +
				"one of them is wrong"},
		"person,rota,start,end\nb\xe9n,k8s,2026-01-06,2026-01-07\n": {
			"line 2: it is not UTF-8: save the table as CSV UTF-8"},
		"\xff\xfep\x00e\x00r\x00s\x00o\x00n\x00": {"line 1: it is not UTF-8: save the table as CSV UTF-8"},
		"person,rota,start,end\nad\"a,k8s,2026-01-01,2026-01-02\n,k8s,2026-01-06,2026-01-07\n\"ben,k8s," +
			"2026-01-01,2026-01-02": {
			`line 2: bare " in non-quoted-field (a quote within a field is doubled, and the field stands in quotes)`,
			"line 3: person is missing",
			`line 4: extraneous or missing " in quoted-field (a quote within a field is doubled, and ` +
				`the field stands ` +
				`in quotes)`},
	} {
		if got, _ := read(t, view(t, roster.State{}), table); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", table, got, want)
		}
	}
	many := "person,rota,start,end\n" + strings.Repeat("x\n", 100)
	got, _ := read(t, view(t, roster.State{}), many)
	if len(got) != mostFaults+1 || got[mostFaults] != "and 380 more" { // four of each of 100 rows
		t.Errorf("%d faults are told, the last one: %s", len(got), got[len(got)-1])
	}
}

// TestSeparators: what spreadsheets of other countries save, and cells that were copied, are read as commas are.
func TestSeparators(t *testing.T) {
	want := []string{"1 ada to ben, 05 23:00 to 06 23:00, correction"}
	for _, separator := range []string{";", "\t"} {
		head := strings.Join([]string{"note, in words", "\"person\"", "rota", "start", "end\r"}, separator)
		rows := strings.Join([]string{"a, b, c, d, e", "ben", "k8s", "2026-01-06", "2026-01-07"}, separator)
		if got, _ := read(t, view(t, roster.State{}), "\uFEFF"+head+"\n"+rows+"\n"); !slices.Equal(got, want) {
			t.Errorf("between them %q: %q", separator, got)
		}
	}
}

// TestOutside: of a shift that reaches beyond what its rota covers it is said how much, and when the rota begins.
func TestOutside(t *testing.T) {
	got, _ := read(t, view(t, roster.State{}), "person,rota,start,end\nben,k8s,2026-01-06 00:00,2026-01-07 00:00\n"+
		"ada,k8s,2026-01-04 09:00,2026-01-05 12:00\nada,k8s,2026-01-03 09:00,2026-01-05 10:00\n")
	want := []string{"rota k8s does not cover 3d of line 3 and 1 more: nothing is kept of that; it begins at " +
		"2026-01-05T08:00:00Z", "1 ada to ben, 05 23:00 to 06 23:00, correction"}
	if !slices.Equal(got, want) {
		t.Errorf("told %q", got)
	}
}

// TestLongShift: a shift of more than 31 days is taken where the column long says that it is meant.
func TestLongShift(t *testing.T) {
	f := view(t, roster.State{})
	f.Now = civiltest.Instant("2026-03-01T00:00+01:00")
	got, _ := read(t, f, "person,rota,start,end,long\nben,k8s,2026-01-06,2026-02-20,yes\n")
	if len(got) == 0 || !strings.HasPrefix(got[0], "1 ada to ben, 05 23:00 to 12 08:00") {
		t.Errorf("told %q", got)
	}
}

// FuzzParse: no table makes the reader panic, and each row that it reads has all that it needs.
func FuzzParse(f *testing.F) {
	f.Add("person,rota,start,end\nben,k8s,2026-01-06,2026-01-07\n")
	f.Add("\"person\n,rota")
	f.Add("person,rota,start,end\nb\"en,k8s,2026-01-06,2026-01-07\nben,\"k8s")
	f.Fuzz(func(t *testing.T, table string) {
		rows, _ := Parse(strings.NewReader(table))
		for _, r := range rows {
			isWhole := r.Person != "" && r.Rota != "" && r.Start != (calendar.Moment{}) && r.End != (calendar.Moment{})
			if r.Line < 2 || r.Faults == nil && !isWhole {
				t.Errorf("%+v", r)
			}
		}
	})
}

// TestImportByLogin: a table may name people by their logins, as other tools do.
func TestImportByLogin(t *testing.T) {
	table := "person,rota,start,end\n%s,k8s,2026-01-06T08:00:00Z,2026-01-07T08:00:00Z\n"
	byLogin, _ := read(t, view(t, roster.State{}), fmt.Sprintf(table, "ben@example.org"))
	byHandle, _ := read(t, view(t, roster.State{}), fmt.Sprintf(table, "ben"))
	if len(byLogin) != 1 || fmt.Sprint(byLogin) != fmt.Sprint(byHandle) {
		t.Errorf("by login %v, by handle %v", byLogin, byHandle)
	}
}

// TestLongCallout: a call-out of more than a day is a fault of its line unless the column long says yes.
func TestLongCallout(t *testing.T) {
	const head, row = "person,rota,start,end,kind,long\n", "k8s,2026-01-06 00:00,2026-01-08 00:00,callout,"
	for long, want := range map[string]string{"": "line 2: it would last 48 hours, more than a day",
		"yes": "1 call-out of"} {
		got, _ := read(t, view(t, roster.State{}), head+"ben,"+row+long+"\n")
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("long %q: %q", long, got)
		}
	}
}

// TestCalloutOfTwoTeams: one who was called for two teams at once has a call-out of each, once however often the table
// is read.
func TestCalloutOfTwoTeams(t *testing.T) {
	f := view(t, roster.State{}).File
	other := f.Rotas[0].Versions[0]
	other.Team = "Network"
	f.Rotas = append(f.Rotas, oncall.Rota{Name: "net", Versions: []oncall.Version{other}})
	f.Teams = append(f.Teams, plan.Team{Name: "Network"})
	v := roster.NewView(roster.State{}, f, civiltest.Instant("2026-02-01T00:00+01:00"))
	const row = "ben,2026-01-06 03:00,2026-01-06 03:40,callout\n"
	const table = "rota,person,start,end,kind\nk8s," + row + "net," + row + "k8s," + row
	rows, faults := Parse(strings.NewReader(table))
	operator := roster.Actor{Login: "olga", Operator: true, Teams: []string{"Kubernetes", "Network"}}
	writes, wrong := Writes(v, operator, rows)
	var teams []string
	for _, c := range writes.Callouts {
		teams = append(teams, c.Team)
	}
	if diff := cmp.Diff([]string{"Kubernetes", "Network"}, teams); diff != "" || len(faults)+len(wrong) > 0 {
		t.Errorf("call-outs of %q, with the faults %v, %v", teams, faults, wrong)
	}
	state := roster.State{Callouts: writes.Callouts}
	again, _ := Writes(roster.NewView(state, f, v.Now), operator, rows)
	if len(again.Callouts)+len(again.Journal) > 0 {
		t.Errorf("read a second time: %v", again.Callouts)
	}
}
