package source

import (
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestMeantKeyIsTheTeams: a mistyped key never leads to an issue of another team that is read for its epic alone.
func TestMeantKeyIsTheTeams(t *testing.T) {
	team := measure.Of(storytest.Read(t, "", `K-1000 2026-11-10T10:00 epic=OB-1001
OB-1001 2026-11-10T10:00 type=epic project=20
OB-1002 2026-11-10T10:00 epic=OB-1001 project=20`))
	for asked, want := range map[string]string{"K-1001": "K-1000", "KK-1000": "K-1000", "OB-1003": "", "OC-1002": "",
		"OBB-1001": "", "OB-1001": "", "ob-1002": ""} {
		if got := meantKey(team, asked); got != want {
			t.Errorf("%s leads to %q, want %q", asked, got, want)
		}
	}
}
