package jerem_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// goFile is a file of Go, parsed once for all tests of the house: they look and change nothing.
type goFile struct {
	path   string // with slashes
	parsed *ast.File
}

// positions are those of all files.
var positions = token.NewFileSet()

// readGoFiles parses all files of Go, tests included, in order of their paths.
var readGoFiles = sync.OnceValues(func() (out []goFile, err error) {
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") ||
			slices.Contains([]string{"node_modules", "testdata"}, d.Name())):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		parsed, err := parser.ParseFile(positions, path, nil, parser.ParseComments)
		out = append(out, goFile{filepath.ToSlash(path), parsed})
		return err
	})
	return out, err
})

// goFiles returns all files of Go, tests included.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	files, err := readGoFiles()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 1500 {
		t.Fatalf("only %d files were read", len(files))
	}
	return files
}

// goFilesIn returns the files of Go of a folder and of those in it, besides tests.
func goFilesIn(t *testing.T, folder string) []goFile {
	t.Helper()
	var out []goFile
	for _, f := range goFiles(t) {
		if strings.HasPrefix(f.path, folder+"/") && !strings.HasSuffix(f.path, "_test.go") {
			out = append(out, f)
		}
	}
	return out
}
