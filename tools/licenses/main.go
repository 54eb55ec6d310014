// Command licenses writes the notices of everything that the program is linked from:
//
//	go run ./tools/licenses -o licenses/NOTICES.txt
//
// With -list it only prints the components, which needs no licence file.
package main

import (
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
	return os.WriteFile(file, []byte(text), 0o644)
}

// listOf names the components, one a line.
func listOf(components []component) string {
	var b strings.Builder
	for _, c := range components {
		b.WriteString("- " + c.name + "\n")
	}
	return b.String()
}
