package warp10

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"

	"jerem/series"
)

// This file writes the bodies of requests: series as lines, grouped by series, compressed.

// writers are kept: a compressor has more than a megabyte of tables.
var writers = sync.Pool{New: func() any {
	zip, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level exists
	return &bodyWriter{zip: zip}
}}

// bodyWriter holds what the writing of a body needs.
type bodyWriter struct {
	text   []byte
	packed bytes.Buffer
	zip    *gzip.Writer
}

// Encoding names the bodies by the platform's unit, empty before it was asked for.
func (w *Sink) Encoding() string {
	if told := w.told.Load(); told != 0 {
		return fmt.Sprintf("warp10 %d", told)
	}
	return ""
}

// Encode writes the body of a request that posts series, in the platform's time unit.
func (w *Sink) Encode(list []series.Series) ([]byte, error) {
	b := writers.Get().(*bodyWriter)
	defer writers.Put(b)
	b.packed.Reset()
	b.zip.Reset(&b.packed)
	for i := range list {
		b.text = w.appendSeries(b.text[:0], &list[i])
		if _, err := b.zip.Write(b.text); err != nil {
			return nil, err
		}
	}
	if err := b.zip.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(b.packed.Bytes()), nil
}

// appendSeries appends the lines of a series in the platform's time unit.
func (w *Sink) appendSeries(text []byte, s *series.Series) []byte {
	unit := w.unitsPerSecond()
	if unit == 1_000_000 {
		return s.AppendGTS(text)
	}
	scaled := *s
	scaled.Points = rescalePoints(s.Points, unit)
	return scaled.AppendGTS(text)
}
