package portfolio

import (
	"regexp"
	"strings"
	"testing"

	"jerem/calendar"
	"jerem/measure/outlook"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// TestHeldOfThoseDue: of the dates that were told at the middle of a quarter, those that still lie ahead of work that
// is not done count neither as held nor as missed.
func TestHeldOfThoseDue(t *testing.T) {
	row := func(came, p85, held string) outlook.Row {
		row := outlook.Row{Kind: outlook.KindInitiative, Name: p85, State: outlook.StateUnlikely,
			Told: &outlook.Told{}}
		if came != "" {
			row.Came = &came
		}
		if p85 != "" {
			row.Told.P85 = &p85
		}
		if held != "" {
			is := held == "yes"
			row.Told.Held = &is
		}
		return row
	}
	inTime, late, missed := row("2026-12-20", "2026-12-24", "yes"), row("2027-01-04", "2026-12-24", "no"),
		row("", "2026-12-24", "no")
	ahead, untold := row("", "2027-03-17", ""), row("2026-12-24", "", "")
	for _, c := range []struct {
		name string
		rows []outlook.Row
		want string
	}{
		{"some lie ahead", []outlook.Row{inTime, late, missed, ahead, ahead, untold},
			"2 of 6 initiatives were done by Thu 31 Dec and 1 came later; of 3 dates told at the middle at 85 %, " +
				"1 held, with 2 more still ahead"},
		{"all lie ahead", []outlook.Row{ahead, ahead},
			"0 of 2 initiatives were done by Thu 31 Dec; of 2 dates told at the middle at 85 %, none is due yet"},
		{"none lies ahead", []outlook.Row{inTime, missed},
			"1 of 2 initiatives was done by Thu 31 Dec; of 2 dates told at the middle at 85 %, 1 held"},
		{"none was told", []outlook.Row{untold, untold}, "2 of 2 initiatives were done by Thu 31 Dec"},
	} {
		table := oddsTable{Past: true, Due: "Thu 31 Dec",
			ends: quarterEnds{"": calendar.Date{Year: 2026, Month: 12, Day: 31}}}
		said := strings.ReplaceAll(tags.ReplaceAllString(table.sentenceOf(c.rows), ""), "\u202f", " ")
		if said != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, said, c.want)
		}
	}
}

// TestUntoldAreFolded: rows that cannot tell stand in one line that opens, behind those that can; a few of them stay,
// and of a group that can tell nothing some do.
func TestUntoldAreFolded(t *testing.T) {
	for _, c := range []struct {
		told, untold, shown, folded int
		name                        string
	}{
		{2, 3, 5, 0, "0 more teams"},
		{2, 4, 6, 0, "0 more teams"},
		{9, 4, 9, 4, "4 more teams where it cannot tell"},
		{0, 100, 3, 97, "97 more teams where it cannot tell"},
		{30, 9, 20, 19, "19 more teams, 9 of which cannot tell"},
	} {
		g := oddsGroup{Name: "Team"}
		for n := range c.told + c.untold {
			row := oddsRow{row: outlook.Row{State: outlook.StateOnTrack}}
			if n >= c.told {
				row.row.State = outlook.StateUnknown
			}
			g.Rows = append(g.Rows, row)
		}
		g.fold(true)
		if len(g.Rows) != c.shown || len(g.Rest) != c.folded || g.RestName != c.name {
			t.Errorf("of %d and %d that cannot tell %d are shown and %d folded as %q; want %d, %d, %q",
				c.told, c.untold, len(g.Rows), len(g.Rest), g.RestName, c.shown, c.folded, c.name)
		}
	}
}
