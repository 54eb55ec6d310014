package explain

import (
	"testing"
	"time"

	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
)

// TestPartsHaveValues: what moved a date and what was priced alone stand in the explanation with their values, days as
// dates and not as names, so that a program reads what people read.
func TestPartsHaveValues(t *testing.T) {
	date, epic, moved, price, p85 := "2026-11-13", "K-2", -3, 4, 20
	f := &outlook.Forecast{At: time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC),
		Moved: &outlook.Moved{Days: &moved, Worked: 1, Pace: -4, By: []outlook.MovedBy{
			{Part: "worked", Date: &date, Days: 1}, {Part: "scope", Issue: &epic, Days: 0.5},
			{Part: "pace", Days: -4}}},
		Price: &outlook.Price{Days: &price, ByNature: []outlook.NaturePrice{{Nature: "Support", Days: 3}},
			Issues: []outlook.IssuePrice{{Issue: "K-9", Days: 1}}}}
	f.WorkingDays.P85 = &p85
	listed := func(e explanation.Explanation) (out []explanation.Input) {
		for _, in := range e.Inputs {
			if in.Listed {
				out = append(out, in)
			}
		}
		return out
	}
	words := forecastWords{words: explanation.TeamWords{Zone: time.UTC}, figures: f}
	for _, c := range []struct {
		name          string
		inputs        []explanation.Input
		issues, dates []string
		values        []float64
	}{
		{"moved.days", listed(words.explainMoved()), []string{"", "K-2", ""}, []string{date, "", ""},
			[]float64{1, 0.5, -4}},
		{"price.days", listed(words.explainPrice()), []string{"Support", "K-9"}, []string{"", ""}, []float64{3, 1}},
	} {
		if len(c.inputs) != len(c.values) {
			t.Errorf("%s lists %d parts, want %d", c.name, len(c.inputs), len(c.values))
			continue
		}
		for n, in := range c.inputs {
			if in.Value == nil || *in.Value != c.values[n] || in.Issue != c.issues[n] || in.Date != c.dates[n] ||
				in.Term != "" {
				t.Errorf("%s, part %d: %+v", c.name, n, in)
			}
		}
	}
}
