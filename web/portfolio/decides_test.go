package portfolio

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure/outlook"
	"jerem/web/frame"
)

// rowOfState is an initiative in a state, whose date a team decides.
func rowOfState(name, state, decides string, odds float64) outlook.Row {
	row := outlook.Row{Kind: outlook.KindInitiative, Name: name, Odds: &odds, Teams: []string{decides, "Other"}}
	row.State, row.Decides = state, &decides
	return row
}

// TestDecides: the team that decides most of what may be late is named with its count, which opens and adds up; where
// no team stands out nobody is named.
func TestDecides(t *testing.T) {
	storage := []outlook.Row{
		rowOfState("A", outlook.StateUnlikely, "Storage", 0.1),
		rowOfState("B", outlook.StateAtRisk, "Storage", 0.5),
		rowOfState("C", outlook.StateAtRisk, "Network", 0.4),
		rowOfState("D", outlook.StateOnTrack, "Network", 0.9),
	}
	told := func(rows []outlook.Row) (string, []frame.Explanation) {
		var p page
		p.writeDecides(rows, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), "")
		return string(p.Decides), p.Explains
	}
	text, opened := told(storage)
	if !strings.HasPrefix(text, `<a class="fig" href="#explain-decided">2</a> of the `) ||
		!strings.HasSuffix(text, " hinge on Storage.") {
		t.Errorf("told %q", text)
	}
	if len(opened) != 1 || opened[0].Value != "2" || len(opened[0].Rows) != 3 ||
		opened[0].Rows[0].Value != "1" || opened[0].Rows[2].Value != "0" {
		t.Errorf("opens %+v", opened)
	}
	if text, _ := told(storage[:2]); text != `All <a class="fig" href="#explain-decided">2</a> that are at risk or `+
		"unlikely hinge on Storage." {
		t.Errorf("of all it is told %q", text)
	}
	alone := slices.Clone(storage[:2])
	for n := range alone {
		alone[n].Teams = []string{"Storage"}
	}
	for name, rows := range map[string][]outlook.Row{
		"one team":     alone,
		"one row each": {storage[0], storage[2]},
		"two and two":  append(storage[:3:3], rowOfState("E", outlook.StateUnlikely, "Network", 0)),
		"in time":      {storage[3], storage[3]},
		"nothing":      nil,
	} {
		if text, opened := told(rows); text != "" || opened != nil {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestLongTable: the table of odds is longer than a sheet of paper by all of its rows, those that are folded on the
// screen too, and the heads of its groups.
func TestLongTable(t *testing.T) {
	for rest, want := range map[int]bool{0: false, 5: false, 6: true} {
		table := oddsTable{Groups: []oddsGroup{{Rows: make([]oddsRow, 8)}, {Rows: make([]oddsRow, 15),
			Rest: make([]oddsRow, rest)}}}
		if table.IsLong() != want {
			t.Errorf("with %d more: %v, want %v", rest, table.IsLong(), want)
		}
	}
}

// TestWorstFirst: without an order that was asked for the least likely rows come first, done ones last.
func TestWorstFirst(t *testing.T) {
	table := oddsTable{Groups: []oddsGroup{{Rows: []oddsRow{
		{Name: "done", row: rowOfState("", outlook.StateDone, "", 1)},
		{Name: "40", row: rowOfState("", outlook.StateAtRisk, "", 0.4)},
		{Name: "90", row: rowOfState("", outlook.StateOnTrack, "", 0.9)},
		{Name: "20", row: rowOfState("", outlook.StateUnlikely, "", 0.2)},
		{Name: "5", row: rowOfState("", outlook.StateUnlikely, "", 0.05)},
	}}}}
	table.orderByVerdict()
	var names []string
	for _, row := range table.Groups[0].Rows {
		names = append(names, row.Name)
	}
	if got := strings.Join(names, " "); got != "5 20 40 90 done" {
		t.Errorf("in the order %s", got)
	}
}
