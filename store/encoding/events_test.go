package encoding

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/testrun"
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
				rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune(`a"\ é`)))).Draw(t, "value"),
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

// TestTimelinesCostTheirText: to write the timelines of an issue takes its text, and the texts of values that are none.
func TestTimelinesCostTheirText(t *testing.T) {
	issue := &agile.Issue{Key: agile.Constant(time.Time{}, "K-1")}
	for n := range 50 {
		issue.Status = append(issue.Status, agile.Step[string]{Order: n, Value: "1"})
	}
	if WriteTimelines(issue) != WriteEvents(EncodeTimelines(issue)) {
		t.Fatal("they are another text")
	}
	if testrun.Raced {
		t.Skip("pools let go of what they hold")
	}
	if got := testing.AllocsPerRun(100, func() { WriteTimelines(issue) }); got > 2 {
		t.Errorf("%v allocations", got)
	}
	raw := []byte(strings.Repeat(`{"id":1,"key":"K-1"}`, 200))
	if got := testing.AllocsPerRun(100, func() { _, _ = Compress(raw) }); got > 2 { // the pool may be emptied meanwhile
		t.Errorf("%v allocations to pack a document", got)
	}
}

// TestReadEventsTakesNothing: plain texts are read where they stand, without any memory for a field or a value, and
// lists of texts with the memory of the list as a text.
func TestReadEventsTakesNothing(t *testing.T) {
	const plain, escaped = `[["key",5,0,"K-1"],["status",5,0,"1"],["status",7,1,"2"]]`,
		`[["labels",5,0,"[\"a \\\\ b\",\"c\"]"]]`
	values := 0
	read := func(text string) float64 {
		return testing.AllocsPerRun(100, func() {
			_ = ReadEvents(text, func(e Event) error { values += len(e.Value); return nil })
		})
	}
	if got := read(plain); got != 0 || values == 0 {
		t.Errorf("%v allocations for plain texts", got)
	}
	if got := read(escaped); got != 1 { // none at all would say that the count counts nothing
		t.Errorf("%v allocations for a list in which quotes are escaped, want its text alone", got)
	}
}
