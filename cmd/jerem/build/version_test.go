package build

import (
	"runtime/debug"
	"strings"
	"testing"
)

// TestVersion: a release tells its stamp, go install the module's version, a build of a checkout its commit.
func TestVersion(t *testing.T) {
	built := func(version string, settings ...string) *debug.BuildInfo {
		info := &debug.BuildInfo{}
		info.Main.Version = version
		for _, s := range settings {
			key, value, _ := strings.Cut(s, "=")
			info.Settings = append(info.Settings, debug.BuildSetting{Key: key, Value: value})
		}
		return info
	}
	f := func(stamp string, info *debug.BuildInfo, want string) {
		t.Helper()
		if got := describeBuild(stamp, info); !strings.HasPrefix(got, want+", go1.") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	revision := "vcs.revision=0123456789abcdef0123"
	f("1.2.3", built("v0.0.0-2026", revision, "vcs.modified=false"), "jerem 1.2.3, commit 0123456789ab")
	f("", built("v1.2.3"), "jerem v1.2.3")
	f("", built("(devel)", revision, "vcs.modified=true"), "jerem 0123456789ab, commit 0123456789ab with changes")
	f("", built(""), "jerem development")
}
