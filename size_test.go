package jerem_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// The size of a room: a type with more methods, those of what it embeds included, wants to be several, and a folder
// with more files besides tests wants a wall.
const (
	mostMethods = 20
	mostFiles   = 15
)

// typeSize is a type: its own methods, and the types that it embeds, by folder and name.
type typeSize struct {
	methods  []string
	embedded []string
}

// typeSizes are the types of the house, each by its folder and its name: "measure.Team".
type typeSizes map[string]*typeSize

func (all typeSizes) of(name string) *typeSize {
	if all[name] == nil {
		all[name] = &typeSize{}
	}
	return all[name]
}

// addFile adds what a file of a folder declares.
func (all typeSizes) addFile(folder string, file *ast.File) {
	imported := map[string]string{} // folders, by the name that the file knows them by
	for _, i := range file.Imports {
		if room, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "jerem/"); ok {
			name := path.Base(room)
			if i.Name != nil {
				name = i.Name.Name
			}
			imported[name] = room
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil {
				one := all.of(folder + "." + baseOf(d.Recv.List[0].Type).(*ast.Ident).Name)
				one.methods = append(one.methods, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && !spec.Assign.IsValid() {
					all.of(folder+"."+spec.Name.Name).addFields(spec.Type, folder, imported)
				}
			}
		}
	}
}

// addFields adds what a type embeds, and the methods of an interface.
func (one *typeSize) addFields(declared ast.Expr, folder string, imported map[string]string) {
	var fields *ast.FieldList
	told, isInterface := declared.(*ast.InterfaceType)
	if isInterface {
		fields = told.Methods
	} else if made, is := declared.(*ast.StructType); is {
		fields = made.Fields
	} else {
		return
	}
	for _, f := range fields.List {
		if len(f.Names) > 0 {
			if isInterface {
				one.methods = append(one.methods, f.Names[0].Name)
			}
			continue
		}
		switch base := baseOf(f.Type).(type) {
		case *ast.Ident:
			one.embedded = append(one.embedded, folder+"."+base.Name)
		case *ast.SelectorExpr:
			if room, ok := imported[base.X.(*ast.Ident).Name]; ok {
				one.embedded = append(one.embedded, room+"."+base.Sel.Name)
			}
		}
	}
}

// baseOf is a type without its star and its parameters.
func baseOf(e ast.Expr) ast.Expr {
	for {
		switch inner := e.(type) {
		case *ast.StarExpr:
			e = inner.X
		case *ast.IndexExpr:
			e = inner.X
		case *ast.IndexListExpr:
			e = inner.X
		default:
			return e
		}
	}
}

// methodsOf are the names of the methods of a type, with those of what it embeds, each once.
func (all typeSizes) methodsOf(name string, seen map[string]bool) map[string]bool {
	out := map[string]bool{}
	if seen[name] || all[name] == nil {
		return out
	}
	seen[name] = true
	for _, m := range all[name].methods {
		out[m] = true
	}
	for _, e := range all[name].embedded {
		maps.Copy(out, all.methodsOf(e, seen))
	}
	return out
}

func TestTypesAreSmall(t *testing.T) {
	all := typeSizes{}
	for _, f := range goFiles(t) {
		if !strings.HasSuffix(f.path, "_test.go") {
			all.addFile(path.Dir(f.path), f.parsed)
		}
	}
	if len(all) < 1000 {
		t.Errorf("only %d types were read", len(all))
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if n := len(all.methodsOf(name, map[string]bool{})); n > mostMethods {
			t.Errorf("%s has %d methods, at most %d: which smaller type is in it?", name, n, mostMethods)
		}
	}
}

// TestPromotedMethodsCount: what a type embeds is counted by its names, once, whatever way it comes.
func TestPromotedMethodsCount(t *testing.T) {
	all := typeSizes{}
	for folder, text := range map[string]string{
		"room": `package room; import wide "jerem/other"
			type Base struct{}; func (Base) A() {}; func (*Base) B() {}
			type list[T any] struct{ *Base }; func (l *list[T]) C() {}
			type told interface{ D(); told }
			type Whole struct { *list[int]; wide.Wide; told; Base; plain string; notEmbedded wide.Wide; called func() }
			func (Whole) A() {}
			type renamed = Whole`,
		"other": `package other; type Wide struct{}; func (w Wide) E() {}; func free() {}`,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all.addFile(folder, file)
	}
	got := slices.Sorted(maps.Keys(all.methodsOf("room.Whole", map[string]bool{})))
	if want := []string{"A", "B", "C", "D", "E"}; !slices.Equal(got, want) {
		t.Errorf("counted are %v, want %v", got, want)
	}
}

func TestFoldersAreSmall(t *testing.T) {
	files := map[string]int{}
	for _, f := range goFiles(t) {
		if !strings.HasSuffix(f.path, "_test.go") {
			files[path.Dir(f.path)]++
		}
	}
	if len(files) < 150 {
		t.Errorf("only %d folders were read", len(files))
	}
	for _, folder := range slices.Sorted(maps.Keys(files)) {
		if files[folder] > mostFiles {
			t.Errorf("%s has %d files besides tests, at most %d: which room is in it?", folder, files[folder],
				mostFiles)
		}
	}
}
