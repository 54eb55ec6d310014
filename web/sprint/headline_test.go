package sprint

import (
	"strings"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestScopeGrewByWhatItIsMore: the headline tells the growth of the scope that it names: what was added, and done, and
// left the sprint stands in the ledger, but no longer in the scope.
func TestScopeGrewByWhatItIsMore(t *testing.T) {
	end := steadyAt.AddDate(0, 0, 4)
	h := steadySprint(end, 5, 8)
	added := h.Issues[3]
	added.Sprints = agile.Constant(added.Created, []int64{})
	storytest.Become(&added.Sprints, steadyAt.AddDate(0, 0, -5), []int64{7})
	storytest.Become(&added.Status, steadyAt.AddDate(0, 0, -4), "6")
	if m := sprintPage(t, h); !strings.Contains(string(m.Rest), "; the scope grew by <a") {
		t.Errorf("8 points were added: %s", m.Rest)
	}
	storytest.Become(&added.Sprints, steadyAt.AddDate(0, 0, -3), []int64{})
	m := sprintPage(t, h)
	if scope, l := *m.Sprint.Scope, m.Sprint.Ledger; scope != l.Commitment || l.Added == 0 {
		t.Fatalf("the scope is %v, committed were %v, added %v", scope, l.Commitment, l.Added)
	}
	if strings.Contains(string(m.Rest), "the scope") {
		t.Errorf("the scope is what was committed: %s", m.Rest)
	}
}

// TestNatureAsJiraWritesIt: a name out of Jira stands in the headline as it is, with its capitals.
func TestNatureAsJiraWritesIt(t *testing.T) {
	for _, name := range []string{"SRE", "API gateway", "on call"} {
		sp := &measure.Sprint{Impediments: &measure.Impediments{Seconds: 7200,
			ByNature: []measure.Nature{{Nature: name, Seconds: 7200}}}}
		if told := impedimentsTook(sp); !strings.HasSuffix(told, ", mostly "+name) {
			t.Errorf("told %q", told)
		}
	}
}
