package jerem_test

import (
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unresolvedLink is what looks like a link to a name and is shown as plain text.
var unresolvedLink = regexp.MustCompile(`\[\*?(?:[a-z][a-z0-9/]*\.)?(?:[A-Z]\w*\.)?[A-Z]\w*[a-z]\w*\]`)

// TestCommentsLinkToNames: what a comment links to, as in [Name], is declared, so that its documentation leads there.
func TestCommentsLinkToNames(t *testing.T) {
	links := 0
	for room, files := range parsedRooms(t) {
		page, err := doc.NewFromFiles(positions, files.parsed, "jerem/"+room, doc.AllDecls|doc.PreserveAST)
		if err != nil {
			t.Fatal(err)
		}
		for at, text := range files.comments {
			for _, part := range partsOf(page.Parser().Parse(text).Content) {
				switch part := part.(type) {
				case *comment.DocLink:
					links++
					of, isOurs := strings.CutPrefix(part.ImportPath, "jerem/")
					if isOurs && part.Name != "" && !declaresLinked(t, of, part) {
						t.Errorf("%s: a link to %s of %s, which does not declare it", at, part.Name, of)
					}
				case comment.Plain:
					for _, name := range unresolvedLink.FindAllString(string(part), -1) {
						t.Errorf("%s: %s is no name of %s, nor of a room that it imports", at, name, room)
					}
				}
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links were found", links)
	}
}

func declaresLinked(t *testing.T, room string, link *comment.DocLink) bool {
	t.Helper()
	if link.Recv != "" {
		return declares(t, room, link.Recv, link.Name)
	}
	return declares(t, room, link.Name, "")
}

// parsedRoom is the files of a room without its tests.
type parsedRoom struct {
	parsed   []*ast.File
	comments map[string]string // by their places
}

func parsedRooms(t *testing.T) map[string]*parsedRoom {
	t.Helper()
	rooms := map[string]*parsedRoom{}
	for _, s := range sources(t) {
		r := rooms[s.room]
		if r == nil {
			r = &parsedRoom{comments: map[string]string{}}
			rooms[s.room] = r
		}
		r.parsed = append(r.parsed, s.parsed)
		for _, group := range s.parsed.Comments {
			r.comments[positions.Position(group.Pos()).String()] = group.Text()
		}
	}
	return rooms
}

// partsOf lists the texts and links of paragraphs and lists; what is indented is an example and has none.
func partsOf(blocks []comment.Block) (parts []comment.Text) {
	for _, block := range blocks {
		switch block := block.(type) {
		case *comment.Paragraph:
			parts = append(parts, block.Text...)
		case *comment.List:
			for _, item := range block.Items {
				parts = append(parts, partsOf(item.Content)...)
			}
		}
	}
	return parts
}

// A room of so many lines, tests left out, has a page of so many lines that says what it is: its words, its contract, a
// worked example. A smaller one may say it in a paragraph.
const (
	largeRoom = 400
	leastPage = 14
)

// TestLargeRoomsHaveTheirPage: who comes to a room that takes long to read finds a page that tells the way through it.
func TestLargeRoomsHaveTheirPage(t *testing.T) {
	large := 0
	for room, files := range parsedRooms(t) {
		lines, page := 0, 0
		for _, file := range files.parsed {
			lines += positions.File(file.Pos()).LineCount()
			page += strings.Count(file.Doc.Text(), "\n")
		}
		if lines < largeRoom {
			continue
		}
		large++
		if page < leastPage {
			t.Errorf("%s has %d lines, and %d that say what it is, at least %d", room, lines, page, leastPage)
		}
	}
	if large < 50 {
		t.Errorf("only %d large rooms were found", large)
	}
}

// compoundName is a word that only a name of a program is: small and large letters after another.
var compoundName = regexp.MustCompile(`^[A-Za-z]+[a-z][A-Z]\w*$`)

// TestCommentsNameTheirOwn: a comment that begins with a name begins with one that it stands above.
func TestCommentsNameTheirOwn(t *testing.T) {
	begun := 0
	for _, f := range goFiles(t) {
		for _, d := range f.parsed.Decls {
			names, said := declaredWithComment(d)
			first, _, _ := strings.Cut(said.Text(), " ")
			if first = strings.Trim(first, "[],.:;\n"); !compoundName.MatchString(first) {
				continue
			}
			begun++
			if !slices.Contains(names, first) {
				t.Errorf("%s: the comment of %s begins with %s", positions.Position(d.Pos()), names[0], first)
			}
		}
	}
	if begun < 1000 {
		t.Errorf("only %d comments begin with a name", begun)
	}
}

// declaredWithComment returns the names that a declaration gives, and its comment.
func declaredWithComment(d ast.Decl) (names []string, said *ast.CommentGroup) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{d.Name.Name}, d.Doc
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					names = append(names, name.Name)
				}
			}
		}
		return names, d.Doc
	}
	return nil, nil
}
