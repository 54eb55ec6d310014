package outlook

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// bigIssues is the number of issues of the team that forecasts are measured with, of three years.
const bigIssues = 20_000

// BenchmarkForecast is the forecast of a quarter with record, fan, price and move, of a team of which nothing was asked
// before; what was simulated is remembered from one time to the next.
func BenchmarkForecast(b *testing.B) {
	h := storytest.BigHistoryOf(bigIssues)
	for b.Loop() {
		b.StopTimer()
		t := measure.Of(h)
		at := t.Now().AddDate(0, -2, 0)
		quarter := t.Roadmap.QuarterAt(at)
		b.StartTimer()
		if f, err := Ask(t, Question{Quarter: &quarter}, at); err != nil || f.Why != "" {
			b.Fatal(err, f)
		}
	}
}

// BenchmarkForecastWarm is the same where another question of the moment was asked before, as by the rest of a page.
func BenchmarkForecastWarm(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(bigIssues))
	at := t.Now().AddDate(0, -2, 0)
	quarter := t.Roadmap.QuarterAt(at)
	inquiry := About(t)
	if _, err := inquiry.answerQuestion(Question{Quarter: &quarter}, at, true); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if f, err := inquiry.answerQuestion(Question{Quarter: &quarter, Scope: 5}, at, true); err != nil ||
			f.Why != "" {
			b.Fatal(err, f)
		}
	}
}

// BenchmarkEpics asks for the dates of every epic of a quarter, as the page of the roadmap does.
func BenchmarkEpics(b *testing.B) {
	t := measure.Of(storytest.BigHistoryOf(bigIssues))
	at := t.Now().AddDate(0, -2, 0)
	for b.Loop() {
		inquiry := About(t)
		for _, m := range t.Roadmap.EpicsOf(t.QuarterAt(at), at) {
			if _, err := inquiry.AskDates(Question{Epic: m.Issue.Key.Last()}, at); err != nil {
				b.Fatal(err)
			}
		}
	}
}
