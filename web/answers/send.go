package answers

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Of what is sent: no answer below worthPacking is compressed, a viewer who takes nothing for stalledLongest is given
// up, and so is one who is not done after sendLongest.
const (
	worthPacking   = 1 << 10
	stalledLongest = 30 * time.Second
	sendLongest    = 15 * time.Minute
	sendPiece      = 32 << 10
)

// sendAnswer gives an answer to a viewer, compressed for who takes that.
func sendAnswer(w http.ResponseWriter, r *http.Request, one *Answer) {
	h := w.Header()
	for name, values := range one.header {
		h[name] = values
	}
	h.Add("Vary", "Accept-Encoding")
	pack := takesGzip(r)
	out := newPieceWriter(w)
	if one.stream == nil {
		sendBody(out, w, r, one, pack)
		return
	}
	if pack {
		h.Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(one.status)
	if r.Method == http.MethodHead {
		return
	}
	if sendStream(out, one.stream, pack) != nil {
		// Too late for another status: the connection is broken off, so that nobody takes a part for the whole.
		panic(http.ErrAbortHandler)
	}
}

// sendBody sends what is in memory, with its length.
func sendBody(out io.Writer, w http.ResponseWriter, r *http.Request, one *Answer, pack bool) {
	body := one.body.Bytes()
	if pack {
		if len(body) >= worthPacking {
			body = one.gzippedBody()
		}
		if len(body) > 0 && len(body) != one.body.Len() {
			w.Header().Set("Content-Encoding", "gzip")
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(one.status)
	if r.Method != http.MethodHead {
		_, _ = out.Write(body) // who asked may have gone
	}
}

// packAhead compresses what a viewer will take so, as a part of computing it.
func (a *Answer) packAhead() {
	if a.stream == nil && a.body.Len() >= worthPacking {
		a.gzippedBody()
	}
}

// gzippedBody is the body, compressed once for all who take it so; the body itself where that is no gain.
func (a *Answer) gzippedBody() []byte {
	a.packing.Do(func() {
		var b bytes.Buffer
		z := packers.Get().(*gzip.Writer)
		z.Reset(&b)
		_, _ = z.Write(a.body.Bytes()) // a buffer takes everything
		_ = z.Close()
		packers.Put(z)
		a.packed = a.body.Bytes()
		if b.Len() < a.body.Len() {
			a.packed = b.Bytes()
		}
	})
	return a.packed
}

// packers write as small as the standard library does, in a third of its time.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, packingLevel) // the level exists
	return z
}}

const packingLevel = 6

func sendStream(out io.Writer, write func(io.Writer) error, pack bool) error {
	if !pack {
		return write(out)
	}
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(out)
	if err := write(z); err != nil {
		return err
	}
	return z.Close()
}

// takesGzip tells whether a viewer takes gzip: named, or meant by *, and not with a quality of 0.
func takesGzip(r *http.Request) bool {
	named, any := -1.0, -1.0
	for _, line := range r.Header.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(line, ",") {
			name, rest, _ := strings.Cut(part, ";")
			quality := 1.0
			if q, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(rest), " ", ""), "q="); ok {
				x, err := strconv.ParseFloat(q, 64)
				if err != nil {
					continue
				}
				quality = x
			}
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip", "x-gzip":
				named = quality
			case "*":
				any = quality
			}
		}
	}
	if named >= 0 {
		return named > 0
	}
	return any > 0
}

// pieceWriter writes in pieces and gives each of them time, so that a slow viewer gets all of it and one who does not
// read holds nothing for ever.
type pieceWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	end     time.Time
	stalled time.Duration // for a piece
}

func newPieceWriter(w http.ResponseWriter) *pieceWriter {
	return &pieceWriter{w: w, control: http.NewResponseController(w), end: time.Now().Add(sendLongest),
		stalled: stalledLongest}
}

// Write implements io.Writer.
func (p *pieceWriter) Write(b []byte) (int, error) {
	sent := 0
	for len(b) > 0 {
		until := time.Now().Add(p.stalled)
		if until.After(p.end) {
			until = p.end
		}
		_ = p.control.SetWriteDeadline(until) // a recorder of tests has none
		piece := b[:min(len(b), sendPiece)]
		n, err := p.w.Write(piece)
		sent += n
		if err != nil {
			return sent, err
		}
		b = b[len(piece):]
	}
	return sent, nil
}
