package outlook

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/forecast"
	"jerem/measure/storytest"
)

// TestBulkClosings: a day that brings more than an ordinary one is capped and told with its date.
func TestBulkClosings(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 20)
	i := storytest.AddIssue(h, "K-700", storytest.SteadyStart, 300)
	i.EpicLink = agile.Constant(i.Created, "K-1")
	storytest.Become(&i.Status, time.Date(2026, 10, 1, 10, 0, 0, 0, time.UTC), "3")
	storytest.Become(&i.Status, time.Date(2026, 10, 1, 14, 0, 0, 0, time.UTC), "6")
	f := ask(t, h, Question{Quarter: &q426}, at)
	if len(f.Bulk) != 1 || f.Bulk[0] != (Bulk{"2026-10-01", 302, 2}) {
		t.Errorf("%+v", f.Bulk)
	}
}

// TestRelief: a block is multiplied by c / (c − i), at most 2, where its capacity is known; see measures.md.
func TestRelief(t *testing.T) {
	const hour = 3600.0
	for _, c := range []struct{ impeded, logged, capacity, back, want float64 }{
		{2, 10, 0, 2, 10.0 / 8},
		{2, 3, 0, 2, 2},   // the rest has half as much: known, and 3 / (3 − 2) is beyond 2
		{2, 2.9, 0, 2, 1}, // the rest has less than half as much: not known
		{0, 10, 0, 0, 1},
		{2, 2, 8, 2, 8.0 / 6},
		{8, 8, 8, 8, 2},
		{9, 9, 8, 9, 2},
		{4, 8, 0, 1, 8.0 / 7},
	} {
		l := lostTime{impeded: []float64{c.impeded * hour}, logged: []float64{c.logged * hour},
			capacity: c.capacity * hour}
		if got := l.reliefOf([]float64{c.back * hour})([]int{0}); !near(got, c.want) {
			t.Errorf("%+v: multiplied by %v", c, got)
		}
	}
	l := lostTime{impeded: []float64{9, 2, 0}, logged: []float64{10, 10, 10}}
	for window, want := range map[int]float64{3: 11.0 / 30, 2: 2.0 / 20, 1: 0} {
		if got := l.shareOfWindow(window); !near(got, want) {
			t.Errorf("the share of %d days: %v, want %v", window, got, want)
		}
	}
	if got := (lostTime{impeded: []float64{6}, logged: []float64{9.5}}).shareOfWindow(1); got != 0.5 {
		t.Errorf("a share of more than half: %v", got)
	}
	if got := (lostTime{impeded: []float64{6}, logged: []float64{7}}).shareOfWindow(1); got != 0 {
		t.Errorf("a share of what is not known: %v", got)
	}
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }

// TestReliefTells: a price is told while at most a tenth of the blocks with impediments lack a capacity.
func TestReliefTells(t *testing.T) {
	f := func(name string, window int, impeded, logged map[int]float64, enough, any bool) {
		t.Helper()
		l := lostTime{impeded: make([]float64, window), logged: make([]float64, window)}
		for day := range window {
			l.impeded[day], l.logged[day] = impeded[day], logged[day]
		}
		if gotEnough, gotAny := l.hasCapacity(window); gotEnough != enough || gotAny != any {
			t.Errorf("%s: enough %v, any %v", name, gotEnough, gotAny)
		}
	}
	const days = 40
	f("nothing", days, nil, nil, true, false)
	f("impediments alone", days, map[int]float64{20: 4}, map[int]float64{20: 4}, false, true)
	f("all of it logged", days, map[int]float64{20: 4}, map[int]float64{20: 8}, true, true)
	// of the ten blocks with the impediment one has no other time, then two
	f("a tenth without", days, map[int]float64{20: 4}, map[int]float64{20: 4, 21: 4}, true, true)
	f("more than a tenth", days, map[int]float64{20: 4}, map[int]float64{20: 4, 22: 4}, false, true)
	if forecast.BlockDays != 10 {
		t.Error("the blocks of this test are of ten days")
	}
}

// TestPriceOfSeveral: the dearest nature and issue come first, of issues three are told, time on days that are not
// drawn counts in none.
func TestPriceOfSeveral(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	h.Team.Sprint.Capacity = 10 * time.Hour
	from := at.AddDate(0, 0, -120)
	for n, hours := range []int{1, 4, 0, 2, 3} {
		i := storytest.AddIssue(h, fmt.Sprintf("K-%d", 8000+n), storytest.SteadyStart, 1)
		i.Labels = agile.Constant(i.Created, []string{"impediment"})
		nature := agile.Constant(i.Created, []string{fmt.Sprintf("N%d", n)})
		i.Options = agile.FieldsOf(map[string]agile.Timeline[[]string]{storytest.NatureField: nature})
		if hours > 0 {
			storytest.LogDaily(h, i.ID, hours, from, at)
		}
		if hours == 0 {
			// long before the days that are drawn
			storytest.LogDaily(h, i.ID, 9, storytest.SteadyStart, storytest.SteadyStart.AddDate(0, 0, 20))
		}
	}
	p := ask(t, h, Question{Quarter: &q426}, at).Price
	keys := []string{}
	for n, i := range p.Issues {
		keys = append(keys, i.Issue)
		if n > 0 && i.Days > p.Issues[n-1].Days || i.Days <= 0 || i.Days > *p.Days {
			t.Errorf("%+v of %d days", p.Issues, *p.Days)
		}
	}
	if !slices.Equal(keys, []string{"K-8001", "K-8004", "K-8003"}) {
		t.Errorf("the dearest are %v", keys)
	}
	if len(p.ByNature) != 5 || p.ByNature[0].Nature != "N1" || p.ByNature[4] != (NaturePrice{"N2", 0}) ||
		p.ByNature[0].Days != p.Issues[0].Days {
		t.Errorf("by nature %+v", p.ByNature)
	}
	if p.DateWithout == nil || p.Why != "" {
		t.Errorf("without impediments: %s, %q", storytest.Maybe(p.DateWithout), p.Why)
	}
}
