package oncall

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/calendar"
)

func TestEndOf(t *testing.T) {
	start := instant("2026-01-06T03:00+01:00")
	after := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	for _, c := range []struct {
		what     string
		resolved time.Time
		touches  []time.Time
		now      int
		want     int
		hasEnded bool
	}{
		{"resolved", after(20), nil, 300, 20, true},
		{"open alerts", time.Time{}, nil, 300, 60, true},
		{"resolved late", after(90), nil, 300, 60, true},
		{"a click prolongs", after(90), []time.Time{after(40)}, 300, 90, true},
		{"a click after the hour", after(90), []time.Time{after(61)}, 300, 60, true},
		{"clicks that hang together", time.Time{}, []time.Time{after(100), after(50)}, 300, 160, true},
		{"still running", time.Time{}, nil, 30, 30, false},
		{"resolved before it began", after(-5), nil, 300, 0, true},
	} {
		end, hasEnded := EndOf(start, c.resolved, c.touches, after(c.now))
		if !end.Equal(after(c.want)) || hasEnded != c.hasEnded {
			t.Errorf("%s: ends after %v, ended %v; want %d minutes, %v", c.what, end.Sub(start), hasEnded,
				c.want, c.hasEnded)
		}
	}
}

// TestRests pins when rest is owed, and that rests that overlap count once.
func TestRests(t *testing.T) {
	ada := parisian(t, "ada")
	list := []Callout{
		calloutAt(1, "ada", "2026-01-06T10:00+01:00", 30), // within working hours: none
		calloutAt(2, "ada", "2026-01-07T03:00+01:00", 60), // until 15:00
		calloutAt(3, "ada", "2026-01-07T10:00+01:00", 30), // at work, but within a rest: until 21:30
		calloutAt(4, "ada", "2026-01-11T12:00+01:00", 60), // Sunday after free time: none
		calloutAt(5, "ada", "2026-01-11T23:00+01:00", 60), // ten hours after one ended: until 11:00
		calloutAt(6, "ben", "2026-01-08T03:00+01:00", 60),
	}
	list = append(list, calloutAt(7, "ada", "2026-01-15T03:00+01:00", 60))
	list[6].Verdict = Test
	rests := Rests(ada, list, 11*time.Hour)
	var got []string
	for _, r := range rests {
		got = append(got, fmt.Sprint(r.Callout, " until ", r.End.Format("02 15:04")))
	}
	want := []string{"2 until 07 15:00", "3 until 07 21:30", "5 until 12 11:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rests (-want +got):\n%s", diff)
	}
	in := span("2026-01-01T00:00+01:00", "2026-02-01T00:00+01:00")
	if got, want := RestFromSprint(ada, rests, "", in), int64((9+2)*3600); got != want {
		t.Errorf("owed from the sprint are %d s, want %d", got, want)
	}
	clipped := span("2026-01-07T12:00+01:00", "2026-01-12T10:00+01:00")
	if got, want := RestFromSprint(ada, rests, "Kubernetes", clipped), int64((6+1)*3600); got != want {
		t.Errorf("within a span owed are %d s, want %d", got, want)
	}
}

func TestLoad(t *testing.T) {
	b := books(t)
	in := span("2026-01-05T09:00+01:00", "2026-01-26T09:00+01:00")
	list := []Callout{
		calloutAt(1, "ada", "2026-01-06T23:00+01:00", 10), calloutAt(2, "ada", "2026-01-07T07:59+01:00", 10),
		calloutAt(3, "ben", "2026-01-13T12:00+01:00", 10), calloutAt(4, "cleo", "2026-01-24T12:00+01:00", 10),
		calloutAt(5, "ada", "2026-01-05T08:59+01:00", 10), calloutAt(6, "ada", "2026-01-08T03:00+01:00", 10),
	}
	list[5].Verdict = Test
	got := LoadOf(b.Schedules, b.People, list, "Kubernetes", in, 11*time.Hour)
	if got.People != 3 || *got.Interruptions != 4 || *got.OutOfHours != 3 || *got.DisturbedNights != 1 {
		t.Errorf("load: %d people, %d interruptions, %d out of hours, %d nights", got.People,
			*got.Interruptions, *got.OutOfHours, *got.DisturbedNights)
	}
	if *got.LargestDutyShare != 1.0/3 || *got.Per12h != 4.0/42 {
		t.Errorf("largest share %v, per 12 h %v", *got.LargestDutyShare, *got.Per12h)
	}
	// 1 owes until 10:10 and 2 until 19:09, from 09:00 on; 4 came after free time.
	if want := int64(9 * 3600); *got.RestSeconds != want {
		t.Errorf("rest %d s, want %d", *got.RestSeconds, want)
	}
	two := LoadOf(b.Schedules, b.People, list, "Kubernetes", span("2026-01-05T09:00+01:00",
		"2026-01-19T09:00+01:00"), 0)
	if two != (Load{People: 2}) {
		t.Errorf("the load of two people is told: %+v", two)
	}
}

func TestCuration(t *testing.T) {
	in := span("2026-01-05T00:00+01:00", "2026-01-12T00:00+01:00")
	first := instant("2026-01-06T03:00+01:00")
	alert := func(id int64, rule string, resolved int) Alert {
		a := Alert{ID: id, Rule: rule, Team: "Kubernetes", First: first}
		if resolved > 0 {
			a.Resolved = first.Add(time.Duration(resolved) * time.Minute)
		}
		return a
	}
	alerts := []Alert{alert(1, "disk", 5), alert(2, "cpu", 30), alert(3, "disk", 0), alert(4, "net", 0),
		alert(5, "disk", 9)}
	alerts[4].First = in.Start.Add(-time.Hour)
	useful := calloutAt(1, "ada", "2026-01-06T03:00+01:00", 0)
	useful.Ended = useful.Started.Add(101 * time.Second)
	useful.Acknowledged, useful.Alerts, useful.Verdict = first.Add(10*time.Minute), []int64{1, 2, 3}, Useful
	noise := calloutAt(2, "ada", "2026-01-06T12:00+01:00", 1)
	noise.Alerts, noise.Verdict = []int64{5}, Noise
	drill := calloutAt(3, "ada", "2026-01-06T12:00+01:00", 1)
	drill.Alerts, drill.Verdict = []int64{4}, Test
	rows := Curation(alerts, []Callout{useful, noise, drill}, books(t).People, "Kubernetes", in)
	half, one, none := 0.5, 1.0, 0.0
	want := []RuleRow{
		{Rule: "cpu", Alerts: 1, Pages: 1, OutOfHours: 1, Useful: 1, Actionability: &one, Healed: &none, Seconds: 51},
		{Rule: "disk", Alerts: 2, Pages: 2, OutOfHours: 1, Useful: 1, Noise: 1, Actionability: &half,
			Healed: &half, Seconds: 50 + 60},
		{Rule: "net", Alerts: 1},
	}
	for i := range rows {
		rows[i].closed, rows[i].healedCount = 0, 0
	}
	if diff := cmp.Diff(want, rows, cmp.AllowUnexported(RuleRow{})); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

// TestUnexpected: overlapping call-outs of one person count once, those of two people twice, time is split at local
// midnight, and an impediment's call-out counts only on days on which the issue has no time.
func TestUnexpected(t *testing.T) {
	paris := zoneNamed(t, "Europe/Paris")
	list := []Callout{
		calloutAt(1, "ada", "2026-01-06T23:30+01:00", 60), calloutAt(2, "ada", "2026-01-06T23:45+01:00", 30),
		calloutAt(3, "ben", "2026-01-07T00:00+01:00", 10),
		calloutAt(4, "ben", "2026-01-08T23:00+01:00", 120), calloutAt(5, "ben", "2026-01-09T00:30+01:00", 60),
		calloutAt(6, "ben", "2026-01-09T12:00+01:00", 60),
	}
	list[3].Issue, list[4].Issue = "OPS-1", "OPS-2"
	list[5].Verdict = Test
	impediments := Impediments{
		IsOne:   func(issue string) bool { return issue == "OPS-1" },
		HasTime: func(issue string, d calendar.Date) bool { return d == date("2026-01-08") },
	}
	got := Unexpected(list, "Kubernetes", paris, span("2026-01-01T00:00+01:00", "2026-02-01T00:00+01:00"), impediments)
	want := []UnexpectedDay{
		{date("2026-01-06"), 2, 2, 30 * 60}, {date("2026-01-07"), 1, 1, 40 * 60},
		{date("2026-01-08"), 1, 0, 0}, {date("2026-01-09"), 1, 1, 90 * 60},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the unexpected (-want +got):\n%s", diff)
	}
}

func TestRotaOfCallout(t *testing.T) {
	second := weekly(t, "ada")
	second.Level = 2
	schedules := []*Schedule{NewSchedule(Rota{Name: "second", Versions: []Version{second}}, nil, nil),
		books(t).Schedules[0]}
	at := instant("2026-01-06T03:00+01:00")
	for _, c := range []struct {
		person, rota string
		level        int
	}{{"ada", "k8s", 1}, {"ben", "", 0}} {
		if rota, level := RotaOf(schedules, "Kubernetes", c.person, at); rota != c.rota || level != c.level {
			t.Errorf("%s: %q at level %d, want %q at %d", c.person, rota, level, c.rota, c.level)
		}
	}
	if rota, level := RotaOf(schedules, "Kubernetes", "ada", at.AddDate(0, 0, 7)); rota != "second" || level != 2 {
		t.Errorf("a week later ada's call-out is of %q at level %d", rota, level)
	}
	if rota, person := PresumedPerson(schedules, "Kubernetes", at); rota != "k8s" || person != "ada" {
		t.Errorf("presumed is %q of %q", person, rota)
	}
}

// kinds tells the warnings of a kind as start and person.
func kinds(list []Warning, kind WarningKind) []string {
	paris, _ := time.LoadLocation("Europe/Paris")
	var out []string
	for _, w := range list {
		if w.Kind == kind && w.Text != "" {
			out = append(out, w.Rota+" "+w.Person+" "+w.Start.In(paris).Format("01-02 15:04"))
		}
	}
	slices.Sort(out)
	return out
}

func TestWarnings(t *testing.T) {
	now := instant("2026-01-20T10:00+01:00")
	leaves := parisian(t, "eve")
	leaves.Leaves = instant("2026-02-05T00:00+01:00")
	other := weekly(t, "ben", "zoe")
	other.Team, other.From, other.FirstRead = "Data", date("2026-02-02"), now
	late := coverOf(1, "cleo", "ada", span("2026-01-22T00:00+01:00", "2026-01-23T00:00+01:00"))
	late.Answered = now
	idle := coverOf(2, "ben", "ada", span("2026-01-24T00:00+01:00", "2026-01-25T00:00+01:00"))
	idle.Answered = instant("2026-01-01T00:00+01:00")
	past := coverOf(3, "ben", "ada", span("2026-01-05T09:00+01:00", "2026-01-06T09:00+01:00"))
	o := Outlook{
		Board: Board{
			Rotas: []Rota{{Name: "k8s", Versions: []Version{weekly(t, "ada", "ben", "cleo", "dan", "eve")}},
				{Name: "data", Versions: []Version{other}}},
			People: PeopleOf(parisian(t, "ada"), parisian(t, "ben"), parisian(t, "cleo"), parisian(t, "dan"),
				leaves, parisian(t, "zoe")),
			Changes: []Change{late, idle, past},
		},
		Absences: []Absence{{1, "dan", date("2026-01-30"), date("2026-01-31")}, {2, "dan", date("2026-02-10"),
			date("2026-02-12")}},
		Callouts: []Callout{
			calloutAt(1, "cleo", "2026-01-19T20:00+01:00", 5), calloutAt(2, "cleo", "2026-01-19T22:00+01:00", 5),
			calloutAt(3, "cleo", "2026-01-20T07:59+01:00", 5), calloutAt(4, "cleo", "2026-01-20T09:00+01:00", 5),
			calloutAt(5, "ada", "2026-01-20T07:59+01:00", 5),
		},
		Paging: map[string]bool{"Data": true}, Rest: 11 * time.Hour, Notice: Period{15, Days},
	}
	list := o.Warnings(now)
	for kind, want := range map[WarningKind][]string{
		WarnGap:           {"k8s  02-05 00:00", "k8s  03-09 09:00", "k8s  04-13 09:00"},
		WarnLate:          {"data  02-02 09:00", "k8s  01-22 00:00"},
		WarnIdle:          {"k8s  01-24 00:00"},
		WarnAbsence:       {"k8s dan 01-30 00:00"},
		WarnNoContact:     {"data ben 02-02 09:00", "data zoe 02-09 09:00"},
		WarnInterruptions: {" cleo 01-19 20:00"},
		WarnTwoAtOnce:     {"data ben 02-16 09:00"},
	} {
		if diff := cmp.Diff(want, kinds(list, kind)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
	for _, w := range list {
		if w.Kind == WarnFewPeople && (w.Rota != "data" || !w.Span.Start.IsZero() ||
			w.IsError != (len(other.People) < 3)) {
			t.Errorf("few people: %+v", w)
		}
	}
}

func TestShareAndRest(t *testing.T) {
	now := instant("2026-01-05T10:00+01:00")
	v := weekly(t, "ada", "ben", "ada", "cleo", "ada", "dan")
	o := Outlook{Board: Board{Rotas: []Rota{{Name: "k8s", Versions: []Version{v}}}}, Rest: 11 * time.Hour}
	if got := kinds(o.Warnings(now), WarnShare); len(got) != 1 || got[0] != "k8s ada 01-05 09:00" {
		t.Errorf("half of all turns are ada's, warned: %v", got)
	}
	o.Rotas[0].Versions[0].People = []string{"ada", "ben", "cleo", "ada"}
	if got := kinds(o.Warnings(now), WarnShare); len(got) != 0 {
		t.Errorf("a rota of four is warned of shares: %v", got)
	}
	want := []string{"k8s ada 02-02 09:00", "k8s ada 03-02 09:00", "k8s ada 03-30 09:00"}
	if diff := cmp.Diff(want, kinds(o.Warnings(now), WarnRest)); diff != "" {
		t.Errorf("no rest between two turns (-want +got):\n%s", diff)
	}
	if got := kinds(o.Warnings(now), WarnFewPeople); len(got) != 1 {
		t.Errorf("a rota of four is warned of as small: %v", got)
	}
}
