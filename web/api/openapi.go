package api

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the document
	"encoding/json"
	"io"
	"net/http"
)

//go:generate gzip -n9kf openapi.json

//go:embed openapi.json.gz
var packedDocument []byte

// readDocument returns the description of the API in OpenAPI's form: openapi.json, which is written by hand and held
// packed. The answers are held to it.
func readDocument() ([]byte, error) {
	text, err := gzip.NewReader(bytes.NewReader(packedDocument))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(text)
}

// Description answers with the description of the API.
func (s *Answers) Description(*http.Request) (any, error) {
	text, err := readDocument()
	return json.RawMessage(text), err
}
