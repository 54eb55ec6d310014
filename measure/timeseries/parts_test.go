package timeseries

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/storytest"
	"jerem/series"
	"jerem/testrun"
)

// listOf returns the series of a pack.
func listOf(pack *series.Pack) (list []series.Series) {
	for one := range pack.Each() {
		one.Points = slices.Clone(one.Points)
		list = append(list, one)
	}
	return list
}

// TestAddTo: what is packed part by part is what is computed at once, of any history, window and choice of classes.
func TestAddTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		to := team.Now().Add(-time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour)
		from := time.Time{}
		if rapid.Bool().Draw(t, "from") {
			from = to.Add(-time.Duration(rapid.IntRange(0, 200).Draw(t, "span")) * time.Hour)
		}
		words := rapid.SampledFrom([]string{"", "sprint", "forecast", "epic", "odds"})
		checkAddTo(t, team, from, to, words.Draw(t, "classes"))
	})
}

// TestAddToForecasts: so it is of a team that has forecasts, which generated histories are too short for.
func TestAddToForecasts(t *testing.T) {
	testrun.SkipInShort(t)
	at := time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC)
	team := measure.Of(steadyMonths(t, at))
	for _, word := range []string{"", "forecast", "odds"} {
		for _, from := range []time.Time{{}, at.AddDate(0, 0, -7)} {
			if packed := checkAddTo(t, team, from, at, word); packed == 0 {
				t.Errorf("no series of %q since %v", word, from)
			}
		}
	}
}

// checkAddTo wants the series whose class holds a word packed as they are computed at once, and returns how many these
// are.
func checkAddTo(t interface{ Fatalf(string, ...any) }, team *measure.Team, from, to time.Time, word string) int {
	wanted := func(class string) bool { return strings.Contains(class, word) }
	var pack series.Pack
	if err := AddTo(context.Background(), &pack, team, from, to, wanted); err != nil {
		t.Fatalf("%v", err)
	}
	want := slices.DeleteFunc(Between(team, from, to), func(s series.Series) bool { return !wanted(s.Class) })
	got := listOf(&pack)
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v\nwant %v", got, want)
	}
	return len(got)
}

// TestPartsAreSmall: no part holds more than a small share of all points, nothing of a part is kept by who makes the
// next one, and all of them packed take a small share of what they take as points.
func TestPartsAreSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("the series of 3500 issues are made three times")
	}
	team := measure.Of(storytest.BigHistoryOf(3_500))
	all, most, parts := 0, 0, 0
	for part := range Parts(t.Context(), team, team.Now(), AllClasses) {
		points := 0
		for _, piece := range part {
			points += len(piece.Points)
		}
		all, most, parts = all+points, max(most, points), parts+1
	}
	if parts < 100 || most > all/5 {
		t.Errorf("a part of %d of %d points, in %d parts", most, all, parts)
	}
	m := newForgettingMaker(team, team.Now())
	for range m.allParts() {
	}
	if kept := len(m.made.epics) + len(m.made.sprints) + len(m.made.quarters); kept > 0 {
		t.Errorf("%d parts were kept", kept)
	}
	var pack series.Pack
	AddTo(t.Context(), &pack, team, time.Time{}, team.Now(), AllClasses)
	const ofPoint, ofSeries = 32, 400
	unpacked := all*ofPoint + len(listOf(&pack))*ofSeries
	if size := pack.Size(); pack.Points() != all || size > unpacked*2/3 {
		t.Errorf("%d bytes for %d of %d points, which take %d unpacked", size, pack.Points(), all, unpacked)
	}
}

// TestUnwantedForecasts: where no class of a forecast is wanted, nothing is simulated: it takes a small part of the
// allocations.
func TestUnwantedForecasts(t *testing.T) {
	if testing.Short() {
		t.Skip("all series of a thousand issues are made four times")
	}
	team := measure.Of(storytest.BigHistoryOf(1_000))
	count := func(word string) float64 {
		return testing.AllocsPerRun(1, func() {
			wanted := func(class string) bool { return strings.Contains(class, word) }
			for range Parts(t.Context(), team, team.Now(), wanted) {
			}
		})
	}
	without := count(".epic.")
	if with := count(".odds"); with < 1.2*without {
		t.Errorf("%.0f allocations with forecasts, %.0f without", with, without)
	}
}

// TestFlowComesFirst: what takes the most memory while it is made is made while nothing is packed, and held no longer.
func TestFlowComesFirst(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(200))
	var pack series.Pack
	var before []string // the classes that came before one of the flow
	flows := 0
	AddTo(t.Context(), &pack, team, time.Time{}, team.Now(), func(class string) bool {
		switch {
		case strings.HasPrefix(class, catalogue.ClassAgileFlow):
			flows++
		case flows == 0:
			before = append(before, class)
		}
		return true
	})
	if flows == 0 || len(before) > 0 {
		t.Errorf("%d series of the flow, behind %d others", flows, len(before))
	}
}
