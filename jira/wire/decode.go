package wire

import (
	stdjson "encoding/json"
	"reflect"
	"unicode/utf8"

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
	if text, plain := plainText(raw); plain && setText(out, text) {
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

// plainText returns the text that stands in quotes, where none of its signs is escaped or needs to be looked at: most
// values of fields are such.
func plainText(raw []byte) (text []byte, plain bool) {
	last := len(raw) - 1
	if last < 1 || raw[0] != '"' || raw[last] != '"' {
		return nil, false
	}
	for _, c := range raw[1:last] {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return nil, false
		}
	}
	return raw[1:last], true
}

// setText sets a text; false where out is none.
func setText(out any, text []byte) bool {
	switch to := out.(type) {
	case *string:
		*to = string(text)
	case *Text:
		*to = Text(text)
	default:
		return false
	}
	return true
}

// Encode writes a value whose texts are UTF-8 as the standard library does, byte for byte, in less time.
func Encode(value any) ([]byte, error) { return json.Marshal(value, jsonv1.DefaultOptionsV1()) }

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
