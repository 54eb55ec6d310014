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

// compressors are writers of zlib that are not in use: making one costs more than most documents.
var compressors = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is one that there is
	return w
}}

// Compress packs a document; nil stays nil.
func Compress(raw []byte) ([]byte, error) {
	if raw == nil {
		return nil, nil
	}
	var b bytes.Buffer
	w := compressors.Get().(*zlib.Writer)
	defer compressors.Put(w)
	w.Reset(&b)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
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
