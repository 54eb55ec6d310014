package health

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLabelValueIsBounded: a name of any length is a label of at most 200 letters.
func TestLabelValueIsBounded(t *testing.T) {
	if n := utf8.RuneCountInString(labelValue(strings.Repeat("é", 10_000))); n != longestLabel {
		t.Errorf("%d letters", n)
	}
	if most := strings.Repeat("é", longestLabel); labelValue(most) != most {
		t.Error("a name of the longest length is shortened")
	}
}
