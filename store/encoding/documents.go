package encoding

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// RawDoc is what was read of an issue.
type RawDoc struct {
	ID      int64
	Version int
	Raw     []byte
}

// compressor is a writer of zlib with the memory that it writes into: making one costs more than most documents.
type compressor struct {
	packed bytes.Buffer
	writer *zlib.Writer
}

// compressors are those that are not in use.
var compressors = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is one that there is
	return &compressor{writer: w}
}}

// Compress packs a document; nil stays nil.
func Compress(raw []byte) ([]byte, error) {
	if raw == nil {
		return nil, nil
	}
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	c.packed.Reset()
	c.writer.Reset(&c.packed)
	if _, err := c.writer.Write(raw); err != nil {
		return nil, err
	}
	err := c.writer.Close()
	return bytes.Clone(c.packed.Bytes()), err
}

// decompressor is a reader of zlib with the memory that it unpacks into: how long a text is tells its end alone.
type decompressor struct {
	packed   bytes.Reader
	reader   io.ReadCloser // nil before the first text
	unpacked bytes.Buffer
}

// decompressors are those that are not in use.
var decompressors = sync.Pool{New: func() any { return new(decompressor) }}

// Decompress unpacks a document.
func Decompress(packed []byte) ([]byte, error) {
	d := decompressors.Get().(*decompressor)
	defer decompressors.Put(d)
	if err := d.begin(packed); err != nil {
		return nil, err
	}
	d.unpacked.Reset()
	_, err := d.unpacked.ReadFrom(d.reader)
	d.packed.Reset(nil) // the text is its owner's
	raw := make([]byte, d.unpacked.Len())
	copy(raw, d.unpacked.Bytes())
	return raw, err
}

// begin begins to read a packed text.
func (d *decompressor) begin(packed []byte) (err error) {
	d.packed.Reset(packed)
	if d.reader == nil {
		d.reader, err = zlib.NewReader(&d.packed)
		return err
	}
	return d.reader.(zlib.Resetter).Reset(&d.packed, nil)
}
