package jerem_test

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTroublesHaveWords: docs/troubles.md says of every code of a problem what it means and what to do, and of no
// other.
func TestTroublesHaveWords(t *testing.T) {
	declared := map[string]string{} // code: where
	for _, f := range goFiles(t) {
		if !strings.HasSuffix(f.path, "_test.go") {
			addCodes(f, declared)
		}
	}
	text, err := os.ReadFile("docs/troubles.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	rows := regexp.MustCompile("(?m)^\\| `([a-z_.A-Z]+)` \\| (.*) \\| (.*) \\|$")
	for _, row := range rows.FindAllStringSubmatch(string(text), -1) {
		if told[row[1]] {
			t.Errorf("%s stands twice", row[1])
		}
		if strings.TrimSpace(row[2]) == "" || strings.TrimSpace(row[3]) == "" {
			t.Errorf("%s lacks words or a remedy", row[1])
		}
		told[row[1]] = true
	}
	for _, code := range slices.Sorted(maps.Keys(declared)) {
		if !told[code] {
			t.Errorf("%s: docs/troubles.md does not tell %s", declared[code], code)
		}
	}
	for code := range told {
		if declared[code] == "" && !strings.Contains(code, "PART") { // made of a part
			t.Errorf("docs/troubles.md tells %s, which no room finds", code)
		}
	}
	if len(declared) < 60 {
		t.Errorf("only %d codes were found", len(declared))
	}
}

// addCodes adds the codes that a file declares: constants of the type problem.Code, and the words of problems of the
// server.
func addCodes(f goFile, declared map[string]string) {
	text := func(e ast.Expr) string {
		literal, ok := e.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return ""
		}
		value, _ := strconv.Unquote(literal.Value)
		return value
	}
	ast.Inspect(f.parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			kind, ok := n.Type.(*ast.SelectorExpr)
			if ok && kind.Sel.Name == "Code" {
				for _, value := range n.Values {
					declared[text(value)] = f.path
				}
			}
		case *ast.CallExpr:
			word := ""
			switch called := n.Fun.(type) {
			case *ast.SelectorExpr:
				word = called.Sel.Name
			case *ast.Ident:
				word = called.Name
			}
			if word == "NewProblem" && strings.HasPrefix(f.path, "web/") && len(n.Args) > 2 {
				if code := text(n.Args[1]); code != "" {
					declared["web."+code] = f.path
				}
			}
		}
		return true
	})
}
