package jerem_test

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// namedCode is what stands in backquotes.
var namedCode = regexp.MustCompile("`([^`\n]+)`")

// namedPath is a path of the project; what it begins with is looked up.
var namedPath = regexp.MustCompile(`^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+/?$`)

// namedSymbol is room.Name or room.Type.Name.
var namedSymbol = regexp.MustCompile(`^([a-z][a-z0-9]*(?:/[a-z0-9]+)*)\.([A-Za-z]\w*)(?:\.([A-Za-z]\w*))?$`)

// TestDocsNameWhatExists: the paths and names that the pages about the house name are there.
func TestDocsNameWhatExists(t *testing.T) {
	symbols, paths := 0, 0
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md",
		"docs/compatibility.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedCode.FindAllStringSubmatch(string(text), -1) {
			name := m[1]
			if s := namedSymbol.FindStringSubmatch(name); s != nil && isRoom(s[1]) && !isFile(name) {
				symbols++
				if !declares(t, s[1], s[2], s[3]) {
					t.Errorf("%s: %s is not declared in %s", page, name, s[1])
				}
				continue
			}
			first, _, _ := strings.Cut(name, "/")
			if _, err := os.Stat(first); err != nil || !namedPath.MatchString(name) {
				continue
			}
			paths++
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s: there is no %s", page, name)
			}
		}
	}
	if symbols < 30 || paths < 30 {
		t.Errorf("only %d names and %d paths were found", symbols, paths)
	}
}

// TestDocsNamePaths: files and folders of the project that the pages for users name are there.
func TestDocsNamePaths(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, page := range append(pages, "CHANGELOG.md", "sim/jira/FORMAT.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedCode.FindAllStringSubmatch(string(text), -1) {
			first, _, _ := strings.Cut(m[1], "/")
			isSymbol := namedSymbol.MatchString(m[1]) && !isFile(m[1])
			if _, err := os.Stat(first); err != nil || isSymbol || !namedPath.MatchString(m[1]) {
				continue
			}
			checked++
			if _, err := os.Stat(m[1]); err != nil {
				t.Errorf("%s: there is no %s", page, m[1])
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d paths were found", checked)
	}
}

// isFile tells whether a name is that of a file: config.yml is no name of the room config.
func isFile(name string) bool {
	return slices.Contains([]string{".go", ".yml", ".md"}, filepath.Ext(name))
}

func isRoom(name string) bool {
	_, ok := law[name]
	return ok
}

// declares tells whether a room declares a name, or a method or field of a type where two names are given.
func declares(t *testing.T, room, name, member string) bool {
	t.Helper()
	for _, f := range goFiles(t) {
		isDeclared := func(d ast.Decl) bool { return declaredBy(d, name, member) }
		if path.Dir(f.path) == room && slices.ContainsFunc(f.parsed.Decls, isDeclared) {
			return true
		}
	}
	return false
}

func declaredBy(d ast.Decl, name, member string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if member == "" {
			return d.Recv == nil && d.Name.Name == name
		}
		return d.Recv != nil && d.Name.Name == member && receiverName(d.Recv.List[0].Type) == name
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.Name == name && (member == "" || hasField(spec.Type, member)) {
					return true
				}
			case *ast.ValueSpec:
				for _, one := range spec.Names {
					if one.Name == name && member == "" {
						return true
					}
				}
			}
		}
	}
	return false
}

func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// hasField tells whether a struct or an interface has a field or a method of its own.
func hasField(e ast.Expr, member string) bool {
	var fields *ast.FieldList
	switch e := e.(type) {
	case *ast.StructType:
		fields = e.Fields
	case *ast.InterfaceType:
		fields = e.Methods
	default:
		return false
	}
	for _, f := range fields.List {
		if len(f.Names) == 0 && embeddedName(f.Type) == member {
			return true
		}
		for _, one := range f.Names {
			if one.Name == member {
				return true
			}
		}
	}
	return false
}

// embeddedName is the name that a type has as a field of what embeds it.
func embeddedName(e ast.Expr) string {
	if of, is := e.(*ast.SelectorExpr); is {
		return of.Sel.Name
	}
	return receiverName(e)
}

// namedTest is the name of a test.
var namedTest = regexp.MustCompile("`(Test[A-Z][A-Za-z0-9]*)`")

// TestDocsNameTests: the tests that pages call upon are there.
func TestDocsNameTests(t *testing.T) {
	declared := map[string]bool{}
	for _, f := range goFiles(t) {
		for _, d := range f.parsed.Decls {
			if test, is := d.(*ast.FuncDecl); is && test.Recv == nil && strings.HasSuffix(f.path, "_test.go") {
				declared[test.Name.Name] = true
			}
		}
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md", "SECURITY.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedTest.FindAllStringSubmatch(string(text), -1) {
			named++
			if !declared[m[1]] {
				t.Errorf("%s: there is no test %s", page, m[1])
			}
		}
	}
	if named < 20 {
		t.Errorf("only %d names of tests were found", named)
	}
}

// TestDecisionNumbers: each decision has a number of its own, which its heading bears.
func TestDecisionNumbers(t *testing.T) {
	files, err := filepath.Glob("docs/decisions/*.md")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d decisions, %v", len(files), err)
	}
	seen := map[string]string{}
	for _, file := range files {
		number, _, _ := strings.Cut(filepath.Base(file), "-")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if other := seen[number]; other != "" {
			t.Errorf("%s and %s have one number", file, other)
		}
		seen[number] = file
		if want := "# " + strings.TrimLeft(number, "0") + ". "; !strings.HasPrefix(string(text), want) {
			t.Errorf("%s does not begin with %q", file, want)
		}
	}
}
