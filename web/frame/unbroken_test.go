package frame

import (
	"html/template"
	"testing"
)

func TestDatesStayOnOneLine(t *testing.T) {
	for _, c := range []struct {
		text any
		want template.HTML
	}{
		{"", ""},
		{"3 points & more", "3 points &amp; more"},
		{"by Fri 20 Nov; then", `by <span class="nobr">Fri 20 Nov</span>; then`},
		{"12 Oct 2026 to Wed 13 Jan 2027",
			`<span class="nobr">12 Oct 2026</span> to <span class="nobr">Wed 13 Jan 2027</span>`},
		{template.HTML(`on <a title="Fri 20 Nov" href="/">Fri 20 Nov</a>.`),
			`on <a title="Fri 20 Nov" href="/"><span class="nobr">Fri 20 Nov</span></a>.`},
		{"odds: under 1\u202f%", `odds: <span class="nobr">under 1` + "\u202f" + `%</span>`},
		{"20 Novelties, 120 Nov, May 20", "20 Novelties, 120 Nov, May 20"},
	} {
		if got := unbroken(c.text); got != c.want {
			t.Errorf("of %q: want %s, got %s", c.text, c.want, got)
		}
	}
}
