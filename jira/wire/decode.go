package wire

import (
	stdjson "encoding/json"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// lenient is how what a Jira sends is read, as the standard library reads it: names in any case, one that stands twice
// counts as it stands last, null leaves a value as it is, and a byte that is no UTF-8 costs itself alone.
var lenient = json.JoinOptions(json.MatchCaseInsensitiveNames(true), jsonv1.MergeWithLegacySemantics(true),
	jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// Decode reads JSON into out, a pointer to a value that holds no lists, maps or pointers yet. An answer of the shapes
// that are expected is read in one pass. One that holds anything else is read again by the standard library, which goes
// on behind what it cannot take: what is wrong with a part of it is noted there, in Wrong, and the error is its own.
func Decode(raw []byte, out any) error {
	if readShape(raw, out) {
		return nil
	}
	to := reflect.ValueOf(out).Elem()
	read := reflect.New(to.Type())
	read.Elem().Set(to)
	if json.Unmarshal(raw, read.Interface(), lenient) == nil {
		to.Set(read.Elem())
		return nil
	}
	return stdjson.Unmarshal(raw, out)
}

// readShape reads what a [Reader] knows to read, where it has the shape that is expected; else out stays as it is.
func readShape(raw []byte, out any) bool {
	switch to := out.(type) {
	case *string:
		return readText(raw, to)
	case *[]*Entity:
		r, read := newReader(raw), []*Entity{}
		if r.entities(&read) && r.Scan.IsAtEnd() {
			*to = read
			return true
		}
	case *[]string:
		r, read := newReader(raw), []string{}
		if r.texts(&read) && r.Scan.IsAtEnd() {
			*to = read
			return true
		}
	case Shaped:
		answer := reflect.ValueOf(out).Elem()
		read := reflect.New(answer.Type())
		read.Elem().Set(answer)
		r := newReaderOfMuch(raw)
		if read.Interface().(Shaped).ReadShape(r) && r.Scan.IsAtEnd() {
			answer.Set(read.Elem())
			return true
		}
	}
	return false
}

// DecodeEntity is [Decode] for an entity.
func DecodeEntity(raw []byte) (Entity, error) {
	r, read := newReader(raw), Entity{}
	if r.entity(&read) && r.Scan.IsAtEnd() {
		return read, nil
	}
	var out Entity
	err := Decode(raw, &out)
	return out, err
}

// DecodeText is [Decode] for a text that may come as a number or as null.
func DecodeText(raw []byte) (Text, error) {
	r, read := newReader(raw), Text("")
	if r.LooseText(&read) && r.Scan.IsAtEnd() {
		return read, nil
	}
	var out Text
	err := Decode(raw, &out)
	return out, err
}

// readText reads a text that is written plainly: most values of fields are such.
func readText(raw []byte, to *string) bool {
	s := NewScan(raw)
	text, isPlain := s.takePlain()
	if !isPlain || !s.IsAtEnd() {
		return false
	}
	*to = string(text)
	return true
}

// UnmarshalJSONFrom reads a text of the shape that is expected: a string, a number or null, or whatever else as it is
// written.
func (t *Text) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	switch from.PeekKind() {
	case 'n', '"':
		token, err := from.ReadToken()
		if err != nil {
			return err
		}
		*t = ""
		if token.Kind() == '"' {
			*t = Text(token.String())
		}
		return nil
	}
	value, err := from.ReadValue()
	*t = Text(value)
	return err
}

// UnmarshalJSONFrom reads an issue of the shape that is expected.
func (w *Issue) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	type plain Issue
	return json.UnmarshalDecode(from, (*plain)(w))
}

// UnmarshalJSONFrom reads a history of the shape that is expected.
func (w *History) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	type plain History
	if err := json.UnmarshalDecode(from, (*plain)(w)); err != nil {
		return err
	}
	w.Wrong = w.checkItems()
	return nil
}
