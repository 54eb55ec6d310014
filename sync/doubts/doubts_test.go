package doubts_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"jerem/problem"
	"jerem/sync/doubts"
)

// TestDoubts: a doubt is kept without words, and told in the words of its code and arguments.
func TestDoubts(t *testing.T) {
	why := &problem.Problem{Code: "jira.failing", Message: "jira host: 503", Hint: "Jira itself has trouble."}
	for want, doubt := range map[string]*problem.Problem{
		"sprint 7 is not there any more: it is kept until the next reading says so too": doubts.New(doubts.SprintGone,
			7),
		"endDate of sprint 4 is not told any more: it is kept until the next reading says so too": doubts.New(
			doubts.SprintDate, "endDate", 4),
		"the issues that jql_filter matches fell to 3 from 20: those before are kept until the next " +
			"reading says so too": doubts.New(
			doubts.FilterCollapsed, "jql_filter", 3, 20),
		"the field 100 %s is not listed any more: what was known of it is kept": doubts.New(doubts.FieldGone, "100 %s"),
		"the sprints of board 8: jira host: 503 (Jira itself has trouble.)": doubts.Refused(why,
			doubts.BoardSprints, 8),
		"time logged: no route": doubts.Refused(errors.New("no route"), doubts.Worklogs),
	} {
		if doubt.Message != want {
			t.Errorf("it is told as %q, want %q", doubt.Message, want)
		}
		kept := doubts.Encode(problem.List{doubt})
		if strings.Contains(kept, " kept") || strings.Contains(kept, "the sprints") {
			t.Errorf("its words are kept: %s", kept)
		}
		if got := doubts.Decode(kept).Words("K8S"); got != want {
			t.Errorf("what was kept is told as %q, want %q", got, want)
		}
	}
}

// TestDoubtsOfOtherVersions: what a former version kept as a sentence is told as it stands, a doubt of a later one by
// its code, and what is no doubt as it was.
func TestDoubtsOfOtherVersions(t *testing.T) {
	for kept, want := range map[string]string{
		`[{"code":"sync.doubted","message":"board 7 is not listed any more"}]`: "board 7 is not listed any more",
		`[{"code":"sync.doubted","message":"","args":{"doubt":"weather","1":"7"}}]`: "Jira tells less than " +
			"is known: weather",
		`[{"code":"jira.failing","message":"jira host: 503","args":{"doubt":"odd"}}]`: "jira host: 503",
		`team A: in words alone`: "in words alone",
		``:                       "",
	} {
		if got := doubts.Decode(kept).Words("A"); got != want {
			t.Errorf("%s: told as %q, want %q", kept, got, want)
		}
	}
	if doubts.Encode(nil) != "" {
		t.Error("none is kept as something")
	}
}

// TestEveryDoubtHasWords: no code was added without a sentence.
func TestEveryDoubtHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "doubts.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		of, ok := spec.Type.(*ast.Ident)
		value, text := spec.Values[0].(*ast.BasicLit)
		if !ok || !text || of.Name != "Code" {
			return true
		}
		codes++
		if code := doubts.Code(strings.Trim(value.Value, `"`)); doubts.New(code).Message == "" {
			t.Errorf("the doubt %s has no words", code)
		}
		return true
	})
	if codes < 20 {
		t.Errorf("%d codes were found", codes)
	}
}
