package document

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestWrittenAsStandard: a content is written as the standard library writes it, byte for byte.
func TestWrittenAsStandard(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "", "7", "a<b>&c", "\"é\u2028"}), rapid.String())
	option := rapid.Custom(func(t *rapid.T) Option { return Option{text.Draw(t, "id"), text.Draw(t, "name")} })
	value := rapid.Custom(func(t *rapid.T) Value {
		v := Value{
			Name: text.Draw(t, "name"), Kind: Kind(text.Draw(t, "kind")), Text: text.Draw(t, "text"),
			Options: rapid.SliceOfN(option, 0, 3).Draw(t, "options"),
			IDs:     rapid.SliceOfN(rapid.Int64(), 0, 3).Draw(t, "ids"), Unread: rapid.Bool().Draw(t, "unread"),
		}
		if rapid.Bool().Draw(t, "number") {
			x := rapid.Float64Range(-1e22, 1e22).Draw(t, "x")
			v.Number = &x
		}
		return v
	})
	item := rapid.Custom(func(t *rapid.T) Item {
		return Item{text.Draw(t, "field"), Kind(text.Draw(t, "kind")), text.Draw(t, "from"), text.Draw(t, "fromString"),
			text.Draw(t, "to"), text.Draw(t, "toString")}
	})
	history := rapid.Custom(func(t *rapid.T) History {
		return History{text.Draw(t, "id"), rapid.Int64().Draw(t, "at"), rapid.OneOf(rapid.SliceOfN(item, 0, 3),
			rapid.Just[[]Item](nil)).Draw(t, "items")}
	})
	rapid.Check(t, func(t *rapid.T) {
		c := Content{
			ID: rapid.Int64().Draw(t, "id"), Key: text.Draw(t, "key"), Created: rapid.Int64().Draw(t, "created"),
			Updated: rapid.Int64().Draw(t, "updated"),
			Fields: rapid.OneOf(rapid.MapOfN(text, value, 0, 4),
				rapid.Just[map[string]Value](nil)).Draw(t, "fields"),
			Histories: rapid.OneOf(rapid.SliceOfN(history, 0, 3), rapid.Just[[]History](nil)).Draw(t, "histories"),
		}
		want, err := json.Marshal(c)
		if got := encodeContent(c); err != nil || string(got) != string(want) {
			t.Fatalf("%s\nwant %s: %v", got, want, err)
		}
	})
}
