package timeseries

import (
	"encoding/json"
	"reflect"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestRecall: what one process told, kept as JSON, gives another one the same series of the very team without telling
// any of it again; of a team that changed since, what rests on the change is told again.
func TestRecall(t *testing.T) {
	h := storytest.BigHistoryOf(1_000)
	h.Until = h.Sprints[len(h.Sprints)-2].Last().Start.AddDate(0, 0, 9) // while a sprint is active
	team := measure.Of(h)
	var first Told
	want := toldForecasts(&first, team, h.Until)
	text, err := json.Marshal(first.Figures())
	if err != nil {
		t.Fatal(err)
	}
	var kept []ToldFigures
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	sprints := 0
	for _, one := range kept {
		if one.Sprint != 0 {
			sprints++
		}
	}
	if len(want) == 0 || sprints == 0 {
		t.Fatalf("%d series, and %d forecasts of sprints", len(want), sprints)
	}
	var second Told
	second.Recall(team, h.Until, kept)
	recalled := len(second.figures)
	if recalled != len(kept) || !reflect.DeepEqual(toldForecasts(&second, team, h.Until), want) ||
		!reflect.DeepEqual(second.Figures(), first.Figures()) {
		t.Errorf("%d of %d are recalled, or other series", recalled, len(kept))
	}
	for n := range kept { // what was recalled is told, and not worked out again
		kept[n].Figures.Odds = nil
	}
	var third Told
	third.Recall(team, h.Until, kept)
	for _, s := range toldForecasts(&third, team, h.Until) {
		if s.Class == "jerem.agile.forecast.odds" || s.Class == "jerem.agile.sprint.forecast.odds" {
			t.Errorf("%s is worked out again", s.Class)
		}
	}
}
