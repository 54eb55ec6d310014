package oncall_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

// told writes segments as a reader would: from, to, who, and the changes.
func told(zone *time.Location, segments []oncall.Segment) []string {
	var out []string
	for _, g := range segments {
		who := g.Person
		if g.IsGap() {
			who = strings.TrimSpace("gap of " + g.Planned)
		}
		line := g.Start.In(zone).Format("01-02 15:04") + " to " + g.End.In(zone).Format("01-02 15:04") + " " + who
		if len(g.Changes) > 0 {
			line += fmt.Sprint(" by ", g.Changes)
		}
		out = append(out, line)
	}
	return out
}

func wantSegments(t *testing.T, s *oncall.Schedule, in civil.Span, want string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if diff := cmp.Diff(lines, told(s.ZoneAt(in.Start), s.Segments(in))); diff != "" {
		t.Errorf("segments (-want +got):\n%s", diff)
	}
}

// TestWeeksOfClockChanges: weeks in which the clocks change have 167 and 169 hours and the hand-over stays at 09:00.
func TestWeeksOfClockChanges(t *testing.T) {
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben")}}, nil, nil)
	for day, hours := range map[string]int64{"2026-03-23": 167, "2026-10-19": 169, "2026-06-01": 168} {
		d, ok := s.At(civil.Instant(civiltest.Date(day), 9*3600, civiltest.ZoneNamed(t, "Europe/Paris")))
		if !ok || d.Turn.Seconds() != hours*3600 {
			t.Errorf("the turn from %s has %d s, want %d h", day, d.Turn.Seconds(), hours)
		}
	}
}

func TestSkippedDateHasItsTurn(t *testing.T) {
	apia := civiltest.ZoneNamed(t, "Pacific/Apia")
	v := oncall.Version{From: civiltest.Date("2011-12-28"), Handover: 9 * 3600,
		Every: civil.Period{Number: 1, Unit: civil.Days}, People: []string{"ada",
			"ben", "cleo", "dan"},
		Coverage: oncall.Coverage{Always: true}, Zone: apia}
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{v}}, nil, nil)
	wantSegments(t, s, civil.Span{Start: v.Begins(), End: civil.Instant(civiltest.Date("2012-01-01"), 9*3600, apia)}, `
		12-28 09:00 to 12-29 09:00 ada
		12-29 09:00 to 12-31 00:00 ben
		12-31 00:00 to 12-31 09:00 cleo
		12-31 09:00 to 01-01 09:00 dan`)
	v.Handover = 0
	s = oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{v}}, nil, nil)
	wantSegments(t, s, civil.Span{Start: v.Begins(), End: civil.Midnight(civiltest.Date("2012-01-01"), apia)}, `
		12-28 00:00 to 12-29 00:00 ada
		12-29 00:00 to 12-31 00:00 ben
		12-31 00:00 to 01-01 00:00 dan`)
}

func TestMonthlyOnThe31st(t *testing.T) {
	v := oncalltest.Weekly(t, "ada", "ben")
	v.From, v.Every = civiltest.Date("2026-01-31"), civil.Period{Number: 1, Unit: civil.Months}
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{v}}, nil, nil)
	wantSegments(t, s, civil.Span{Start: v.Begins(),
		End: civil.Instant(civiltest.Date("2026-05-31"), 9*3600, v.Zone)}, `
		01-31 09:00 to 02-28 09:00 ada
		02-28 09:00 to 03-31 09:00 ben
		03-31 09:00 to 04-30 09:00 ada
		04-30 09:00 to 05-31 09:00 ben`)
}

func TestFewPeople(t *testing.T) {
	week := civiltest.Span("2026-01-05T09:00+01:00", "2026-01-19T09:00+01:00")
	wantSegments(t, oncall.NewSchedule(oncall.Rota{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t)}}, nil, nil), week, `
		01-05 09:00 to 01-12 09:00 gap of
		01-12 09:00 to 01-19 09:00 gap of`)
	wantSegments(t, oncall.NewSchedule(oncall.Rota{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada")}}, nil, nil), week, `
		01-05 09:00 to 01-12 09:00 ada
		01-12 09:00 to 01-19 09:00 ada`)
	if _, ok := oncall.NewSchedule(oncall.Rota{Name: "k8s"}, nil, nil).At(week.Start); ok {
		t.Error("a rota without versions knows who is on duty")
	}
}

// TestVersionsAndEnd: before the first version there is nothing, a version cuts the turn that runs, and so does the
// rota's last day.
func TestVersionsAndEnd(t *testing.T) {
	first, second := oncalltest.Weekly(t, "ada", "ben"), oncalltest.Weekly(t, "cleo", "dan")
	second.From = civiltest.Date("2026-01-14")
	r := oncall.Rota{Name: "k8s", Versions: []oncall.Version{second, first}, Until: civiltest.Date("2026-01-22")}
	s := oncall.NewSchedule(r, nil, nil)
	wantSegments(t, s, civiltest.Span("2025-12-01T00:00+01:00", "2026-03-01T00:00+01:00"), `
		01-05 09:00 to 01-12 09:00 ada
		01-12 09:00 to 01-14 09:00 ben
		01-14 09:00 to 01-21 09:00 cleo
		01-21 09:00 to 01-23 00:00 dan`)
	if _, ok := s.At(civiltest.Instant("2026-01-05T08:59+01:00")); ok {
		t.Error("somebody is on duty before the first version")
	}
	if _, ok := s.At(civiltest.Instant("2026-01-23T00:00+01:00")); ok {
		t.Error("somebody is on duty after the last day")
	}
	turns := s.Turns(civiltest.Span("2026-01-12T09:00+01:00", "2026-01-14T09:00+01:00"))
	if len(turns) != 1 || !turns[0].IsCut() || turns[0].Seconds() != 48*3600 {
		t.Errorf("the turn that the new version cuts is %v", turns)
	}
	if cut := s.CutTurns(); len(cut) != 0 {
		t.Errorf("told as short: %v, each longer than a tenth", cut)
	}
	r.Until = civiltest.Date("2026-01-21")
	if cut := oncall.NewSchedule(r, nil, nil).CutTurns(); len(cut) != 1 || cut[0].Index != 1 {
		t.Errorf("a turn of 15 h out of 168 is not told as short: %v", cut)
	}
}

// TestLeavingInTheMiddle: a person outside their dates leaves a gap and is not skipped; a change from them fills it.
func TestLeavingInTheMiddle(t *testing.T) {
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	joins, leaves := oncall.Employment(civiltest.Date("2026-01-07"), civiltest.Date("2026-01-09"), paris)
	people := oncall.PeopleOf(oncall.Person{Handle: "ada", Zone: paris, Joins: joins, Leaves: leaves})
	r := oncall.Rota{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben")}}
	week := civiltest.Span("2026-01-05T09:00+01:00", "2026-01-12T09:00+01:00")
	wantSegments(t, oncall.NewSchedule(r, people, nil), week, `
		01-05 09:00 to 01-07 00:00 gap of ada
		01-07 00:00 to 01-10 00:00 ada
		01-10 00:00 to 01-12 09:00 gap of ada`)
	fill := oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-01-11T00:00+01:00", "2026-01-12T09:00+01:00"))
	wantSegments(t, oncall.NewSchedule(r, people, []oncall.Change{fill}), week, `
		01-05 09:00 to 01-07 00:00 gap of ada
		01-07 00:00 to 01-10 00:00 ada
		01-10 00:00 to 01-11 00:00 gap of ada
		01-11 00:00 to 01-12 09:00 ben by [1]`)
	toAda := oncalltest.CoverOf(2, "ben", "ada", civiltest.Span("2026-01-11T00:00+01:00", "2026-01-12T00:00+01:00"))
	wantSegments(t, oncall.NewSchedule(r, people, []oncall.Change{fill, toAda}), week, `
		01-05 09:00 to 01-07 00:00 gap of ada
		01-07 00:00 to 01-10 00:00 ada
		01-10 00:00 to 01-12 00:00 gap of ada by [1 2]
		01-12 00:00 to 01-12 09:00 ben by [1]`)
}

func TestChainsAndIdle(t *testing.T) {
	changes := []oncall.Change{
		oncalltest.CoverOf(1, "ada", "ben", civiltest.Span("2026-01-06T00:00+01:00", "2026-01-09T00:00+01:00")),
		oncalltest.CoverOf(2, "ben", "cleo", civiltest.Span("2026-01-08T00:00+01:00", "2026-01-10T00:00+01:00")),
		oncalltest.CoverOf(3, "ben", "dan", civiltest.Span("2026-01-08T12:00+01:00", "2026-01-09T00:00+01:00")),
	}
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}}, nil, changes)
	wantSegments(t, s, civiltest.Span("2026-01-05T09:00+01:00", "2026-01-12T09:00+01:00"), `
		01-05 09:00 to 01-06 00:00 ada
		01-06 00:00 to 01-08 00:00 ben by [1]
		01-08 00:00 to 01-09 00:00 cleo by [1 2]
		01-09 00:00 to 01-12 09:00 ada`)
	if diff := cmp.Diff(map[int64]int64{2: 24 * 3600, 3: 12 * 3600}, s.IdleSeconds()); diff != "" {
		t.Errorf("idle seconds (-want +got):\n%s", diff)
	}
	cancelled := changes[1]
	cancelled.State, cancelled.CancelledFrom = oncall.Cancelled, civiltest.Instant("2026-01-08T06:00+01:00")
	s = oncall.NewSchedule(oncall.Rota{Name: "k8s",
		Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}}, nil,
		[]oncall.Change{changes[0], cancelled})
	wantSegments(t, s, civiltest.Span("2026-01-08T00:00+01:00", "2026-01-09T12:00+01:00"), `
		01-08 00:00 to 01-08 06:00 cleo by [1 2]
		01-08 06:00 to 01-09 00:00 ben by [1]
		01-09 00:00 to 01-09 12:00 ada`)
}

// TestParseDaysRefused: what names no days of the week is refused.
func TestParseDaysRefused(t *testing.T) {
	for _, text := range []string{"", "mon", "Mon-", "Mon-Fry", "Mon,,Tue", "holiday"} {
		if w, err := oncall.ParseDays(text); err == nil {
			t.Errorf("%q is read as %v", text, w)
		}
	}
}

// TestCoverageWindows: windows belong to the day on which they begin, touching ones are one, a turn goes on through
// what is not covered, and a holiday counts beside its weekday.
func TestCoverageWindows(t *testing.T) {
	v := oncalltest.Weekly(t, "ada", "ben")
	v.Coverage = oncalltest.Nights()
	v.Coverage.Windows[1].Holidays = true
	v.Holiday = func(d calendar.Date) bool { return d == civiltest.Date("2026-01-08") }
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{v}}, nil, nil)
	wantSegments(t, s, civiltest.Span("2026-01-05T08:00+01:00", "2026-01-13T12:00+01:00"), `
		01-05 18:00 to 01-06 09:00 ada
		01-06 18:00 to 01-07 09:00 ada
		01-07 18:00 to 01-09 09:00 ada
		01-09 18:00 to 01-12 09:00 ada
		01-12 18:00 to 01-13 09:00 ben`)
	if d, _ := s.At(civiltest.Instant("2026-01-06T12:00+01:00")); d.Covered || d.IsGap() || d.Person != "" {
		t.Errorf("outside coverage there is %+v", d)
	}
	var uncovered []string
	for _, g := range oncalltest.Nights().Uncovered() {
		uncovered = append(uncovered, g.Start.Format("Mon 15:04")+"-"+g.End.Format("15:04"))
	}
	want := []string{"Mon 09:00-18:00", "Tue 09:00-18:00", "Wed 09:00-18:00", "Thu 09:00-18:00", "Fri 09:00-18:00"}
	slices.Sort(want)
	slices.Sort(uncovered)
	if diff := cmp.Diff(want, uncovered); diff != "" {
		t.Errorf("nobody covers (-want +got):\n%s", diff)
	}
	if days := oncalltest.Nights().UncoveredHolidays(civiltest.Date("2026-01-01"), civiltest.Date("2026-12-31"), v.Zone,
		v.Holiday); len(days) != 1 {
		t.Errorf("holidays that nobody covers: %v", days)
	}
}

func TestNow(t *testing.T) {
	v := oncalltest.Weekly(t, "ada", "ben")
	v.Coverage = oncalltest.Nights()
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{v}}, nil, nil)
	got := s.Now(civiltest.Instant("2026-01-06T03:00+01:00"))
	want := oncall.NowRow{Rota: "k8s", Team: "Kubernetes", Level: 1, Person: "ada", Planned: "ada",
		Since: civiltest.Instant("2026-01-05T18:00+01:00"), Until: civiltest.Instant("2026-01-06T09:00+01:00")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("now (-want +got):\n%s", diff)
	}
	if got := s.Now(civiltest.Instant("2026-01-06T12:00+01:00")); got != (oncall.NowRow{Rota: "k8s", Team: "Kubernetes",
		Level: 1}) {
		t.Errorf("outside coverage now is %+v", got)
	}
}

// TestOverlaps: two rotas of one team and level that cover the same moment of the next 12 weeks are told once, with all
// of the time; another team or level, or a time that lies further ahead or behind, is none.
func TestOverlaps(t *testing.T) {
	a, b := oncalltest.Weekly(t, "ada"), oncalltest.Weekly(t, "ben")
	a.Coverage = oncalltest.Nights()
	now := civiltest.Instant("2026-01-05T09:00+01:00")
	rotas := func(until string) []oncall.Rota {
		first := oncall.Rota{Name: "nights", Versions: []oncall.Version{a}}
		if until != "" {
			first.Until = civiltest.Date(until)
		}
		return []oncall.Rota{first, {Name: "days", Versions: []oncall.Version{b}}}
	}
	found := oncall.FindOverlaps(rotas("2026-01-11"), now)
	if len(found) != 1 || found[0].First != "nights" || found[0].Second != "days" || len(found[0].Spans) != 5 ||
		!found[0].Spans[0].Start.Equal(civiltest.Instant("2026-01-05T18:00+01:00")) {
		t.Fatalf("covered twice: %+v", found)
	}
	const told = "rotas nights and days of team Kubernetes and level 1 both cover 2026-01-05T17:00:00Z"
	if text := found[0].Text(); text != told {
		t.Error(text)
	}
	if found := oncall.FindOverlaps(rotas("2026-01-11"), civiltest.Instant("2026-01-12T09:00+01:00")); found != nil {
		t.Errorf("what is over is told as covered twice: %v", found)
	}
	b.From = civiltest.Date("2026-03-30") // 12 weeks from now
	if found := oncall.FindOverlaps(rotas(""), now); found != nil {
		t.Errorf("what lies 12 weeks ahead is told as covered twice: %v", found)
	}
	b.From = civiltest.Date("2026-03-29")
	if found := oncall.FindOverlaps(rotas(""), now); len(found) != 1 {
		t.Errorf("within 12 weeks: %v", found)
	}
	b.Level = 2
	if found := oncall.FindOverlaps(rotas(""), now); found != nil {
		t.Errorf("two levels are told as covered twice: %v", found)
	}
}

// TestSegmentsAgreeWithAt: segments and At tell the same at every quarter of an hour, whatever the order of the rows.
func TestSegmentsAgreeWithAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, people, changes, whole := oncalltest.DrawRota(t)
		s := oncall.NewSchedule(r, people, changes)
		shuffled := slices.Clone(changes)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i],
				shuffled[j] = shuffled[j], shuffled[i]
		})
		segments := s.Segments(whole)
		if diff := cmp.Diff(segments, oncall.NewSchedule(r, people, shuffled).Segments(whole)); diff != "" {
			t.Fatalf("another order of the rows changes the segments:\n%s", diff)
		}
		i := 0
		for at := whole.Start; at.Before(whole.End); at = at.Add(15 * time.Minute) {
			for i < len(segments) && !at.Before(segments[i].End) {
				i++
			}
			inSegment := i < len(segments) && segments[i].Holds(at)
			d, ok := s.At(at)
			if inSegment != (ok && d.Covered) || inSegment && (segments[i].Person != d.Person ||
				segments[i].Turn != d.Turn) {
				t.Fatalf("at %s: %+v, in the segments %v", at, d, inSegment)
			}
		}
		for i := 1; i < len(segments); i++ {
			a, b := segments[i-1], segments[i]
			if a.End.Equal(b.Start) && a.Person == b.Person && a.Planned == b.Planned && a.Turn == b.Turn {
				t.Fatalf("nothing changes at %s between two segments", b.Start)
			}
		}
	})
}

// TestLocality: a change moves nothing outside its span.
func TestLocality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, people, changes, whole := oncalltest.DrawRota(t)
		if len(changes) == 0 {
			return
		}
		last := changes[len(changes)-1]
		before, after := oncall.NewSchedule(r, people, changes[:len(changes)-1]), oncall.NewSchedule(r, people, changes)
		for _, part := range []civil.Span{{Start: whole.Start, End: last.Start},
			{Start: last.End, End: calendar.LaterOf(last.End, whole.End)}} {
			if diff := cmp.Diff(before.Segments(part), after.Segments(part)); diff != "" {
				t.Fatalf("a change from %s to %s moves what lies outside:\n%s", last.Start, last.End, diff)
			}
		}
	})
}

// TestNowLine: a terminal is told why nobody is on duty, whatever the state of the rota.
func TestNowLine(t *testing.T) {
	nights := oncalltest.Weekly(t, "ada", "ben")
	nights.Coverage = oncalltest.Nights()
	ben := oncalltest.Parisian(t, "ben")
	ben.Leaves = civiltest.Instant("2026-01-10T00:00+01:00")
	s := oncall.NewSchedule(oncall.Rota{Name: "k8s", Versions: []oncall.Version{nights},
		Until: civiltest.Date("2026-01-18")}, oncall.PeopleOf(oncalltest.Parisian(t, "ada"), ben), nil)
	for at, want := range map[string]string{
		"2026-01-01T00:00+01:00": "k8s: nobody yet, it begins at 2026-01-05T08:00:00Z",
		"2026-01-05T20:00+01:00": "k8s: ada until 2026-01-06T08:00:00Z",
		"2026-01-06T12:00+01:00": "k8s: nobody, outside coverage",
		"2026-01-12T20:00+01:00": "k8s: nobody, a gap until 2026-01-13T08:00:00Z",
		"2026-01-19T00:00+01:00": "k8s: nobody, it ended at 2026-01-18T23:00:00Z",
	} {
		if got := s.Now(civiltest.Instant(at)).Line(); got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
}
