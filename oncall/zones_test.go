package oncall_test

import (
	"os"
	"testing"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
)

// TestEveryZone is the property of the contract: in every zone, daily, weekly and monthly, for 40 years,
// hand-overs never go back and segments tile the covered time. ONCALL_ZONES=all tries all of it; without, every
// fourth zone has a span of its own of the 40 years.
func TestEveryZone(t *testing.T) {
	const years = 40
	all := os.Getenv("ONCALL_ZONES") == "all"
	names := civiltest.ZoneNames(t)
	if all && len(names) < 400 {
		t.Errorf("only %d zones were found: install a Go toolchain with lib/time or the package tzdata", len(names))
	}
	windows := []oncall.Coverage{{Always: true}, oncalltest.Nights()}
	for i, name := range names {
		if !all && i%4 != 0 {
			continue
		}
		zone := civiltest.ZoneNamed(t, name)
		for j, every := range []civil.Period{{Number: 1, Unit: civil.Days}, {Number: 1, Unit: civil.Weeks},
			{Number: 1, Unit: civil.Months}} {
			v := oncall.Version{From: civiltest.Date("2005-01-31"), Every: every,
				People: []string{"ada", "ben", "cleo"},
				Zone:   zone, Level: 1}
			v.Handover = []int{0, 30 * 60, 150 * 60, 9 * 3600, 24*3600 - 1}[(i+j)%5]
			v.Coverage = windows[(i+j)%2]
			first := civil.Period{Number: 12, Unit: civil.Months}.After(v.From, 0)
			span := civil.Span{Start: v.Begins(),
				End: civil.Midnight(civil.Period{Number: 12, Unit: civil.Months}.After(first, years), zone)}
			if !all {
				from := first.Add((i*97 + j*31) % (years * 360))
				span = civil.Span{Start: civil.Midnight(from, zone), End: civil.Midnight(every.After(from, 20), zone)}
			}
			checkTiling(t, name, v, span)
		}
	}
}

func checkTiling(t *testing.T, name string, v oncall.Version, span civil.Span) {
	t.Helper()
	s := oncall.NewSchedule(oncall.Rota{Name: "r", Versions: []oncall.Version{v}}, nil, nil)
	turns := s.Turns(span)
	for i := 1; i < len(turns); i++ {
		if turns[i].Start.Before(turns[i-1].Start) || !turns[i].Start.Equal(turns[i-1].End) {
			t.Fatalf("%s, every %s: turn %v does not begin where %v ends", name, v.Every, turns[i], turns[i-1])
		}
	}
	var covered int64
	end := span.Start
	for _, g := range s.Segments(span) {
		if g.Empty() || g.Start.Before(end) || g.End.After(span.End) || g.Start.Before(g.Turn.Start) ||
			g.End.After(g.Turn.End) {
			t.Fatalf("%s, every %s: the segment %v to %v overlaps the one before or leaves its turn", name,
				v.Every, g.Start, g.End)
		}
		if want := v.People[g.Turn.Index%len(v.People)]; g.Person != want {
			t.Fatalf("%s, every %s: %s is on duty in turn %d, want %s", name, v.Every, g.Person, g.Turn.Index, want)
		}
		end = g.End
		covered += g.Seconds()
	}
	if want := civil.SecondsOf(s.Covered(span)); covered != want || covered == 0 {
		t.Fatalf("%s, every %s: segments hold %d s, covered are %d s", name, v.Every, covered, want)
	}
}
