package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestPack: all stands in one folder, and the same content gives the same bytes, dated by the commit and owned by
// nobody.
func TestPack(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("README.md", []byte("read me"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	first, err := packArchive("jerem_1", []byte("program"), at)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes("README.md", at, at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	again, err := packArchive("jerem_1", []byte("program"), at.In(time.FixedZone("", 3600)))
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("two archives differ, %v", err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{"jerem_1/jerem": 0o755, "jerem_1/README.md": 0o644}
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Mode != want[h.Name] || !h.ModTime.Equal(at) || h.Uid != 0 || h.Uname != "" {
			t.Errorf("%+v", h)
		}
		delete(want, h.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

// TestNoDeadLinks: whatever a page of the archive leads to is in the archive.
func TestNoDeadLinks(t *testing.T) {
	t.Chdir("..")
	packed, err := packArchive("jerem_1", []byte("program"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for r := tar.NewReader(zip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		pages[strings.TrimPrefix(h.Name, "jerem_1/")] = string(text)
	}
	if pages["docs/operations.md"] == "" {
		t.Error("the docs are not packed")
	}
	links := 0
	for name, text := range pages {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			links++
			if to := path.Join(path.Dir(name), m[1]); pages[to] == "" {
				t.Errorf("%s leads to %s, which is not packed", name, to)
			}
		}
	}
	if links < 20 {
		t.Errorf("%d links found", links)
	}
}

// TestSizeIsBounded: a release whose program has outgrown its promise is refused; programs for other machines are not.
func TestSizeIsBounded(t *testing.T) {
	for _, c := range []struct {
		system, machine string
		size            int
		fine            bool
	}{{"linux", "amd64", largestProgram, true}, {"linux", "amd64", largestProgram + 1, false},
		{"darwin", "amd64", largestProgram + 1, true}, {"linux", "arm64", largestProgram + 1, true}} {
		if err := checkSize(c.system, c.machine, c.size); (err == nil) != c.fine {
			t.Errorf("%s/%s of %d bytes: %v", c.system, c.machine, c.size, err)
		}
	}
}

// TestStatic: a binary built as releases are is static; one that needs a loader is found out.
func TestStatic(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs, with the standard library in a form of its own for one of them")
	}
	if runtime.GOOS != "linux" {
		t.Skip("only Linux binaries are looked at")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "main.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() { println(\"hello\") }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, fine := range map[string]bool{"exe": true, "pie": false} {
		binary := filepath.Join(dir, mode)
		build := exec.Command("go", "build", "-buildmode", mode, "-o", binary, source)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			t.Skipf("cannot be built here: %v %s", err, out)
		}
		program, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkStatic(program); (err == nil) != fine {
			t.Errorf("%s: %v", mode, err)
		}
	}
	if err := checkStatic([]byte("#!/bin/sh")); err == nil {
		t.Error("a script is no binary")
	}
}

// TestArguments: what is neither nothing nor a program to build is refused, and builds nothing.
func TestArguments(t *testing.T) {
	for _, args := range [][]string{{"programs"}, {"program"}, {"program", "path", "package", "more"}, {""}} {
		if err := run(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

// TestOneListOfFlags: the image is built by the flags of the archives.
func TestOneListOfFlags(t *testing.T) {
	text, err := os.ReadFile("../Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte("go run ./release program ")) || bytes.Contains(text, []byte("go build")) {
		t.Error("Containerfile has flags of its own")
	}
}
