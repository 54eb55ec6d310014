package jerem_test

import (
	"go/ast"
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
	texts := map[string]string{} // by their places
	for _, room := range toldRooms {
		addTextsOfTemplates(t, room, texts)
		for _, f := range goFilesIn(t, room) {
			if !strings.HasPrefix(f.path, "web/styleguide/") {
				addTextsOfCode(f, texts)
			}
		}
	}
	for place, text := range texts {
		if wrong := otherWords.FindString(text); wrong != "" && !properWords.MatchString(text) {
			t.Errorf("%s: %q stands for what is not there: see the words of docs/pages.md: %q", place, wrong, text)
		}
	}
	if len(texts) < 2000 {
		t.Errorf("only %d texts were found", len(texts))
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

// markup is what people do not see of a template.
var markup = regexp.MustCompile(`\{\{.*?\}\}|<[^>]*>`)

// addTextsOfTemplates adds the lines of a room's templates, without actions and elements.
func addTextsOfTemplates(t *testing.T, room string, texts map[string]string) {
	t.Helper()
	err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".html" || strings.Contains(path, "styleguide/") {
			return err
		}
		body, err := os.ReadFile(path)
		for n, line := range strings.Split(markup.ReplaceAllString(string(body), ""), "\n") {
			texts[path+":"+strconv.Itoa(n+1)] = line
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// addTextsOfCode adds the texts of a file that have a space: those for people.
func addTextsOfCode(f goFile, texts map[string]string) {
	ast.Inspect(f.parsed, func(n ast.Node) bool {
		if b, ok := n.(*ast.BasicLit); ok && b.Kind == token.STRING {
			if text, err := strconv.Unquote(b.Value); err == nil && strings.Contains(text, " ") {
				texts[positions.Position(b.Pos()).String()] = text
			}
		}
		return true
	})
}
