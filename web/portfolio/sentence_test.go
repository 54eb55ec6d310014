package portfolio

import (
	"regexp"
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/web/format"
)

// TestSharesSentenceTellsWhatIsOpen: beside a quarter that is done by its estimates what is open without one is told,
// of the quarter's own part of its epics alone.
func TestSharesSentenceTellsWhatIsOpen(t *testing.T) {
	text := func(html string) string {
		return strings.ReplaceAll(regexp.MustCompile("<[^>]+>").ReplaceAllString(html, ""), format.Thin, " ")
	}
	for more, want := range map[string]string{
		"": "T has done 100 % of Q4-26",
		"\nK-2 2026-10-20 epic=1": "T has done 100 % of Q4-26; of T 1 issue without an estimate, or with " +
			"one of 0, is open beside that",
		"\nK-2 2026-10-20 epic=1\nK-3 2026-10-20 epic=1 points=0": "T has done 100 % of Q4-26; of T 2 " +
			"issues without an estimate, or with one of 0, are open beside that",
		"\nK-2 2026-10-20 epic=1 points=5\nK-3 2026-10-20 epic=1": "T has done 38 % of Q4-26",
	} {
		h := storytest.Read(t, "until 2026-11-20", `E-1 2026-10-01 type=epic labels=Q4-26
K-1 2026-10-20 epic=1 points=3
  2026-11-02T10:00 status=done`+more)
		h.Team.Name = "T"
		team := measure.Of(h)
		at := team.Now()
		share := shareOf(computedTeam{team: team, quarter: team.Quarter(team.QuarterAt(at), at), at: at})
		if got := text(sharesSentence([]teamShare{share}, 1, "Q4-26", false)); got != want {
			t.Errorf("%q: %q, want %q", more, got, want)
		}
	}
	over := []teamShare{{"A", 1, []string{"K-1"}}, {"B", 1, nil}, {"C", 0.5, nil}}
	want := "A had done 100 % of Q4-26 at its end, B 100 %, C 50 %; of A 1 issue without " +
		"an estimate, or with one of 0, was open beside that"
	if got := text(sharesSentence(over, 3, "Q4-26", true)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	same := make([]teamShare, 100)
	for n := range same {
		same[n].share = 0.381 + float64(n%2)/1000
	}
	if got := text(sharesSentence(same, 100, "Q4-26", false)); got != "100 teams have each done 38 % of Q4-26" {
		t.Errorf("teams that are equally far: %q", got)
	}
	shared := []teamShare{{"A", 1, []string{"K-1"}}, {"B", 1, []string{"K-1", "K-2"}}}
	if got := openBeside(shared, false); !strings.HasPrefix(got, "; of A, B 2 issues") {
		t.Errorf("an issue of two teams: %q", got)
	}
}

// TestFirstReason: of several teams of which nothing can be told a row says why of the first one, and how many more.
func TestFirstReason(t *testing.T) {
	for why, want := range map[string]string{"": "", "A: no date is told": "A: no date is told",
		"A: no date is told; B: too few days":             "A: no date is told; 1 more team cannot be told of either",
		"A: no date is told; B: too few days; C: no epic": "A: no date is told; 2 more teams cannot be told of either",
	} {
		if got := firstReason(why); got != want {
			t.Errorf("%q: %q, want %q", why, got, want)
		}
	}
}
