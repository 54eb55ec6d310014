package web

import (
	_ "embed" // the document
	"net/http"
)

// openapi describes the API in OpenAPI's form. It is written by hand: the answers are held to it.
//
//go:embed openapi.json
var openapi []byte

func (s *Server) apiDescription(*http.Request) (any, error) { return rawJSON(openapi), nil }
