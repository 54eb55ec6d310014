package portfolio

import (
	"testing"

	"jerem/calendar"
)

// TestEndsOfTheQuarter: a quarter of teams whose years begin in one month has one last day; of others each row has that
// of its own teams, and what is said of all names none.
func TestEndsOfTheQuarter(t *testing.T) {
	december, march := calendar.Date{Year: 2026, Month: 12, Day: 31}, calendar.Date{Year: 2027, Month: 3, Day: 31}
	same, others := quarterEnds{"A": december, "B": december}, quarterEnds{"A": december, "B": march}
	for _, c := range []struct {
		ends  quarterEnds
		teams []string
		words string
		last  calendar.Date
	}{
		{same, nil, "Thu 31 Dec", december},
		{same, []string{"B"}, "Thu 31 Dec", december},
		{others, nil, "the end of Q4-26", march},
		{others, []string{"A", "B"}, "the end of Q4-26", march},
		{others, []string{"A"}, "Thu 31 Dec", december},
		{others, []string{"B"}, "Wed 31 Mar", march},
	} {
		if got := c.ends.endInWords("Q4-26", c.teams); got != c.words || c.ends.lastOf(c.teams) != c.last {
			t.Errorf("%v of %v: %s, %v", c.teams, c.ends, got, c.ends.lastOf(c.teams))
		}
	}
}
