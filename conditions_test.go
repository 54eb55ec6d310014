package jerem_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestNoWorkInConditions: what stands before a condition, as in "if n += x; n > y", computes what the condition asks
// about, and changes nothing beside it.
func TestNoWorkInConditions(t *testing.T) {
	for _, f := range goFiles(t) {
		ast.Inspect(f.parsed, func(n ast.Node) bool {
			var before ast.Stmt
			var asked ast.Expr
			switch n := n.(type) {
			case *ast.IfStmt:
				before, asked = n.Init, n.Cond
			case *ast.SwitchStmt:
				before, asked = n.Init, n.Tag
			}
			if before != nil && isWork(before, asked) {
				t.Errorf("%s: work is hidden in a condition: give it a line", positions.Position(before.Pos()))
			}
			return true
		})
	}
}

// TestNoMapOfConditions: of two things one is chosen by an if, not by a map of true and false, which a reader has to
// take apart. Tests may walk over such a map: it is a table of two cases.
func TestNoMapOfConditions(t *testing.T) {
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		ast.Inspect(f.parsed, func(n ast.Node) bool {
			literal, isLiteral := n.(*ast.CompositeLit)
			if !isLiteral {
				return true
			}
			if table, isMap := literal.Type.(*ast.MapType); isMap && types.ExprString(table.Key) == "bool" {
				t.Errorf("%s: a map stands for a condition: write an if", positions.Position(n.Pos()))
			}
			return true
		})
	}
}

// isWork tells whether a statement before a condition adds to a variable, or sets ones that the condition does not ask.
func isWork(before ast.Stmt, asked ast.Expr) bool {
	set, isAssignment := before.(*ast.AssignStmt)
	if !isAssignment {
		_, counts := before.(*ast.IncDecStmt)
		return counts
	}
	if set.Tok == token.DEFINE {
		return false
	}
	names := map[string]bool{}
	for _, target := range set.Lhs {
		addNames(target, names)
	}
	return set.Tok != token.ASSIGN || asked != nil && !asksAny(asked, names)
}

// addNames adds the name of a variable or a field that is set, or that holds the element set.
func addNames(target ast.Expr, names map[string]bool) {
	switch target := target.(type) {
	case *ast.Ident:
		names[target.Name] = true
	case *ast.SelectorExpr:
		names[target.Sel.Name] = true
	case *ast.IndexExpr:
		addNames(target.X, names)
	case *ast.StarExpr:
		addNames(target.X, names)
	}
}

func asksAny(asked ast.Expr, names map[string]bool) (is bool) {
	ast.Inspect(asked, func(n ast.Node) bool {
		name, isName := n.(*ast.Ident)
		is = is || isName && names[name.Name]
		return !is
	})
	return is
}
