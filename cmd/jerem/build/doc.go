// Package build tells what was built: the version that a release is stamped with, else that of the module, else the
// commit. A release sets the stamp by the linker: -X jerem/cmd/jerem/build.stamp=1.2.3.
//
//	build.VersionText() // "1.2.3", or "1a2b3c4d5e6f" of a build without a stamp: its commit
//	build.VersionLine() // what jerem --version writes: "jerem 1.2.3, commit 1a2b3c4d5e6f, go1.26, linux/amd64"
//
// It is a room of its own so that pages, the client of Jira and the commands tell the same version.
package build
