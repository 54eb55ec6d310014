package wire

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answer is of the shapes that Jira's answers have.
type answer struct {
	Issues    []Issue   `json:"issues"`
	Histories []History `json:"changeHistories"`
	Things    []Thing   `json:"things"`
	Total     int       `json:"total"`
	Last      *bool     `json:"isLast"`
	Any       any       `json:"any"`
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
	got, want := answer{Total: -1}, answer{Total: -1}
	err, standard := Decode(raw, &got), json.Unmarshal(raw, &want)
	if (err == nil) != (standard == nil) {
		t.Errorf("%s: %v, of the standard library %v", raw, err, standard)
	}
	words := cmp.Transformer("words", func(err error) string { return fmt.Sprint(err) })
	if diff := cmp.Diff(want, got, words); diff != "" {
		t.Errorf("%s: %s", raw, diff)
	}
}

// TestEncodeAsStandard: a value is written as the standard library writes it, byte for byte.
func TestEncodeAsStandard(t *testing.T) {
	type part struct {
		Name   string            `json:"name,omitempty"`
		Number *float64          `json:"number,omitempty"`
		List   []Text            `json:"list,omitempty"`
		IDs    []int64           `json:"ids"`
		Parts  map[string]string `json:"parts"`
	}
	number, small, large := 2.5, 1e-9, 1e21
	for _, value := range []part{
		{}, {Name: "a<b>&\u2028\"\\\n\t\x01é", Number: &number, List: []Text{"", "x"}, IDs: []int64{}},
		{Number: &small, Parts: map[string]string{"b": "1", "a": "2", "<": "3"}}, {Number: &large, IDs: []int64{-1}},
	} {
		got, err := Encode(value)
		want, standard := json.Marshal(value)
		if err != nil || standard != nil || string(got) != string(want) {
			t.Errorf("%s, want %s: %v", got, want, err)
		}
	}
}
