// Release builds jerem for the machines it is released for and packs each binary with what belongs
// beside it. The same commit gives the same bytes.
//
//	go run ./release                           # dist/: an archive for each machine
//	go run ./release program PATH [PACKAGE]    # the program alone, for GOOS and GOARCH; VERSION=1.2.3 names it
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// targets are the machines.
var targets = [][2]string{{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}}

// beside are the files that are packed with the binary, where they exist: the README, all of docs, and what these lead
// to.
var beside = []string{
	"README.md",
	"LICENSE",
	"licenses/NOTICES.txt",
	"CHANGELOG.md",
	"CONTRIBUTING.md",
	"SECURITY.md",
	"deploy/compose.yaml",
	"deploy/jerem.service",
	"deploy/kubernetes.yaml",
	"sim/jira/FORMAT.md",
	"measure/testdata/README.md",
}

func main() {
	err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "release: "+err.Error())
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 0:
		return packAll()
	case args[0] == "program" && len(args) == 2:
		return buildProgram(os.Getenv("VERSION"), args[1], "./cmd/jerem", nil)
	case args[0] == "program" && len(args) == 3:
		return buildProgram(os.Getenv("VERSION"), args[1], args[2], nil)
	}
	return errors.New("write nothing, or: program PATH [PACKAGE]")
}

// smaller are packages whose functions are not inlined: none of them is asked often, and they are 0.8 MB less so.
var smaller = []string{
	"github.com/alecthomas/...",
	"github.com/coreos/...",
	"github.com/go-jose/...",
	"github.com/google/jsonschema-go/...",
	"github.com/modelcontextprotocol/...",
	"github.com/prometheus/...",
	"github.com/segmentio/...",
	"github.com/wneessen/...",
	"go.yaml.in/...",
	"golang.org/x/oauth2/...",
	"google.golang.org/protobuf/...",
	"jerem/check/...",
	"jerem/cmd/...",
	"jerem/config/...",
	"jerem/digest/...",
	"jerem/grafana/...",
	"jerem/messaging/...",
	"jerem/sim/...",
}

// buildProgram builds a package as it is released: static, without the tables of a debugger, and with functions at
// multiples of 8 bytes. An empty version is that of the checkout.
func buildProgram(version, path, what string, environment []string, flags ...string) error {
	args := []string{"build", "-trimpath", "-ldflags",
		"-s -w -buildid= -funcalign=8 -X jerem/cmd/jerem/build.stamp=" + version}
	for _, packages := range smaller {
		args = append(args, "-gcflags="+packages+"=-l")
	}
	build := exec.Command("go", slices.Concat(args, flags, []string{"-o", path, what})...)
	build.Env = slices.Concat(os.Environ(), []string{"CGO_ENABLED=0"}, environment)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	return nil
}

// packAll builds and packs for all machines.
func packAll() error {
	version, err := commandOutput("git", "describe", "--tags", "--always", "--dirty")
	if err != nil {
		return err
	}
	if v := os.Getenv("VERSION"); v != "" {
		version = v
	}
	version = strings.TrimPrefix(version, "v")
	stamp, err := commandOutput("git", "log", "-1", "--format=%ct")
	if err != nil {
		return err
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return fmt.Errorf("the time of the commit: %w", err)
	}
	if err := os.MkdirAll("dist", 0o755); err != nil {
		return err
	}
	var sums bytes.Buffer
	for _, t := range targets {
		name, packed, err := buildRelease(version, t[0], t[1], time.Unix(seconds, 0))
		if err != nil {
			return fmt.Errorf("%s/%s: %w", t[0], t[1], err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(packed), name)
		fmt.Printf("dist/%s  %d bytes\n", name, len(packed))
	}
	return os.WriteFile(filepath.Join("dist", "jerem_"+version+"_checksums.txt"), sums.Bytes(), 0o644)
}

func commandOutput(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// buildRelease builds and packs for one kind of machine.
func buildRelease(version, system, machine string, at time.Time) (name string, packed []byte, err error) {
	top := fmt.Sprintf("jerem_%s_%s_%s", version, system, machine)
	name = top + ".tar.gz"
	dir, err := os.MkdirTemp("", "jerem-release")
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "jerem")
	environment := []string{"GOOS=" + system, "GOARCH=" + machine}
	if err := buildProgram(version, binary, "./cmd/jerem", environment, "-buildvcs=true"); err != nil {
		return "", nil, err
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		return "", nil, err
	}
	if err := checkSize(system, machine, len(program)); err != nil {
		return "", nil, err
	}
	if system == "linux" {
		if err := checkStatic(program); err != nil {
			return "", nil, err
		}
	}
	if packed, err = packArchive(top, program, at); err != nil {
		return "", nil, err
	}
	return name, packed, os.WriteFile(filepath.Join("dist", name), packed, 0o644)
}

// largestProgram is how large the program may be for Linux on amd64, as docs/performance.md promises. Other machines
// have other sizes for the same program.
const largestProgram = 40_000_000 // bytes

// checkSize refuses a program that has grown beyond its promise.
func checkSize(system, machine string, size int) error {
	if system == "linux" && machine == "amd64" && size > largestProgram {
		return fmt.Errorf("the program takes %d bytes, more than %d: see docs/performance.md, goals", size,
			largestProgram)
	}
	return nil
}

// checkStatic tells why a Linux binary needs anything of the machine it runs on, nil where it does not.
func checkStatic(program []byte) error {
	f, err := elf.NewFile(bytes.NewReader(program))
	if err != nil {
		return err
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			return errors.New("the binary is not static: it is loaded by another program")
		}
	}
	return nil
}

// filesIn lists the files below a folder, in order; none where there is no folder.
func filesIn(folder string) (names []string, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	return names, err
}

// packArchive makes an archive of the binary and the files beside it, all in one folder, dated alike and of nobody.
func packArchive(top string, program []byte, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	archive := tar.NewWriter(zip)
	add := func(name string, mode int64, data []byte) error {
		header := &tar.Header{
			Name: top + "/" + name, Mode: mode, Size: int64(len(data)), ModTime: at.UTC(), Format: tar.FormatUSTAR,
		}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		_, err := archive.Write(data)
		return err
	}
	if err := add("jerem", 0o755, program); err != nil {
		return nil, err
	}
	docs, err := filesIn("docs")
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Concat(beside, docs) {
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := add(filepath.ToSlash(name), 0o644, data); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(archive.Close(), zip.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
