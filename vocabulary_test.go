package jerem_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// otherWords are what people say for a figure that is not there, beside the words that docs/pages.md lists.
var otherWords = regexp.MustCompile(`(?i)\b(not (?:yet )?known|not available|not determined|undetermined|cannot be ` +
	`(?:known|determined)|no data|n/a|unknown|can not)\b`)

// properWords are sentences of other things than a figure that is not there.
var properWords = regexp.MustCompile(`(?i)unknown category|unknown word|in the unknown|what is not known`)

// toldRooms are the rooms that word figures for people.
var toldRooms = []string{"measure", "web", "digest", "chart", "cmd/jerem/reporting"}

// TestOneVocabulary: pages, answers and commands tell a figure that is not there by the words of docs/pages.md and by
// no others, and that list has each of them.
func TestOneVocabulary(t *testing.T) {
	texts := 0
	for _, room := range toldRooms {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.Contains(path, "styleguide/") {
				return err
			}
			for place, text := range textsOf(t, path) {
				texts++
				if wrong := otherWords.FindString(text); wrong != "" && !properWords.MatchString(text) {
					t.Errorf("%s: %q stands for what is not there: see the words of docs/pages.md: %q", place, wrong, text)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if texts < 2000 {
		t.Errorf("only %d texts were found", texts)
	}
	page, err := os.ReadFile("docs/pages.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"`–`", "cannot tell", "not read", "not told", "none"} {
		if !strings.Contains(string(page), "\n| "+word+" |") {
			t.Errorf("docs/pages.md does not list %s", word)
		}
	}
}

// textsOf returns the texts for people of a file by their places: those with a space in Go, the lines of a template
// without its actions.
func textsOf(t *testing.T, path string) map[string]string {
	t.Helper()
	out := map[string]string{}
	switch {
	case strings.HasSuffix(path, ".html"):
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(regexp.MustCompile(`\{\{.*?\}\}|<[^>]*>`).ReplaceAllString(string(body), ""), "\n") {
			out[path+":"+strconv.Itoa(n+1)] = line
		}
	case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if b, ok := n.(*ast.BasicLit); ok && b.Kind == token.STRING {
				if text, err := strconv.Unquote(b.Value); err == nil && strings.Contains(text, " ") {
					out[set.Position(b.Pos()).String()] = text
				}
			}
			return true
		})
	}
	return out
}
