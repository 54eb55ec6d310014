package webtest

import "testing"

// TestMisspaced: spaces that a reader sees are found across the tags of a line and in what is read out; those of the
// source of a page, and of numbers and abbreviations, are none.
func TestMisspaced(t *testing.T) {
	for text, want := range map[string]int{
		"are unlikely.  It has": 1, "<p>are unlikely.\n  <b>It</b> has</p>": 0, "<p>one&nbsp; two</p>": 1,
		"<p>8 <a href=\"/\">points</a> , of 9</p>": 1, "<p>8 <a href=\"/\">points</a>, of 9</p>": 0, "done .": 1,
		`<svg aria-label="8 points , 9">`: 1, "it ( then)": 1, "not read..": 1, "not read.; then": 1, "and so on …": 0,
		"12\u202f000 points": 0, "<td>8</td> <td>. 9</td>": 0, `"a":"b", "c"`: 0, "a .5 and 1.5": 0,
	} {
		if got := Misspaced(text); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
