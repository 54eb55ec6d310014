package frame

import (
	"html/template"
	"io"
	"io/fs"
	"sync"

	"jerem/ui"
	"jerem/web/format"
)

// Template is the template of a page. It is parsed when it is first executed, for most commands of the program show no
// page: all of them take 6 MiB of memory, and a third of the time in which the program starts.
type Template struct{ parsed func() *template.Template }

// ParsePage makes a page out of the frame, the parts that pages share and its own content, which files hold under
// names.
func ParsePage(files fs.FS, names ...string) *Template {
	return parseIn("frame.html", files, names)
}

// ParseBare makes a page like [ParsePage], without head, foot and script: for the frames of other pages and for walls.
func ParseBare(files fs.FS, names ...string) *Template {
	return parseIn("bare.html", files, names)
}

func parseIn(outer string, files fs.FS, names []string) *Template {
	return &Template{sync.OnceValue(func() *template.Template {
		functions := template.FuncMap{
			"figure": format.Figure, "hours": format.Hours, "percent": format.Percent, "plural": format.Plural,
			"asset": ui.Address, "head": NewCardHead, "item": menuItem, "itemIf": itemIf,
			"unlinked": unlinkFigures, "unbroken": unbroken,
		}
		page := template.New(outer).Funcs(functions)
		page = template.Must(page.ParseFS(frameFiles, outer, "parts.html", "pieces.html"))
		return template.Must(page.ParseFS(files, names...))
	})}
}

// Execute writes a page.
func (t *Template) Execute(w io.Writer, v any) error { return t.parsed().Execute(w, v) }

// ExecuteTemplate writes the part of a page that has a name.
func (t *Template) ExecuteTemplate(w io.Writer, name string, v any) error {
	return t.parsed().ExecuteTemplate(w, name, v)
}
