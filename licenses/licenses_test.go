package licenses

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readText reads the text that the program holds. It is that of NOTICES.txt.
func readText(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	if err := WriteText(&text); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("NOTICES.txt")
	if err != nil || text.String() != string(file) {
		t.Fatalf("what the program holds is not NOTICES.txt: run go generate ./licenses: %v", err)
	}
	return text.String()
}

// TestNoticesAreComplete: the list of NOTICES.txt is what the program is linked from.
func TestNoticesAreComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("asks go list for four systems")
	}
	list := exec.Command("go", "run", "../tools/licenses", "-C", "..", "-list")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for line := range strings.Lines(readText(t)) {
		if strings.HasPrefix(line, "- ") && !strings.Contains(line, "TAWOS") {
			named = append(named, strings.TrimSpace(line))
		}
		if strings.Contains(line, "TAWOS") {
			break // here the texts begin
		}
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(out)), "\n"), named); diff != "" {
		t.Errorf("what is built in and NOTICES.txt differ (-built in +named): run go generate ./licenses\n%s", diff)
	}
}

// TestNoticesHaveTexts: each component that is named has a text, and the licences that ask for it are whole.
func TestNoticesHaveTexts(t *testing.T) {
	list, texts, ok := strings.Cut(readText(t), "- counts by day out of the TAWOS dataset\n")
	own, err := os.ReadFile("../LICENSE")
	if err != nil || !strings.HasPrefix(string(own), "SPDX-License-Identifier: Apache-2.0\n") {
		t.Fatalf("LICENSE does not begin with its identifier: %v", err)
	}
	if !ok || !strings.HasPrefix(list, string(own)) {
		t.Fatal("NOTICES.txt does not begin with LICENSE and the list")
	}
	names := 0
	for line := range strings.Lines(list) {
		if name, ok := strings.CutPrefix(line, "- "); ok {
			names++
			if !strings.Contains(texts, "\n"+name) {
				t.Errorf("%s has no text", strings.TrimSpace(name))
			}
		}
	}
	if names < 20 {
		t.Errorf("%d components are named", names)
	}
	for _, want := range []string{"END OF TERMS AND CONDITIONS", "The Go Authors", "The SQLite",
		"Permission is hereby granted, free of charge"} {
		if !strings.Contains(texts, want) {
			t.Errorf("no text holds %q", want)
		}
	}
}
