package sqlviews

import (
	"maps"
	"slices"
	"testing"

	"jerem/store/viewrows"
	"jerem/teams"
)

// TestRowsThatStandAreNotListed: after the first time those rows alone are listed that may differ, however many stand;
// and those are gone whose series, or epics, are no more.
func TestRowsThatStandAreNotListed(t *testing.T) {
	other := hourly(500)
	other.Key = "other{}"
	kept, made := map[viewrows.Key]string{}, newMadeRows()
	add := func(epics bool, lines ...teams.Line) (listed int, gone []viewrows.Key) {
		t.Helper()
		list := newRowList(kept, made)
		for _, line := range lines {
			if err := addSeries(list, line); err != nil {
				t.Fatal(err)
			}
		}
		if epics {
			if err := list.addRow(kindEpic, "Q1-26", []int{1}); err != nil {
				t.Fatal(err)
			}
		}
		listed = len(list.rows)
		_, gone = list.takeChanges()
		return listed, gone
	}
	keysOf := func(line teams.Line) (keys []viewrows.Key) {
		for _, head := range made.series[line.Key].heads {
			keys = append(keys, head.Key)
		}
		return keys
	}
	line := hourly(20_000)
	if listed, gone := add(true, line, other); listed != len(kept) || listed < 100 || len(gone) > 0 {
		t.Fatalf("%d of %d rows are listed the first time, gone are %v", listed, len(kept), gone)
	}
	went := append(keysOf(other), viewrows.Key{Kind: kindEpic, Key: "Q1-26"})
	longer := hourly(20_001)
	longer.Pieces[0].Points = append(line.Pieces[0].Points, longer.Pieces[0].Points[20_000])
	listed, gone := add(false, longer)
	if listed == 0 || listed > 2 {
		t.Errorf("a point after 20,000 lists %d rows", listed)
	}
	if !sameKeys(gone, went) {
		t.Errorf("gone are %v, want %v", gone, went)
	}
	if want := keysOf(longer); !sameKeys(slices.Collect(maps.Keys(kept)), want) {
		t.Errorf("kept are %d rows, want %d", len(kept), len(want))
	}
	if listed, gone := add(false, longer); listed > 0 || len(gone) > 0 {
		t.Errorf("nothing is another, and %d rows are listed, gone are %v", listed, gone)
	}
}

// sameKeys tells whether two lists have the same keys, in any order.
func sameKeys(a, b []viewrows.Key) bool {
	set := func(list []viewrows.Key) map[viewrows.Key]int {
		counts := map[viewrows.Key]int{}
		for _, key := range list {
			counts[key]++
		}
		return counts
	}
	return maps.Equal(set(a), set(b))
}
