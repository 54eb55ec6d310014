package translate

import (
	"fmt"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/jiratest"
)

// TestStatusNames: every name that an issue tells of a status, once, and none without an id or a name.
func TestStatusNames(t *testing.T) {
	tr, err := Document(raw(t, `"status":{"id":"3","name":"C"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A",
			"to":"2","toString":""}]},
		{"id":"2","created":1767344500000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"",
			"to":"1","toString":"A"}]},
		{"id":"3","created":1767344600000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"Old",
			"to":"3","toString":"C"}]}]`), nil)
	if got := fmt.Sprint(tr.StatusNames); err != nil || got != "[{1 A} {3 C} {name:Old Old}]" {
		t.Error(got, err)
	}
}

// TestStatusesOfOneName: a status that was deleted and made again has another id and the same name. What a change tells
// by id stays with that id; what it tells by name alone is the status that had the name last.
func TestStatusesOfOneName(t *testing.T) {
	i := told(t, `"status":{"id":"3","name":"C"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A",
			"to":"2","toString":"B"}]},
		{"id":"2","created":1767430800000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B",
			"to":"5","toString":"b"}]},
		{"id":"3","created":1767517200000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"B",
			"to":"3","toString":"C"}]}]`)
	if got := jiratest.Steps(i.Status); got != "01-01 09:00 1; 01-02 09:00 2; 01-03 09:00 5; 01-04 09:00 3" ||
		i.Broken.Total() != 0 {
		t.Errorf("%s, broken %v", got, i.Broken)
	}
}

// TestStatusWithoutName: a change that tells neither id nor name of a status tells none.
func TestStatusWithoutName(t *testing.T) {
	tr, err := Document(raw(t, `"status":{"id":"2","name":"B"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"",
			"to":"2","toString":"B"}]}]`), nil)
	if err != nil || jiratest.Steps(tr.Issue.Status) != "01-01 09:00 ; 01-02 09:00 2" ||
		fmt.Sprint(tr.StatusNames) != "[{2 B}]" {
		t.Errorf("%s, %v, %v", jiratest.Steps(tr.Issue.Status), tr.StatusNames, err)
	}
}

// TestEvidence: a present status to which no change leads holds since the resolution, else since the change of the
// category, where these lie between the last change and the last update; else since that update.
func TestEvidence(t *testing.T) {
	const toDoing = `[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1",` +
		`"fromString":"A","to":"2","toString":"B"}]}]`
	f := func(name, dates, want string) {
		t.Helper()
		i := told(t, `"status":{"id":"3","name":"C"}`+dates, toDoing)
		if got := jiratest.Steps(i.Status); got != want || i.Broken[agile.FieldStatus] != 1 || i.Broken.Total() != 1 {
			t.Errorf("%s: %s, broken %v; want %s", name, got, i.Broken, want)
		}
	}
	const open = "01-01 09:00 1; 01-02 09:00 2; "
	const resolved, recategorized = `,"resolutiondate":"2026-01-10T10:00:00.000+0100"`, `,"statuscategorychangedate"` +
		`:"2026-01-12T10:00:00.000+0100"`
	f("none", "", open+"02-01 09:00 3")
	f("both", resolved+recategorized, open+"01-10 09:00 3")
	f("one", `,"resolutiondate":null`+recategorized, open+"01-12 09:00 3")
	f("before the last change", `,"resolutiondate":"2026-01-01T11:00:00.000+0100"`+recategorized, open+"01-12 09:00 3")
	f("with the last change", `,"resolutiondate":"2026-01-02T10:00:00.000+0100"`+recategorized, open+"01-02 09:00 3")
	f("after the last update", `,"resolutiondate":"2026-02-01T10:00:01.000+0100","statuscategorychangedate":"nonsense"`,
		open+"02-01 09:00 3")

	i := told(t, `"status":{"id":"1","name":"A"}`+resolved+recategorized, `[]`)
	if got := jiratest.Steps(i.Status); got != "01-01 09:00 1" || i.Broken.Total() != 0 ||
		i.Resolved.Time().Day() != 10 || i.Recategorized.Time().Day() != 12 {
		t.Errorf("a chain without a change joins: %s, %v, %v %v", got, i.Broken, i.Resolved, i.Recategorized)
	}
}

// TestEvidenceOfResolution: a resolution that no change set began when the issue tells, unless that is its creation.
func TestEvidenceOfResolution(t *testing.T) {
	f := func(date, histories, want string, broken int) {
		t.Helper()
		i := told(t, `"resolution":{"id":"7","name":"Done"},"resolutiondate":"`+date+`"`, histories)
		if got := jiratest.Steps(i.Resolution); got != want || i.Broken[agile.FieldResolution] != broken {
			t.Errorf("%s: %s, broken %v; want %s and %d", date, got, i.Broken, want, broken)
		}
	}
	const change = `[{"id":"1","created":1767344400000,"items":[{"field":"resolution","fieldId":"resolution",` +
		`"to":"6","toString":"Other"}]}]`
	f("2026-01-10T10:00:00.000+0100", `[]`, "01-01 09:00 ; 01-10 09:00 7", 1)
	f("2026-01-01T10:00:01.500+0100", `[]`, "01-01 09:00 7", 0)
	f("2026-03-01T10:00:00.000+0100", `[]`, "01-01 09:00 7", 0)
	f("2026-01-10T10:00:00.000+0100", change, "01-01 09:00 ; 01-02 09:00 6; 01-10 09:00 7", 1)
}

// TestEvidenceBounds: what an issue tells of a moment before its last change, or after its last update, dates
// nothing.
func TestEvidenceBounds(t *testing.T) {
	const change = `[{"id":"1","created":1767344400000,"items":[` +
		`{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]}]`
	for date, want := range map[string]string{
		"2026-01-02T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3",
		"2026-01-02T09:59:59.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
		"2026-02-01T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
		"2026-01-20T10:00:00.000+0100": "01-01 09:00 1; 01-02 09:00 2; 01-20 09:00 3",
		"2026-02-01T10:00:01.000+0100": "01-01 09:00 1; 01-02 09:00 2; 02-01 09:00 3",
	} {
		i := told(t, `"status":{"id":"3","name":"C"},"resolutiondate":"`+date+`"`, change)
		if got := jiratest.Steps(i.Status); got != want || i.Broken[agile.FieldStatus] != 1 {
			t.Errorf("%s: %s, broken %v; want %s", date, got, i.Broken, want)
		}
		if i.Resolved.Time().Format(time.RFC3339) == "0001-01-01T00:00:00Z" {
			t.Errorf("%s: not told", date)
		}
	}
}
