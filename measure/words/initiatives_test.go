package words

import (
	"regexp"
	"testing"

	"jerem/agile"
)

func TestInitiativesAsConfigured(t *testing.T) {
	for expression, want := range map[string]string{
		`^Project_(.+)$`:   "An initiative is named by a label that begins with Project_.",
		`^init-(.+)$`:      "An initiative is named by a label that begins with init-.",
		`^(.+)$`:           "An initiative is named by the group of a label that matches ^(.+)$.",
		`^init.(.+)$`:      "An initiative is named by the group of a label that matches ^init.(.+)$.",
		`^(\w+)-program$`:  `An initiative is named by the group of a label that matches ^(\w+)-program$.`,
		`Project_(.+)$`:    "An initiative is named by the group of a label that matches Project_(.+)$.",
		`(?i)^init-(\w+)$`: `An initiative is named by the group of a label that matches (?i)^init-(\w+)$.`,
	} {
		if got := OfInitiatives(agile.InitiativeRule{Label: regexp.MustCompile(expression)}); got != want {
			t.Errorf("%s: %q, want %q", expression, got, want)
		}
	}
	if got := OfInitiatives(agile.InitiativeRule{}); got != "No label names an initiative: initiative.label is empty." {
		t.Error(got)
	}
}
