package issue

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/issuehistory"
	"jerem/web/format"
	"jerem/web/webtest"
)

// TestPartsAddUp: what the issues of a sprint count in a figure, as their pages say it, adds up to the figure.
func TestPartsAddUp(t *testing.T) {
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	h, err := b.Store.Teams.History(t.Context(), webtest.Company()[0])
	if err != nil {
		t.Fatal(err)
	}
	team := measure.Of(h)
	w := format.WordsOf(team)
	sp, err := team.Sprint(23, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	list, sums := explain.Sprint(team, sp), map[string]float64{}
	for _, i := range h.Issues {
		for _, line := range partsOf(i.Key.Last(), list, w, nil) {
			x, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "+", "").Replace(line.Part), 64)
			if err != nil {
				t.Fatal(err)
			}
			sums[line.Figure] += x
		}
	}
	checked := 0
	for _, e := range list {
		if e.Unit != string(w.Unit) || explanation.RunningSums(e) == nil {
			continue
		}
		if math.Abs(sums[e.Shown.Name]-*e.Value) > 1e-6 {
			t.Errorf("%s: the issues say %v in all, the figure %v", e.Shown.Name, sums[e.Shown.Name], *e.Value)
		}
		checked++
	}
	if checked < 8 {
		t.Errorf("%d figures were held to their issues: %v", checked, sums)
	}
}

// TestDaysOfTime: time logged is told by the day of the work alone: two entries of a day are one sum.
func TestDaysOfTime(t *testing.T) {
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	h, err := b.Store.Teams.History(t.Context(), webtest.Company()[0])
	if err != nil {
		t.Fatal(err)
	}
	team := measure.Of(h)
	days := 0
	for _, i := range h.Issues {
		history, ok := issuehistory.Of(team, i.Key.Last(), team.Now())
		if !ok {
			continue
		}
		var p page
		p.fillDays(history, format.WordsOf(team))
		sum, want := int64(0), int64(0)
		for n, d := range p.Days {
			sum += d.seconds
			if n > 0 && !p.Days[n-1].date.Before(d.date) {
				t.Errorf("%s: %s comes after %s", history.Key, d.Day, p.Days[n-1].Day)
			}
		}
		for _, l := range history.Worklogs {
			want += l.Seconds
		}
		if sum != want {
			t.Errorf("%s: the days hold %d s of %d", history.Key, sum, want)
		}
		days += len(p.Days)
	}
	if days == 0 {
		t.Error("no time was logged")
	}
}

// TestUnitWord: one is told as one, and time in hours.
func TestUnitWord(t *testing.T) {
	for want, one := range map[string][2]string{"point": {"points", "1"}, "points": {"points", "1.5"},
		"hour": {"seconds", "1"}, "hours": {"seconds", "0"}} {
		e := explanation.Explanation{Unit: one[0], Shown: explanation.Shown{Value: one[1]}}
		if got := unitWord(e); got != want {
			t.Errorf("%s %s: %s, want %s", one[1], one[0], got, want)
		}
	}
}
