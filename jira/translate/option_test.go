package translate

import (
	"fmt"
	"testing"

	"jerem/jira/jiratest"
)

// TestOptionNames: names of options that hold commas come from where they stand alone; else parts of the text where
// these are as many as ids, else the id.
func TestOptionNames(t *testing.T) {
	f := func(ids []string, text string, known map[string]string, want string) {
		t.Helper()
		if got := fmt.Sprintf("%q", selectedNames(ids, text, known)); got != want {
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
	f([]string{"5"}, "Parent values: none", nil, `["Parent values: none"]`)
	f([]string{"5"}, "about: Ops (5)", nil, `["about: Ops (5)"]`)
}

// TestOptionNamesOfChanges: an option has the name under which a change tells it alone; a change that tells it with
// others, or without a name, does not name it.
func TestOptionNamesOfChanges(t *testing.T) {
	change := func(n int, from, fromString, to, toString string) string {
		return fmt.Sprintf(`{"id":"%d","created":%d767344400000,"items":[{"field":"Nature","fieldId":"customfield_3",`+
			`"from":"%s","fromString":"%s","to":"%s","toString":"%s"}]}`, n, n, from, fromString, to, toString)
	}
	const both = "Bug, old, Support"
	for histories, want := range map[string]string{
		change(1, "", "", "[1]", "Bug, old") + "," +
			change(2, "[1]", "Bug, old", "[1, 2]", both): "[Bug, old 2]",
		change(1, "[2]", "Support", "[1]", "") + "," +
			change(2, "[1]", "", "[1, 2]", both): "[1 Support]",
		change(1, "[1]", "Bug, old", "[2]", "Support") + "," +
			change(2, "[2]", "Support", "[1, 2]", both): "[Bug, old Support]",
		change(1, "", "", "", "Loose") + "," + change(2, "", "Loose", "[1, 2]", both): "[1 2]",
	} {
		i := told(t, `"summary":"x"`, "["+histories+"]")
		if got := fmt.Sprint(i.Options.Of("customfield_3").Last()); got != want {
			t.Errorf("%s: %s, want %s", histories, got, want)
		}
	}
}

// TestPartsUndone: sets are rebuilt backwards; a change that does not fit is counted and loses nothing.
func TestPartsUndone(t *testing.T) {
	f := func(versions, histories, want string, broken int) {
		t.Helper()
		i := told(t, `"fixVersions":`+versions, histories)
		if got := jiratest.Steps(i.Options.Of("fixVersions")); got != want || i.Broken.In("fixVersions") != broken ||
			i.Broken.Total() != broken {
			t.Errorf("%s: %s, broken %v; want %s and %d", versions, got, i.Broken, want, broken)
		}
	}
	change := func(id, at, from, to string) string {
		return fmt.Sprintf(`{"id":"%s","created":%s,"items":[{"field":"Fix Version","fieldId":"fixVersions",`+
			`"from":"%s","fromString":"%[3]s","to":"%s","toString":"%[4]s"}]}`, id, at, from, to)
	}
	f(`[{"id":"1","name":"1"},{"id":"2","name":"2"}]`, "["+change("1", "1767344400000", "", "2")+"]",
		"01-01 09:00 [1]; 01-02 09:00 [1 2]", 0)
	f(`[{"id":"1","name":"1"}]`, "["+change("1", "1767344400000", "", "2")+"]", "01-01 09:00 [1]; 01-02 09:00 [1]", 1)
	f(`[{"id":"1","name":"1"}]`, "["+change("1", "1767344400000", "1", "")+"]", "01-01 09:00 [1]; 01-02 09:00 [1]", 1)
	f(`[]`, "["+change("1", "1767344400000", "1", "")+","+change("2", "1767344500000", "2", "")+"]",
		"01-01 09:00 [2 1]; 01-02 09:00 [2]; 01-02 09:01 []", 0)
}

// TestLabelsOfTheSite: a labels field of the site is a timeline of its own; without a value or a change there is
// none.
func TestLabelsOfTheSite(t *testing.T) {
	fs := jiratest.FieldsetOf(t, jiratest.CloudLimit, `[`+jiratest.CustomField(3, "Squads", jiratest.LabelsSchema)+`]`)
	const change = `{"id":"1","created":1767344400000,"items":[` +
		`{"field":"Squads","fieldId":"customfield_3","fromString":"b a","toString":""}]}`
	for _, c := range []struct{ fields, histories, want string }{
		{`"customfield_3":["b","a","b"]`, ``, "01-01 09:00 [a b]"},
		{`"customfield_3":null`, change, "01-01 09:00 [a b]; 01-02 09:00 []"},
		{`"customfield_3":null`, ``, ""},
		{`"labels":["x"]`, ``, ""},
	} {
		d := jiratest.Document(t, fs, c.fields, c.histories)
		i := translated(t, d)
		if got := jiratest.Steps(i.Options.Of("customfield_3")); got != c.want || i.Broken.Total() != 0 {
			t.Errorf("%s %s: %s, broken %v; want %s", c.fields, c.histories, got, i.Broken, c.want)
		}
		if len(i.Options.Of("labels")) > 0 {
			t.Error("Jira's own labels are told twice")
		}
	}
}

// TestSelectsAndFlags: a select or a set of versions has a timeline where it has a value or a change; a flag is set
// where a change tells an id or a text.
func TestSelectsAndFlags(t *testing.T) {
	change := func(id, from, fromString, to, toString string) string {
		return fmt.Sprintf(`[{"id":"1","created":1767344400000,"items":[{"field":"x","fieldId":"%s",`+
			`"from":"%s","fromString":"%s","to":"%s","toString":"%s"}]}]`, id, from, fromString, to, toString)
	}
	for _, c := range []struct{ id, fields, histories, want string }{
		{"customfield_3", `"customfield_3":{"id":"1","value":"A"}`, `[]`, "01-01 09:00 [A]"},
		{"customfield_3", `"customfield_3":null`, change("customfield_3", "1", "A", "", ""),
			"01-01 09:00 [A]; 01-02 09:00 []"},
		{"customfield_3", `"customfield_3":null`, `[]`, ""},
		{"fixVersions", `"fixVersions":[{"id":"1","name":"v1"}]`, `[]`, "01-01 09:00 [v1]"},
		{"fixVersions", `"fixVersions":[]`, change("fixVersions", "1", "v1", "", ""),
			"01-01 09:00 [v1]; 01-02 09:00 []"},
		{"fixVersions", `"fixVersions":[]`, `[]`, ""},
	} {
		i := told(t, c.fields, c.histories)
		if got := jiratest.Steps(i.Options.Of(c.id)); got != c.want || i.Broken.Total() != 0 ||
			(len(i.Options) > 0) != (c.want != "") {
			t.Errorf("%s: %s, broken %v; want %s", c.fields, got, i.Broken, c.want)
		}
	}
	const set = "01-01 09:00 false; 01-02 09:00 true"
	const flagged = `"customfield_4":[{"id":"10019","value":"Impediment"}]`
	for histories, want := range map[string]string{
		change("customfield_4", "", "", "[10019]", ""):    set,
		change("customfield_4", "", "", "", "Impediment"): set,
		change("customfield_4", " ", " ", "x", "y"):       set,
		`[]`: "01-01 09:00 true",
	} {
		if i := told(t, flagged, histories); jiratest.Steps(i.Flagged) != want || i.Broken.Total() != 0 {
			t.Errorf("%s: %s, broken %v; want %s", histories, jiratest.Steps(i.Flagged), i.Broken, want)
		}
	}
	if i := told(t, `"customfield_1":0`, `[]`); jiratest.Steps(i.Numbers.Of("customfield_1")) != "01-01 09:00 {0 "+
		"true}" {
		t.Error(i.Numbers)
	}
	if i := told(t, `"customfield_1":null`, `[]`); len(i.Numbers) != 0 {
		t.Error(i.Numbers)
	}
}
