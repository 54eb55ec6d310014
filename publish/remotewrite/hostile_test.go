package remotewrite

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"jerem/series"
)

// TestHostileLabels: names with commands to terminals, line ends or marks of direction reach a Prometheus without them,
// two never under one name, and what deletes a series names what was written; every other name stays as it is.
func TestHostileLabels(t *testing.T) {
	label := func(name string) string {
		t.Helper()
		s := &series.Series{Class: "jerem.agile.sprint.added",
			Labels: map[string]string{"project": "K8S", "sprint": name}}
		for _, l := range MetricOf(s) {
			if l.Name == "sprint" {
				return l.Value
			}
		}
		t.Fatalf("%q has no label", name)
		return ""
	}
	seen := map[string]string{}
	for _, name := range []string{"\x1b[31mred\x07", "\x07[31mred\x1b", "a\u202eb", "a\u202db", "a b", "a\nb", "a\r\nb",
		"a\tb", "a\u2028b", "a\u0085b", "\x1b", "a\x1b\xff"} {
		got := label(name)
		if strings.ContainsFunc(got, func(c rune) bool {
			return unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028'
		}) {
			t.Errorf("%q is written as %q", name, got)
		}
		if other, isTwice := seen[got]; isTwice {
			t.Errorf("%q and %q are both written as %q", name, other, got)
		}
		seen[got] = name
		s := &series.Series{Class: "jerem.agile.sprint.added",
			Labels: map[string]string{"project": "K8S", "sprint": name}}
		if selector := selectorOf(s); !strings.Contains(selector, "sprint="+strconv.Quote(got)) {
			t.Errorf("%q is deleted by %s", name, selector)
		}
	}
	for _, name := range []string{"Sprint 21", "K8S~1", "Ü 👩\u200d💻 \u00a0x", "=1+1", "{a=\"b\"}", "日本"} {
		if got := label(name); got != name {
			t.Errorf("%q is written as %q", name, got)
		}
	}
}
