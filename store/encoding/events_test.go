package encoding

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestEventsKeepAnyText: whatever events hold comes back, and their text is JSON.
func TestEventsKeepAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Event {
			return Event{
				rapid.String().Draw(t, "field"),
				rapid.Int64().Draw(t, "at"),
				rapid.Int().Draw(t, "order"),
				rapid.String().Draw(t, "value"),
			}
		})).Draw(t, "events")
		text := WriteEvents(events)
		if !json.Valid([]byte(text)) {
			t.Fatalf("not JSON: %s", text)
		}
		var got []Event
		err := ReadEvents(text, func(e Event) error { got = append(got, e); return nil })
		if err != nil || !slices.Equal(events, got) {
			t.Fatalf("%v: %v becomes %s and %v", err, events, text, got)
		}
	})
}

// TestEventsRefuseOtherText: a text that was cut, or is of something else, is an error and never a panic.
func TestEventsRefuseOtherText(t *testing.T) {
	t.Parallel()
	text := WriteEvents([]Event{{"key", 1, 0, "K-1"}, {"summary", 2, 1, "a \"quoted\" é\\"}})
	ignore := func(Event) error { return nil }
	for n := range text {
		if err := ReadEvents(text[:n], ignore); err == nil {
			t.Errorf("%q is read without trouble", text[:n])
		}
	}
	for _, other := range []string{"", "x", "[1]", `{"key":1}`, strings.Replace(text, "2", "x", 1)} {
		if err := ReadEvents(other, ignore); err == nil {
			t.Errorf("%q is read without trouble", other)
		}
	}
}
