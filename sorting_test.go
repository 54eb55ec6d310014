package jerem_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// sortedForEachIssue are the files that may have a copy of their own of the functions that sort: they put short lists
// in order for each issue, in no memory but that of the list.
var sortedForEachIssue = []string{"jira/document/clean.go", "jira/document/merge.go",
	"measure/internal/index/checkpoint.go"}

// TestStableSortsShareCode: lists are put in a stable order by the one function of sorting, not by a copy of that of
// slices for each type of elements.
func TestStableSortsShareCode(t *testing.T) {
	uses := 0
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f.path, "_test.go") || strings.HasPrefix(f.path, "tools/") ||
			slices.Contains(sortedForEachIssue, f.path) {
			continue
		}
		ast.Inspect(f.parsed, func(n ast.Node) bool {
			called, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			room, _ := called.X.(*ast.Ident)
			switch {
			case room == nil:
			case room.Name == "sorting" && called.Sel.Name == "By":
				uses++
			case room.Name == "slices" && strings.HasPrefix(called.Sel.Name, "SortStable"),
				room.Name == "slices" && strings.HasPrefix(called.Sel.Name, "SortedStable"):
				t.Errorf("%s calls slices.%s: sorting.By does the same with less of the program",
					positions.Position(n.Pos()), called.Sel.Name)
			}
			return true
		})
	}
	if uses < 100 {
		t.Errorf("only %d calls of sorting.By were read", uses)
	}
}
