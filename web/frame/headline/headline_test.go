package headline

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/measure/outlook"
	"jerem/measure/storytest"
	"jerem/web/format"
)

// TestVerdictOfPage: the first sentence of a page tells the state, the odds, the dates and what moved them, or why
// nothing can be told; its figures open, and of work that is done it says nothing.
func TestVerdictOfPage(t *testing.T) {
	c := storytest.NewHistory().Team.Calendar
	at := time.Date(2027, 12, 23, 12, 0, 0, 0, time.UTC)
	odds, due, half, late, days := 0.06, "2027-12-31", "2028-01-20", "2028-02-22", -18
	f := outlook.Forecast{At: at, State: outlook.StateUnlikely, Odds: &odds, Deadline: &due,
		Dates: outlook.LevelDates{P50: &half, P85: &late},
		Moved: &outlook.Moved{Since: at.AddDate(0, 0, -7), Days: &days, Worked: -15, Pace: -3}}
	without := func(change func(*outlook.Forecast)) *outlook.Forecast {
		other := f
		change(&other)
		return &other
	}
	for _, one := range []struct {
		name, want string
		f          *outlook.Forecast
	}{
		{"moved", "Unlikely: 6 % odds by Fri 31 Dec, 85 % by Tue 22 Feb 2028. | Late by 14 working days at even " +
			"odds (Thu 20 Jan " +
			"2028); the 85 % date is 18 working days earlier than on Thu 16 Dec (work done and days gone by " +
			"−15, pace −3). ",
			&f},
		{"not moved", "Unlikely: 6 % odds by Fri 31 Dec, 85 % by Tue 22 Feb 2028. | Late by 14 working days at " +
			"even odds (Thu 20 " +
			"Jan 2028); the 85 % date has not moved since Thu 16 Dec. ", without(func(f *outlook.Forecast) {
			m := *f.Moved
			f.Moved, m.Days = &m, new(int)
		})},
		{"in time at even odds", "Unlikely: 6 % odds by Fri 31 Dec, 85 % by Mon 3 Jan 2028 (late by 1 working " +
			"day). | Mon 27 Dec " +
			"at even odds. ", without(func(f *outlook.Forecast) {
			half, late := "2027-12-27", "2028-01-03"
			f.Moved, f.Dates = nil, outlook.LevelDates{P50: &half, P85: &late}
		})},
		{"no 85 % date", "Unlikely: 6 % odds by Fri 31 Dec; late by 14 working days at even odds (Thu 20 Jan " +
			"2028), no 85 % " +
			"date can be told: it lies too far ahead. | ",
			without(func(f *outlook.Forecast) { f.Dates.P85, f.Moved = nil, nil })},
		{"overdue", "Not done by Wed 22 Dec; 85 % odds by Tue 22 Feb 2028. | Late by 21 working days at even " +
			"odds (Thu 20 Jan " +
			"2028). ", without(func(f *outlook.Forecast) {
			due := "2027-12-22"
			f.Deadline, f.Moved = &due, nil
		})},
		{"cannot tell", "Cannot tell yet: 6 of 10 working days of history. | ",
			&outlook.Forecast{State: outlook.StateUnknown, Why: "cannot tell yet: 6 of 10 working days of " +
				"history"}},
		{"open at 0", "Cannot tell when it is done: the issue that is open is estimated at 0. | ",
			&outlook.Forecast{State: outlook.StateUnknown, Why: "the issue that is open is estimated at 0"}},
		{"done", "| ", &outlook.Forecast{State: outlook.StateDone}},
		{"none", "| ", nil},
	} {
		of := Of(one.f, c)
		said := string(of.First + "| " + of.Rest)
		text := strings.ReplaceAll(regexp.MustCompile("<[^>]+>").ReplaceAllString(said, ""), format.Thin, " ")
		if text != one.want {
			t.Errorf("%s: %q, want %q", one.name, text, one.want)
		}
		judged := of.Sign != nil && of.Sign.Word == format.Verdicts[one.f.State].Word
		if judged != (of.First != "") {
			t.Errorf("%s: its sign is %v", one.name, of.Sign)
		}
		if opened := strings.Contains(said, "#explain-moved"); opened != (one.name == "moved") {
			t.Errorf("%s: what moved it opens: %v", one.name, opened)
		}
	}
}

// TestDateWithoutDeadline: a date that no deadline is beside is no verdict, so it has no sign.
func TestDateWithoutDeadline(t *testing.T) {
	half, late := "2028-01-20", "2028-02-22"
	of := Of(&outlook.Forecast{At: time.Date(2027, 12, 23, 12, 0, 0, 0, time.UTC), State: outlook.StateUnknown,
		Dates: outlook.LevelDates{P50: &half, P85: &late}}, storytest.NewHistory().Team.Calendar)
	if of.Sign != nil || of.First == "" {
		t.Errorf("told %q with the sign %v", of.First, of.Sign)
	}
}

// TestReasonBreaks: a reason is no single link, which a phone could not break into lines, and its numbers open.
func TestReasonBreaks(t *testing.T) {
	said := whySaid("Cannot tell yet: 6 of 10 working days of history")
	for _, link := range regexp.MustCompile(`>([^<]+)</a>`).FindAllStringSubmatch(said, -1) {
		if len(link[1]) > len("Cannot tell when it is done") {
			t.Errorf("a link of %d letters: %s", len(link[1]), said)
		}
	}
	if strings.Count(said, "#explain-date-85") != 3 {
		t.Errorf("told %s", said)
	}
}
