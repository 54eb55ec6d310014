package series

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSafeCell: no cell begins a formula, whatever stands before its sign; numbers stay numbers.
func TestSafeCell(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-cmd", "@SUM(A1)", "-1+1", "--1", "\t=1", "\r=1", "\n=1", "\tx", " =1",
		"\u00a0=1", `"=1`, "'=1", `" -1+2`, "\u200b=1", "\ufeff=1", "\ufffd=1", "＝1", "＋1", "－1", "＠x", "|cmd",
		"«=1»", "-", "-.5", "-1e5", "=", "-1,5", "- 3 points"} {
		if got := SafeCell(text); !strings.HasPrefix(got, "'") || !strings.HasSuffix(got, text) {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, text := range []string{"", "0", "-3", "-36000000", "3281400.5", "-0.25", "2026-11-23T14:00:00Z", "K8S-1424",
		"Upgrade: a - b", "a=b", "Réseau", "🚀", "1-2", "50%", "(=)"} {
		if got := SafeCell(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := SafeCell("a\x1b[31mb\x00c\xff\u0085\u202e\u2066\u2028"); strings.ContainsAny(got,
		"\x1b\x00\u0085\u202e\u2066\u2028") || !utf8.ValidString(got) {
		t.Errorf("%q goes out", got)
	}
}

// FuzzSafeCell: what goes out is text that a table takes, and begins no formula.
func FuzzSafeCell(f *testing.F) {
	for _, text := range []string{"=1", "-3", "\u202e=1", " \t-x", "\"'=", "\xff=", "\u2028@", "a\nb", "\x00=1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := SafeCell(text)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\x1b\x07\x7f") {
			t.Fatalf("%q goes out", got)
		}
		if got != "" && strings.ContainsAny(got[:1], "=+@\t\r\n") || strings.HasPrefix(got, "-") && !plainNumber(got) {
			t.Fatalf("%q begins a formula", got)
		}
		var b strings.Builder
		out := csv.NewWriter(&b)
		if err := out.Write([]string{got, "x"}); err != nil {
			t.Fatal(err)
		}
		out.Flush()
		row, err := csv.NewReader(strings.NewReader(b.String())).Read()
		if err != nil || row[0] != strings.ReplaceAll(got, "\r\n", "\n") {
			t.Fatalf("%q reads back as %q, %v", got, row, err)
		}
	})
}
