package plan

import (
	"regexp"
	"strings"
	"testing"

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
