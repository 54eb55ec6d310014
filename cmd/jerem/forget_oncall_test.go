package main

import (
	"path/filepath"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/store/oncall"
	"jerem/testrun"
)

// TestForgetTeamOnCall: where on call keeps anything, who takes a team out is told that duties and pay stay; where it
// keeps nothing, nothing is told of it.
func TestForgetTeamOnCall(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	place := filepath.Join(t.TempDir(), "jerem.db")
	config := forgetFile(t, jira, "store: {path: '"+place+"'}\n", "", false)
	for _, kept := range []bool{false, true} {
		if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
			t.Fatal(errs)
		}
		if kept {
			duties, err := oncall.Open(t.Context(), oncall.PathBeside(place))
			if err != nil {
				t.Fatal(err)
			}
			if err := duties.Close(); err != nil {
				t.Fatal(err)
			}
		}
		_, errs, code := call(t, nil, "-c", config, "forget", "--team", "Kubernetes", "--yes")
		told := strings.Contains(errs, "on call: duties, call-outs and statements of team Kubernetes stay")
		if code != 0 || told != kept {
			t.Errorf("on call keeps anything: %v, exit %d: %s", kept, code, errs)
		}
		if exists, err := oncall.Exists(t.Context(), oncall.PathBeside(place)); err != nil || exists != kept {
			t.Errorf("on call is kept afterwards: %v, %v", exists, err)
		}
	}
}
