package roadmap

import (
	"regexp"
	"strings"
	"testing"

	"jerem/measure/outlook"
)

// TestWhatIfSaysWhatItDoes: a change that moves the date names both, one that does not says so, and where no date is
// told as it is there is nothing to compare with.
func TestWhatIfSaysWhatItDoes(t *testing.T) {
	is, other := "2026-12-21", "2026-12-11"
	for _, c := range []struct {
		is, would *string
		want      string
	}{
		{&is, &other, "date would be Fri 11 Dec instead of Mon 21 Dec, with odds of"},
		{&is, &is, "date would stay Mon 21 Dec, with odds of"},
		{nil, &is, "date would be Mon 21 Dec, where none can be told as it is, with odds of"},
		{&is, nil, "date would lie further away than can be told"},
	} {
		f := &outlook.Forecast{}
		_, s := quarterPage(t, f)
		asIs := &outlook.Forecast{Dates: outlook.LevelDates{P85: c.is}}
		odds := 0.3
		would := &outlook.Forecast{Dates: outlook.LevelDates{P85: c.would}, Odds: &odds}
		said := string(readingOfWhatIf(s, asIs, would, true))
		if said = regexp.MustCompile("<[^>]+>").ReplaceAllString(said, ""); !strings.Contains(said, c.want) {
			t.Errorf("%q, want %q", said, c.want)
		}
	}
}
