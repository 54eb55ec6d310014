package verify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall/roster"
)

// TestSetAside: what is set aside is told by source with its number and the last reason, behind other warnings and
// before what is well.
func TestSetAside(t *testing.T) {
	aside := []roster.SetAside{{Source: "prod", Events: 2, Why: "at is no time"},
		{Source: "gen", Events: 1, Why: "person is nobody of on-call"}}
	before := []Finding{{Severity: Warning, Part: "rest", Text: "short"},
		{Severity: OK, Part: "coverage", Text: "whole"}}
	want := []string{
		"warning rest on-call: short",
		"warning set_aside on-call: 2 events of the source prod are set aside, the last one: at is no time",
		"warning set_aside on-call: an event of the source gen is set aside: person is nobody of on-call",
		"ok coverage on-call: whole",
	}
	found := WithSetAside(before, aside)
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Error(diff)
	}
	for _, f := range found[1:3] {
		if f.Remedy == "" {
			t.Errorf("%s has no remedy", f.Text)
		}
	}
	if got := WithSetAside(before, nil); len(got) != len(before) {
		t.Errorf("of nothing is told %v", told(got))
	}
}
