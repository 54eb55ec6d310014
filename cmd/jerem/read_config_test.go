package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jerem/cmd/jerem/setup"
	"jerem/config/schema"
	"jerem/problem"
)

func noVariables(string) string { return "" }

// TestReadConfig: what cannot be read is told with its file and what to do.
func TestReadConfig(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.yml")
	if err := os.WriteFile(good, []byte(olderFile), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := setup.ReadConfig(t.Context(), good, noVariables); err != nil || len(c.Teams) != 2 {
		t.Errorf("%+v, %v", c, err)
	}
	none := filepath.Join(dir, "none.yml")
	_, err := setup.ReadConfig(t.Context(), none, noVariables)
	if want := none + ": there is no such file (check --config and JEREM_CONFIG, or try `jerem demo`, which " +
		"needs none)"; err == nil || err.Error() != want {
		t.Errorf("no file: %v", err)
	}
	_, err = setup.ReadConfig(t.Context(), dir, noVariables)
	one := problem.Of(err, "config")
	if one == nil || one.Code != schema.Unreadable || one.Args["file"] != dir || one.Hint == "" ||
		!strings.HasPrefix(one.Message, dir+": cannot be read: ") {
		t.Errorf("a directory: %v", err)
	}
}
