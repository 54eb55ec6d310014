// Package licenses holds the licence of Jerem and the notices of everything that is built into it.
//
// NOTICES.txt is made by a tool of the project, never by hand:
//
//	go generate ./licenses
//
// The tool (tools/licenses) asks Go which packages the program is linked from, on each system that is released,
// and copies the licence, notice, patent and author files that stand beside them in the module cache. The words:
//
//   - a component is a module of go.mod in its exact version, the Go standard library, or a set of data;
//   - a notice is one text, with the components that it holds for: those that carry the same text share it;
//   - the list at the top of the file names every component, one a line: "- PATH VERSION".
//
// For example, after `go get example.org/library@v1.2.3` the test of this package fails: the list lacks the line
// "- example.org/library v1.2.3". `go generate ./licenses` adds it with its texts, and the change of both files is
// committed together with go.mod. The tool fails on a module without any licence file: then somebody has to read what
// may be done with it.
//
// `jerem licenses` prints the text, which the program holds packed, and the archives of a release hold it as a file.
package licenses

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the text
	"io"
)

//go:generate go run ../tools/licenses -C .. -o licenses/NOTICES.txt

//go:embed NOTICES.txt.gz
var packed []byte

// WriteText writes the licence of Jerem, the list of what is built in, and all notices.
func WriteText(to io.Writer) error {
	text, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		_, err = io.Copy(to, text)
	}
	return err
}
