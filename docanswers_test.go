package jerem_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// answerBlock is a paragraph of docs/api.md and the answer that it shows below; askedAddress is what it asks for.
var (
	answerBlock  = regexp.MustCompile("(?ms)^([^\\n]+)\\n\\n?```\\n(.*?)^```")
	askedAddress = regexp.MustCompile("`GET (/[^`?\\[]*)[^`]*`[^`]*(?:`[^`]+`[^`]*)*→")
	answerToken  = regexp.MustCompile(`\([^()]*\)|"[^"]*"|[{}\[\]:,]|[^{}\[\]:,"()]+`)
)

// addressOfBeside is the address whose answer has something besides, by the words that say so.
var addressOfBeside = map[string]string{"the answer of a sprint has besides": "/teams/{team}/sprints/{id}"}

// addressNames are placeholders of docs/api.md that the description of the API calls otherwise.
var addressNames = strings.NewReplacer("{Qn-yy}", "{quarter}")

// TestDocsAnswers: the names of each answer that docs/api.md shows are names of that answer in the description of the
// API, at the same place in it.
func TestDocsAnswers(t *testing.T) {
	description := readDescription(t)
	page, err := os.ReadFile("docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	answers, names := 0, 0
	for _, block := range answerBlock.FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(block[2], `"`) {
			continue
		}
		address := addressAbove(block[1])
		schema := description.answerOf("/api/v1" + address)
		if schema == nil {
			t.Errorf("no answer of the API is described for %q, which stands above\n%.100s", address, block[2])
			continue
		}
		answers++
		reader := answerReader{tokens: answerToken.FindAllString(block[2], -1), description: description}
		reader.readObject(schema, address)
		names += reader.names
		for _, name := range reader.unknown {
			t.Errorf("docs/api.md shows %s, which the answer has not", name)
		}
	}
	if answers < 7 || names < 190 {
		t.Errorf("only %d names of %d answers were found", names, answers)
	}
}

// TestDocsAnswersAreRead: a name that only another answer has, or another part of the same one, is found.
func TestDocsAnswersAreRead(t *testing.T) {
	description := readDescription(t)
	for shown, want := range map[string]string{
		`{ "id", "ledger": {"commitment", "entries": [{"time"}]}, "quality": {...} }`: "",
		`{ "id", "epics": [{"key"}] }`:                    "a: epics",
		`{ "commitment" }`:                                "a: commitment",
		`{ "ledger": {"commitment", "id"}, "state" }`:     "a: ledger.id",
		`{ "ledger": {"entries": [{"kind": "x", "p"}]} }`: "a: ledger.entries.p",
		`"scope", "others_active": [{"label", "state"}]`:  "a: others_active.state",
	} {
		reader := answerReader{tokens: answerToken.FindAllString(shown, -1), description: description}
		reader.readObject(description.answerOf("/api/v1/teams/{team}/sprints/{id}"), "a")
		if got := strings.Join(reader.unknown, " "); got != want {
			t.Errorf("%s: %q is not of a sprint's answer, want %q", shown, got, want)
		}
	}
}

// addressAbove is the address that a paragraph above an answer asks for.
func addressAbove(paragraph string) string {
	for words, address := range addressOfBeside {
		if strings.Contains(paragraph, words) {
			return address
		}
	}
	asked := askedAddress.FindStringSubmatch(paragraph)
	if asked == nil {
		return ""
	}
	return addressNames.Replace(asked[1])
}

// apiDescription is web/api/openapi.json.
type apiDescription map[string]any

func readDescription(t *testing.T) (d apiDescription) {
	t.Helper()
	raw, err := os.ReadFile("web/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// at returns what stands at a path of names, nil for nothing.
func (d apiDescription) at(names ...string) map[string]any {
	value := map[string]any(d)
	for _, name := range names {
		value, _ = value[name].(map[string]any)
	}
	return value
}

// answerOf is the schema of an address's answer.
func (d apiDescription) answerOf(address string) map[string]any {
	return d.at("paths", address, "get", "responses", "200", "content", "application/json", "schema")
}

// shapesOf are the objects that a schema may be, those in its lists and under its free names included.
func (d apiDescription) shapesOf(schema map[string]any) (shapes []map[string]any) {
	if name, is := schema["$ref"].(string); is {
		return d.shapesOf(d.at(strings.Split(strings.TrimPrefix(name, "#/"), "/")...))
	}
	if _, is := schema["properties"]; is {
		shapes = append(shapes, schema)
	}
	for _, name := range []string{"items", "additionalProperties"} {
		if inner, is := schema[name].(map[string]any); is {
			shapes = append(shapes, d.shapesOf(inner)...)
		}
	}
	for _, name := range []string{"oneOf", "anyOf", "allOf"} {
		choices, _ := schema[name].([]any)
		for _, one := range choices {
			inner, _ := one.(map[string]any)
			shapes = append(shapes, d.shapesOf(inner)...)
		}
	}
	return shapes
}

// propertyOf is the schema of a name of an object, nil for a name that it has not.
func (d apiDescription) propertyOf(schema map[string]any, name string) map[string]any {
	for _, shape := range d.shapesOf(schema) {
		properties, _ := shape["properties"].(map[string]any)
		if property, is := properties[name].(map[string]any); is {
			return property
		}
	}
	return nil
}

// anyPropertyOf is the schema of the names of an object whose names all have the same, nil where it has none.
func (d apiDescription) anyPropertyOf(schema map[string]any) map[string]any {
	for _, shape := range d.shapesOf(schema) {
		properties, _ := shape["properties"].(map[string]any)
		for _, property := range properties {
			property, _ := property.(map[string]any)
			return property
		}
	}
	return nil
}

// answerReader reads an answer as docs/api.md writes it: names in braces, some with what they hold, and words between
// them.
type answerReader struct {
	tokens      []string
	description apiDescription
	names       int
	unknown     []string // with the names that they stand under
}

// readObject reads names up to the brace that closes them.
func (r *answerReader) readObject(schema map[string]any, place string) {
	last, isValue := schema, false // last is what the name before holds
	separator := ": "
	if strings.Contains(place, ": ") {
		separator = "."
	}
	inner := place
	for len(r.tokens) > 0 {
		token := r.tokens[0]
		r.tokens = r.tokens[1:]
		switch {
		case token == "}":
			return
		case token == "{":
			r.readObject(last, inner)
			isValue = false
		case token == ":":
			isValue = true
		case token == "LIST": // any name
			last = r.description.anyPropertyOf(schema)
		case token == ",":
			isValue = false
		case token[0] == '"' && !isValue:
			name := strings.Trim(token, `"`)
			r.names++
			inner = place + separator + name
			if last = r.description.propertyOf(schema, name); last == nil && schema != nil {
				r.unknown = append(r.unknown, inner)
			}
		case token[0] == '"':
			isValue = false
		}
	}
}
