package agile

import (
	"regexp"
	"testing"
)

// TestInitiativeNames: the group of the rule's expression is the name, whatever it begins with; a prefix is cut as a
// prefix.
func TestInitiativeNames(t *testing.T) {
	project := InitiativeRule{regexp.MustCompile(`^Project_(.+)$`)}
	for label, want := range map[string]string{
		"Project_Cloud": "Cloud", "Project_reporting": "reporting", "Project_Project_A": "Project_A",
		"Project_": "", "project_Cloud": "", "My_Project_Cloud": "", "": "",
	} {
		if got := project.NameIn(label); got != want {
			t.Errorf("%q names %q, want %q", label, got, want)
		}
	}
	if got := (InitiativeRule{regexp.MustCompile(`^init-(\w+)-\d+$`)}).NameIn("init-cloud-7"); got != "cloud" {
		t.Errorf("a name in the middle of a label: %q", got)
	}
	if got := (InitiativeRule{}).NameIn("Project_Cloud"); got != "" {
		t.Errorf("without a rule there is no initiative, not %q", got)
	}
}

// TestDependencyLabels: any of the rule's labels, in any case, and no other, marks an issue that waits.
func TestDependencyLabels(t *testing.T) {
	r := DependencyRule{Labels: []string{"dependency", "Blocked-By-Ops"}}
	for _, labels := range [][]string{{"Dependency"}, {"x", "DEPENDENCY"}, {"blocked-by-ops", "y"}} {
		if !r.MarkedBy(labels) {
			t.Errorf("%v does not wait", labels)
		}
	}
	for _, labels := range [][]string{nil, {""}, {"dependency2"}, {"x"}} {
		if r.MarkedBy(labels) {
			t.Errorf("%v waits", labels)
		}
	}
	if (DependencyRule{}).MarkedBy([]string{"dependency"}) {
		t.Error("without labels nothing waits")
	}
}
