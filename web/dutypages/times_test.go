package dutypages

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

// keepCallout keeps a call-out of ben.
func (d *desk) keepCallout(started, ended time.Time) {
	d.t.Helper()
	d.decide(roster.Writes{Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ben",
		Started: started, Ended: ended, Origin: interruption.ByHand}}})
}

// onlyCallout returns the start and end of the call-out that is kept.
func (d *desk) onlyCallout() string {
	d.t.Helper()
	state, err := d.store.State(d.t.Context())
	if err != nil || len(state.Callouts) != 1 {
		d.t.Fatal(err, len(state.Callouts))
	}
	c := state.Callouts[0]
	return c.Started.UTC().Format("15:04:05") + " " + c.Ended.UTC().Format("15:04:05")
}

// TestUnchangedTimesStay: a field that nobody changed does not move, neither its seconds nor in the hour that comes
// twice; of another time in that hour it is said which one is meant, else it stays on the side of the change of clocks
// on which it was.
func TestUnchangedTimesStay(t *testing.T) {
	second := func(clock string) time.Time {
		at, err := time.Parse(time.RFC3339, "2026-10-25T"+clock+"Z")
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct{ started, ended, newStart, newEnd, startsIn, endsIn, want string }{
		{"01:30:23", "01:50:10", "02:30:23", "02:50:10", "", "", "01:30:23 01:50:10"},
		{"01:30:23", "01:50:10", "02:30:23", "02:55", "", "", "01:30:23 01:55:00"},
		{"00:50:00", "01:10:00", "02:50:00", "02:10:00", "", "", "00:50:00 01:10:00"},
		{"00:50:00", "01:10:00", "02:50", "02:10", "", "", "00:50:00 01:10:00"},
		{"03:10:05", "03:10:28", "04:10:05", "04:10:28", "", "", "03:10:05 03:10:28"},
		{"00:30:00", "00:40:00", "02:30:00", "02:40:00", "second", "second", "01:30:00 01:40:00"},
		{"01:30:00", "01:40:00", "02:30:00", "02:40:00", "first", "first", "00:30:00 00:40:00"},
		{"03:10:00", "03:40:00", "02:30:00", "02:10:00", "first", "second", "00:30:00 01:10:00"},
		{"01:30:00", "01:40:00", "02:30:00", "02:40:00", "first", "", "00:30:00 01:40:00"},
	} {
		d := newDesk(t, nil)
		d.now = civiltest.Instant("2026-10-26T10:00Z")
		d.keepCallout(second(c.started), second(c.ended))
		form := url.Values{"act": {"times"}, "started": {"2026-10-25T" + c.newStart},
			"ended": {"2026-10-25T" + c.newEnd}, "started-twice": {c.startsIn}, "ended-twice": {c.endsIn}}
		if status, body, _ := d.post("ben", "/oncall/callouts/1", form); status != 303 {
			t.Errorf("%+v: %d %s", c, status, body)
		}
		if got := d.onlyCallout(); got != c.want {
			t.Errorf("%+v: it is kept as %s", c, got)
		}
	}
}

// TestTimesNameTheirZone: each call-out, each field of a form and each rota of "Now" names the clock of its times; an
// operator whose teams are in several zones says whose clock is meant, and a refusal answers on that clock.
func TestTimesNameTheirZone(t *testing.T) {
	montreal := civiltest.ZoneNamed(t, "America/Montreal")
	d := newDesk(t, func(f *plan.File) {
		f.People[1].Zone = montreal // ben
		f.Teams[1].Zone = montreal
		f.Rotas[1].Versions[0].Zone = montreal
	})
	d.keepCallout(civiltest.Instant("2026-02-09T21:40Z"), civiltest.Instant("2026-02-09T22:00Z"))
	_, page, _ := d.get("eve", "/oncall/callouts")
	for _, want := range []string{"Mon 9 Feb 16:40 Montreal", "To Mon 9 Feb 17:00 Montreal",
		"times of America/Montreal"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of call-outs does not tell %q", want)
		}
	}
	_, page, _ = d.get("ada", "/oncall")
	for _, want := range []string{"09:00 Montreal", "09:00 Paris"} {
		if !strings.Contains(page, want) {
			t.Errorf("who is on duty now is told without %q", want)
		}
	}
}

// TestEntryIsOnTheClockThatIsNamed: an operator's entry for somebody in another zone is read on the clock that stands
// beside the fields, never on one that is not said.
func TestEntryIsOnTheClockThatIsNamed(t *testing.T) {
	montreal := civiltest.ZoneNamed(t, "America/Montreal")
	d := newDesk(t, func(f *plan.File) { f.People[1].Zone = montreal })
	form := url.Values{"team": {"Kubernetes"}, "person": {"ben"}, "started": {"2026-02-09T10:00"},
		"ended": {"2026-02-09T11:00"}, "because": {"other"}}
	_, page, _ := d.get("eve", "/oncall/callouts")
	if !strings.Contains(page, `name="clock" value="Europe/Paris"><span>times of Europe/Paris`) {
		t.Error("the form does not say whose clock it takes")
	}
	form.Set("clock", "America/Montreal")
	if status, _, _ := d.post("eve", "/oncall/callouts", form); status != 400 {
		t.Errorf("a clock that was not offered: %d", status)
	}
	form.Set("clock", "Europe/Paris")
	form.Set("ended", "2026-02-09T09:00")
	status, body, _ := d.post("eve", "/oncall/callouts", form)
	if status != 400 || !strings.Contains(body, "before it starts, on Mon 9 Feb 10:00 (times of Europe/Paris)") {
		t.Errorf("an end before the start: %d %s", status, body)
	}
	form.Set("ended", "2026-02-09T11:00")
	if status, body, _ = d.post("eve", "/oncall/callouts", form); status != 303 {
		t.Fatalf("%d %s", status, body)
	}
	if got := d.onlyCallout(); got != "09:00:00 10:00:00" {
		t.Errorf("10:00 in Paris is kept as %s UTC", got)
	}
}

// TestEntryOverTheHourThatComesTwice: a call-out of 02:30 CEST to 02:10 CET is entered by saying of each time which of
// the two hours is meant; where its end is not said to be of the second, the refusal tells how.
func TestEntryOverTheHourThatComesTwice(t *testing.T) {
	d := newDesk(t, nil)
	d.now = civiltest.Instant("2026-10-26T10:00Z")
	_, page, _ := d.get("ben", "/oncall/callouts")
	for _, name := range []string{"started-twice", "ended-twice"} {
		if strings.Count(page, `name="`+name+`"`) != 1 {
			t.Errorf("the form asks %d times for %s", strings.Count(page, name), name)
		}
	}
	form := url.Values{"team": {"Kubernetes"}, "clock": {"Europe/Paris"}, "started": {"2026-10-25T02:30"},
		"ended": {"2026-10-25T02:10"}, "started-twice": {"first"}, "ended-twice": {"first"}}
	status, body, _ := d.post("ben", "/oncall/callouts", form)
	if status != 400 || !strings.Contains(body, "Its hour comes twice on that day: say that the second one is meant.") {
		t.Errorf("an end before the start: %d %s", status, body)
	}
	form.Set("ended-twice", "second")
	if status, body, _ := d.post("ben", "/oncall/callouts", form); status != 303 {
		t.Fatalf("%d %s", status, body)
	}
	if got := d.onlyCallout(); got != "00:30:00 01:10:00" {
		t.Errorf("02:30 CEST to 02:10 CET is kept as %s UTC", got)
	}
}
