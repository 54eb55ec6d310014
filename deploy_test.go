package jerem_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnitFile: systemd takes the unit file as it is, and misses nothing in it.
func TestUnitFile(t *testing.T) {
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here: install systemd to have the unit file verified")
	}
	text, err := os.ReadFile("deploy/jerem.service")
	if err != nil {
		t.Fatal(err)
	}
	// the program is not installed where the unit expects it, so a file that stands there takes its place
	unit := filepath.Join(t.TempDir(), "jerem.service")
	stands := strings.Replace(string(text), "/usr/local/bin/jerem", "/bin/true", 1)
	if err := os.WriteFile(unit, []byte(stands), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(verify, "verify", "--man=no", unit).CombinedOutput()
	var ours []string
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "jerem.service") {
			ours = append(ours, line)
		}
	}
	if err != nil && len(ours) == 0 {
		t.Skipf("systemd-analyze cannot verify here: %v\n%s", err, out)
	}
	if len(ours) > 0 {
		t.Errorf("systemd says:\n%s", strings.Join(ours, ""))
	}
}
