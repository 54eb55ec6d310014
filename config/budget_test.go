package config

import (
	"strings"
	"testing"

	"jerem/agile"
)

// TestBudgetIncludes: call-outs count in the budget where the file says so, for all teams or for one.
func TestBudgetIncludes(t *testing.T) {
	for text, want := range map[string]agile.BudgetScope{"": agile.ImpedimentsAlone,
		"sprint.budget_includes: oncall\n": agile.WithOnCall} {
		if got := mustLoad(t, minimalConfig+text).Teams[0].Sprint.BudgetIncludes; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	_, err := Load("config.yml", []byte(minimalConfig+"sprint.budget_includes: everything\n"), variables())
	if err == nil || !strings.Contains(err.Error(), "write oncall, so that call-outs count too") {
		t.Errorf("what is no scope of a budget is told as %v", err)
	}
}
