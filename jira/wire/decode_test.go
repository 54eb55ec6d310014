package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// answer is of the shapes that Jira's answers have.
type answer struct {
	Issues    []Issue   `json:"issues"`
	Histories []History `json:"changeHistories"`
	Entities  []Entity  `json:"things"`
	Total     int       `json:"total"`
	Last      *bool     `json:"isLast"`
	Any       any       `json:"any"`
}

// shaped is an answer that a Reader knows to read.
type shaped struct {
	Issues    []Issue   `json:"issues"`
	Histories []History `json:"changeHistories"`
	Entities  []*Entity `json:"things"`
	Entity    Entity    `json:"thing"`
}

// ReadShape reads it of the shape that is expected.
func (s *shaped) ReadShape(r *Reader) bool {
	return r.Scan.Object([]string{"issues", "changeHistories", "things", "thing"}, func(number int) bool {
		switch number {
		case 0:
			return r.Issues(&s.Issues)
		case 1:
			return r.Histories(&s.Histories)
		case 2:
			s.Entities = []*Entity{}
			return r.entities(&s.Entities)
		}
		return r.entity(&s.Entity)
	})
}

// decodings are answers as Jira, and what stands before it, may send them.
var decodings = []string{
	`{}`, `null`, `[]`, `7`, `{"issues":null}`, `{"issues":{}}`, `{"issues":[null]}`,
	`{"issues":[{"id":"1","key":"K-1","fields":{"a":[1, 2],"b":null,"c":"x"}}],"isLast":true}`,
	`{"issues":[{"id":"1"},{"id":2,"key":"K-2"},{"id":"3","fields":7},8,{"id":"4"}]}`,
	`{"issues":[{"id":"1","changelog":{"total":2,"histories":[{"id":5,"items":"x"},{"id":"6"}]}}]}`,
	`{"changeHistories":[{"id":7,"created":1767344400000,"items":[{"field":"status","from":3,"to":null,` +
		`"toString":"B"}]}]}`,
	`{"changeHistories":[{"id":"7","created":"2026-01-02T10:00:00.000+0100","items":[{"from":{"x" : 1},"to":[1]}]}]}`,
	`{"changeHistories":[{"id":true,"created":{},"items":[{"field":5}]}]}`,
	`{"things":[{"id":1,"name":"a","child":{"value":"b"}},{"id":null},{"child":null}]}`,
	`{"total":3,"total":4,"TOTAL":5}`, `{"Issues":[{"ID":"1","KEY":"K-1"}]}`, `{"total":"3"}`, `{"total":3.5}`,
	`{"total":1e2}`,
	"{\"things\":[{\"name\":\"a\xffb\xed\xa0\x80\"}]}", `{"things":[{"name":"\ud800 \u00e9 \n"}]}`,
	`{"thing":{"child":{"name":"a"},"child":{"value":"b"}}}`, `{"thing":{"name":"a","name":null}}`,
	`{"issues":[{"id":"1","fields":{"a":1,"a":2},"fields":{"b":3}}]}`, `{"issues":[{"fields":{"a":1,"a":2}}]}`,
	`{"any":{"a":[1,"b",{"c":null}],"a":2.5}}`, `{"issues":[{"id":"1"}]`, `{"issues":[{"id":"1"}]} x`, ``,
}

// TestDecodeAsStandard: an answer is read as the standard library reads it, in whatever shape it comes, but in one pass
// where it has the shape that is expected.
func TestDecodeAsStandard(t *testing.T) {
	for _, raw := range decodings {
		compareDecoding(t, []byte(raw))
	}
}

// FuzzDecode: the same of any text.
func FuzzDecode(f *testing.F) {
	for _, raw := range decodings {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { compareDecoding(t, raw) })
}

func compareDecoding(t *testing.T, raw []byte) {
	t.Helper()
	compareWithStandard(t, raw, answer{Total: -1})
	// of a list that stands there already the standard library takes over what was in its places: nothing reads so
	compareWithStandard(t, raw, shaped{Entity: Entity{Name: "before"}})
	compareWithStandard(t, raw, Entity{Name: "before"})
	compareWithStandard(t, raw, []*Entity(nil))
	compareWithStandard(t, raw, []string(nil))
	compareParts(t, raw)
}

// compareParts compares what has a function of its own.
func compareParts(t rapid.TB, raw []byte) {
	t.Helper()
	var text Text
	var entity Entity
	errs := []error{json.Unmarshal(raw, &text), json.Unmarshal(raw, &entity)}
	gotText, err := DecodeText(raw)
	if (err == nil) != (errs[0] == nil) || err == nil && gotText != text {
		t.Errorf("%s: %q, %v, want %q, %v", raw, gotText, err, text, errs[0])
	}
	gotEntity, err := DecodeEntity(raw)
	if (err == nil) != (errs[1] == nil) || err == nil && !cmp.Equal(gotEntity, entity) {
		t.Errorf("%s: %v, %v, want %v, %v", raw, gotEntity, err, entity, errs[1])
	}
}

// compareWithStandard compares what is read into a value of a type, which is something else before.
func compareWithStandard[T any](t rapid.TB, raw []byte, before T) {
	t.Helper()
	got, want := before, before
	err, standard := Decode(raw, &got), json.Unmarshal(raw, &want)
	if (err == nil) != (standard == nil) {
		t.Errorf("%s: %v, of the standard library %v", raw, err, standard)
	}
	words := cmp.Transformer("words", func(err error) string { return fmt.Sprint(err) })
	if diff := cmp.Diff(want, got, words); diff != "" {
		t.Errorf("%s: %s", raw, diff)
	}
}

// TestAppendAsStandard: texts and numbers are written as the standard library writes them, byte for byte.
func TestAppendAsStandard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Just("a\xffb"),
			rapid.StringMatching(`[a-z<>&"\\\n\x00\x7f é\x{2028}\x{2029}\x{fffd}]{0,8}`),
			rapid.Just("a\xffb")).Draw(t, "text")
		if want, err := json.Marshal(text); string(AppendText(nil, text)) != string(want) || err != nil {
			t.Fatalf("%q: %s, want %s", text, AppendText(nil, text), want)
		}
		number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1000, 1000),
			rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1e-6, 9.9e-7, 1e21, 9.9e20, 3})).Draw(t, "number")
		if want, err := json.Marshal(number); err == nil && string(AppendNumber(nil, number)) != string(want) {
			t.Fatalf("%s, want %s", AppendNumber(nil, number), want)
		}
	})
}

// someJSON draws a text that is nearly of the shape of an answer: names in other cases, some twice, any values.
func someJSON(t *rapid.T, depth int) string {
	names := []string{"issues", "id", "key", "fields", "changelog", "total", "histories", "changeHistories", "created",
		"items", "field", "fieldId", "from", "toString", "tostring", "things", "thing", "name", "Name", "value",
		"child", "self", "kéy", "\\u006bey", "\u212aey"}
	space := rapid.SampledFrom([]string{"", "", "", " ", "\n\t"})
	kind := rapid.IntRange(0, 9).Draw(t, "kind")
	if depth == 0 {
		kind = rapid.IntRange(4, 9).Draw(t, "scalar")
	}
	switch kind {
	case 0, 1, 2:
		var parts []string
		for range rapid.IntRange(0, 4).Draw(t, "names") {
			name := rapid.SampledFrom(names).Draw(t, "name")
			parts = append(parts, space.Draw(t, "space")+`"`+name+`"`+space.Draw(t, "space")+":"+someJSON(t, depth-1))
		}
		return space.Draw(t, "space") + "{" + strings.Join(parts, ",") + space.Draw(t, "space") + "}"
	case 3:
		var parts []string
		for range rapid.IntRange(0, 3).Draw(t, "elements") {
			parts = append(parts, someJSON(t, depth-1))
		}
		return "[" + strings.Join(parts, space.Draw(t, "space")+",") + "]" + space.Draw(t, "space")
	case 4, 5, 6:
		return `"` + rapid.SampledFrom([]string{"", "7", "ab", "é", "a\\n", "\\u00e9", "\\ud800", "a\xffb", "\\x",
			"\x01", strings.Repeat("long", 20)}).Draw(t, "text") + `"`
	}
	return rapid.SampledFrom([]string{"null", "true", "false", "0", "-1", "17", "2.50", "1e5", "1E-7", "01", "-", "1.",
		"1e999", "nul", "", "}", "\x00"}).Draw(t, "value")
}

// TestDecodeNearlyShaped: what is nearly of the shape that is expected is read as the standard library reads it.
func TestDecodeNearlyShaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(someJSON(t, 4))
		compareWithStandard(t, raw, shaped{})
		compareWithStandard(t, raw, Entity{})
		compareWithStandard(t, raw, []*Entity(nil))
		compareWithStandard(t, raw, []string(nil))
		compareParts(t, raw)
	})
	issue := rapid.Custom(func(t *rapid.T) string {
		item := `{"field":` + someJSON(t, 0) + `,"from":` + someJSON(t, 0) + `,"toString":` + someJSON(t, 0) + `}`
		history := `{"id":` + someJSON(t, 0) + `,"created":` + someJSON(t, 0) + `,"items":[` + item + `]}`
		return `{"issues":[{"id":"1","fields":{"a":` + someJSON(t, 2) + `,"b":` + someJSON(t, 1) + `},` +
			`"changelog":{"total":` +
			someJSON(t, 0) + `,"histories":[` + history + `]}}]}`
	})
	rapid.Check(t, func(t *rapid.T) { compareWithStandard(t, []byte(issue.Draw(t, "raw")), shaped{}) })
}

// sample is an issue as a Cloud sends it, with its history.
const sample = `{"expand":"x","issues":[{"expand":"y","id":"10007","self":"https://example.org/7","key":"K-7",` +
	`"fields":{"summary":"Certificates \"expire\"","status":{"self":"https://example.org/3","name":"Doing","id":"3"},` +
	`"labels":["a","b"],"customfield_10016":5.0,"parent":null,"customfield_10020":[{"id":21,"name":"Sprint 21"}]}}],` +
	`"changeHistories":[{"id":"7","author":{"accountId":"x"},"created":1767344400000,"items":[{"field":"status",` +
	`"fieldtype":"jira","fieldId":"status","from":"1","fromString":"To Do","to":"3","toString":"Doing"}]},` +
	`{"id":"8","created":"2026-01-02T10:00:00.000+0100","items":[{"field":"Rank","to":"","toString":"Ranked – up"}]}]}`

// TestShapesTakeNoDecoder: an answer as a Cloud sends it is read without a decoder, and takes little memory besides
// what it tells: words that come again are one.
func TestShapesTakeNoDecoder(t *testing.T) {
	compareWithStandard(t, []byte(sample), shaped{})
	if !readShape([]byte(sample), &shaped{}) || !readShape([]byte(`[{"id":"3"},null]`), &[]*Entity{}) {
		t.Error("an answer takes a decoder")
	}
	one := `{"id":"7","author":{"accountId":"x"},"created":1767344400000,"items":[{"field":"status",` +
		`"fieldtype":"jira","fieldId":"status","from":"1","fromString":"To Do","to":"3","toString":"Doing"}]}`
	many := []byte(`{"changeHistories":[` + strings.Repeat(one+",", 999) + one + `]}`)
	allocations := testing.AllocsPerRun(5, func() {
		var read shaped
		if Decode(many, &read) != nil || len(read.Histories) != 1000 {
			t.Error("histories are lacking")
		}
	})
	if allocations > 2100 { // the list of changes and the moment of each
		t.Errorf("%v allocations for 1,000 histories", allocations)
	}
}
