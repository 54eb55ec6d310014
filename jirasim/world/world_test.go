package world

import (
	"bytes"
	"testing"
)

func TestLoads(t *testing.T) {
	for seed := range uint64(10) {
		w := New(seed)
		if !bytes.Equal(w.Story(), New(seed).Story()) {
			t.Errorf("seed %d makes two companies", seed)
		}
		if _, err := w.Site(); err != nil {
			t.Errorf("seed %d: %.2000s", seed, err)
		}
	}
}
