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

func TestSpreadOfVelocity(t *testing.T) {
	for want, got := range map[string]string{
		"in the median, between 2.7 and 4.1": spreadOfVelocity("2.7", "4.1", 6),
		"in each of 6 sprints":               spreadOfVelocity("1.2", "1.2", 6),
		"in the one sprint that was closed":  spreadOfVelocity("1.2", "1.2", 1),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
