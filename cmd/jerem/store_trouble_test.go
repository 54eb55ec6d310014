package main

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/store/places"
	"jerem/testrun"
)

// TestSecondInstance: a second one on the same store is refused with what to do; export works beside the first.
func TestSecondInstance(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	first, err := places.Open(t.Context(), filepath.Join(filepath.Dir(config), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	for _, command := range []string{"collect", "serve", "rebuild"} {
		if _, errs, code := call(t, nil, "-c", config, command); code != exitFailed ||
			!strings.Contains(errs, "another jerem writes it") || !strings.Contains(errs, "store.path") {
			t.Errorf("%s: code %d: %s", command, code, errs)
		}
	}
	if out, errs, code := call(t, nil, "-c", config, "export"); code != 0 || out == "" {
		t.Errorf("export beside it: code %d: %s", code, errs)
	}
}

// TestRebuildWithoutJira: what is kept gives the same bytes again, without any Jira.
func TestRebuildWithoutJira(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	site, err := jirasim.LoadScenario("demo", jirasim.DemoScenario())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(jirasim.NewServer(site, jirasim.Options{Email: serving.SimEmail,
		Token: serving.SimToken}))
	config := demoFile(t, server.URL)
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	server.Close()
	before, _, _ := call(t, nil, "-c", config, "export")
	for range 2 {
		if out, errs, code := call(t, nil, "-c", config, "rebuild"); code != 0 ||
			!strings.Contains(out, ", 0 changed") {
			t.Errorf("rebuild: code %d: %s%s", code, out, errs)
		}
		if after, _, _ := call(t, nil, "-c", config, "export"); after != before || after == "" {
			t.Error("rebuild changed the series")
		}
	}
}
