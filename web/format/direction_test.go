package format

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestIsolateMarkup: a name has its own direction wherever it is shown, and what is sent back stays. Brackets stand for
// the marks of isolation.
func TestIsolateMarkup(t *testing.T) {
	marks := strings.NewReplacer("[", isolateStart, "]", isolateEnd)
	for in, want := range map[string]string{
		"<p>Partial: team A: 4 of 31, “é” — 5</p>":       "<p>Partial: team A: 4 of 31, “é” — 5</p>",
		"<p>Partial: فريق: 4 of 31</p>":                  "<p>Partial: [فريق]: 4 of 31</p>",
		"<p>فريق 4 of 31</p>":                            "<p>[فريق] 4 of 31</p>",
		"<p>the sprint فريق-7, the rest</p>":             "<p>the sprint [فريق-7], the rest</p>",
		"<p>Of فريق البيانات, צוות 3 ב: 4 of 31</p>":     "<p>Of [فريق البيانات], [צוות 3 ב]: 4 of 31</p>",
		"<p>فريق API 2</p>":                              "<p>[فريق] API 2</p>",
		"<a href=\"/\">\n  فريق 7\n</a> 4 of 31":         "<a href=\"/\">\n  <bdi>فريق 7</bdi>\n</a> 4 of 31",
		"<title>فريق: Jerem</title>":                     "<title>[فريق]: Jerem</title>",
		"<svg class=\"c\"><text>فريق</text></svg>فريق":   "<svg class=\"c\"><text>[فريق]</text></svg><bdi>فريق</bdi>",
		"<svg a=\"1\"/>فريق":                             "<svg a=\"1\"/><bdi>فريق</bdi>",
		"<input value=\"فريق 4\" title=\"فريق 4\">":      "<input value=\"فريق 4\" title=\"[فريق] 4\">",
		"<a aria-label=\"Take &#34;فريق&#34;: 4\">4</a>": "<a aria-label=\"Take &#34;[فريق]&#34;: 4\">4</a>",
		"<textarea>فريق</textarea>":                      "<textarea>فريق</textarea>",
		"<option>فريق 4</option>":                        "<option>فريق 4</option>",
		"<option value=\"1\">فريق: 4</option>":           "<option value=\"1\">[فريق]: 4</option>",
		"<script>\"فريق\"</script><p>فريق</p>":           "<script>\"فريق\"</script><p><bdi>فريق</bdi></p>",
		"فريق <": "<bdi>فريق</bdi> <",
	} {
		if got := IsolateMarkup(in); got != marks.Replace(want) {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// TestIsolateMarkupAddsOnly: whatever the markup, nothing is added but isolation, and each that begins ends.
func TestIsolateMarkupAddsOnly(t *testing.T) {
	without := strings.NewReplacer("<bdi>", "", "</bdi>", "", isolateStart, "", isolateEnd, "")
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOf(
			rapid.SampledFrom([]string{"<p>", "</p>", "<svg ", "<svg>", "</svg>", "<option>",
				">", "<", "فريق", "é", " ", "7", ": 4", "title=\"", "\"", "-", "ב", "<title>", "</title>"})).Draw(t,
			"markup"), "")
		out := IsolateMarkup(in)
		if without.Replace(out) != in || strings.Count(out, isolateStart) != strings.Count(out, isolateEnd) ||
			strings.Count(out, "<bdi>") != strings.Count(out, "</bdi>") {
			t.Fatalf("%q becomes %q", in, out)
		}
	})
}
