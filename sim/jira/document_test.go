package jirasim

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"jerem/sim/jira/wire"
)

// document is one of Atlassian's OpenAPI documents, which finds the operation that an address asks.
type document struct{ routers.Router }

// readDocument reads a document and checks that it is one; its examples and defaults are not all of their own schemas.
// It names https://your-domain.atlassian.net as its server: here any server is one. Paths that only change or delete
// are left out: three of them stand beside another one that differs in the name of a parameter alone, which OpenAPI
// forbids.
func readDocument(t *testing.T, name string) document {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join(recorded(t, "openapi"), name))
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil
	for path, item := range doc.Paths.Map() {
		if item.Get == nil && item.Post == nil {
			doc.Paths.Delete(path)
		}
	}
	router, err := legacy.NewRouter(doc, openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.WalkSchemas(closeObject); err != nil {
		t.Fatal(err)
	}
	return document{router}
}

// undocumented is the schema of a property that the document does not name: no value fits, so that the error tells the
// place of the property, not that of its object. OpenAPI 3.0 has no such schema, so that it is set after the document
// is checked.
var undocumented = openapi3.Schema{Always: new(bool)}

// undocumentedText is what the error of such a property says; other errors say what the library says.
func undocumentedText(fault *openapi3.SchemaError) string {
	if fault.Schema == &undocumented {
		return "the document does not name this property"
	}
	return ""
}

// closeObject refuses properties beside those that an object names, also where the document does not say that it has
// no others.
func closeObject(_ string, schema *openapi3.SchemaRef) error {
	others := &schema.Value.AdditionalProperties
	isSilent := others.Has == nil && others.Schema == nil && len(schema.Value.Properties) > 0
	if isSilent || others.Has != nil && !*others.Has {
		*others = openapi3.AdditionalProperties{Schema: undocumented.NewRef()}
	}
	return nil
}

// operation is what the document says of an address.
func (d document) operation(t *testing.T, method, address string) *openapi3.Operation {
	t.Helper()
	route, _, err := d.FindRoute(httptest.NewRequest(method, address, nil))
	if err != nil {
		t.Fatalf("%s %s is in no document: %v", method, address, err)
	}
	return route.Operation
}

// answerSchema is the schema of what an address answers. Where the document has only an example, it is one of the same
// things.
func (d document) answerSchema(t *testing.T, method, address string) *openapi3.Schema {
	t.Helper()
	content := d.operation(t, method, address).Responses.Status(http.StatusOK).Value.Content.Get("application/json")
	if content.Schema != nil {
		return content.Schema.Value
	}
	var example any
	if err := json.Unmarshal([]byte(wire.Text(content.Example)), &example); err != nil {
		t.Fatalf("%s %s: neither schema nor example: %v", method, address, err)
	}
	return exampleSchema(example)
}

// exampleSchema is the schema of an example: its properties and their types, none of them required.
func exampleSchema(example any) *openapi3.Schema {
	switch v := example.(type) {
	case wire.Obj:
		object := openapi3.NewObjectSchema()
		for name, value := range v {
			object.WithProperty(name, exampleSchema(value))
		}
		_ = closeObject("", object.NewRef())
		return object
	case []any:
		all := wire.Obj{}
		for _, item := range v {
			object, _ := item.(wire.Obj)
			maps.Copy(all, object)
		}
		return openapi3.NewArraySchema().WithItems(exampleSchema(all))
	case string:
		return openapi3.NewStringSchema()
	case bool:
		return openapi3.NewBoolSchema()
	}
	return openapi3.NewFloat64Schema()
}

// faultsOf compares an answer with a schema.
func faultsOf(schema *openapi3.Schema, answer any) []*openapi3.SchemaError {
	return listFaults(schema.VisitJSON(withoutNulls(answer), openapi3.VisitAsResponse(), openapi3.MultiErrors(),
		openapi3.SetSchemaErrorMessageCustomizer(undocumentedText),
		openapi3.WithStringFormatValidator("date-time", openapi3.NewCallbackValidator(checkMoment))))
}

// checkMoment takes moments as the live service writes them: the offset has no colon but in the Agile API.
func checkMoment(text string) error {
	_, err := time.Parse("2006-01-02T15:04:05.000-0700", text)
	if err == nil {
		return nil
	}
	return openapi3.SchemaStringFormats["date-time"].Validate(text)
}

// listFaults takes the faults of a comparison apart, also those of what an object is made of.
func listFaults(err error) []*openapi3.SchemaError {
	var out []*openapi3.SchemaError
	switch err := err.(type) {
	case openapi3.MultiError:
		for _, e := range err {
			out = append(out, listFaults(e)...)
		}
	case *openapi3.SchemaError:
		var parts openapi3.MultiError
		if err.SchemaField == "allOf" && errors.As(err.Origin, &parts) {
			return listFaults(parts)
		}
		return append(out, err)
	}
	return out
}

// withoutNulls drops what an answer holds as null: the live service writes it for whatever is not known, which its
// documents seldom tell. What is required must be there and not null.
func withoutNulls(v any) any {
	switch v := v.(type) {
	case wire.Obj:
		out := wire.Obj{}
		for name, value := range v {
			if value != nil {
				out[name] = withoutNulls(value)
			}
		}
		return out
	case []any:
		out := []any{}
		for _, value := range v {
			if value != nil {
				out = append(out, withoutNulls(value))
			}
		}
		return out
	}
	return v
}

var listIndex = regexp.MustCompile(`^\d+$`)

// placeOf is where a fault is in an answer, whichever item of a list it is in.
func placeOf(fault *openapi3.SchemaError) string {
	var place strings.Builder
	for _, part := range fault.JSONPointer() {
		if !listIndex.MatchString(part) {
			place.WriteString("/" + part)
		}
	}
	return place.String()
}
