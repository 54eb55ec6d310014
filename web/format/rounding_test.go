package format

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRoundingNote(t *testing.T) {
	for _, c := range []struct {
		sum   string
		parts []string
		want  string
	}{
		{"12.1", []string{"0.8", "3.3", "–", "1.5", "6.4"}, "add up to 12.0; together they are 12.1."},
		{"12.1", []string{"3.8", "3.3", "2.7", "1.5", "0.8", "no time logged"}, ""},
		{HoursColumn(3600 * 1234), []string{HoursColumn(3600*1000 + 160), HoursColumn(3600*233 + 3440)}, ""},
		{"6.4", []string{"3.8", "2.7"}, "these hours add up to 6.5;"},
		{"−0.4", []string{"+1.2", "−1.7"}, "add up to −0.5; together they are −0.4"},
		{"6.4", []string{"3.8", "1.7"}, ""}, // that is not rounding
		{"6", []string{"2", "4"}, ""},
		{"–", []string{"2.0", "3.9"}, ""},
		{"0.0", nil, ""},
	} {
		got := RoundingNote("hours", c.sum, c.parts...)
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%v of %s: %q, want %q", c.parts, c.sum, got, c.want)
		}
	}
}

// TestRoundingIsAlwaysTold: whatever the parts of a sum are, the page shows parts that add up or says that they do not.
func TestRoundingIsAlwaysTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Int64Range(-5_000_000, 20_000_000), 0, 40).Draw(t, "seconds")
		var sum int64
		var shown []string
		added := 0
		for _, seconds := range parts {
			sum += seconds
			shown = append(shown, HoursColumn(seconds))
			n, _ := tenths(HoursColumn(seconds))
			added += n
		}
		whole, ok := tenths(HoursColumn(sum))
		if !ok {
			t.Fatalf("%s is not read", HoursColumn(sum))
		}
		if told := RoundingNote("hours", HoursColumn(sum), shown...) != ""; told != (added != whole) {
			t.Fatalf("%v add up to %d tenths, the sum is %d: told %v", shown, added, whole, told)
		}
	})
}
