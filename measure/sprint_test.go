package measure

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestStories holds the figures against what was worked out by hand: each file of testdata tells
// the life of a few issues and, in sections "sprint ID at TIME", what must come out.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := storyReader{t: t}
			team := Of(readStory(t, section(a, "setup"), section(a, "issues")))
			checked := 0
			for _, f := range a.Files {
				words := strings.Fields(f.Name)
				if words[0] != "sprint" {
					continue
				}
				checked++
				id, _ := strconv.ParseInt(words[1], 10, 64)
				s, err := team.Sprint(id, r.time(words[3]))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(f.Data), sum(s)); diff != "" {
					t.Errorf("%s (−want +got):\n%s", f.Name, diff)
				}
			}
			if checked == 0 {
				t.Fatal("the story checks nothing")
			}
		})
	}
}
