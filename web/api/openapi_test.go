package api

import (
	"bytes"
	"os"
	"testing"
)

// TestDocumentIsPacked: what the program holds of its description is the file that is written by hand.
func TestDocumentIsPacked(t *testing.T) {
	text, err := readDocument()
	if err != nil {
		t.Fatal(err)
	}
	if file, err := os.ReadFile("openapi.json"); err != nil || !bytes.Equal(text, file) {
		t.Errorf("openapi.json.gz is not openapi.json: run go generate ./web/api: %v", err)
	}
}
