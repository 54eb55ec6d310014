package sprint

import (
	"fmt"
	"html/template"
	"strings"
	"testing"
	"time"
	"unsafe"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/web/flow"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
	"jerem/web/webtest"
)

// pageOf is the page of a sprint as of the last reading of its team; kept tells that what is kept is taken.
func pageOf(t *testing.T, pages *Pages, team *measure.Team, id int64, kept bool) (page, string) {
	t.Helper()
	at, w := team.Now(), format.WordsOf(team)
	kept = kept && isKept(team, at, "")
	sp, err := measuredSprint(team, id, at, kept)
	if err != nil {
		t.Fatal(err)
	}
	m := page{W: w, Unit: w.UnitName()}
	if err := m.fillSprint(pages, team, sp, at, kept); err != nil {
		t.Fatal(err)
	}
	v := frame.View{Body: m}
	v.SetMoment(team, w, at)
	var text strings.Builder
	if err := pageTemplate.Execute(&text, v); err != nil {
		t.Fatal(err)
	}
	return m, text.String()
}

// laterBy are times after which a page is asked for again, each after the one before.
var laterBy = []time.Duration{time.Second, 3 * time.Minute, 47 * time.Minute, 5 * time.Hour, 26 * time.Hour}

// TestPageAsOfLater: the page of a sprint that runs takes over from the one before what stands throughout a step, and
// is the same text as one that is made anew.
func TestPageAsOfLater(t *testing.T) {
	teams := &source.Teams{}
	pages := &Pages{Teams: teams, Flow: (&flow.Pages{Teams: teams}).Part}
	worlds, every := []*measure.Team{measure.Of(steadySprint(steadyAt.AddDate(0, 0, 4), 5, 8, 3, 13))}, 1
	if !testing.Short() {
		worlds, every = append(worlds, webtest.World(t)...), 9
	}
	asked, taken := 0, 0
	for _, world := range worlds {
		for n, s := range world.History().Sprints {
			last := s.Last()
			if n%every != 0 || last.Start.IsZero() || last.End.IsZero() {
				continue
			}
			// an hour and a day after the start are reached from the start, the end from the second before it
			middle := last.Start.Add(last.End.Sub(last.Start) / 2)
			for _, moment := range []time.Time{last.Start, middle, last.End.Add(-time.Second)} {
				h := *world.History()
				h.Until = moment
				team := measure.Of(&h)
				before, _ := pageOf(t, pages, team, s.ID, true)
				for _, by := range laterBy {
					later := h
					later.Until = team.Now().Add(by)
					team = team.AsOf(later.Until)
					got, text := pageOf(t, pages, team, s.ID, true)
					_, want := pageOf(t, pages, measure.Of(&later), s.ID, false)
					if text != want {
						t.Fatalf("%s as of %v, %v later, is another page: %s", last.Name, later.Until, by,
							firstDifference(text, want))
					}
					asked++
					if got.steady != nil && got.steady == before.steady {
						taken++
					}
					before = got
				}
			}
		}
	}
	if taken < asked/8 {
		t.Errorf("of %d pages %d take over what was made before", asked, taken)
	}
}

// firstDifference is what two texts say where they begin to differ.
func firstDifference(got, want string) string {
	n := 0
	for n < min(len(got), len(want)) && got[n] == want[n] {
		n++
	}
	return fmt.Sprintf("%.300q\nwant %.300q", got[max(0, n-80):], want[max(0, n-80):])
}

// TestPartsAreWrittenOnce: within a step the parts of a page and its drawers are written for the first viewer, and no
// more for those after later readings.
func TestPartsAreWrittenOnce(t *testing.T) {
	h := steadySprint(steadyAt.AddDate(0, 0, 4), 5, 8)
	h.Until = steadyAt.Add(time.Minute)
	team, teams := measure.Of(h), &source.Teams{}
	pages := &Pages{Teams: teams, Flow: (&flow.Pages{Teams: teams}).Part}
	first, _ := pageOf(t, pages, team, 7, true)
	want := textsOf(t, first)
	for range 3 {
		team = team.AsOf(team.Now().Add(time.Minute))
		again, _ := pageOf(t, pages, team, 7, true)
		anew := 0
		for n, place := range textsOf(t, again) {
			if place != want[n] {
				anew++
			}
		}
		if len(want) < 40 || anew > 0 {
			t.Errorf("of %d texts %d are written anew", len(want), anew)
		}
	}
}

// textsOf are the places in memory of the texts of a page's parts and drawers.
func textsOf(t *testing.T, m page) (out []*byte) {
	t.Helper()
	add := func(text template.HTML, err error) {
		if err != nil || text == "" {
			t.Fatalf("%q, %v", text, err)
		}
		out = append(out, unsafe.StringData(string(text)))
	}
	for _, name := range []string{"events", "report", "past", "unexpected"} {
		add(m.Shown(name))
	}
	for _, e := range m.Explains {
		add(e.Lead())
		add(e.Behind())
	}
	return out
}

// TestDoneOutsideIsToldAsOfEachMoment: what is done in a sprint and was not completed in it is listed with the moment
// shown, also where all else is kept.
func TestDoneOutsideIsToldAsOfEachMoment(t *testing.T) {
	h := storytest.Read(t, "until 2026-11-04T12:00\nsprint 1 S1 active 2026-11-02T09:00 2026-11-13T18:00",
		"K-1 2026-10-30T10:00 sprint=1 points=5\nK-2 2026-10-28T10:00 sprint=1 points=3\n"+
			"  2026-10-29T10:00 status=done")
	team, teams := measure.Of(h), &source.Teams{}
	pages := &Pages{Teams: teams, Flow: (&flow.Pages{Teams: teams}).Part}
	for _, want := range []string{"Wed 4 Nov, 12:01", "Wed 4 Nov, 12:02"} {
		team = team.AsOf(team.Now().Add(time.Minute))
		m, text := pageOf(t, pages, team, 1, true)
		if m.steady == nil || !strings.Contains(text, want) {
			t.Errorf("kept %v, and not told as of %s", m.steady != nil, want)
		}
	}
}

// TestMovedIsToldAnew: what moved the likely end in a week is told anew where the moment a week before passes something
// that happened, though nothing did at the present.
func TestMovedIsToldAnew(t *testing.T) {
	h := steadySprint(steadyAt.AddDate(0, 0, 4), 5, 8)
	added := steadyAt.AddDate(0, 0, -7).Add(150 * time.Second)
	before := agile.Constant(h.Issues[3].Created, []int64(nil))
	h.Issues[3].Sprints = append(before, agile.Constant(added, []int64{7})...)
	h.Until = steadyAt.Add(31 * time.Second)
	team, teams := measure.Of(h), &source.Teams{}
	pages := &Pages{Teams: teams, Flow: (&flow.Pages{Teams: teams}).Part}
	told := map[string]bool{}
	for range 5 {
		later := *h
		later.Until = team.Now().Add(time.Minute)
		team = team.AsOf(later.Until)
		m, text := pageOf(t, pages, team, 7, true)
		_, want := pageOf(t, pages, measure.Of(&later), 7, false)
		if text != want || m.steady == nil {
			t.Fatalf("as of %v another page: %s", later.Until, firstDifference(text, want))
		}
		for _, e := range m.Explains {
			if e.ID == "moved" {
				told[fmt.Sprint(e.Value, e.Rows)] = true
			}
		}
	}
	if len(told) < 2 {
		t.Errorf("a week before nothing changed: %v", told)
	}
}
