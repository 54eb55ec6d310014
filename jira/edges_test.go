package jira

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"jerem/agile"
)

// TestRelatives: the keys of parents and epics are those that changes of them tell, on both sides, and no others.
func TestRelatives(t *testing.T) {
	i := told(t, `"parent":{"id":"9","key":"K-9"},"customfield_5":"K-9"`, `[
		{"id":"1","created":1767344400000,"items":[
			{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"},
			{"field":"IssueParentAssociation","from":"7","fromString":"K-7","to":"8","toString":""}]},
		{"id":"2","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":"","fromString":"","to":"6","toString":"K-6"}]}]`)
	if got := fmt.Sprint(i.Relatives); got != "map[6:K-6 7:K-7 9:K-9]" {
		t.Error(got)
	}
}

// TestStatusNames: every name that an issue tells of a status, once, and none without an id or a name.
func TestStatusNames(t *testing.T) {
	tr, err := Translate(rawOf(t, `"status":{"id":"3","name":"C"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":""}]},
		{"id":"2","created":1767344500000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"","to":"1","toString":"A"}]},
		{"id":"3","created":1767344600000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"Old","to":"3","toString":"C"}]}]`))
	if got := fmt.Sprint(tr.StatusNames); err != nil || got != "[{1 A} {3 C} {name:Old Old}]" {
		t.Error(got, err)
	}
}

// TestStatusesOfOneName: a status that was deleted and made again has another id and the same name. What a change tells by
// id stays with that id; what it tells by name alone is the status that had the name last.
func TestStatusesOfOneName(t *testing.T) {
	i := told(t, `"status":{"id":"3","name":"C"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]},
		{"id":"2","created":1767430800000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B","to":"5","toString":"b"}]},
		{"id":"3","created":1767517200000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"B","to":"3","toString":"C"}]}]`)
	if got := steps(i.Status); got != "01-01 09:00 1; 01-02 09:00 2; 01-03 09:00 5; 01-04 09:00 3" || i.Broken.Total() != 0 {
		t.Errorf("%s, broken %v", got, i.Broken)
	}
}

// TestStatusWithoutName: a change that tells neither id nor name of a status tells none.
func TestStatusWithoutName(t *testing.T) {
	tr, err := Translate(rawOf(t, `"status":{"id":"2","name":"B"}`, `[
		{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"","fromString":"","to":"2","toString":"B"}]}]`))
	if err != nil || steps(tr.Issue.Status) != "01-01 09:00 ; 01-02 09:00 2" || fmt.Sprint(tr.StatusNames) != "[{2 B}]" {
		t.Errorf("%s, %v, %v", steps(tr.Issue.Status), tr.StatusNames, err)
	}
}

// TestSprintForms: sprints are told as objects, numbers or texts; null is none, and what has no id is not readable.
func TestSprintForms(t *testing.T) {
	f := func(raw, want string, ok bool) {
		t.Helper()
		ids, read := sprintIDs(json.RawMessage(raw))
		if read != ok || ok && fmt.Sprint(ids) != want {
			t.Errorf("%s: %v, %v", raw, ids, read)
		}
	}
	f(`[{"id":9},{"id":7},{"id":9}]`, "[7 9]", true)
	f(`[3, "Sprint@1[id=1,name=x]", null]`, "[1 3]", true)
	f(`["Sprint@1[id=2,name=x]"]`, "[2]", true)
	f(`[null]`, "[]", true)
	f(`["a text"]`, "", false)
	f(`[{"name":"x"}]`, "", false)
	f(`[0]`, "", false)
	f(`[true]`, "", false)
	f(`{"id":1}`, "", false)
}

// TestTimes: times in every form, within the years that are believed.
func TestTimes(t *testing.T) {
	f := func(x any, want string) {
		t.Helper()
		at, ok := parseTime(x)
		if ok != (want != "") || ok && at.Format(time.RFC3339) != want {
			t.Errorf("%v: %v, %v; want %s", x, at, ok, want)
		}
	}
	f("2026-01-02T03:04:05.678+0100", "2026-01-02T02:04:05Z")
	f("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z")
	f("2026-01-02T03:04+01:00", "2026-01-02T02:04:00Z")
	f("2026-01-02", "2026-01-02T00:00:00Z")
	f(float64(1767344400000), "2026-01-02T09:00:00Z")
	f(float64(1767344400), "2026-01-02T09:00:00Z")
	f("1767344400000", "2026-01-02T09:00:00Z")
	f(float64(1e11), "1973-03-03T09:46:40Z")
	f("1970-12-31T23:59:59Z", "")
	f("1971-01-01T00:00:00Z", "1971-01-01T00:00:00Z")
	f("2200-12-31T00:00:00Z", "2200-12-31T00:00:00Z")
	f("2201-01-01T00:00:00Z", "")
	f(float64(7e12), "2191-10-27T12:26:40Z")
	f(float64(99e11), "")
	f(1e300, "")
	f("NaN", "")
	f("1000000-01-01T00:00:00Z", "")
	f("", "")
	f(nil, "")
	f(true, "")
}

// TestEntriesOnce: an entry that comes twice counts once, entries without an id each; entries that can be read lack nothing.
func TestEntriesOnce(t *testing.T) {
	entry := func(id, from, to string, at int) string {
		return fmt.Sprintf(`{"id":"%s","created":%d,"items":[{"field":"status","fieldId":"status","from":"%s","fromString":"S%[3]s","to":"%s","toString":"S%[4]s"}]}`, id, at, from, to)
	}
	d, _ := readOne(t, pitfallSet(t), `"summary":"x"`, entry("7", "3", "2", 1767344400000)+","+entry("7", "3", "2", 1767344400000)+","+entry("", "2", "3", 1767344500000)+","+entry("", "3", "1", 1767344600000))
	if i := translated(t, d); d.Changes != 3 || gapsOf(d) != "" || steps(i.Status) != "01-01 09:00 3; 01-02 09:00 2; 01-02 09:01 3; 01-02 09:03 1" {
		t.Errorf("%d changes, lacking %q: %s", d.Changes, gapsOf(d), steps(i.Status))
	}
}

// TestHistoryOrder: entries of one moment go by their ids as numbers, where these are none as texts.
func TestHistoryOrder(t *testing.T) {
	f := func(a, b history, want int) {
		t.Helper()
		if got := byTimeAndID(a, b); got != want || byTimeAndID(b, a) != -want {
			t.Errorf("%v %v: %d, want %d", a, b, got, want)
		}
	}
	f(history{ID: "9", At: 1}, history{ID: "8", At: 4}, -1)
	f(history{ID: "9", At: 1}, history{ID: "20", At: 1}, -1)
	f(history{ID: "x9", At: 1}, history{ID: "x20", At: 1}, 1)
	f(history{ID: "9", At: 1}, history{ID: "9", At: 1}, 0)
}

// TestOptionNames: names of options that hold commas come from where they stand alone; else parts of the text where these
// are as many as ids, else the id.
func TestOptionNames(t *testing.T) {
	f := func(ids []string, text string, known map[string]string, want string) {
		t.Helper()
		if got := fmt.Sprintf("%q", optionNames(ids, text, known)); got != want {
			t.Errorf("%v %q: %s, want %s", ids, text, got, want)
		}
	}
	f(nil, " ", nil, `[]`)
	f(nil, "Bug", nil, `["Bug"]`)
	f([]string{"1"}, "Bug, old", nil, `["Bug, old"]`)
	f([]string{"1", "2"}, "Bug, Support", nil, `["Bug" "Support"]`)
	f([]string{"1", "2"}, "Bug, old, Support", nil, `["1" "2"]`)
	f([]string{"1", "2"}, "Bug, old, Support", map[string]string{"1": "Bug, old"}, `["Bug, old" "2"]`)
	f([]string{"1", "2"}, "", nil, `["1" "2"]`)
	f([]string{"5"}, "Parent values: Ops(5)Level 1 values: Disk (6)", nil, `["Ops - Disk"]`)
	f([]string{"5"}, "about: Ops (5)", nil, `["about: Ops (5)"]`)
}

// TestPartsUndone: sets are rebuilt backwards; a change that does not fit is counted and loses nothing.
func TestPartsUndone(t *testing.T) {
	f := func(versions, histories, want string, broken int) {
		t.Helper()
		i := told(t, `"fixVersions":`+versions, histories)
		if got := steps(i.Options["fixVersions"]); got != want || i.Broken.In("fixVersions") != broken || i.Broken.Total() != broken {
			t.Errorf("%s: %s, broken %v; want %s and %d", versions, got, i.Broken, want, broken)
		}
	}
	change := func(id, at, from, to string) string {
		return fmt.Sprintf(`{"id":"%s","created":%s,"items":[{"field":"Fix Version","fieldId":"fixVersions","from":"%s","fromString":"%[3]s","to":"%s","toString":"%[4]s"}]}`, id, at, from, to)
	}
	f(`[{"id":"1","name":"1"},{"id":"2","name":"2"}]`, "["+change("1", "1767344400000", "", "2")+"]", "01-01 09:00 [1]; 01-02 09:00 [1 2]", 0)
	f(`[{"id":"1","name":"1"}]`, "["+change("1", "1767344400000", "", "2")+"]", "01-01 09:00 [1]; 01-02 09:00 [1]", 1)
	f(`[{"id":"1","name":"1"}]`, "["+change("1", "1767344400000", "1", "")+"]", "01-01 09:00 [1]; 01-02 09:00 [1]", 1)
	f(`[]`, "["+change("1", "1767344400000", "1", "")+","+change("2", "1767344500000", "2", "")+"]", "01-01 09:00 [2 1]; 01-02 09:00 [2]; 01-02 09:01 []", 0)
}

// TestKinds: what a field of the site is read as.
func TestKinds(t *testing.T) {
	f := func(field string, want fieldKind) {
		t.Helper()
		var w wireField
		if err := json.Unmarshal([]byte(field), &w); err != nil {
			t.Fatal(err)
		}
		if got := w.kind(); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	f(`{"id":"x"}`, "")
	f(`{"id":"priority","schema":{"type":"priority"}}`, kindOne)
	f(`{"id":"timespent","schema":{"type":"number"}}`, kindSeconds)
	f(`{"id":"workratio","schema":{"type":"number"}}`, "")
	f(`{"id":"aggregatetimespent","schema":{"type":"number"}}`, "")
	f(`{"id":"duedate","schema":{"type":"date"}}`, kindText)
	f(`{"id":"versions","schema":{"type":"array","items":"version"}}`, kindParts)
	f(`{"id":"components","schema":{"type":"array","items":"component"}}`, kindParts)
	f(`{"id":"watches","schema":{"type":"watches"}}`, "")
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:labels"}}`, kindLabels)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"option","custom":"x:y"}}`, kindOptions)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"option-with-child","custom":"x:y"}}`, kindOptions)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"version","custom":"x:y"}}`, kindParts)
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"array","items":"user","custom":"x:y"}}`, "")
	f(`{"id":"customfield_1","custom":true,"schema":{"type":"number","custom":"com.pyxis.greenhopper.jira:gh-epic-status"}}`, "")
}

// TestEpicLinkIDs: the present link tells the key alone; it is the epic whose id a change told for that key.
func TestEpicLinkIDs(t *testing.T) {
	const linked = `[{"id":"1","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5","to":"6","toString":"K-6"}]}]`
	if i := told(t, `"customfield_5":"K-6"`, linked); steps(i.EpicLink) != "01-01 09:00 ; 01-02 09:00 6" || i.Broken.Total() != 0 {
		t.Error(steps(i.EpicLink), i.Broken)
	}
	if i := told(t, `"customfield_5":"K-8"`, linked); steps(i.EpicLink) != "01-01 09:00 ; 01-02 09:00 6; 02-01 09:00 K-8" || i.Broken[agile.FieldEpicLink] != 1 {
		t.Error(steps(i.EpicLink), i.Broken)
	}
	if i := told(t, `"customfield_5":"K-8"`, `[]`); steps(i.EpicLink) != "01-01 09:00 K-8" {
		t.Error(steps(i.EpicLink))
	}
}
