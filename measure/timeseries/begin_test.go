package timeseries

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/series"
)

// TestSeriesBeginWithWhatIsKnown: no step function has a value before the first thing that is known of the team, where
// the figures are not 0 but unknown.
func TestSeriesBeginWithWhatIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		since := team.KnownSince()
		for _, s := range Pieces(team, storytest.GeneratedStart.Add(200*time.Hour)) {
			if s.Kind == series.Step && s.Points[0].Tick < series.Tick(since) {
				t.Fatalf("%s %v begins at %v, something is known since %v", s.Class, s.Labels,
					series.Time(s.Points[0].Tick), since)
			}
		}
	})
}

// TestQuarterSeriesBegin: the series of a quarter begin with its first moment, or with the first issue where that came
// later; where another one comes to be known, or is no more, they begin with what is there.
func TestQuarterSeriesBegin(t *testing.T) {
	all := storytest.Read(t, "until 2026-11-20", `E-1 2026-11-09T10:00 type=epic labels=Q4-26
K-1 2026-11-10T10:00 epic=E-1 points=3
K-2 2026-10-20T10:00
K-3 2026-08-20T10:00`)
	var kept Told
	for n, want := range map[int]string{2: "2026-11-09T10:00", 3: "2026-10-20T10:00", 4: "2026-10-01T00:00"} {
		h := *all
		h.Issues = all.Issues[:n]
		list, err := kept.Pieces(t.Context(), measure.Of(&h), h.Until)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, s := range list {
			if s.Labels["quarter"] != "Q4-26" || s.Class != classAgileQuarter+"total" {
				continue
			}
			told++
			if first := series.Time(s.Points[0].Tick); !first.Equal(storytest.ParseTime(t, want)) {
				t.Errorf("of %d issues it begins at %v, want %s", n, first, want)
			}
		}
		if told != 1 {
			t.Errorf("%d series of %d issues", told, n)
		}
	}
}
