package frame

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// countedFiles counts what is opened.
type countedFiles struct {
	fs.FS
	opened int
}

func (f *countedFiles) Open(name string) (fs.File, error) {
	f.opened++
	return f.FS.Open(name)
}

// TestTemplatesWait: a template is parsed when it is first executed, and once.
func TestTemplatesWait(t *testing.T) {
	files := &countedFiles{FS: fstest.MapFS{"page.html": {Data: []byte(`{{define "main"}}hello{{end}}`)}}}
	page := ParseBare(files, "page.html")
	if files.opened > 0 {
		t.Errorf("%d files are opened before a page is asked for", files.opened)
	}
	var first, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &again} {
		if err := page.ExecuteTemplate(out, "main", nil); err != nil {
			t.Fatal(err)
		}
	}
	once := files.opened
	if err := page.ExecuteTemplate(&again, "main", nil); err != nil || first.String() != "hello" {
		t.Errorf("%q, %v", first.String(), err)
	}
	if once == 0 || files.opened != once {
		t.Errorf("%d files are opened for two pages, %d for three", once, files.opened)
	}
}
