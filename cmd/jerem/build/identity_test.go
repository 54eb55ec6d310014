package build

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"
)

// TestIdentity: a program is told by its file.
func TestIdentity(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file)
	if want := hex.EncodeToString(sum[:]); Identity() != want {
		t.Errorf("%q, want %q", Identity(), want)
	}
}
