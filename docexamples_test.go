package jerem_test

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// readPages returns the pages of the project by their names: those for users, for who works on it, and the decisions.
func readPages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/decisions/*.md", "sim/jira/*.md",
		"measure/testdata/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			pages[name] = string(text)
		}
	}
	return pages
}

// codeBlock is a block of code of a page, heading a heading, anchoredLink a link to a heading.
var (
	codeBlock    = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	heading      = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
	linkedText   = regexp.MustCompile(`\[([^]]*)\]\([^)]*\)`)
	anchoredLink = regexp.MustCompile(`\]\(([^)#:\s]*)#([^)\s]+)\)`)
)

// anchorsOf lists the anchors that GitHub gives the headings of a page.
func anchorsOf(page string) (anchors []string) {
	seen := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(page, ""), -1) {
		text := linkedText.ReplaceAllString(m[1], "$1")
		anchor := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, text)
		if !seen[anchor] {
			anchors = append(anchors, anchor)
		}
		seen[anchor] = true
	}
	return anchors
}

// TestDocsAnchors: a link to a heading finds it, in another page or in its own.
func TestDocsAnchors(t *testing.T) {
	pages := readPages(t)
	links := 0
	for name, text := range pages {
		for _, m := range anchoredLink.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
			to := name
			if m[1] != "" {
				to = path.Join(path.Dir(name), m[1])
			}
			if path.Ext(to) != ".md" {
				continue
			}
			links++
			if !slices.Contains(anchorsOf(pages[to]), m[2]) {
				t.Errorf("%s leads to %s#%s, and there is no such heading", name, to, m[2])
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d links to headings were found", links)
	}
}

// TestPackageExamples: what the examples in the words of the rooms call and fill is declared, with as many arguments.
func TestPackageExamples(t *testing.T) {
	examples, names, known := 0, 0, declaredNames(t)
	for _, f := range goFiles(t) {
		if path.Base(f.path) != "doc.go" || f.parsed.Doc == nil {
			continue
		}
		for _, block := range examplesOf(f.parsed.Doc.Text()) {
			examples++
			locals := localsOf(block)
			ast.Inspect(block, func(node ast.Node) bool {
				if _, is := node.(*ast.SelectorExpr); is {
					names++
				}
				for _, missing := range missingIn(t, node, locals, known) {
					t.Errorf("%s: the example names %s", f.path, missing)
				}
				return true
			})
		}
	}
	if examples < 50 || names < 100 {
		t.Errorf("only %d examples with %d names were found", examples, names)
	}
}

// examplesOf returns the blocks of a comment that are Go.
func examplesOf(text string) (blocks []*ast.BlockStmt) {
	var p comment.Parser
	for _, part := range p.Parse(text).Content {
		code, is := part.(*comment.Code)
		if !is || !strings.ContainsAny(code.Text, "(=") {
			continue
		}
		source := "package p; func _() {\n" + code.Text + "\n}"
		file, err := parser.ParseFile(token.NewFileSet(), "example", source, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		blocks = append(blocks, file.Decls[0].(*ast.FuncDecl).Body)
	}
	return blocks
}

// localsOf are the names that an example gives to what it holds.
func localsOf(block *ast.BlockStmt) map[string]bool {
	locals := map[string]bool{}
	note := func(e ast.Expr) {
		if name, is := e.(*ast.Ident); is {
			locals[name.Name] = true
		}
	}
	ast.Inspect(block, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			for _, left := range node.Lhs {
				note(left)
			}
		case *ast.RangeStmt:
			note(node.Key)
			note(node.Value)
		case *ast.Field:
			for _, name := range node.Names {
				note(name)
			}
		case *ast.ValueSpec:
			for _, name := range node.Names {
				note(name)
			}
		}
		return true
	})
	return locals
}

// missingIn tells what a node of an example names and no room of that name declares.
func missingIn(t *testing.T, node ast.Node, locals, known map[string]bool) (missing []string) {
	t.Helper()
	switch node := node.(type) {
	case *ast.SelectorExpr:
		room, rooms := roomsNamed(node.X, locals)
		if len(rooms) == 0 {
			if isLibrary(node.X, locals) || known[node.Sel.Name] || slices.Contains(libraryMethods, node.Sel.Name) {
				return nil
			}
			return []string{node.Sel.Name + ", which no room declares"}
		}
		if !slices.ContainsFunc(rooms, func(of string) bool { return declares(t, of, node.Sel.Name, "") }) {
			missing = append(missing, room+"."+node.Sel.Name+", which is not declared")
		}
	case *ast.CompositeLit:
		selector, _ := node.Type.(*ast.SelectorExpr)
		if selector == nil {
			return nil
		}
		room, rooms := roomsNamed(selector.X, locals)
		for _, element := range node.Elts {
			pair, _ := element.(*ast.KeyValueExpr)
			if pair == nil || len(rooms) == 0 {
				continue
			}
			key, _ := pair.Key.(*ast.Ident)
			has := func(of string) bool { return declares(t, of, selector.Sel.Name, key.Name) }
			if key != nil && !slices.ContainsFunc(rooms, has) {
				missing = append(missing, room+"."+selector.Sel.Name+"."+key.Name+", which is not declared")
			}
		}
	case *ast.CallExpr:
		selector, _ := node.Fun.(*ast.SelectorExpr)
		if selector == nil {
			return nil
		}
		room, rooms := roomsNamed(selector.X, locals)
		differs := func(of string) bool {
			f := functionOf(t, of, selector.Sel.Name)
			return f != nil && !takes(f, node)
		}
		if len(rooms) > 0 && !slices.ContainsFunc(rooms, func(of string) bool { return !differs(of) }) {
			missing = append(missing, room+"."+selector.Sel.Name+" with another number of arguments")
		}
	}
	return missing
}

// libraries are the packages of the library that examples name.
var libraries = []string{"context", "errors", "fmt", "http", "netip", "os", "sql", "strings", "time"}

// libraryMethods are the methods of the library's types that examples name.
var libraryMethods = []string{"AddDate", "Context", "TempDir"}

func isLibrary(e ast.Expr, locals map[string]bool) bool {
	name, is := e.(*ast.Ident)
	return is && !locals[name.Name] && slices.Contains(libraries, name.Name)
}

// declaredNames are the names of all functions, methods, fields, types, constants and variables of the rooms.
func declaredNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		ast.Inspect(f.parsed, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncDecl:
				names[node.Name.Name] = true
				return false
			case *ast.TypeSpec:
				names[node.Name.Name] = true
			case *ast.Field:
				for _, name := range node.Names {
					names[name.Name] = true
				}
			case *ast.ValueSpec:
				for _, name := range node.Names {
					names[name.Name] = true
				}
			}
			return true
		})
	}
	return names
}

// roomsNamed are the rooms whose package has the name that stands before a point.
func roomsNamed(e ast.Expr, locals map[string]bool) (name string, rooms []string) {
	ident, is := e.(*ast.Ident)
	if !is || locals[ident.Name] {
		return "", nil
	}
	for room := range law {
		if path.Base(room) == ident.Name {
			rooms = append(rooms, room)
		}
	}
	return ident.Name, rooms
}

// functionOf returns the function of a name in a room, nil where it has none.
func functionOf(t *testing.T, room, name string) (found *ast.FuncDecl) {
	t.Helper()
	for _, f := range goFiles(t) {
		if path.Dir(f.path) != room || strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		for _, d := range f.parsed.Decls {
			if d, is := d.(*ast.FuncDecl); is && d.Recv == nil && d.Name.Name == name {
				found = d
			}
		}
	}
	return found
}

// takes tells whether a function can be called with as many arguments; one call may stand for all of them.
func takes(f *ast.FuncDecl, call *ast.CallExpr) bool {
	parameters, variadic := 0, false
	for _, field := range f.Type.Params.List {
		parameters += max(1, len(field.Names))
		_, variadic = field.Type.(*ast.Ellipsis)
	}
	if len(call.Args) == 1 {
		if _, is := call.Args[0].(*ast.CallExpr); is {
			return true
		}
	}
	if variadic {
		return len(call.Args) >= parameters-1
	}
	return len(call.Args) == parameters
}
