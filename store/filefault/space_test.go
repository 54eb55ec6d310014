package filefault

import (
	"path/filepath"
	"runtime"
	"testing"
)

// TestIsUsedUp: a file system without room is told from one that has some. /proc has none.
func TestIsUsedUp(t *testing.T) {
	if isUsedUp(filepath.Join(t.TempDir(), "jerem.db")) {
		t.Error("where tests write there is no room")
	}
	if runtime.GOOS == "linux" && !isUsedUp("/proc/jerem.db") {
		t.Error("/proc has room")
	}
	if isUsedUp(filepath.Join(t.TempDir(), "no", "such", "folder", "jerem.db")) {
		t.Error("of a folder that is not there it is told")
	}
}
