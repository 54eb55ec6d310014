package build

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// stamp is the version that a release is stamped with by the linker.
var stamp string

// VersionText tells what was built: the stamped version, the module's, or the commit.
func VersionText() string { return versionOf(stamp, buildInfo()) }

// buildInfo is what Go notes of a build, empty where it noted nothing.
func buildInfo() *debug.BuildInfo {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return &debug.BuildInfo{}
	}
	return info
}

func versionOf(stamp string, info *debug.BuildInfo) string {
	commit, _ := commitOf(info)
	switch v := info.Main.Version; {
	case stamp != "":
		return stamp
	case v != "" && v != "(devel)":
		return v
	case commit != "":
		return commit
	}
	return "development"
}

// commitOf returns the commit that was built, shortened, and whether files differed from it.
func commitOf(info *debug.BuildInfo) (commit string, changed bool) {
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	return commit, changed
}

// VersionLine is what --version prints.
func VersionLine() string { return describeBuild(stamp, buildInfo()) }

// describeBuild writes what was built in one line.
func describeBuild(stamp string, info *debug.BuildInfo) string {
	line := "jerem " + versionOf(stamp, info)
	if commit, changed := commitOf(info); commit != "" {
		line += ", commit " + commit
		if changed {
			line += " with changes"
		}
	}
	return fmt.Sprintf("%s, %s, %s/%s", line, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
