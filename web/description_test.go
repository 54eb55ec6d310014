package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// description is what openapi.json says, as answers are held to it.
type description struct{ *openapi3.T }

// readDescription reads the description that a server gives of itself, and checks that it is one. On-call is left out:
// its answers depend on who asks.
func readDescription(t *testing.T, h http.Handler) description {
	t.Helper()
	_, body, _ := get(t, h, "/api/v1/openapi.json")
	return parseDescription(t, body, func(path string) bool { return !isOnCall(path) })
}

// parseDescription reads a description, of which the paths that are wanted are left.
func parseDescription(t *testing.T, body string, wanted func(path string) bool) description {
	t.Helper()
	d, err := openapi3.NewLoader().LoadFromData([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatalf("openapi.json is no description: %v", err)
	}
	for path := range d.Paths.Map() {
		if !wanted(path) {
			d.Paths.Delete(path)
		}
	}
	return description{d}
}

// queryParameters are the parameters that an address reads from its query, as described.
func (d description) queryParameters(path string) []string {
	var names []string
	for _, p := range d.Paths.Value(path).Get.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			names = append(names, p.Value.Name)
		}
	}
	return names
}

// ownFormats are the formats of JSON Schema, as strict as the API keeps them: a moment is in UTC, an address is one of
// this server.
var ownFormats = []openapi3.SchemaValidationOption{
	openapi3.EnableJSONSchema2020(),
	openapi3.MultiErrors(),
	openapi3.WithStringFormatValidator("date-time", openapi3.NewCallbackValidator(func(text string) error {
		if !strings.HasSuffix(text, "Z") {
			return errors.New("is not in UTC")
		}
		return openapi3.SchemaStringFormats["date-time"].Validate(text)
	})),
	openapi3.WithStringFormatValidator("uri-reference", openapi3.NewRegexpFormatValidator("^/")),
}

// faultOf compares a JSON text with a schema.
func faultOf(schema *openapi3.Schema, text string) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	return schema.VisitJSON(value, ownFormats...)
}

// hold compares an answer with what the description says of its address and status.
func (d description) hold(t *testing.T, path, address string, code int, body string) {
	t.Helper()
	holdAnswer(t, d.Paths.Value(path).Get, address, code, body)
}

// holdAnswer compares an answer with what the description says of an operation and a status.
func holdAnswer(t *testing.T, operation *openapi3.Operation, address string, code int, body string) {
	t.Helper()
	said := operation.Responses.Status(code)
	if said == nil {
		t.Errorf("%s: status %d is not described", address, code)
		return
	}
	if err := faultOf(said.Value.Content.Get("application/json").Schema.Value, body); err != nil {
		t.Errorf("%s: %v", address, err)
	}
}

// TestDescriptionIsStrict: the check that answers are held to finds what is missing, too much or wrong.
func TestDescriptionIsStrict(t *testing.T) {
	var schema openapi3.Schema
	if err := json.Unmarshal(
		[]byte(`{"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
		"a": {"type": ["integer", "null"]}, "b": {"type": "string", "format": "date"},
		"at": {"type": "string", "format": "date-time"}, "to": {"type": "string", "format": "uri-reference"},
		"pair": {"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 1}}}`),
		&schema); err != nil {
		t.Fatal(err)
	}
	for text, right := range map[string]bool{
		`{"a":1}`: true, `{"a":null,"b":"2026-11-23"}`: true, `{}`: false, `{"a":1.5}`: false, `{"a":"1"}`: false,
		`{"a":1,"c":2}`: false, `{"a":1,"b":"noon"}`: false, `{"a":1,"b":"2026-11-31"}`: false, `[]`: false,
		`{"a":1,"at":"2026-11-23T10:00:00.5Z"}`: true, `{"a":1,"at":"2026-11-23T10:00:00+01:00"}`: false,
		`{"a":1,"to":"/teams"}`: true, `{"a":1,"to":"https://example.org/"}`: false,
		`{"a":1,"pair":["x"]}`: true, `{"a":1,"pair":[1]}`: false, `{"a":1,"pair":["x",2]}`: false,
	} {
		if err := faultOf(&schema, text); (err == nil) != right {
			t.Errorf("%s: taken as right: %v, want %v", text, err == nil, right)
		}
	}
}
