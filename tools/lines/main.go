// Command lines tells where a line is wider than 120 columns: in Go, templates, styles and scripts, a tab being four.
//
//	go run ./tools/lines [FOLDER|FILE...]
//
// Folders that are named are left out with what is in them, and so are files. It ends with 1 where it found a line.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

const widest = 120 // columns

// kinds are the endings of files that people write in lines.
var kinds = []string{".go", ".html", ".css", ".ts", ".mjs", ".sh"}

func main() {
	count, err := run(os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "lines: "+err.Error())
	}
	if err != nil || count > 0 {
		os.Exit(1)
	}
}

func run(except []string, out io.Writer) (count int, err error) {
	list, err := exec.Command("git", "ls-files").Output()
	if err != nil {
		return 0, fmt.Errorf("git ls-files: %w", err)
	}
	for name := range strings.Lines(string(list)) {
		name = strings.TrimSpace(name)
		if !slices.Contains(kinds, path.Ext(name)) || isGenerated(name) || isIn(name, except) {
			continue
		}
		n, err := tellWide(name, out)
		if err != nil {
			return count, err
		}
		count += n
	}
	return count, nil
}

// isGenerated tells whether a file is made by a tool.
func isGenerated(name string) bool {
	return strings.HasPrefix(name, "ui/dist/")
}

func isIn(name string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, "/")+"/")
	})
}

// tellWide tells the wide lines of a file.
func tellWide(name string, out io.Writer) (count int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if columns := columnsOf(lines.Text()); columns > widest {
			fmt.Fprintf(out, "%s:%d: %d columns, at most %d\n", name, n, columns, widest)
			count++
		}
	}
	return count, lines.Err()
}

func columnsOf(line string) int {
	return utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    "))
}
