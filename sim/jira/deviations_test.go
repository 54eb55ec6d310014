package jirasim

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// deviations are the places of answers where the live service differs from its document, and whether an answer did.
type deviations map[string]bool

// hold compares the answer of a route with its schema: what differs is a known deviation or an error.
func (d deviations) hold(t *testing.T, path string, answer any, schema *openapi3.Schema) {
	t.Helper()
	if answer == nil || schema.IsEmpty() {
		t.Errorf("%s: nothing was compared", path)
	}
	for _, fault := range faultsOf(schema, answer) {
		where := path + placeOf(fault)
		if _, known := d[where]; known {
			d[where] = true
			continue
		}
		t.Errorf("%s: %v", where, fault)
	}
}

// readDeviations reads the places that DEVIATIONS.md allows, and checks that the tests it names are there.
func readDeviations(t *testing.T) deviations {
	t.Helper()
	src, err := os.ReadFile("DEVIATIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	out, named := deviations{}, 0
	for line := range strings.Lines(string(src)) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || !strings.HasPrefix(line, "| `") {
			continue
		}
		where := strings.Trim(cells[1], " `")
		if strings.HasPrefix(where, "Test") {
			named++
			if !tests(t)[where] {
				t.Errorf("DEVIATIONS.md names %s, which is no test here", where)
			}
		} else {
			out[where] = false
		}
		if !strings.Contains(cells[len(cells)-2], "http") && !strings.Contains(cells[len(cells)-2], "recorded") {
			t.Errorf("DEVIATIONS.md: %s names no source", where)
		}
	}
	if len(out) == 0 || named == 0 {
		t.Fatal("DEVIATIONS.md holds no table")
	}
	return out
}

// tests lists the tests of this package.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	files, _ := filepath.Glob("*_test.go")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)`).FindAllSubmatch(b, -1) {
			out[string(m[1])] = true
		}
	}
	return out
}
