package pay

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/interruption"
	"jerem/oncall/oncalltest"
)

func policies() []Policy {
	return []Policy{{From: civiltest.Date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000},
		Callout: map[Band]int64{BandDay: 3000, BandNight: 6000, BandWeekend: 7000, BandHoliday: 8000},
		Night:   oncall.Window{From: 22 * 3600, To: 7 * 3600}, Merge: time.Hour}}
}

func books(t interface{ Fatal(...any) }, changes ...oncall.Change) Books {
	schedules, people := oncalltest.Crew(t, changes...)
	return Books{Schedules: schedules, People: people, Policies: policies()}
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
	cover := oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-01-06T09:00+01:00", "2026-01-07T09:00+01:00"))
	wantPaid(t, books(t, cover).Statements(civil.Month{Year: 2026, Month: time.January}, Ledger{}),
		"ada 2026-01-05 flat 144h 12857", "ada 2026-01-26 flat 135h 12054",
		"ben 2026-01-06 flat 24h 2143", "ben 2026-01-12 flat 168h 15000", "cleo 2026-01-19 flat 168h 15000")
	wantPaid(t, books(t).Statements(civil.Month{Year: 2026,
		Month: time.February}, Ledger{})[:1], "ada 2026-02-01 flat 33h 2946",
		"ada 2026-02-16 flat 168h 15000")
	b := books(t)
	b.Schedules[0].People["ada"] = oncall.Person{Handle: "ada", Zone: civiltest.ZoneNamed(t, "Europe/Paris"),
		Leaves: civiltest.Instant("2026-01-08T09:00+01:00")}
	january := b.Statements(civil.Month{Year: 2026, Month: time.January}, Ledger{})
	wantPaid(t, january, "ada 2026-01-05 flat 72h 6429", "ben 2026-01-12 flat 168h 15000",
		"cleo 2026-01-19 flat 168h 15000",
		" 2026-01-08 flat 96h 8571", " 2026-01-26 flat 135h 12054")
}

func TestFlatOfCutTurnAndPolicies(t *testing.T) {
	people := oncall.PeopleOf(oncalltest.Parisian(t, "ada"), oncalltest.Parisian(t, "ben"))
	second := oncalltest.Weekly(t, "ben")
	second.From = civiltest.Date("2026-01-08")
	r := oncall.Rota{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada"), second},
		Until: civiltest.Date("2026-01-18")}
	later := policies()[0]
	later.From, later.Flat = civiltest.Date("2026-01-06"), map[int]int64{1: 30000}
	b := Books{Schedules: []*oncall.Schedule{oncall.NewSchedule(r, people, nil)}, People: people,
		Policies: append(policies(), later)}
	wantPaid(t, b.Statements(civil.Month{Year: 2026, Month: time.January}, Ledger{}),
		"ada 2026-01-05 flat 72h 6429", "ben 2026-01-08 flat 168h 30000", "ben 2026-01-15 flat 87h 15536")
	b.Policies = b.Policies[1:]
	wantPaid(t, b.Statements(civil.Month{Year: 2026, Month: time.January}, Ledger{}), "ben 2026-01-08 flat 168h 30000",
		"ben 2026-01-15 flat 87h 15536")
}

// TestOrderOfPolicies: policies count by the day from which they are in force, in whatever order they are written.
func TestOrderOfPolicies(t *testing.T) {
	var list []Policy
	for i, from := range []string{"2026-01-01", "2026-01-12", "2026-01-19"} {
		p := policies()[0]
		p.From, p.Flat = civiltest.Date(from), map[int]int64{1: int64(i+1) * 10000}
		list = append(list, p)
	}
	for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		b := books(t)
		b.Policies = []Policy{list[order[0]], list[order[1]], list[order[2]]}
		wantPaid(t, b.Statements(civil.Month{Year: 2026, Month: time.January}, Ledger{}),
			"ada 2026-01-05 flat 168h 10000", "ada 2026-01-26 flat 135h 24107", "ben 2026-01-12 flat 168h 20000",
			"cleo 2026-01-19 flat 168h 30000")
	}
}

// TestFees pins each band, merging, tests and presumed call-outs.
func TestFees(t *testing.T) {
	b := books(t)
	b.Schedules = nil
	list := []interruption.Callout{
		oncalltest.CalloutAt(1, "ada", "2026-05-01T03:00+02:00", 10),  // holiday before night
		oncalltest.CalloutAt(2, "ada", "2026-05-01T03:59+02:00", 10),  // 59 minutes later
		oncalltest.CalloutAt(3, "ada", "2026-05-01T04:00+02:00", 10),  // one hour after the one with a fee
		oncalltest.CalloutAt(4, "ada", "2026-05-02T10:00+02:00", 180), // weekend
		oncalltest.CalloutAt(5, "ada", "2026-05-02T12:59+02:00", 10),  // before the long one has ended
		oncalltest.CalloutAt(6, "ada", "2026-05-04T09:00+02:00", 10),  // hours: no fee, merges nothing
		oncalltest.CalloutAt(7, "ada", "2026-05-04T18:00+02:00", 10),  // day
		oncalltest.CalloutAt(8, "ada", "2026-05-04T22:00+02:00", 10),  // night
		oncalltest.CalloutAt(9, "ada", "2026-05-05T06:59+02:00", 10),  // night
		oncalltest.CalloutAt(10, "ada", "2026-05-05T08:59+02:00", 10), // day
		oncalltest.CalloutAt(11, "ada", "2026-05-06T03:00+02:00", 10),
		oncalltest.CalloutAt(12, "ada", "2026-05-06T04:30+02:00", 10),
		oncalltest.CalloutAt(13, "ada", "2026-05-06T05:00+02:00", 10),
	}
	list[10].Verdict = interruption.Test
	list[11].Origin = interruption.Presumed
	for i := range list {
		b.Callouts = append([]interruption.Callout{list[i]}, b.Callouts...)
	}
	var cents []int64
	for _, l := range b.Statements(civil.Month{Year: 2026, Month: time.May}, Ledger{})[0].Lines {
		cents = append(cents, l.Cents)
	}
	want := []int64{8000, 0, 8000, 7000, 0, 0, 3000, 6000, 6000, 3000, 0, 0, 6000}
	if diff := cmp.Diff(want, cents); diff != "" {
		t.Errorf("fees (-want +got):\n%s", diff)
	}
	b.Callouts[1].Confirmed = true // number 12: now it bears a fee, and 13 merges with it
	got := b.Statements(civil.Month{Year: 2026, Month: time.May}, Ledger{})[0].Lines
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

// TestDivideIsExact: over 100,000 random splits the parts add up to the sum, and each is its share rounded down, or a
// cent more.
func TestDivideIsExact(t *testing.T) {
	splits := 100_000
	if testing.Short() {
		splits = 5_000
	}
	random := rand.New(rand.NewPCG(17, 2026))
	for range splits {
		cents := random.Int64N(1e9)
		if random.IntN(4) == 0 {
			cents = random.Int64N(10)
		}
		weights := make([]int64, 1+random.IntN(20))
		var sum, total int64
		for i := range weights {
			if random.IntN(5) > 0 {
				weights[i] = random.Int64N([]int64{3, 90_000, 1e8}[random.IntN(3)])
			}
			total += weights[i]
		}
		parts := divideCents(cents, weights)
		for i, part := range parts {
			sum += part
			floor := new(big.Int).Mul(big.NewInt(cents), big.NewInt(weights[i]))
			if total > 0 {
				floor.Quo(floor, big.NewInt(total))
			}
			if up := part - floor.Int64(); total > 0 && up != 0 && up != 1 {
				t.Fatalf("%d by %v: part %d is %d, its share rounded down %d", cents, weights, i, part, floor)
			}
		}
		if total > 0 && sum != cents || total == 0 && sum != 0 {
			t.Fatalf("the parts of %d by %v add up to %d", cents, weights, sum)
		}
	}
}

// TestFlatIsExact: over random rotas and changes the lines of all whole turns, gaps included, add up to their sums.
func TestFlatIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, people, changes, _ := oncalltest.DrawRota(t)
		r.Versions = r.Versions[:1]
		zone := r.Versions[0].Zone
		policy := Policy{From: civiltest.Date("2000-01-01"), Currency: "EUR", Flat: map[int]int64{1: rapid.Int64Range(0,
			99999).Draw(t, "flat")}}
		months := []civil.Month{{Year: 2011, Month: time.November}, {Year: 2011, Month: time.December},
			{Year: 2012, Month: time.January}, {Year: 2012,
				Month: time.February}, {Year: 2012, Month: time.March}}
		var got, want, seconds int64
		r.Until = civiltest.Date("2012-01-31")
		s := oncall.NewSchedule(r, people, changes)
		var cut oncall.Turn
		for _, turn := range s.Turns(civil.Span{Start: s.ActiveVersions()[0].Start, End: s.ActiveVersions()[0].End}) {
			if turn.IsCut() {
				cut = turn
			} else if len(s.Covered(turn.Span)) > 0 {
				want += policy.Flat[1]
			}
		}
		until := s.ActiveVersions()[0].End
		if cut.Version != (calendar.Date{}) {
			until = cut.Start
		}
		s.ActiveVersions()[0].End = until
		b := Books{Schedules: []*oncall.Schedule{s}, People: people, Policies: []Policy{policy}}
		for _, m := range months {
			for _, st := range b.Statements(m, Ledger{}) {
				got += st.Cents
				for _, l := range st.Lines {
					seconds += l.Seconds
				}
			}
		}
		if covered := civil.SecondsOf(s.Covered(civil.Span{Start: s.ActiveVersions()[0].Start,
			End: until})); seconds != covered {
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
		start := civil.Midnight(civiltest.Date("2026-02-01").Add(day), civiltest.ZoneNamed(t, "Europe/Paris"))
		from := rapid.SampledFrom([]string{"ada", "ben", "cleo"}).Draw(t, "from")
		c := oncalltest.CoverOf(1, from, "ben", civil.Span{Start: start,
			End: start.Add(time.Duration(rapid.IntRange(1, 40).Draw(t,
				"hours")) * time.Hour)})
		for _, m := range []civil.Month{{Year: 2026, Month: time.January}, {Year: 2026, Month: time.March}} {
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
	january := civil.Month{Year: 2026, Month: time.January}
	b := books(t)
	l, err := b.Freeze(january, Ledger{}, civiltest.Instant("2026-02-02T00:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	before, _ := json.Marshal(b.Statements(january, l))
	var changes []oncall.Change
	for i := range int64(1000) {
		start := civiltest.Instant("2026-01-05T09:00+01:00").Add(time.Duration(i*37%600) * time.Hour)
		changes = append(changes, oncalltest.CoverOf(i+1, []string{"ada", "ben", "cleo"}[i%3], []string{"ben", "cleo",
			"ada"}[i*7%3], civil.Span{Start: start, End: start.Add(5 * time.Hour)}))
	}
	late := books(t, changes...)
	late.Callouts = []interruption.Callout{oncalltest.CalloutAt(1, "ben", "2026-01-10T03:00+01:00", 30)}
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
	l, err = late.Freeze(january.Next(), l, civiltest.Instant("2026-03-02T00:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range late.Statements(civil.Month{Year: 2026, Month: time.March}, l) {
		for _, line := range s.Lines {
			if line.Kind == AdjustmentLine {
				t.Errorf("January is adjusted twice for %s: %+v", s.Person, line)
			}
		}
	}
	l.Months = l.Months[:1]
	l.NotAdjusted = map[string]civil.Month{"ada": january}
	for _, s := range late.Statements(january.Next(), l) {
		if has := s.Lines[len(s.Lines)-1].Kind == AdjustmentLine; has != (s.Person != "ada") {
			t.Errorf("%s is adjusted: %v", s.Person, has)
		}
	}
}

func TestFreezingRefused(t *testing.T) {
	b := books(t)
	january := civil.Month{Year: 2026, Month: time.January}
	if _, err := b.Freeze(january, Ledger{}, civiltest.Instant("2026-02-01T11:59+00:00")); err == nil {
		t.Error("January is frozen while it is January somewhere")
	}
	l, err := b.Freeze(january, Ledger{}, civiltest.Instant("2026-02-01T12:00+00:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []civil.Month{january, {Year: 2026, Month: time.March}} {
		if _, err := b.Freeze(m, l, civiltest.Instant("2026-09-01T00:00+00:00")); err == nil {
			t.Errorf("%s is frozen after January", m)
		}
	}
}

// TestYears: over three years, a leap day and five changes of clocks among them, the months of a rota add up to its
// turns, whose policy changes in the middle of one; printed again they are the same.
func TestYears(t *testing.T) {
	schedules, people := oncalltest.Crew(t)
	later := policies()[0]
	later.From, later.Flat = civiltest.Date("2027-01-01"), map[int]int64{1: 16001}
	b := Books{Schedules: schedules, People: people, Policies: append(policies(), later)}
	var cents int64
	print := func() (out []string) {
		cents = 0
		for m := (civil.Month{Year: 2026, Month: time.January}); m.Year < 2029; m = m.Next() {
			statements := b.Statements(m, Ledger{})
			for _, s := range statements {
				cents += s.Cents
			}
			out = append(out, paid(statements)...)
		}
		return out
	}
	first := print()
	if diff := cmp.Diff(first, print()); diff != "" {
		t.Errorf("printed again (-want +got):\n%s", diff)
	}
	// 52 turns begin in 2026, the last on 28 December; 104 in the two years after, of which the last, on 25 December
	// 2028 has 159 of its 168 hours in 2028.
	if want := int64(52*15000 + 103*16001 + 16001*159/168 + 1); cents != want {
		t.Errorf("three years come to %d, want %d", cents, want)
	}
	want := []string{"ada 2027-01-01 flat 81h 7232"}
	if diff := cmp.Diff(want, paid(b.Statements(civil.Month{Year: 2027,
		Month: time.January}, Ledger{}))[:1]); diff != "" {
		t.Errorf("a turn over New Year keeps the policy of its start (-want +got):\n%s", diff)
	}
}
