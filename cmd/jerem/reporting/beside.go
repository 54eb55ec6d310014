package reporting

import (
	"io"
	"sync"
)

// pieceOfText is how many bytes are gathered before they are written.
const pieceOfText = 128 << 10

// besideWriter writes beside what is done to make the text: while a piece is written, the next one is gathered.
type besideWriter struct {
	piece   []byte      // that is gathered
	full    chan []byte // to be written
	empty   chan []byte // to be gathered in
	writing sync.WaitGroup
	failed  chan struct{} // closed when err is there
	err     error
}

// writeBeside begins to write to w what is written until Close.
func writeBeside(w io.Writer) *besideWriter {
	b := &besideWriter{piece: make([]byte, 0, pieceOfText), full: make(chan []byte), empty: make(chan []byte, 2),
		failed: make(chan struct{})}
	b.empty <- make([]byte, 0, pieceOfText)
	b.writing.Go(func() {
		for piece := range b.full {
			if b.err == nil {
				if _, b.err = w.Write(piece); b.err != nil {
					close(b.failed)
				}
			}
			b.empty <- piece[:0]
		}
	})
	return b
}

// Write implements io.Writer. It returns the error of an earlier piece, as soon as that is known.
func (b *besideWriter) Write(text []byte) (int, error) {
	for rest := text; len(rest) > 0; {
		taken := min(len(rest), cap(b.piece)-len(b.piece))
		b.piece, rest = append(b.piece, rest[:taken]...), rest[taken:]
		if len(b.piece) == cap(b.piece) {
			b.handOver()
		}
	}
	select {
	case <-b.failed:
		return 0, b.err
	default:
		return len(text), nil
	}
}

// handOver has what was gathered written, and takes another piece.
func (b *besideWriter) handOver() { b.full <- b.piece; b.piece = <-b.empty }

// Close writes what is left, waits until all is written, and returns what that ended by.
func (b *besideWriter) Close() error {
	b.full <- b.piece
	close(b.full)
	b.writing.Wait()
	return b.err
}
