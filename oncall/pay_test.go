package oncall

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/calendar"
)

func parisian(t interface{ Fatal(...any) }, handle string) Person {
	return Person{Handle: handle, Zone: zoneNamed(t, "Europe/Paris"), HoursFrom: 9 * 3600, HoursTo: 18 * 3600,
		Holiday: func(d calendar.Date) bool { return d == date("2026-05-01") }}
}

func policies() []Policy {
	return []Policy{{From: date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000},
		Callout: map[Band]int64{BandDay: 3000, BandNight: 6000, BandWeekend: 7000, BandHoliday: 8000},
		Night:   Window{From: 22 * 3600, To: 7 * 3600}, Merge: time.Hour}}
}

func books(t interface{ Fatal(...any) }, changes ...Change) Books {
	people := PeopleOf(parisian(t, "ada"), parisian(t, "ben"), parisian(t, "cleo"))
	r := Rota{Name: "k8s", Versions: []Version{weekly(t, "ada", "ben", "cleo")}}
	return Books{Schedules: []*Schedule{NewSchedule(r, people, changes)}, People: people, Policies: policies()}
}

// paid writes the lines of statements as a reader would.
func paid(statements []Statement) []string {
	var out []string
	for _, s := range statements {
		for _, l := range s.Lines {
			line := fmt.Sprintf("%s %s %s %dh %d", s.Person, l.Date, l.Kind, l.Seconds/3600, l.Cents)
			if l.Kind == AdjustmentLine {
				line += " " + l.About.String()
			}
			out = append(out, line)
		}
	}
	return out
}

func wantPaid(t *testing.T, got []Statement, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, paid(got)); diff != "" {
		t.Errorf("paid (-want +got):\n%s", diff)
	}
}

// TestFlat: a turn over the end of a month is divided by seconds, a week of 167 h earns the same, a gap and a cut
// take their part from nobody else.
func TestFlat(t *testing.T) {
	cover := coverOf(1, "ada", "ben", span("2026-01-06T09:00+01:00", "2026-01-07T09:00+01:00"))
	wantPaid(t, books(t, cover).Statements(Month{2026, time.January}, Ledger{}),
		"ada 2026-01-05 flat 144h 12857", "ada 2026-01-26 flat 135h 12054",
		"ben 2026-01-06 flat 24h 2143", "ben 2026-01-12 flat 168h 15000", "cleo 2026-01-19 flat 168h 15000")
	wantPaid(t, books(t).Statements(Month{2026, time.February}, Ledger{})[:1], "ada 2026-02-01 flat 33h 2946",
		"ada 2026-02-16 flat 168h 15000")
	b := books(t)
	b.Schedules[0].people["ada"] = Person{Handle: "ada", Zone: zoneNamed(t, "Europe/Paris"),
		Leaves: instant("2026-01-08T09:00+01:00")}
	january := b.Statements(Month{2026, time.January}, Ledger{})
	wantPaid(t, january, "ada 2026-01-05 flat 72h 6429", "ben 2026-01-12 flat 168h 15000",
		"cleo 2026-01-19 flat 168h 15000",
		" 2026-01-08 flat 96h 8571", " 2026-01-26 flat 135h 12054")
}

func TestFlatOfCutTurnAndPolicies(t *testing.T) {
	people := PeopleOf(parisian(t, "ada"), parisian(t, "ben"))
	second := weekly(t, "ben")
	second.From = date("2026-01-08")
	r := Rota{Name: "k8s", Versions: []Version{weekly(t, "ada"), second}, Until: date("2026-01-18")}
	later := policies()[0]
	later.From, later.Flat = date("2026-01-06"), map[int]int64{1: 30000}
	b := Books{Schedules: []*Schedule{NewSchedule(r, people, nil)}, People: people, Policies: append(policies(), later)}
	wantPaid(t, b.Statements(Month{2026, time.January}, Ledger{}),
		"ada 2026-01-05 flat 72h 6429", "ben 2026-01-08 flat 168h 30000", "ben 2026-01-15 flat 87h 15536")
	b.Policies = b.Policies[1:]
	wantPaid(t, b.Statements(Month{2026, time.January}, Ledger{}), "ben 2026-01-08 flat 168h 30000",
		"ben 2026-01-15 flat 87h 15536")
}

func calloutAt(id int64, person, start string, minutes int) Callout {
	at := instant(start)
	return Callout{ID: id, Team: "Kubernetes", Person: person, Started: at,
		Ended: at.Add(time.Duration(minutes) * time.Minute), Origin: FromSource}
}

// TestFees pins each band, merging, tests and presumed call-outs.
func TestFees(t *testing.T) {
	b := books(t)
	b.Schedules = nil
	list := []Callout{
		calloutAt(1, "ada", "2026-05-01T03:00+02:00", 10),  // holiday before night
		calloutAt(2, "ada", "2026-05-01T03:59+02:00", 10),  // 59 minutes later
		calloutAt(3, "ada", "2026-05-01T04:00+02:00", 10),  // one hour after the one with a fee
		calloutAt(4, "ada", "2026-05-02T10:00+02:00", 180), // weekend
		calloutAt(5, "ada", "2026-05-02T12:59+02:00", 10),  // before the long one has ended
		calloutAt(6, "ada", "2026-05-04T09:00+02:00", 10),  // hours: no fee, merges nothing
		calloutAt(7, "ada", "2026-05-04T18:00+02:00", 10),  // day
		calloutAt(8, "ada", "2026-05-04T22:00+02:00", 10),  // night
		calloutAt(9, "ada", "2026-05-05T06:59+02:00", 10),  // night
		calloutAt(10, "ada", "2026-05-05T08:59+02:00", 10), // day
		calloutAt(11, "ada", "2026-05-06T03:00+02:00", 10),
		calloutAt(12, "ada", "2026-05-06T04:30+02:00", 10),
		calloutAt(13, "ada", "2026-05-06T05:00+02:00", 10),
	}
	list[10].Verdict = Test
	list[11].Origin = Presumed
	for i := range list {
		b.Callouts = append([]Callout{list[i]}, b.Callouts...)
	}
	var cents []int64
	for _, l := range b.Statements(Month{2026, time.May}, Ledger{})[0].Lines {
		cents = append(cents, l.Cents)
	}
	want := []int64{8000, 0, 8000, 7000, 0, 0, 3000, 6000, 6000, 3000, 0, 0, 6000}
	if diff := cmp.Diff(want, cents); diff != "" {
		t.Errorf("fees (-want +got):\n%s", diff)
	}
	b.Callouts[1].Confirmed = true // number 12: now it bears a fee, and 13 merges with it
	got := b.Statements(Month{2026, time.May}, Ledger{})[0].Lines
	if got[11].Cents != 6000 || got[12].Cents != 0 {
		t.Errorf("a confirmed presumed call-out earns %d, the one half an hour after it %d; want 6000 and 0",
			got[11].Cents, got[12].Cents)
	}
}

func TestDivideTies(t *testing.T) {
	for _, c := range []struct {
		cents         int64
		weights, want []int64
	}{
		{100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{2, []int64{1, 1, 1}, []int64{1, 1, 0}},
		{5, []int64{1, 3}, []int64{1, 4}},
		{7, []int64{0, 0}, []int64{0, 0}},
		{7, nil, []int64{}},
		{1 << 40, []int64{1 << 40, 1 << 40}, []int64{1 << 39, 1 << 39}},
	} {
		if diff := cmp.Diff(c.want, divideCents(c.cents, c.weights)); diff != "" {
			t.Errorf("%d by %v (-want +got):\n%s", c.cents, c.weights, diff)
		}
	}
}

// TestDivideIsExact: the parts add up to the sum, and none is a whole cent away from its share.
func TestDivideIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1e9).Draw(t, "cents")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e8), 1, 20).Draw(t, "weights")
		var sum, total int64
		for _, w := range weights {
			total += w
		}
		for i, part := range divideCents(cents, weights) {
			sum += part
			share := float64(cents) * float64(weights[i]) / max(1, float64(total))
			if d := float64(part) - share; d <= -1.001 || d >= 1.001 {
				t.Fatalf("%d of %d is %d, its share is %v", i, cents, part, share)
			}
		}
		if total > 0 && sum != cents {
			t.Fatalf("the parts of %d add up to %d", cents, sum)
		}
	})
}

// TestFlatIsExact: over random rotas and changes the lines of all whole turns, gaps included, add up to their sums.
func TestFlatIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, people, changes, _ := drawn(t)
		r.Versions = r.Versions[:1]
		zone := r.Versions[0].Zone
		policy := Policy{From: date("2000-01-01"), Currency: "EUR", Flat: map[int]int64{1: rapid.Int64Range(0,
			99999).Draw(t, "flat")}}
		months := []Month{{2011, time.November}, {2011, time.December}, {2012, time.January}, {2012,
			time.February}, {2012, time.March}}
		var got, want, seconds int64
		r.Until = date("2012-01-31")
		s := NewSchedule(r, people, changes)
		var cut Turn
		for _, turn := range s.Turns(Span{s.periods[0].Start, s.periods[0].End}) {
			if turn.IsCut() {
				cut = turn
			} else if len(s.Covered(turn.Span)) > 0 {
				want += policy.Flat[1]
			}
		}
		until := s.periods[0].End
		if cut.Version != (calendar.Date{}) {
			until = cut.Start
		}
		s.periods[0].End = until
		b := Books{Schedules: []*Schedule{s}, People: people, Policies: []Policy{policy}}
		for _, m := range months {
			for _, st := range b.Statements(m, Ledger{}) {
				got += st.Cents
				for _, l := range st.Lines {
					seconds += l.Seconds
				}
			}
		}
		if covered := secondsOf(s.Covered(Span{s.periods[0].Start, until})); seconds != covered {
			t.Fatalf("lines hold %d s, covered are %d in %s", seconds, covered, zone)
		}
		if got != want {
			t.Fatalf("lines come to %d, the turns to %d", got, want)
		}
	})
}

// TestMonthsAreIndependent: a change within one month moves no statement of another.
func TestMonthsAreIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(1, 26).Draw(t, "day")
		start := Midnight(date("2026-02-01").Add(day), zoneNamed(t, "Europe/Paris"))
		from := rapid.SampledFrom([]string{"ada", "ben", "cleo"}).Draw(t, "from")
		c := coverOf(1, from, "ben", Span{start, start.Add(time.Duration(rapid.IntRange(1, 40).Draw(t,
			"hours")) * time.Hour)})
		for _, m := range []Month{{2026, time.January}, {2026, time.March}} {
			if diff := cmp.Diff(paid(books(t).Statements(m, Ledger{})), paid(books(t, c).Statements(m,
				Ledger{}))); diff != "" {
				t.Fatalf("a change in February moves %s:\n%s", m, diff)
			}
		}
	})
}

// TestFrozenMonthNeverChanges: after a thousand later events a frozen month is the same byte for byte, and what they
// changed stands in the next month, once.
func TestFrozenMonthNeverChanges(t *testing.T) {
	january := Month{2026, time.January}
	b := books(t)
	l, err := b.Freeze(january, Ledger{}, instant("2026-02-02T00:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := json.Marshal(b.Statements(january, l))
	var changes []Change
	for i := range int64(1000) {
		start := instant("2026-01-05T09:00+01:00").Add(time.Duration(i*37%600) * time.Hour)
		changes = append(changes, coverOf(i+1, []string{"ada", "ben", "cleo"}[i%3], []string{"ben", "cleo",
			"ada"}[i*7%3], Span{start, start.Add(5 * time.Hour)}))
	}
	late := books(t, changes...)
	late.Callouts = []Callout{calloutAt(1, "ben", "2026-01-10T03:00+01:00", 30)}
	if after, _ := json.Marshal(late.Statements(january, l)); string(after) != string(before) {
		t.Errorf("the frozen month became\n%s\nand was\n%s", after, before)
	}
	now, had := late.amountsOf(january), b.amountsOf(january)
	for _, s := range late.Statements(january.Next(), l) {
		last := s.Lines[len(s.Lines)-1]
		to := account{s.Person, s.Currency}
		if want := now[to].cents - had[to].cents; last.Kind != AdjustmentLine || last.About != january ||
			last.Cents != want || want == 0 {
			t.Errorf("%s has %+v last, want an adjustment of January by %d", s.Person, last, want)
		}
	}
	l, err = late.Freeze(january.Next(), l, instant("2026-03-02T00:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range late.Statements(Month{2026, time.March}, l) {
		for _, line := range s.Lines {
			if line.Kind == AdjustmentLine {
				t.Errorf("January is adjusted twice for %s: %+v", s.Person, line)
			}
		}
	}
	l.Months = l.Months[:1]
	l.NotAdjusted = map[string]Month{"ada": january}
	for _, s := range late.Statements(january.Next(), l) {
		if has := s.Lines[len(s.Lines)-1].Kind == AdjustmentLine; has != (s.Person != "ada") {
			t.Errorf("%s is adjusted: %v", s.Person, has)
		}
	}
}

func TestFreezingRefused(t *testing.T) {
	b := books(t)
	january := Month{2026, time.January}
	if _, err := b.Freeze(january, Ledger{}, instant("2026-02-01T11:59+00:00")); err == nil {
		t.Error("January is frozen while it is January somewhere")
	}
	l, err := b.Freeze(january, Ledger{}, instant("2026-02-01T12:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []Month{january, {2026, time.March}} {
		if _, err := b.Freeze(m, l, instant("2026-09-01T00:00+00:00")); err == nil {
			t.Errorf("%s is frozen after January", m)
		}
	}
}
