package plan

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/sync/synctest"
)

// TestSettingsOfLabels: other labels of initiatives or dependencies are other figures and the same issues; those of
// before they could be configured stand in no settings, so that what was kept then still holds.
func TestSettingsOfLabels(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	before := SettingsOf(conf, "UTC")
	if strings.Contains(before.String(), "Project_") || strings.Contains(before.String(), "dependency") {
		t.Errorf("what every team had before is told: %s", before)
	}
	other := conf
	other.Initiative.Label = regexp.MustCompile(`^init-(.+)$`)
	waiting := conf
	waiting.Dependency.Labels = []string{"waits"}
	for name, changed := range map[string]Settings{
		"another label of initiatives": SettingsOf(other, "UTC"),
		"other labels of dependencies": SettingsOf(waiting, "UTC"),
	} {
		if changed.figures == before.figures || !changed.sameScope(before.String()) {
			t.Errorf("%s: %s, before %s", name, changed, before)
		}
	}
}

// TestSettingsOfQuarters: another way to tell quarters is another scope, for it decides of which epics issues of other
// projects are read; what was kept before it could be configured still holds.
func TestSettingsOfQuarters(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	before := SettingsOf(conf, "UTC")
	by := func(way agile.QuarterBy) agile.Team {
		other := conf
		other.Quarter.By = way
		return other
	}
	if label := SettingsOf(by(agile.ByLabel), "UTC"); label != before {
		t.Errorf("labels said outright: %s, before %s", label, before)
	}
	for _, way := range []agile.QuarterBy{agile.ByFixVersion, agile.ByDueDate} {
		if now := SettingsOf(by(way), "UTC"); now.sameScope(before.String()) || before.sameScope(now.String()) {
			t.Errorf("by %s the scope is that by label: %s", way, now)
		}
	}
}

// TestSettingsOfFigures: whatever figures depend on stands in the settings, so that what was posted by others is
// computed again; what every team has by default stands in none, for kept settings of before say nothing of it.
func TestSettingsOfFigures(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	conf.Sprint.History, conf.Flow.Untouched = 6, 5
	before := SettingsOf(conf, "UTC")
	if strings.Contains(before.String(), formerRules) || strings.Contains(before.String(), " off ") ||
		strings.Contains(before.String(), " budget ") {
		t.Errorf("what every team had before is told: %s", before)
	}
	for name, change := range map[string]func(*agile.Team){
		"days off":      func(t *agile.Team) { t.Calendar.DaysOff = "FR 2026-12-24" },
		"budget":        func(t *agile.Team) { t.Sprint.Budget = time.Hour },
		"budget with":   func(t *agile.Team) { t.Sprint.BudgetIncludes = agile.WithOnCall },
		"capacity":      func(t *agile.Team) { t.Sprint.Capacity = time.Hour },
		"history":       func(t *agile.Team) { t.Sprint.History = 3 },
		"waiting":       func(t *agile.Team) { t.Flow.Waiting = []string{"Blocked"} },
		"untouched":     func(t *agile.Team) { t.Flow.Untouched = 4 },
		"working hours": func(t *agile.Team) { t.Calendar.End = time.Hour },
		"grace":         func(t *agile.Team) { t.Sprint.Grace = time.Hour },
	} {
		other := conf
		change(&other)
		if now := SettingsOf(other, "UTC"); now.figures == before.figures || !now.sameScope(before.String()) {
			t.Errorf("%s: %s, before %s", name, now, before)
		}
	}
}
