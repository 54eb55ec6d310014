package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/feed"
	"jerem/oncall/oncalltest"
)

func duties(t *testing.T) []feed.Duty {
	cover := oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-01-06T00:00+01:00", "2026-01-07T00:00+01:00"))
	schedules, people := oncalltest.Crew(t, cover)
	cleo := people["cleo"]
	cleo.Leaves = civiltest.Instant("2026-01-20T00:00+01:00")
	people["cleo"] = cleo
	return feed.RotaDuties(schedules[0], civiltest.Span("2026-01-06T00:00+01:00", "2026-01-26T09:00+01:00"))
}

// TestSchedule pins each form of a schedule with a cover and a gap.
func TestSchedule(t *testing.T) {
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	var text, table, list bytes.Buffer
	if err := ScheduleText(&text, duties(t), paris); err != nil {
		t.Fatal(err)
	}
	const wantText = `k8s  Tue 2026-01-06 00:00  Wed 2026-01-07 00:00  ben for ada
k8s  Wed 2026-01-07 00:00  Mon 2026-01-12 09:00  ada
k8s  Mon 2026-01-12 09:00  Mon 2026-01-19 09:00  ben
k8s  Mon 2026-01-19 09:00  Tue 2026-01-20 00:00  cleo
k8s  Tue 2026-01-20 00:00  Mon 2026-01-26 09:00  nobody (gap)
`
	if diff := cmp.Diff(wantText, text.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if err := ScheduleCSV(&table, duties(t)[:1]); err != nil {
		t.Fatal(err)
	}
	const wantCSV = "person,rota,start,end,team,level,planned\n" +
		"ben,k8s,2026-01-05T23:00:00Z,2026-01-06T23:00:00Z,Kubernetes,1,ada\n"
	if diff := cmp.Diff(wantCSV, table.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
	if err := ScheduleJSON(&list, duties(t)); err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(list.Bytes(), &rows); err != nil || len(rows) != 5 || rows[4]["person"] != nil ||
		rows[0]["person"] != "ben" || rows[0]["version"] != "2026-01-05" {
		t.Errorf("%v: %s", err, list.String())
	}
}

func statements() []Statement {
	text := func(s string) *string { return &s }
	one := 1
	return []Statement{
		{Person: text("ada"), Currency: "EUR", Payroll: text("10042"), State: "draft", Cents: 13995, Lines: []Line{
			{Date: "2026-01-05", Kind: "flat", Rota: text("k8s"), Level: &one, Seconds: 604800, Cents: 15000,
				Policy: text("2026-01-01")},
			{Date: "2026-01-06", Kind: "callout", Seconds: 61, Policy: text("2026-01-01"), Origin: text("hand")},
			{Date: "2026-01-01", Kind: "adjustment", About: text("2025-12"), Seconds: -60, Cents: -1005},
		}},
		{Currency: "EUR", State: "draft", Lines: []Line{}},
	}
}

// TestStatements pins each form of statements: what is taken back, hours that earn nothing, what nobody is paid.
func TestStatements(t *testing.T) {
	var text, table, list bytes.Buffer
	if err := StatementText(&text, "2026-01", statements()); err != nil {
		t.Fatal(err)
	}
	const wantText = `2026-01 ada EUR, payroll 10042, draft
DATE        WHAT                       ROTA  LEVEL  HOURS    AMOUNT  POLICY
2026-01-05  duty, flat rate            k8s   1      168:00   150.00  2026-01-01
2026-01-06  call-out, entered by hand               0:01:01  0.00    2026-01-01
2026-01-01  adjustment of 2025-12                   -0:01    -10.05  
            sum                                              139.95  

2026-01 paid to nobody, for gaps, EUR, draft
DATE  WHAT  ROTA  LEVEL  HOURS  AMOUNT  POLICY
      sum                       0.00    
`
	if diff := cmp.Diff(wantText, text.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if err := StatementCSV(&table, "2026-01", statements()); err != nil {
		t.Fatal(err)
	}
	const wantCSV = `month,person,payroll,currency,state,date,kind,about,rota,level,seconds,amount,policy,origin
2026-01,ada,10042,EUR,draft,2026-01-05,flat,,k8s,1,604800,150.00,2026-01-01,
2026-01,ada,10042,EUR,draft,2026-01-06,callout,,,,61,0.00,2026-01-01,hand
2026-01,ada,10042,EUR,draft,2026-01-01,adjustment,2025-12,,,-60,-10.05,,
`
	if diff := cmp.Diff(wantCSV, table.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
	if err := StatementJSON(&list, statements()); err != nil {
		t.Fatal(err)
	}
	var again []Statement
	if err := json.Unmarshal(list.Bytes(), &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(statements(), again); diff != "" {
		t.Errorf("JSON read back (-want +got):\n%s", diff)
	}
	list.Reset()
	if err := StatementJSON(&list, nil); err != nil || list.String() != "[]\n" {
		t.Errorf("%v %q", err, list.String())
	}
}

// TestNoFormula: no cell is a formula, whatever names say; what is a number stays one.
func TestNoFormula(t *testing.T) {
	evil := `=HYPERLINK("http://evil.example","x")`
	list := statements()[:1]
	list[0].Person, list[0].Payroll, list[0].Lines[0].Rota = &evil, &evil, &evil
	var table, schedule bytes.Buffer
	if err := StatementCSV(&table, "2026-01", list); err != nil {
		t.Fatal(err)
	}
	d := feed.Duty{Rota: "@SUM(1)", Team: "+1", Segment: oncall.Segment{Person: "-2+3", Planned: "\t=1"}}
	if err := ScheduleCSV(&schedule, []feed.Duty{d}); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{table.String(), schedule.String()} {
		rows, err := csv.NewReader(strings.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				isNumber := strings.Trim(cell, "0123456789.-") == ""
				if !isNumber && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					t.Errorf("the cell %q is a formula", cell)
				}
			}
		}
	}
	if !strings.Contains(table.String(), ",-10.05,") {
		t.Error("a negative amount is no number any more")
	}
}

// TestWhat: each kind of line is told in words that need no key.
func TestWhat(t *testing.T) {
	word := func(text string) *string { return &text }
	for _, c := range []struct {
		line Line
		want string
	}{
		{Line{Kind: "flat"}, "duty, flat rate"},
		{Line{Kind: "callout", Origin: word("source")}, "call-out, told by the pager"},
		{Line{Kind: "callout", Origin: word("presumed")}, "call-out of who was on duty, the alert named nobody"},
		{Line{Kind: "callout", Origin: word("hand")}, "call-out, entered by hand"},
		{Line{Kind: "adjustment", About: word("2026-01")}, "adjustment of 2026-01"},
	} {
		if got := c.line.What(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
