package measure

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
	"jerem/measure/storytest"
	"jerem/measure/unexpected"
)

// slot is the grain of what is drawn.
const slot = 10 * time.Minute

// drawnCallout is a call-out with the person that rows do not have.
type drawnCallout struct {
	agile.Callout
	person int
	end    time.Time
}

// drawOnCall draws call-outs of three persons, and makes the rows of them slot by slot.
func drawOnCall(t *rapid.T, issues int, logs ...agile.Worklog) ([]drawnCallout, *agile.OnCall) {
	var drawn []drawnCallout
	for id := range rapid.IntRange(0, 8).Draw(t, "callouts") {
		c := drawnCallout{person: rapid.IntRange(0, 2).Draw(t, "person")}
		c.ID = int64(id + 1)
		c.Start = storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-300, 700).Draw(t, "start")) * slot)
		if len(logs) > 0 && rapid.Bool().Draw(t, "about logged work") {
			w := logs[rapid.IntRange(0, len(logs)-1).Draw(t, "log")]
			c.Start, c.Issue = w.Started, string(rune('A'+w.Issue))
		}
		c.end = c.Start.Add(time.Duration(rapid.IntRange(0, 150).Draw(t, "slots")) * slot)
		if n := rapid.IntRange(0, issues+1).Draw(t, "issue"); n > 0 && c.Issue == "" {
			c.Issue = string(rune('A' + n))
		}
		c.Rules = rapid.SampledFrom([][]string{nil, {"cpu"}, {"cpu", "disk", "net"}, {"disk"}}).Draw(t, "rules")
		c.Verdict = rapid.SampledFrom([]agile.Verdict{agile.Unjudged, agile.Useful, agile.Noise}).Draw(t, "verdict")
		drawn = append(drawn, c)
	}
	slices.SortStableFunc(drawn, func(a, b drawnCallout) int { return a.Start.Compare(b.Start) })
	rows := &agile.OnCall{}
	for _, c := range drawn {
		rows.Callouts = append(rows.Callouts, c.Callout)
	}
	eachSlot(drawn, func(at time.Time, running []int) {
		rows.Worked = append(rows.Worked, agile.CalledTime{Start: at, End: at.Add(slot), Callouts: running})
	})
	return drawn, rows
}

// eachSlot calls each for every slot of a person in which call-outs of theirs run.
func eachSlot(drawn []drawnCallout, each func(at time.Time, running []int)) {
	end := storytest.GeneratedStart.Add(900 * slot)
	for at := storytest.GeneratedStart.Add(-400 * slot); at.Before(end); at = at.Add(slot) {
		for person := range 3 {
			var running []int
			for n, c := range drawn {
				if c.person == person && !at.Before(c.Start) && at.Before(c.end) {
					running = append(running, n)
				}
			}
			if len(running) > 0 {
				each(at, running)
			}
		}
	}
}

// naiveUnexpected is what a window holds by the letter of docs/oncall.md, slot by slot.
type naiveUnexpected struct {
	Callouts, Beside        int
	Seconds, CountedSeconds int64
}

func naiveUnexpectedOf(team *Team, drawn []drawnCallout, w impediment.Window, known time.Time) (out naiveUnexpected) {
	counted := map[string]bool{}
	for _, one := range measureImpediments(team.Impediments, w, known).Issues {
		counted[one.Key] = true
	}
	zone := team.History().Team.Calendar.Zone
	until := calendar.DateOf(known, zone).Midnight(zone) // call-outs count once their day is over
	hasTime := func(key string, d calendar.Date) bool {
		day := impediment.Window{From: d.Midnight(zone), To: d.Add(1).Midnight(zone), Closed: true}
		return slices.ContainsFunc(measureImpediments(team.Impediments, day, known).Issues,
			func(c ImpedimentCost) bool { return c.Key == key && c.Seconds > 0 })
	}
	for _, c := range drawn {
		if w.Holds(c.Start) && c.Start.Before(until) {
			out.Callouts++
			if !counted[c.Issue] {
				out.Beside++
			}
		}
	}
	eachSlot(drawn, func(at time.Time, running []int) {
		if at.Before(w.From) || !at.Before(w.To) || !at.Before(until) {
			return
		}
		out.Seconds += int64(slot / time.Second)
		for _, n := range running {
			if key := drawn[n].Issue; !counted[key] || !hasTime(key, calendar.DateOf(at, zone)) {
				out.CountedSeconds += int64(slot / time.Second)
				return
			}
		}
	})
	return out
}

// TestUnexpectedAsByTheLetter: counts and times of any window are those of a calculation slot by slot; days and alert
// rules add up to them, and what no impediment accounts for is never more than all.
func TestUnexpectedAsByTheLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		zone, err := time.LoadLocation(
			rapid.SampledFrom([]string{"UTC", "Europe/Paris", "Asia/Kolkata"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		h.Team.Calendar.Zone = zone
		for n := range h.Issues[:1] { // at least one is an impediment in scope
			h.Issues[n].Labels = agile.Constant(h.Issues[n].Created, []string{"impediment"})
			h.Issues[n].Project = agile.Constant(h.Issues[n].Created, "10")
		}
		drawn, rows := drawOnCall(t, len(h.Issues), h.Worklogs...)
		h.OnCall = rows
		team := Of(h)
		known := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 700).Draw(t, "known")) * slot)
		w := impediment.Window{From: storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-200, 300).Draw(t,
			"from")) * slot)}
		w.To = w.From.Add(time.Duration(rapid.IntRange(0, 500).Draw(t, "length")) * slot)
		w.Closed = true
		got := team.Unexpected.In(w, known)
		want := naiveUnexpectedOf(team, drawn, w, known)
		if diff := cmp.Diff(want,
			naiveUnexpected{got.Callouts, got.Beside, got.Seconds, got.CountedSeconds}); diff != "" {
			t.Fatalf("the window %v to %v (-want +got):\n%s", w.From, w.To, diff)
		}
		sum, byRule := naiveUnexpected{}, int64(0)
		for _, d := range got.Daily {
			sum = naiveUnexpected{sum.Callouts + d.Callouts, sum.Beside + d.Beside, sum.Seconds + d.Seconds,
				sum.CountedSeconds + d.CountedSeconds}
		}
		for _, r := range got.ByRule {
			byRule += r.CountedSeconds
		}
		if sum != want || byRule != want.CountedSeconds || got.CountedSeconds > got.Seconds ||
			got.Useful+got.Noise+got.Unset != got.Callouts {
			t.Fatalf("days come to %+v, rules to %d s, want %+v", sum, byRule, want)
		}
	})
}

// TestCountedTimeOfAdjacentWindows: what lies in two windows is in one or the other, and in none twice, whatever time
// is logged, as long as no impediment is of one of them alone.
func TestCountedTimeOfAdjacentWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		_, h.OnCall = drawOnCall(t, 0)
		h.Worklogs = nil
		team := Of(h)
		cut := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-100, 400).Draw(t, "cut")) * slot)
		first, last := cut.Add(-500*slot), cut.Add(900*slot)
		part := func(from, to time.Time) *unexpected.Figures {
			return team.Unexpected.In(impediment.Window{From: from, To: to, Closed: true}, last)
		}
		whole, before, after := part(first, last), part(first, cut), part(cut, last)
		if whole.Callouts != before.Callouts+after.Callouts || whole.Seconds != before.Seconds+after.Seconds ||
			whole.CountedSeconds != whole.Seconds {
			t.Fatalf("%d call-outs, %d s; parts have %d + %d, %d + %d s", whole.Callouts, whole.Seconds,
				before.Callouts, after.Callouts, before.Seconds, after.Seconds)
		}
	})
}

// TestLoadIsToldOfThree: nights, rest and starts out of hours are told where three people were on duty in one of the
// months of the window.
func TestLoadIsToldOfThree(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	h := storytest.NewHistory()
	h.OnCall = &agile.OnCall{
		Callouts: []agile.Callout{{ID: 1, Start: at(3, 3), OutOfHours: true, Night: 1},
			{ID: 2, Start: at(3, 4), OutOfHours: true, Night: 1}, {ID: 3, Start: at(3, 11)}},
		Rests: []agile.OwedRest{{Start: at(3, 9), End: at(3, 15), Callouts: []int{0}}},
		Gaps:  []agile.DutyGap{{Start: at(2, 9), End: at(2, 12)}},
	}
	w := impediment.Window{From: at(2, 10), To: at(6, 18), Closed: true}
	for people, want := range map[int]string{
		2: "none none none 7200 " + unexpected.WhyUntold,
		3: "2 1 21600 7200 ",
	} {
		h.OnCall.Months = []agile.DutyMonth{{Year: 2026, Month: 10, People: 9}, {Year: 2026, Month: 11, People: people}}
		f := Of(h).Unexpected.In(w, at(9, 0))
		got := fmt.Sprint(storytest.Maybe(f.OutOfHours), " ", storytest.Maybe(f.Nights), " ",
			storytest.Maybe(f.RestSeconds), " ", f.GapSeconds, " ", f.Why)
		if got != want {
			t.Errorf("%d people: %q, want %q", people, got, want)
		}
	}
}

// TestLoadOfASprintThatRuns: nights, rest and starts out of hours of a sprint are told once its last day is over, and
// then the same whenever they are asked; until then of its whole months. So who asks as of day after day never learns
// what one night brought, and neither does who asks so of the last four weeks.
func TestLoadOfASprintThatRuns(t *testing.T) {
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
	}
	h := storytest.NewHistory()
	h.OnCall = &agile.OnCall{Months: []agile.DutyMonth{{Year: 2026, Month: 9, People: 3}, {Year: 2026, Month: 10,
		People: 3}, {Year: 2026, Month: 11, People: 3}}}
	for day := at(9, 1, 0); day.Before(at(11, 30, 0)); day = day.AddDate(0, 0, 1) { // one each night
		n := len(h.OnCall.Callouts)
		h.OnCall.Callouts = append(h.OnCall.Callouts, agile.Callout{ID: int64(n + 1), Start: day.Add(3 * time.Hour),
			Night: n + 1, OutOfHours: true})
	}
	list := Of(h).Unexpected
	for _, c := range []struct {
		name     string
		from, to time.Time
		running  string
		over     string
	}{
		{"two weeks", at(11, 2, 10), at(11, 13, 18), "none " + unexpected.WhyOpen, "11 "},
		{"seven weeks", at(9, 28, 10), at(11, 13, 18), "31 " + unexpected.WhyMonths, "46 "},
	} {
		told := func(w impediment.Window, known time.Time) string {
			f := list.In(w, known)
			return storytest.Maybe(f.Nights) + " " + f.Why
		}
		for day := at(11, 3, 0); day.Before(at(11, 29, 0)); day = day.Add(6 * time.Hour) {
			w := impediment.Window{From: c.from, To: day}
			if !day.Before(c.to) {
				w.To, w.Closed = c.to, true
			}
			want := c.running
			if !day.Before(at(11, 14, 0)) {
				want = c.over
			}
			if got := told(w, day); got != want {
				t.Errorf("%s, as of %v: %q, want %q", c.name, day, got, want)
			}
		}
	}
	for day := at(10, 6, 0); day.Before(at(11, 29, 0)); day = day.AddDate(0, 0, 1) {
		if f := list.In(impediment.Window{From: day.AddDate(0, 0, -28), To: day}, day); f.Nights != nil {
			t.Errorf("of the four weeks to %v %d nights are told", day, *f.Nights)
		}
	}
}

// TestLoadIsToldOfWholeMonths: between any two moments load is told of the whole months that are over and in which
// three people were on duty, so that neither the moment asked nor the span tells what a day brought.
func TestLoadIsToldOfWholeMonths(t *testing.T) {
	at := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	h := storytest.NewHistory()
	h.OnCall = &agile.OnCall{
		Months: []agile.DutyMonth{{Year: 2026, Month: 9, People: 4}, {Year: 2026, Month: 10, People: 2},
			{Year: 2026, Month: 11, People: 3}, {Year: 2026, Month: 12, People: 3}}}
	for day := at(9, 1); day.Before(at(12, 20)); day = day.AddDate(0, 0, 1) { // one each night
		n := len(h.OnCall.Callouts)
		h.OnCall.Callouts = append(h.OnCall.Callouts, agile.Callout{ID: int64(n + 1), Start: day.Add(3 * time.Hour),
			Night: n + 1, OutOfHours: true, Rules: []string{"disk"}})
		h.OnCall.Rests = append(h.OnCall.Rests, agile.OwedRest{Start: day.Add(9 * time.Hour),
			End: day.Add(10 * time.Hour), Callouts: []int{n}})
	}
	list := Of(h).Unexpected
	for _, c := range []struct {
		from, to, known time.Time
		want            string
	}{
		{at(9, 1), at(12, 20), at(12, 20),
			"60 nights, 60 out of hours, 216000 s, 216000 s in 60; " + unexpected.WhyMonths},
		{at(9, 2), at(12, 20), at(12, 20),
			"30 nights, 30 out of hours, 108000 s, 108000 s in 30; " + unexpected.WhyMonths},
		{at(9, 2), at(12, 20), at(11, 30), "none; " + unexpected.WhyUntold},
		{at(9, 2), at(12, 20), at(12, 1),
			"30 nights, 30 out of hours, 108000 s, 108000 s in 30; " + unexpected.WhyMonths},
		{at(9, 2), at(11, 30), at(12, 20), "none; " + unexpected.WhyUntold},
		{at(11, 2), at(12, 20), at(12, 20), "none; " + unexpected.WhyNoMonth},
	} {
		f, rest := list.Between(c.from, c.to, c.known), list.RestTime(c.from, c.to, c.known)
		got := "none; " + f.Why
		if f.Nights != nil {
			got = fmt.Sprintf("%d nights, %d out of hours, %d s, %d s in %d; %s", *f.Nights, *f.OutOfHours,
				*f.RestSeconds, *f.ByRule[0].RestSeconds, len(rest), f.Why)
		}
		if got != c.want || (f.Nights == nil) != (rest == nil) {
			t.Errorf("from %v to %v as of %v: %q and %d times, want %q", c.from, c.to, c.known, got, len(rest), c.want)
		}
	}
}

// TestRestByRule: rest that is owed by call-outs of several rules is split equally between them, by those whose
// day is over; the parts add up to the whole, and are told where it is.
func TestRestByRule(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	h := storytest.NewHistory()
	h.OnCall = &agile.OnCall{
		Callouts: []agile.Callout{{ID: 1, Start: at(3, 3), Rules: []string{"cpu", "disk"}},
			{ID: 2, Start: at(3, 11), Rules: []string{"net"}}},
		Rests: []agile.OwedRest{{Start: at(3, 9), End: at(3, 12), Callouts: []int{0}},
			{Start: at(3, 12), End: at(3, 13).Add(time.Second), Callouts: []int{0, 1}},
			{Start: at(3, 20), End: at(4, 1), Callouts: []int{1}}},
	}
	w := impediment.Window{From: at(2, 0), To: at(6, 0), Closed: true}
	told := func(known time.Time) string {
		f := Of(h).Unexpected.In(w, known)
		text := fmt.Sprint(storytest.Maybe(f.RestSeconds), ":")
		for _, r := range f.ByRule {
			text += fmt.Sprint(" ", r.Rule, " ", storytest.Maybe(r.RestSeconds))
		}
		return text
	}
	h.OnCall.Months = []agile.DutyMonth{{Year: 2026, Month: 11, People: 3}}
	for known, want := range map[time.Time]string{
		at(9, 0):  "32401: cpu 6601 disk 6600 net 19200",
		at(6, 0):  "32401: cpu 6601 disk 6600 net 19200",
		at(5, 23): "none: cpu none disk none net none",
		at(3, 23): "none:",
	} {
		if got := told(known); got != want {
			t.Errorf("as of %v: %q, want %q", known, got, want)
		}
	}
	day := func(n int) calendar.Date { return calendar.Date{Year: 2026, Month: 11, Day: n} }
	if owed := Of(h).Unexpected.RestByDay(at(4, 0)); owed[day(3)] != 28801 || owed[day(4)] != 3600 || len(owed) != 2 {
		t.Errorf("after the day of the call-outs rest is owed on %v", owed)
	}
	if owed := Of(h).Unexpected.RestByDay(at(3, 23)); len(owed) != 0 {
		t.Errorf("on the day of the call-outs rest is owed on %v", owed)
	}
	h.OnCall.Months[0].People = 2
	if got := told(at(9, 0)); got != "none: cpu none disk none net none" {
		t.Errorf("of two people: %q", got)
	}
	if got := Of(h).Unexpected.RestTime(w.From, w.To, at(9, 0)); got != nil {
		t.Errorf("of two people: %v", got)
	}
}

// TestNoTimeOfDayIsTold: as of any two moments of one local day all that is told of call-outs is the same, whenever on
// it they started and ended; so nobody finds the time of one by asking for moment after moment.
func TestNoTimeOfDayIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Paris",
			"America/Havana"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		// What is known of impediments changes by the moment: no time is logged, and no call-out is of an issue.
		h.Team.Calendar.Zone, h.Worklogs = zone, nil
		drawn, rows := drawOnCall(t, 0)
		for n, c := range drawn {
			end := c.end.Add(11 * time.Hour)
			rows.Rests = append(rows.Rests, agile.OwedRest{Start: c.end, End: end, Callouts: []int{n}})
			rows.Callouts[n].Night, rows.Callouts[n].OutOfHours, rows.Callouts[n].Issue = n, n%2 == 0, ""
		}
		slices.SortStableFunc(rows.Rests, func(a, b agile.OwedRest) int { return a.Start.Compare(b.Start) })
		rows.Months = []agile.DutyMonth{{Year: 2026, Month: 11, People: 3}}
		h.OnCall = rows
		list := Of(h).Unexpected
		day := calendar.DateOf(storytest.GeneratedStart, zone).Add(rapid.IntRange(-2, 6).Draw(t, "day"))
		begin, end := day.Midnight(zone), day.Add(1).Midnight(zone)
		length := int(end.Sub(begin) / time.Second)
		w := impediment.Window{From: begin.Add(-60 * time.Hour), To: end.Add(60 * time.Hour), Closed: true}
		told := func(at time.Time) []any {
			return []any{*list.In(w, at), list.Days(at), list.CountedTime(w.From, w.To, at),
				list.RestTime(w.From, w.To, at), list.RestByDay(at)}
		}
		want := told(begin)
		for range 4 {
			at := begin.Add(time.Duration(rapid.IntRange(0, length-1).Draw(t, "second")) * time.Second)
			if diff := cmp.Diff(want, told(at), cmp.AllowUnexported(unexpected.Day{}, unexpected.Rule{})); diff != "" {
				t.Fatalf("as of %v other things are told than as of its midnight:\n%s", at, diff)
			}
		}
	})
}

// TestRecentUnexpectedTellsUnsureMarks: labels that do not join are told of the last four weeks too, of what was an
// impediment or had time logged in them.
func TestRecentUnexpectedTellsUnsureMarks(t *testing.T) {
	team := Of(storytest.Read(t, "until 2026-11-20", `K-1 2026-08-01T10:00 labels=impediment broken=labels:1
  2026-11-04T11:00 log 1h on 2026-11-04T09:00
K-2 2026-08-01T10:00 broken=labels:1
K-3 2026-08-01T10:00 labels=impediment
K-4 2026-08-01T10:00 type=sub parent=K-3 broken=labels:1
  2026-11-05T11:00 log 1h on 2026-11-05T09:00`))
	for at, want := range map[string]string{"2026-11-20": "the labels or natures of 2 issues do not join",
		"2026-10-20": ""} {
		q := RecentUnexpected(team, storytest.ParseTime(t, at)).QualityOf("impediments.seconds")
		if got := strings.Join(q.Reasons, "; "); got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
}
