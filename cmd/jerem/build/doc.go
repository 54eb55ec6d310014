// Package build tells what was built: the version that a release is stamped with, else that of the module, else the
// commit. A release sets the stamp by the linker: -X jerem/cmd/jerem/build.stamp=1.2.3.
package build
