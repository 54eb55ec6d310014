package answers

import (
	"bytes"
	"io"
	"net/http"
	"sync"
)

// Answer is a response that can be given again. A long one is not kept as text but written anew for each viewer, from
// the same computed values.
type Answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	stream func(io.Writer) error // in place of body; may be nil
	weight int                   // about how many bytes the values of stream hold

	packing sync.Once
	packed  []byte // body, compressed
}

func newAnswer() *Answer { return &Answer{header: http.Header{}, status: http.StatusOK} }

// Header implements http.ResponseWriter.
func (a *Answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *Answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *Answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// WriteString implements [io.StringWriter]: a page is a text, which is not copied once more to be written.
func (a *Answer) WriteString(text string) (int, error) { return a.body.WriteString(text) }

// Stream answers with what write writes, for each viewer anew; weight is about how many bytes its values hold.
func Stream(w http.ResponseWriter, weight int, write func(io.Writer) error) error {
	if a, ok := w.(*Answer); ok {
		a.stream, a.weight = write, weight
		return nil
	}
	return write(w)
}
