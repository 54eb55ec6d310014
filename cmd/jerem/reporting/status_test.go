package reporting

import (
	"testing"

	"jerem/agile"
	"jerem/measure/summary"
)

// TestQuarterWithoutEpics: of a quarter without an epic neither what is done nor what remains is known, and neither is
// told as 0; of one with an epic both are.
func TestQuarterWithoutEpics(t *testing.T) {
	told := func(epics int) map[string]string {
		out := map[string]string{}
		s := summary.Status{Unit: agile.Points, Quarter: summary.QuarterStatus{Quarter: "Q2-27", Epics: epics}}
		for _, row := range statusRows(&s) {
			if row[0] == "Q2-27" {
				out[row[1]] = row[2]
			}
		}
		return out
	}
	if rows := told(0); rows["done"] != "–" || rows["remaining"] != "–" {
		t.Errorf("without an epic: %v", rows)
	}
	if rows := told(1); rows["done"] != "0 of 0 points" || rows["remaining"] != "0 points" {
		t.Errorf("with an epic: %v", rows)
	}
}
