package outlook

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// BenchmarkForecast is the forecast of a quarter with record, fan, price and move, for three years of a team.
func BenchmarkForecast(b *testing.B) {
	h := storytest.BigHistory()
	t := measure.Of(h)
	at := h.Until.AddDate(0, -2, 0)
	quarter := t.Roadmap.QuarterAt(at)
	for b.Loop() {
		if f, err := Ask(t, Question{Quarter: &quarter}, at); err != nil || f.Why != "" {
			b.Fatal(err, f)
		}
	}
}

// BenchmarkEpics asks for the dates of every epic of a quarter, as the page of the roadmap does, for three years of a
// team.
func BenchmarkEpics(b *testing.B) {
	h := storytest.BigHistory()
	t := measure.Of(h)
	at := h.Until.AddDate(0, -2, 0)
	for b.Loop() {
		inquiry := About(t)
		for _, m := range t.Roadmap.EpicsOf(t.QuarterAt(at), at) {
			if _, err := inquiry.AskDates(Question{Epic: m.Issue.Key.Last()}, at); err != nil {
				b.Fatal(err)
			}
		}
	}
}
