package diskspace

import (
	"path/filepath"
	"runtime"
	"testing"
)

// TestIsUsedUp: a file system without room is told from one that has some. /proc has none.
func TestIsUsedUp(t *testing.T) {
	if IsUsedUp(filepath.Join(t.TempDir(), "jerem.db")) {
		t.Error("where tests write there is no room")
	}
	if runtime.GOOS == "linux" && !IsUsedUp("/proc/jerem.db") {
		t.Error("/proc has room")
	}
	if IsUsedUp(filepath.Join(t.TempDir(), "no", "such", "folder", "jerem.db")) {
		t.Error("of a folder that is not there it is told")
	}
}
