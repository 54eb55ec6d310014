package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// component is something that is built in, with the folders in which its licence files may stand.
type component struct {
	name    string // as in the list: path and version
	folders []string
}

// systems are those that are released.
var systems = [][2]string{{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}}

// linkedComponents lists the modules that the program is linked from on any system, in order of their names, after
// the standard library.
func linkedComponents() ([]component, error) {
	folders := map[string]map[string]bool{}
	for _, system := range systems {
		if err := addLinked(folders, system[0], system[1]); err != nil {
			return nil, err
		}
	}
	root, version, err := findToolchain()
	if err != nil {
		return nil, err
	}
	components := []component{{name: "Go standard library " + version, folders: []string{root}}}
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		components = append(components, component{name: name, folders: slices.Sorted(maps.Keys(folders[name]))})
	}
	return components, nil
}

// addLinked adds the modules that one system's program is linked from, with every folder from that of a linked
// package up to the root of its module: a part that was taken from elsewhere has its licence beside it.
func addLinked(folders map[string]map[string]bool, system, machine string) error {
	const form = `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}{{"\t"}}{{$.Dir}}{{end}}{{end}}`
	list := exec.Command("go", "list", "-deps", "-f", form, "./cmd/jerem")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+machine)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list for %s/%s: %w", system, machine, err)
	}
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSpace(line), "\t")
		if len(parts) != 3 {
			continue
		}
		name, root, folder := parts[0], parts[1], parts[2]
		if folders[name] == nil {
			folders[name] = map[string]bool{root: true}
		}
		for ; len(folder) > len(root); folder = filepath.Dir(folder) {
			folders[name][folder] = true
		}
	}
	return nil
}

// findToolchain returns the folder of the Go installation, and the language version that go.mod asks for at least:
// which release of Go builds the program is told by `jerem --version`.
func findToolchain() (root, version string, err error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", "", fmt.Errorf("go env: %w", err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return "", "", err
	}
	_, rest, _ := bytes.Cut(mod, []byte("\ngo "))
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return strings.TrimSpace(string(out)), cmp.Or(string(line), "of unknown version"), nil
}
