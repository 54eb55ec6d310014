package webtest

import "testing"

// TestMiscounted: what is not of one number is found across the tags of a line, in what is read out and behind a narrow
// space; numbers of which a 1 is a part, verbs of the singular and what stands in another cell are not.
func TestMiscounted(t *testing.T) {
	for text, want := range map[string]int{
		"1 hours": 1, "<b>1</b> <small>call-outs</small>": 1, `<svg aria-label="1 points">`: 1, "+1 points": 1,
		"1\u202fworking days": 1, "of 1 issues": 1, "1 remain": 1, "1 were kept": 1, "0 issue left": 1, "2 point.": 1,
		"12 remains in":          1,
		"1 working day are left": 1, "<a>1 working day</a> are left": 1, "1 point remain in": 1, "of 5, 1 wait on": 1,
		"1 call-out were": 1, "1 working day is left": 0, "1 point remains in": 0, "21 days are": 0, "11 hours": 0,
		"0.1 hours": 0, "1 hour": 0, "1 remains": 0, "Q1 points": 0, "0 issues": 0,
		"<td>1</td>\n<td>hours</td>": 0, "a 2 day-long": 0, "1\u202f001 hours": 0, "10:01 hours": 0,
	} {
		if got := Miscounted(text); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
