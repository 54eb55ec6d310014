package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// Where pages show command lines: after the name of the program in a block of a shell, and in backquotes.
var (
	shellBlock    = regexp.MustCompile("(?ms)^ *```(?:sh)?\n(.*?)^ *```")
	shellLine     = regexp.MustCompile(`(?m)^ *(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/)?jerem +([^#\n]*)`)
	quotedCommand = regexp.MustCompile("`(?:bin/)?jerem +([^`\n]*)`")
	shownFlag     = regexp.MustCompile(`^-{1,2}[a-z]`)
)

// TestDocumentedCommands: the commands that pages show are there, with the flags that stand beside them.
func TestDocumentedCommands(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, page := range append(pages, "../../README.md", "../../CONTRIBUTING.md", "../../SECURITY.md",
		"../../sim/jira/FORMAT.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		lines := quotedCommand.FindAllStringSubmatch(string(text), -1)
		for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
			lines = append(lines, shellLine.FindAllStringSubmatch(block[1], -1)...)
		}
		for _, line := range lines {
			shown++
			if wrong := unknownWord(newParser(t).Model.Node, strings.Fields(line[1])); wrong != "" {
				t.Errorf("%s: jerem %s: there is no %s", filepath.Base(page), line[1], wrong)
			}
		}
	}
	if shown < 100 {
		t.Errorf("only %d command lines were found", shown)
	}
}

// unknownWord returns the first word of a command line that is neither a command nor a flag where it stands, "" where
// all are known. What is redirected, and what follows a word in capitals, which stands for others, is not looked at.
func unknownWord(at *kong.Node, words []string) string {
	flags := map[string]*kong.Flag{}
	addFlags(flags, at)
	for n := 0; n < len(words); n++ {
		word := strings.Trim(words[n], "[]")
		switch {
		case strings.ContainsAny(word, "|><;&"), word == strings.ToUpper(word) && !strings.HasPrefix(word, "-"):
			return ""
		case shownFlag.MatchString(word):
			name, _, hasValue := strings.Cut(word, "=")
			flag := flags[name]
			if flag == nil {
				return name
			}
			if !flag.IsBool() && !hasValue {
				n++
			}
		case len(at.Children) > 0:
			child := childNamed(at, word)
			if child == nil {
				return word
			}
			at = child
			addFlags(flags, at)
		case len(at.Positional) == 0:
			return word
		}
	}
	return ""
}

func addFlags(flags map[string]*kong.Flag, node *kong.Node) {
	for _, flag := range node.Flags {
		flags["--"+flag.Name] = flag
		if flag.Short != 0 {
			flags["-"+string(flag.Short)] = flag
		}
	}
}

func childNamed(node *kong.Node, name string) *kong.Node {
	for _, child := range node.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}
