package wire

import (
	"encoding/json"
	"testing"
)

// TestText: a text, a number, nothing, and anything else as it is written.
func TestText(t *testing.T) {
	for raw, want := range map[string]string{`"a"`: "a", `7`: "7", `null`: "", `""`: "", `{"x":1}`: `{"x":1}`,
		`true`: "true", `"7"`: "7"} {
		var got Text
		if err := json.Unmarshal([]byte(raw), &got); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", raw, got, err, want)
		}
	}
}

// TestOtherShapes: one issue or history of another shape says so, and hides no other.
func TestOtherShapes(t *testing.T) {
	var issues []Issue
	if err := json.Unmarshal([]byte(`[{"id":"1"},{"id":"2","fields":7},8,{"id":"4"}]`), &issues); err != nil ||
		len(issues) != 4 {
		t.Fatalf("%d issues, %v", len(issues), err)
	}
	for n, wrong := range []bool{false, true, true, false} {
		if (issues[n].Wrong != nil) != wrong {
			t.Errorf("issue %d: %v", n, issues[n].Wrong)
		}
	}
	if issues[3].ID != "4" {
		t.Errorf("the last issue is %+v", issues[3])
	}
	var histories []History
	if err := json.Unmarshal(
		[]byte(`[{"id":1,"items":[]},{"id":2,"items":"x"},{"id":"3","items":[{}]},{"id":4,"items":null},{"id":5}]`),
		&histories); err != nil || len(histories) != 5 {
		t.Fatalf("%d histories, %v", len(histories), err)
	}
	if histories[0].Wrong != nil || histories[1].Wrong == nil || histories[2].Wrong != nil || histories[0].ID != "1" ||
		histories[3].Wrong == nil || histories[4].Wrong == nil {
		t.Errorf("%+v", histories)
	}
}

// TestNames: an issue is named by its key, else by its id; an entity by its name, else its value, with that of its
// child.
func TestNames(t *testing.T) {
	if a, b := (Issue{ID: "1", Key: "K-1"}).Name(), (Issue{ID: "1"}).Name(); a != "K-1" || b != "1" {
		t.Errorf("%s, %s", a, b)
	}
	for raw, want := range map[string]string{
		`{"name":"a","value":"b"}`: "a", `{"value":"b"}`: "b", `{}`: "",
		`{"value":"b","child":{"value":"c"}}`: "b - c", `{"value":"b","child":{"name":"c"}}`: "b",
	} {
		var w Entity
		if err := json.Unmarshal([]byte(raw), &w); err != nil || w.Label() != want {
			t.Errorf("%s: %q, %v; want %q", raw, w.Label(), err, want)
		}
	}
}

// TestWholeHistory: a history is whole where as many entries came as are announced, or more.
func TestWholeHistory(t *testing.T) {
	for raw, want := range map[string]bool{
		`{}`: false, `{"changelog":{"total":0}}`: true, `{"changelog":{"total":1,"histories":[]}}`: false,
		`{"changelog":{"total":1,"histories":[{"id":"1"}]}}`:            true,
		`{"changelog":{"total":1,"histories":[{"id":"1"},{"id":"2"}]}}`: true,
	} {
		var w Issue
		if err := json.Unmarshal([]byte(raw), &w); err != nil || w.HasWholeHistory() != want {
			t.Errorf("%s: whole %v, %v", raw, w.HasWholeHistory(), err)
		}
	}
}

// TestMemorySize: an entry is as large as its texts, and something besides for itself and each change.
func TestMemorySize(t *testing.T) {
	empty := History{}.MemorySize()
	small := History{ID: "12345", Items: []Item{{Field: "a"}}}.MemorySize()
	large := History{ID: "12345", Items: []Item{{Field: "a", From: "123", FromString: "1234", To: "12",
		ToString: "12345"}}}.MemorySize()
	if empty <= 0 || small != 2*empty+6 || large != small+14 {
		t.Errorf("%d, %d, %d bytes", empty, small, large)
	}
}

// TestIsEpicName: the field of an epic's name is known by its type.
func TestIsEpicName(t *testing.T) {
	for raw, want := range map[string]bool{
		`{"schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-label"}}`: true,
		`{"schema":{"custom":"com.pyxis.greenhopper.jira:gh-epic-link"}}`:  false,
		`{"id":"x"}`: false,
	} {
		var f Field
		if err := json.Unmarshal([]byte(raw), &f); err != nil || f.IsEpicName() != want {
			t.Errorf("%s: %v, %v", raw, f.IsEpicName(), err)
		}
	}
}
