package sqlviews

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/series"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/store/storetest"
	"jerem/store/viewrows"
	"jerem/teams"
)

// hourly is a series of a number of points, an hour apart.
func hourly(points int) teams.Line {
	one := series.Series{Class: "c", Labels: map[string]string{"epic": "K-1", "project": "Kubernetes"}}
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range points {
		one.Add(start.Add(time.Duration(n)*time.Hour), series.Double(float64(n)/2))
	}
	return teams.LinesOf([]series.Series{one})[0]
}

// keeper writes the rows of series, as a Keeper does.
type keeper struct {
	rows viewrows.Rows
	kept kept
}

// write writes what differs of a series, and returns how many rows were written and taken out, and their bytes.
func (k *keeper) write(t *testing.T, line teams.Line) (changed []viewrows.Row, gone []viewrows.Key, bytes int) {
	t.Helper()
	if k.kept.digests == nil {
		k.kept.digests = map[viewrows.Key]string{}
	}
	if k.kept.made == nil {
		k.kept.made = newMadeRows()
	}
	list := newRowList(k.kept.digests, k.kept.made)
	if err := addSeries(list, line); err != nil {
		t.Fatal(err)
	}
	changed, gone = list.takeChanges()
	for _, r := range changed {
		bytes += len(r.Body)
	}
	if err := k.rows.Put(t.Context(), "Kubernetes", changed, gone); err != nil {
		t.Fatal(err)
	}
	return changed, gone, bytes
}

// eachDatabase runs a test over a file and over a server. ask returns the rows of a query.
func eachDatabase(t *testing.T, test func(t *testing.T, rows viewrows.Rows, ask func(query string) []string)) {
	for driver, place := range map[string]func(*testing.T) string{
		"sqlite": func(t *testing.T) string { return storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")) },
		"pgx":    func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(driver, func(t *testing.T) {
			path := place(t)
			s, err := places.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			db, err := sql.Open(driver, path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			test(t, s.ViewRows, func(query string) []string { return findRows(t, db, query) })
		})
	}
}

const ofSeries = `SELECT class, value FROM jerem_series WHERE team = 'Kubernetes' ORDER BY time_us`

// TestSeriesInParts: a reader in SQL finds all points of a long series, before and after points changed in the midst
// and at the end, and after most of them went.
func TestSeriesInParts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, rows viewrows.Rows, ask func(string) []string) {
		k := &keeper{rows: rows}
		line := hourly(2000)
		check := func() {
			t.Helper()
			k.write(t, line)
			var want []string
			for _, p := range line.Pieces[0].Points {
				want = append(want, fmt.Sprintf("c %.3f", p.Value.Number()))
			}
			if diff := cmp.Diff(want, ask(ofSeries)); diff != "" {
				t.Errorf("(-want +found):\n%s", diff)
			}
		}
		with := func(points []series.Point) teams.Line {
			one := line.Pieces[0]
			one.Points = points
			return teams.LinesOf([]series.Series{one})[0]
		}
		check()
		points := slices.Clone(line.Pieces[0].Points)
		points[700].Value, points[1999].Value = series.Double(7), series.Double(8)
		line = with(points)
		check()
		line = with(slices.Delete(slices.Clone(points), 300, 1200))
		check()
		line = with(points[:40])
		check()
	})
}

// TestWrittenOfLongSeries: what a change of today writes does not grow with the past of the series.
func TestWrittenOfLongSeries(t *testing.T) {
	s, err := places.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, points := range []int{1_000, 10_000} {
		k := &keeper{rows: s.ViewRows}
		k.write(t, hourly(points))
		most := 0
		for n := range 50 {
			changed, gone, bytes := k.write(t, hourly(points+n+1))
			most = max(most, bytes)
			if len(changed) > 2 || len(gone) > 0 {
				t.Errorf("a point after %d writes %d rows and takes %d out", points+n, len(changed), len(gone))
			}
		}
		if most == 0 || most > 20_000 {
			t.Errorf("a point after %d writes %d bytes", points, most)
		}
	}
}

// TestRowsGoOn: the rows of a series that goes on are those that are made of all its points, and of the points that
// stand only those of the last row are read.
func TestRowsGoOn(t *testing.T) {
	s, err := places.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	whole := hourly(3000).Pieces[0]
	lineOf := func(points int) teams.Line {
		one := whole
		one.Points = whole.Points[:points]
		return teams.LinesOf([]series.Series{one})[0]
	}
	k := &keeper{rows: s.ViewRows}
	k.write(t, lineOf(1000))
	for points := 1000; points < 3000; points += 77 {
		line := lineOf(points)
		anew := newRowList(map[viewrows.Key]string{}, newMadeRows())
		if err := addSeries(anew, line); err != nil {
			t.Fatal(err)
		}
		whole.Points[0].Tick-- // which is not read
		k.write(t, line)
		whole.Points[0].Tick++
		if want, got := anew.made.series[line.Key].heads, k.kept.made.series[line.Key].heads; !slices.Equal(want, got) {
			t.Fatalf("%d points: rows that go on are %v, made anew %v", points, got, want)
		}
	}
}

// drawPiece draws a piece of a long series, which may overlap the one before it.
func drawPiece(t *rapid.T, from int64) series.Series {
	one := series.Series{Class: "c", Labels: map[string]string{"sprint": "current"},
		End: series.Time(from + int64(time.Hour/time.Microsecond))}
	for n := range rapid.SampledFrom([]int64{1, 3, 150, 700}).Draw(t, "points") {
		one.Points = append(one.Points, series.Point{Tick: from + n, Value: series.Long(n)})
	}
	return one
}

// TestRowsOfPiecesGoOn: whatever pieces of a series go on, end, are others or come, its rows are those that are made of
// all its points, and those whose points stand before all that differs are not read.
func TestRowsOfPiecesGoOn(t *testing.T) {
	stood := 0
	rapid.Check(t, func(t *rapid.T) {
		var pieces []series.Series
		kept, made, bodies := map[viewrows.Key]string{}, newMadeRows(), map[viewrows.Key]string{}
		for range rapid.IntRange(2, 5).Draw(t, "readings") {
			pieces = slices.Clone(pieces)
			switch n := len(pieces); rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				pieces = append(pieces, drawPiece(t, rapid.Int64Range(0, 2000).Draw(t, "from")))
			case 1:
				if n > 0 { // the last one goes on where it stands
					last := &pieces[n-1]
					for range rapid.SampledFrom([]int{1, 300}).Draw(t, "more") {
						last.Points = append(last.Points, series.Point{Tick: last.Points[len(last.Points)-1].Tick + 1})
					}
				}
			default:
				if n > 0 {
					place := rapid.IntRange(0, n-1).Draw(t, "another")
					pieces[place] = drawPiece(t, pieces[place].Points[0].Tick)
				}
			}
			if len(pieces) == 0 {
				continue
			}
			line := teams.LinesOf(slices.Clone(pieces))[0]
			anew := newRowList(map[viewrows.Key]string{}, newMadeRows())
			goesOn := newRowList(kept, made)
			if known := made.series[line.Key]; known != nil && known.digest != line.Digest {
				stood += known.countStanding(line.Pieces)
			}
			if addSeries(anew, line) != nil || addSeries(goesOn, line) != nil {
				t.Fatal("no rows")
			}
			a, b := anew.made.series[line.Key], goesOn.made.series[line.Key]
			if !slices.Equal(a.heads, b.heads) || !slices.Equal(a.begins, b.begins) {
				t.Fatalf("rows that go on are %v, made anew %v", b.heads, a.heads)
			}
			changed, gone := goesOn.takeChanges()
			for _, row := range changed {
				bodies[row.Key] = row.Body
			}
			for _, key := range gone {
				delete(bodies, key)
			}
			want := map[viewrows.Key]string{}
			for _, row := range anew.rows {
				want[row.Key] = row.Body
			}
			if !maps.Equal(bodies, want) {
				t.Fatalf("rows are kept of which some are others than those made anew: %v, want %v", bodies, want)
			}
		}
	})
	if stood == 0 && !testing.Short() { // of a fifth of the cases one run in eleven has none
		t.Error("no rows stood")
	}
}

// TestRowsAroundOtherPointsStand: where one of many pieces is another, the rows of those before and after it are not
// digested again.
func TestRowsAroundOtherPointsStand(t *testing.T) {
	var pieces []series.Series
	for n := range int64(40) {
		one := series.Series{Class: "c"}
		for m := range int64(1000) {
			one.Points = append(one.Points, series.Point{Tick: n*1000 + m, Value: series.Long(m)})
		}
		pieces = append(pieces, one)
	}
	first := newRowList(map[viewrows.Key]string{}, newMadeRows())
	if err := addSeries(first, teams.LinesOf(pieces)[0]); err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(pieces)
	other[20].Points = slices.Clone(other[20].Points)
	other[20].Points[500].Value = series.Long(-1)
	first.takeChanges()
	list := newRowList(first.kept, first.made)
	if err := addSeries(list, teams.LinesOf(other)[0]); err != nil {
		t.Fatal(err)
	}
	// a row that crosses from one piece to the next does not stand in memory as one
	if all, made := len(list.kept), len(list.rows); all < 200 || made == 0 || made > 40 {
		t.Errorf("%d of %d rows are made", made, all)
	}
}

// TestFormerRowsOfSeries: rows of a series in one, as former versions kept them, are replaced by its parts.
func TestFormerRowsOfSeries(t *testing.T) {
	eachDatabase(t, func(t *testing.T, rows viewrows.Rows, ask func(string) []string) {
		line := hourly(1000)
		head := viewrows.Row{Key: viewrows.Key{Kind: kindSeries, Key: line.Key}, Digest: seriesForm + line.Digest}
		body, err := series.AppendPoints([]byte(`{"class":"c","labels":{},"points":`), line.Pieces[0].Points)
		if err != nil {
			t.Fatal(err)
		}
		head.Body = string(append(body, '}'))
		short := viewrows.Row{Key: viewrows.Key{Kind: kindSeries, Key: "gone{}"}, Digest: "1:x",
			Body: `{"class":"gone","labels":{},"points":[[1,2]]}`}
		if err := rows.Put(t.Context(), "Kubernetes", []viewrows.Row{head, short}, nil); err != nil {
			t.Fatal(err)
		}
		k := &keeper{rows: rows}
		if k.kept.digests, err = rows.Digests(t.Context(), "Kubernetes"); err != nil {
			t.Fatal(err)
		}
		k.write(t, line)
		if got := ask(ofSeries); len(got) != 1000 {
			t.Errorf("%d points are found, want 1000", len(got))
		}
	})
}

// TestListThatForgets: who makes rows once holds no points and no figures of what they were made of.
func TestListThatForgets(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(200))
	list := newRowList(map[viewrows.Key]string{}, newMadeRows())
	list.forgets = true
	if err := addSeries(list, hourly(1000)); err != nil {
		t.Fatal(err)
	}
	for _, head := range team.Sprints(team.Now()) {
		if err := addSprint(list, team, head.ID, team.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if len(list.rows) < 10 || len(list.made.series)+len(list.made.sprints) > 0 {
		t.Errorf("of %d rows %d series and %d sprints are held", len(list.rows), len(list.made.series),
			len(list.made.sprints))
	}
}

// TestManyBodiesArePacked: of many rows no more than a bound is held as text until they are written, and a reader finds
// all of them.
func TestManyBodiesArePacked(t *testing.T) {
	if testing.Short() {
		t.Skip("120000 points are packed and written")
	}
	eachDatabase(t, func(t *testing.T, rows viewrows.Rows, ask func(string) []string) {
		line := hourly(120_000)
		k := &keeper{rows: rows}
		changed, _, bytes := k.write(t, line)
		if packed := len(changed) - countPlain(changed); bytes > mostPlain || packed < len(changed)/4 {
			t.Errorf("of %d rows %d are packed, and %d bytes are not", len(changed), packed, bytes)
		}
		if got := ask(ofSeries); len(got) != 120_000 || got[119_999] != ask(ofSeries + ` DESC LIMIT 1`)[0] {
			t.Errorf("%d points are found", len(got))
		}
		if again, _, _ := (&keeper{rows: rows, kept: kept{digests: k.kept.digests}}).write(t, line); len(again) > 0 {
			t.Errorf("%d rows are written again", len(again))
		}
	})
}

// countPlain counts the rows whose bodies are held as text.
func countPlain(rows []viewrows.Row) (count int) {
	for _, r := range rows {
		if r.Body != "" {
			count++
		}
	}
	return count
}
