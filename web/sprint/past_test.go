package sprint

import "testing"

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{"Sprint 23": "23", "Kubernetes 7: GPU node pools": "7",
		"NET 2026-W45": "2026-W45", "Alpha": "Alpha", "Team Rocket sprint": "sprint", "K8S #12 - end": "#12", "": "",
		" ": " ", "2026.4": "2026.4"} {
		if got := shortName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
