package verify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall/roster"
)

// TestSetAside: what is set aside is told by source with its number and the last reason, behind other warnings and
// before what is well; what was understood and waits is nothing to tell.
func TestSetAside(t *testing.T) {
	events := []roster.RawEvent{{Source: "prod", Why: `"x" is no team of the file`}, {Source: "pager"},
		{Source: "gen", Why: "person is nobody of on-call"}, {Source: "prod", Why: "at is no time"}}
	before := []Finding{{Severity: Warning, Part: "rest", Text: "short"}, {Severity: OK, Part: "coverage", Text: "whole"}}
	want := []string{
		"warning rest on-call: short",
		"warning set_aside on-call: 2 events of the source prod are set aside, the last one: at is no time",
		"warning set_aside on-call: an event of the source gen is set aside: person is nobody of on-call",
		"ok coverage on-call: whole",
	}
	found := WithSetAside(before, events)
	if diff := cmp.Diff(want, told(found)); diff != "" {
		t.Error(diff)
	}
	for _, f := range found[1:3] {
		if f.Remedy == "" {
			t.Errorf("%s has no remedy", f.Text)
		}
	}
	if got := WithSetAside(before, events[1:2]); len(got) != len(before) {
		t.Errorf("of nothing is told %v", told(got))
	}
}
