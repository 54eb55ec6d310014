package plan

import (
	"regexp"
	"strings"
	"testing"

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
