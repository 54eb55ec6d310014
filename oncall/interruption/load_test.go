package interruption_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/interruption"
	"jerem/oncall/oncalltest"
)

func TestEndOf(t *testing.T) {
	start := civiltest.Instant("2026-01-06T03:00+01:00")
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
		end, hasEnded := interruption.EndOf(start, c.resolved, c.touches, after(c.now))
		if !end.Equal(after(c.want)) || hasEnded != c.hasEnded {
			t.Errorf("%s: ends after %v, ended %v; want %d minutes, %v", c.what, end.Sub(start), hasEnded,
				c.want, c.hasEnded)
		}
	}
}

// TestRests pins when rest is owed, and that rests that overlap count once.
func TestRests(t *testing.T) {
	ada := oncalltest.Parisian(t, "ada")
	list := []interruption.Callout{
		oncalltest.CalloutAt(1, "ada", "2026-01-06T10:00+01:00", 30), // within working hours: none
		oncalltest.CalloutAt(2, "ada", "2026-01-07T03:00+01:00", 60), // until 15:00
		oncalltest.CalloutAt(3, "ada", "2026-01-07T10:00+01:00", 30), // at work, but within a rest: until 21:30
		oncalltest.CalloutAt(4, "ada", "2026-01-11T12:00+01:00", 60), // Sunday after free time: none
		oncalltest.CalloutAt(5, "ada", "2026-01-11T23:00+01:00", 60), // ten hours after one ended: until 11:00
		oncalltest.CalloutAt(6, "ben", "2026-01-08T03:00+01:00", 60),
	}
	list = append(list, oncalltest.CalloutAt(7, "ada", "2026-01-15T03:00+01:00", 60))
	list[6].Verdict = interruption.Test
	rests := interruption.Rests(ada, list, 11*time.Hour)
	var got []string
	for _, r := range rests {
		got = append(got, fmt.Sprint(r.Callout, " until ", r.End.Format("02 15:04")))
	}
	want := []string{"2 until 07 15:00", "3 until 07 21:30", "5 until 12 11:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rests (-want +got):\n%s", diff)
	}
	in := civiltest.Span("2026-01-01T00:00+01:00", "2026-02-01T00:00+01:00")
	if got, want := interruption.RestFromSprint(ada, rests, "", in), int64((9+2)*3600); got != want {
		t.Errorf("owed from the sprint are %d s, want %d", got, want)
	}
	clipped := civiltest.Span("2026-01-07T12:00+01:00", "2026-01-12T10:00+01:00")
	if got, want := interruption.RestFromSprint(ada, rests, "Kubernetes", clipped), int64((6+1)*3600); got != want {
		t.Errorf("within a span owed are %d s, want %d", got, want)
	}
}

func TestLoad(t *testing.T) {
	schedules, people := oncalltest.Crew(t)
	in := civiltest.Span("2026-01-05T09:00+01:00", "2026-01-26T09:00+01:00")
	list := []interruption.Callout{
		oncalltest.CalloutAt(1, "ada", "2026-01-06T23:00+01:00", 10),
		oncalltest.CalloutAt(2, "ada", "2026-01-07T07:59+01:00", 10),
		oncalltest.CalloutAt(3, "ben", "2026-01-13T12:00+01:00", 10),
		oncalltest.CalloutAt(4, "cleo", "2026-01-24T12:00+01:00", 10),
		oncalltest.CalloutAt(5, "ada", "2026-01-05T08:59+01:00", 10),
		oncalltest.CalloutAt(6, "ada", "2026-01-08T03:00+01:00", 10),
	}
	list[5].Verdict = interruption.Test
	got := interruption.LoadOf(schedules, people, list, "Kubernetes", in, 11*time.Hour)
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
	two := interruption.LoadOf(schedules, people, list, "Kubernetes", civiltest.Span("2026-01-05T09:00+01:00",
		"2026-01-19T09:00+01:00"), 0)
	if two != (interruption.Load{People: 2}) {
		t.Errorf("the load of two people is told: %+v", two)
	}
}

func TestCuration(t *testing.T) {
	in := civiltest.Span("2026-01-05T00:00+01:00", "2026-01-12T00:00+01:00")
	first := civiltest.Instant("2026-01-06T03:00+01:00")
	alert := func(id int64, rule string, resolved int) interruption.Alert {
		a := interruption.Alert{ID: id, Rule: rule, Team: "Kubernetes", First: first}
		if resolved > 0 {
			a.Resolved = first.Add(time.Duration(resolved) * time.Minute)
		}
		return a
	}
	alerts := []interruption.Alert{alert(1, "disk", 5), alert(2, "cpu", 30), alert(3, "disk", 0), alert(4, "net", 0),
		alert(5, "disk", 9), {ID: 6, Rule: "of another team", Team: "Network", First: first}}
	alerts[4].First = in.Start.Add(-time.Hour)
	useful := oncalltest.CalloutAt(1, "ada", "2026-01-06T03:00+01:00", 0)
	useful.Ended = useful.Started.Add(101 * time.Second)
	useful.Acknowledged, useful.Alerts, useful.Verdict = first.Add(10*time.Minute), []int64{1, 2,
		3, 6}, interruption.Useful
	noise := oncalltest.CalloutAt(2, "ada", "2026-01-06T12:00+01:00", 1)
	noise.Alerts, noise.Verdict = []int64{5}, interruption.Noise
	drill := oncalltest.CalloutAt(3, "ada", "2026-01-06T12:00+01:00", 1)
	drill.Alerts, drill.Verdict = []int64{4}, interruption.Test
	_, people := oncalltest.Crew(t)
	rows := interruption.Curation(alerts, []interruption.Callout{useful, noise, drill}, people, "Kubernetes", in)
	half, one, none := 0.5, 1.0, 0.0
	count := func(n int) *int { return &n }
	seconds := func(n int64) *int64 { return &n }
	want := []interruption.RuleRow{
		{Rule: "cpu", Alerts: 1, Pages: 1, OutOfHours: count(1), Useful: 1, Actionability: &one,
			Healed: &none, Seconds: seconds(51)},
		{Rule: "disk", Alerts: 2, Pages: 2, OutOfHours: count(1), Useful: 1, Noise: 1, Actionability: &half,
			Healed: &half, Seconds: seconds(50 + 60)},
		{Rule: "net", Alerts: 1, OutOfHours: count(0), Seconds: seconds(0)},
	}
	if diff := cmp.Diff(want, rows, cmpopts.IgnoreUnexported(interruption.RuleRow{})); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

func TestRotaOfCallout(t *testing.T) {
	second := oncalltest.Weekly(t, "ada")
	second.Level = 2
	first, _ := oncalltest.Crew(t)
	schedules := []*oncall.Schedule{oncall.NewSchedule(oncall.Rota{Name: "second",
		Versions: []oncall.Version{second}}, nil, nil), first[0]}
	at := civiltest.Instant("2026-01-06T03:00+01:00")
	for _, c := range []struct {
		person, rota string
		level        int
	}{{"ada", "k8s", 1}, {"ben", "", 0}} {
		if rota, level := interruption.RotaOf(schedules, "Kubernetes", c.person, at); rota != c.rota ||
			level != c.level {
			t.Errorf("%s: %q at level %d, want %q at %d", c.person, rota, level, c.rota, c.level)
		}
	}
	if rota, level := interruption.RotaOf(schedules, "Kubernetes", "ada", at.AddDate(0, 0, 7)); rota != "second" ||
		level != 2 {
		t.Errorf("a week later ada's call-out is of %q at level %d", rota, level)
	}
	if rota, person := interruption.PresumedPerson(schedules, "Kubernetes", at); rota != "k8s" || person != "ada" {
		t.Errorf("presumed is %q of %q", person, rota)
	}
}
