package document

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jerem/jira/wire"
)

// drawContent draws what is known of an issue, with few fields and entries, so that two of them are often alike.
func drawContent(t *rapid.T, fs Fieldset) Content {
	c := Content{ID: 1, Updated: int64(rapid.IntRange(1, 2).Draw(t, "updated")), Fields: map[string]Value{}}
	for _, f := range fs.fields {
		switch rapid.IntRange(0, 9).Draw(t, f.id) {
		case 0:
		case 1:
			c.Fields[f.id] = Value{Kind: f.kind}
		case 2:
			c.Fields[f.id] = Value{Kind: f.kind, Unread: true}
		default:
			c.Fields[f.id] = Value{Kind: f.kind, Text: `x,"histories":[`}
		}
	}
	for n := range rapid.IntRange(0, 3).Draw(t, "entries") {
		if rapid.IntRange(0, 5).Draw(t, "left out") > 0 {
			to := rapid.SampledFrom([]string{"a", "ab"}).Draw(t, "to")
			c.Histories = append(c.Histories, History{ID: fmt.Sprint(n), At: int64(n),
				Items: []Item{{Field: "summary", Kind: KindText, To: to}}})
		}
	}
	if c.Histories == nil && rapid.Bool().Draw(t, "an empty list") {
		c.Histories = []History{}
	}
	return c
}

// TestLacksNothing: where texts alone show that nothing is lacking nothing is.
func TestLacksNothing(t *testing.T) {
	fs := NewFieldset([]wire.Field{}, 0)
	shown := 0
	rapid.Check(t, func(t *rapid.T) {
		old, now := drawContent(t, fs), drawContent(t, fs)
		if rapid.Bool().Draw(t, "it goes on") {
			now.Histories = append(slices.Clone(old.Histories), now.Histories...)
		}
		doc := Document{ID: 1, Content: now, Raw: encodeContent(now)}
		if !lacksNothing(encodeContent(old), doc, fs) {
			return
		}
		shown++
		c := now.cloneContent()
		if fields, entries := keepFields(&c, old, fs), keepEntries(&c, old, fs); len(fields)+entries > 0 {
			t.Fatalf("%v and %d entries are lacking in %s of %s", fields, entries, doc.Raw, encodeContent(old))
		}
	})
	if c := (Content{ID: 1, Fields: map[string]Value{}, Histories: []History{{ID: "1"}}}); shown == 0 &&
		!lacksNothing(encodeContent(c), Document{ID: 1, Content: c, Raw: encodeContent(c)}, fs) {
		t.Error("nothing was shown of any")
	}
}

// TestMergeReadsNothing: what is known of an issue that goes on is not read to be joined with what came.
func TestMergeReadsNothing(t *testing.T) {
	fs := NewFieldset([]wire.Field{}, 0)
	old := Content{ID: 1, Fields: map[string]Value{}}
	for _, f := range fs.fields {
		if f.id != "parent" { // an issue has none
			old.Fields[f.id] = Value{Kind: f.kind, Text: "x"}
		}
	}
	for n := range int64(20) {
		old.Histories = append(old.Histories, History{ID: fmt.Sprint(n), At: n,
			Items: []Item{{Field: "summary", Kind: KindText, To: "x"}}})
	}
	now := old
	now.Histories = append(slices.Clip(old.Histories), History{ID: "20", At: 20, Items: old.Histories[0].Items})
	known, doc := encodeContent(old), Document{ID: 1, Content: now, Raw: encodeContent(now)}
	took := testing.AllocsPerRun(20, func() {
		if _, lacks, err := Merge(known, doc, fs); err != nil || lacks.Entries+len(lacks.Fields) > 0 {
			t.Errorf("lacking: %+v, %v", lacks, err)
		}
	})
	if took > 2 {
		t.Errorf("%.0f allocations", took)
	}
}
