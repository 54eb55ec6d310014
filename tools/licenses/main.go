// Command licenses writes the notices of everything that the program is linked from:
//
//	go run ./tools/licenses -o licenses/NOTICES.txt
//
// Beside the file it writes the same text packed, which the program holds: licenses/NOTICES.txt.gz.
// With -list it only prints the components, which needs no licence file.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	root := flag.String("C", ".", "root of the project")
	file := flag.String("o", "", "file to write, below the root; standard output without it")
	list := flag.Bool("list", false, "print the components only")
	flag.Parse()
	if err := run(*root, *file, *list); err != nil {
		fmt.Fprintln(os.Stderr, "licenses: "+err.Error())
		os.Exit(1)
	}
}

func run(root, file string, list bool) error {
	if err := os.Chdir(root); err != nil {
		return err
	}
	components, err := linkedComponents()
	if err != nil {
		return err
	}
	text := listOf(components)
	if !list {
		if text, err = writeNotices(components); err != nil {
			return err
		}
	}
	if file == "" {
		_, err = fmt.Print(text)
		return err
	}
	return errors.Join(os.WriteFile(file, []byte(text), 0o644), os.WriteFile(file+".gz", pack(text), 0o644))
}

// pack packs a text as small as it gets.
func pack(text string) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that there is
	_, _ = w.Write([]byte(text))                          // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// listOf names the components, one a line.
func listOf(components []component) string {
	var b strings.Builder
	for _, c := range components {
		b.WriteString("- " + c.name + "\n")
	}
	return b.String()
}
