package weekwalk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/calendar"
	"jerem/web/frame"
	"jerem/web/frame/weekwalk"
)

func date(t *testing.T, text string) calendar.Date {
	t.Helper()
	m, err := calendar.ParseMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.DateOf(m.First(time.UTC), time.UTC)
}

// quarter is Q4-26 read until a date, on a page that shows a date; "" for the latest page.
func quarter(t *testing.T, known, shown string) weekwalk.Quarter {
	q := weekwalk.Quarter{Name: "Q4-26", First: date(t, "2026-10-01"), Last: date(t, "2026-12-31"),
		Since: date(t, "2026-01-05"), Known: date(t, known), IsAsked: shown != "",
		AddressAt: func(at string) string { return "at:" + at }}
	q.Shown = q.Known
	if shown != "" {
		q.Shown = date(t, shown)
	}
	return q
}

// hereOf are the names of the steps that are shown.
func hereOf(w *frame.TimeWalk) string {
	var out []string
	for _, s := range w.Steps {
		if s.Here {
			out = append(out, s.Name+" "+s.Month)
		}
	}
	return strings.Join(out, ", ")
}

// TestWeeks: a step back and forth, what is shown, and where the walk begins and ends. The last week of the quarter,
// 28 to 31 December, is shorter than seven days: no date lies in two weeks.
func TestWeeks(t *testing.T) {
	for _, c := range []struct {
		name, known, shown                  string
		fixed                               bool
		here, previous, next, words, latest string
	}{
		{"the present", "2026-11-23", "", false, "23 Nov", "at:2026-11-22", "", "", "now"},
		{"within a week", "2026-11-23", "2026-11-12", false, "15 Nov", "at:2026-11-08", "at:2026-11-22", "Thu 12 Nov",
			"now"},
		{"the week before the present", "2026-11-23", "2026-11-22", false, "22 Nov", "at:2026-11-15", "at:",
			"Sun 22 Nov", "now"},
		{"the first week", "2026-11-23", "2026-10-02", false, "4 Oct", "at:2026-09-30", "at:2026-10-11", "Fri 2 Oct",
			"now"},
		{"the first week of a quarter that is named", "2026-11-23", "2026-10-04", true, "4 Oct", "", "at:2026-10-11",
			"Sun 4 Oct", "now"},
		{"after Christmas", "2026-12-26", "", false, "26 Dec", "at:2026-12-20", "", "", "now"},
		{"the short last week", "2027-02-03", "2026-12-29", false, "31 Dec", "at:2026-12-27", "at:2027-01-03",
			"Tue 29 Dec", "now"},
		{"before the short last week", "2027-02-03", "2026-12-27", false, "27 Dec", "at:2026-12-20",
			"at:2026-12-31", "Sun 27 Dec", "now"},
		{"the next quarter's first week is the present one", "2027-01-02", "2026-12-31", false, "31 Dec",
			"at:2026-12-27", "at:", "Thu 31 Dec", "now"},
		{"a quarter that is named and over", "2027-02-03", "", true, "31 Dec", "at:2026-12-27", "", "",
			"the quarter's end"},
		{"a quarter that is named, after its end", "2027-02-03", "2027-01-20", true, "31 Dec", "at:2026-12-27", "", "",
			"the quarter's end"},
	} {
		q := quarter(t, c.known, c.shown)
		q.IsFixed = c.fixed
		w := weekwalk.Of(q)
		got := []string{hereOf(w), w.Previous, w.Next, w.Shown, w.Back}
		if want := []string{c.here, c.previous, c.next, c.words, c.latest}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestWeeksUnknown: no step leads before what is known, nor after it, and a quarter to come has no walk.
func TestWeeksUnknown(t *testing.T) {
	q := quarter(t, "2026-11-23", "2026-10-20")
	q.Since = date(t, "2026-10-14")
	q.AddressWith = func(with string) string { return "with:" + with }
	w := weekwalk.Of(q)
	var led []string
	for _, s := range w.Steps {
		led = append(led, s.Address)
	}
	want := []string{"", "", "at:2026-10-18", "at:2026-10-25", "at:2026-11-01", "at:2026-11-08", "at:2026-11-15",
		"at:2026-11-22", "at:", "", "", "", "", ""}
	if !slices.Equal(led, want) {
		t.Errorf("leads to %q, want %q", led, want)
	}
	if len(w.Compare) != 6 || w.Compare[0].Address != "with:2026-10-18" || w.Alone != "with:" {
		t.Errorf("compares with %v, alone %q", w.Compare, w.Alone)
	}
	if w := weekwalk.Of(quarter(t, "2026-09-30", "")); w != nil {
		t.Errorf("walks through a quarter to come: %v", w)
	}
}
