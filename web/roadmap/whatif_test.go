package roadmap

import (
	"regexp"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
)

// TestWhatIfSaysWhatItDoes: a change that moves the date names both, one that does not says so, and where no date is
// told as it is there is nothing to compare with.
func TestWhatIfSaysWhatItDoes(t *testing.T) {
	is, other, due := "2026-12-21", "2026-12-11", "2027-01-15"
	for _, c := range []struct {
		is, would *string
		want      string
	}{
		{&is, &other, "date would be Fri 11 Dec instead of Mon 21 Dec, with odds of 30\u202f% by Fri 15 Jan 2027"},
		{&is, &is, "date would stay Mon 21 Dec, with odds of"},
		{nil, &is, "date would be Mon 21 Dec, where none can be told as it is, with odds of"},
		{&is, nil, "further away than can be told, with odds of 30\u202f% by Fri 15 Jan 2027"},
	} {
		f := &outlook.Forecast{}
		_, s := quarterPage(t, f)
		asIs := &outlook.Forecast{Dates: outlook.LevelDates{P85: c.is}}
		odds := 0.3
		would := &outlook.Forecast{Dates: outlook.LevelDates{P85: c.would}, Odds: &odds, Deadline: &due}
		said := string(readingOfWhatIf(s, asIs, would, true))
		if said = regexp.MustCompile("<[^>]+>").ReplaceAllString(said, ""); !strings.Contains(said, c.want) {
			t.Errorf("%q, want %q", said, c.want)
		}
	}
}

// TestWhatIfLeavesOutWhatIsOpen: only an epic of which something is open is offered to be left out, whatever is done of
// it without an estimate, and one that is left out can be taken in again.
func TestWhatIfLeavesOutWhatIsOpen(t *testing.T) {
	p, s := quarterPage(t, &outlook.Forecast{})
	some := 2
	p.Q.Epics = []measure.QuarterEpic{{Key: "AA-1", Issues: 3, Unestimated: &some}, {Key: "AA-2", Issues: 3, Open: 1},
		{Key: "AA-3", Issues: 1}}
	s.Ask.Change.Without = []string{"AA-3"}
	var offered []string
	for _, one := range leaveOut(p, s) {
		offered = append(offered, one.Name)
	}
	if got := strings.Join(offered, " "); got != "AA-2 AA-3" {
		t.Errorf("offered: %s", got)
	}
}

// TestDueDayHasItsYear: the day of the slider names its year where that is another one.
func TestDueDayHasItsYear(t *testing.T) {
	p, s := quarterPage(t, &outlook.Forecast{})
	for date, want := range map[string]string{"2027-01-15": "Fri 15 Jan 2027", "2026-12-15": "Tue 15 Dec"} {
		due, _ := format.DateOf(&date)
		s.Last = due
		sliders := makeSliders(p, s, outlook.Question{})
		if shown := sliders[2].Shown; !strings.HasSuffix(shown, ", "+want) {
			t.Errorf("due %s: %s", date, shown)
		}
	}
}
