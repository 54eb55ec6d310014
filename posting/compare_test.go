package posting

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/series"
	"jerem/store"
	"jerem/store/db/sqlite"
	"jerem/teams"
)

// TestComparedInOneQuestion: series that changed are compared with the ledger by as many questions as a few are.
func TestComparedInOneQuestion(t *testing.T) {
	few, many := questionsOfChange(t, 5), questionsOfChange(t, 300)
	if few == 0 || many != few {
		t.Errorf("%d questions for 300 series that changed, %d for 5", many, few)
	}
}

// questionsOfChange posts a number of series, then the same with another last value by a process that remembers
// nothing, and tells how many statements of the second posting only read.
func questionsOfChange(t *testing.T, count int) (questions int) {
	t.Helper()
	d, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	start := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	sink := &taking{}
	for _, last := range []int64{1, 2} {
		p := &Poster{Store: store.New(d), Log: slog.New(slog.DiscardHandler), Now: time.Now, Observer: unobserved{}}
		x := p.newPush(p.stateOf(sink), "T", missing)
		x.until = start.Add(2 * time.Hour)
		var pieces []series.Series
		for n := range count {
			one := series.Series{Class: "c", Labels: map[string]string{"n": fmt.Sprint(n)}, End: x.until}
			one.Add(start, series.Long(int64(n)))
			one.Add(start.Add(time.Hour), series.Long(last))
			pieces = append(pieces, one)
		}
		questions, sink.points = 0, 0
		d.SetTrace(func(query string) {
			if strings.HasPrefix(query, "SELECT") {
				questions++
			}
		})
		if err := x.runPush(t.Context(), teams.LinesOf(pieces), nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := 3 * count; sink.points != want { // the second value, and two points of the grid
		t.Errorf("%d points were posted again, want %d", sink.points, want)
	}
	return questions
}
