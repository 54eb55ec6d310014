package api

import (
	_ "embed" // the document
	"encoding/json"
	"net/http"
)

// Document describes the API in OpenAPI's form. It is written by hand: the answers are held to it.
//
//go:embed openapi.json
var Document []byte

// Description answers with the description of the API.
func (s *Answers) Description(*http.Request) (any, error) { return json.RawMessage(Document), nil }
