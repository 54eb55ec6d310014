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

// decompressors are readers of zlib that are not in use.
var decompressors sync.Pool

// Decompress unpacks a document.
func Decompress(packed []byte) ([]byte, error) {
	r, err := decompressorOf(packed)
	if err != nil {
		return nil, err
	}
	defer decompressors.Put(r)
	raw, err := io.ReadAll(r)
	return raw, err
}

func decompressorOf(packed []byte) (io.Reader, error) {
	r, ok := decompressors.Get().(io.Reader)
	if !ok {
		return zlib.NewReader(bytes.NewReader(packed))
	}
	return r, r.(zlib.Resetter).Reset(bytes.NewReader(packed), nil)
}
