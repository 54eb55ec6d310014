package measure_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jerem/measure/storycheck"
)

// TestStories holds all figures against those that were worked out by hand; see testdata.
func TestStories(t *testing.T) { storycheck.Run(t, "testdata") }

// TestStoriesAreListed: the table of edge cases names stories and tests that exist, and each story.
func TestStoriesAreListed(t *testing.T) {
	table, err := os.ReadFile("testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, file := range storycheck.Files(t, "testdata") {
		known[storycheck.Name(file)] = false
	}
	tests := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, pattern := range []string{"*_test.go", "*/*_test.go", "internal/*/*_test.go", "../agile/*_test.go",
		"../agile/rules/*_test.go", "../calendar/*_test.go", "../sync/*_test.go", "../store/db/sqlite/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range tests.FindAllSubmatch(source, -1) {
				known[string(m[1])] = true
			}
		}
	}
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			continue
		}
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[2], -1) {
			if _, ok := known[m[1]]; !ok {
				t.Errorf("the table names %s, which does not exist", m[1])
			}
			known[m[1]] = true
		}
	}
	for name, listed := range known {
		if !listed {
			t.Errorf("the table does not name the story %s", name)
		}
	}
}
