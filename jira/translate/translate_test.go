package translate

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// told cleans and translates an issue given as Jira writes it, its histories as a list.
func told(t *testing.T, fields, histories string) *agile.Issue {
	t.Helper()
	return translated(t, made(t, fields, histories))
}

func TestPitfallTimelines(t *testing.T) {
	f := func(name, fields, histories, want string, broken int, got func(*agile.Issue) string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			i := told(t, fields, histories)
			if text := got(i); text != want {
				t.Errorf("\n got %s\nwant %s", text, want)
			}
			if i.Broken.Total() != broken {
				t.Errorf("%v joints do not fit, want %d", i.Broken, broken)
			}
		})
	}
	points := func(i *agile.Issue) string { return jiratest.Steps(i.Numbers.Of("customfield_1")) }
	sprints := func(i *agile.Issue) string { return jiratest.Steps(i.Sprints) }
	f("numbers stand in the strings", `"customfield_1":8.0`,
		`[{"id":"2","created":1767349800000,"items":[{"field":"Points","fieldId":"customfield_1","from":null,
			"fromString":"3","to":null,"toString":"8"}]},
		  {"id":"1","created":"2026-01-02T10:00:00.000+0100","items":[{"field":"Points","fieldId":"customfield_1",
		  	"from":null,"fromString":null,"to":null,"toString":"3"}]}]`,
		"01-01 09:00 {0 false}; 01-02 09:00 {3 true}; 01-02 10:30 {8 true}", 0, points)
	f("0 is an estimate", `"customfield_1":0`, `[]`, "01-01 09:00 {0 true}", 0, points)
	f("an initial value is in no history", `"customfield_2":[{"id":7,"name":"A, B","state":"closed"},{"id":9}]`,
		`[{"id":"1","created":1767344400,"items":[{"field":"Sprint","fieldId":"customfield_2","from":"7",`+
			`"fromString":"A, B","to":"7, 9","toString":"A, B, C"}]}]`,
		"01-01 09:00 [7]; 01-02 09:00 [7 9]", 0, sprints)
	f("sprints leave by an empty text", `"customfield_2":null`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Sprint","fieldId":"customfield_2","from":"9",`+
			`"fromString":"x","to":"","toString":""}]}]`,
		"01-01 09:00 [9]; 01-02 09:00 []", 0, sprints)
	f("sprints as strings of older servers", `"customfield_2":["com.atlassian.greenhopper.service.sprint.Sprint@1[id`+
		`=266,rapidViewId=174,state=CLOSED,name=A [x],id=5 goal, B,]"]`, `[]`,
		"01-01 09:00 [266]", 0, sprints)
	f("histories of one second go by their ids", `"status":{"id":"3","name":"C"}`,
		`[{"id":"10","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B",
			"to":"3","toString":"C"}]},
		  {"id":"9","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A",
		  	"to":"2","toString":"B"}]}]`,
		"01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Status) })
	f("a status without an id goes by its name", `"status":{"id":"2","name":"B"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":null,`+
			`"fromString":"Old","to":null,"toString":"B"}]}]`,
		"01-01 09:00 name:Old; 01-02 09:00 2", 0, func(i *agile.Issue) string { return jiratest.Steps(i.Status) })
	f("a chain that does not join loses nothing", `"status":{"id":"9","name":"Z"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A",
			"to":"2","toString":"B"}]},
		  {"id":"2","created":1767348000000,"items":[{"field":"status","fieldId":"status","from":"5","fromString":"E",
		  	"to":"6","toString":"F"}]}]`,
		"01-01 09:00 1; 01-02 09:00 2; 01-02 10:00 6; 02-01 09:00 9", 2,
		func(i *agile.Issue) string { return jiratest.Steps(i.Status) })
	f("labels", `"labels":["b","c"]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"labels","fieldId":"labels","from":null,`+
			`"fromString":"a b","to":null,"toString":"b c"}]}]`,
		"01-01 09:00 [a b]; 01-02 09:00 [b c]", 0, func(i *agile.Issue) string { return jiratest.Steps(i.Labels) })
	f("versions come and go one by one, twice in one history", `"fixVersions":[{"id":"26","name":"SaaS"}]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Fix Version","fieldId":"fixVersions","from":"8",`+
			`"fromString":"v2","to":null,"toString":null},{"field":"Fix Version","fieldId":"fixVersions",`+
			`"from":null,"fromString":null,"to":"26","toString":"SaaS"}]}]`,
		"01-01 09:00 [v2]; 01-02 09:00 []; 01-02 09:00 [SaaS]", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Options.Of("fixVersions")) })
	f("options whose names hold commas", `"customfield_3":[{"id":"1","value":"Bug, old"},{"id":"2","value":"Support"}]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Nature","fieldId":"customfield_3","from":"[1]",`+
			`"fromString":"Bug, old","to":"[1, 2]","toString":"Bug, old, Support"}]}]`,
		"01-01 09:00 [Bug, old]; 01-02 09:00 [Bug, old Support]", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Options.Of("customfield_3")) })
	f("a flag", `"customfield_4":null`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Flagged","fieldId":"customfield_4","from":null,
			"fromString":null,"to":"[10019]","toString":"Impediment"}]},
		  {"id":"2","created":1767348000000,"items":[{"field":"Flagged","fieldId":"customfield_4","from":"[10019]",
		  	"fromString":"Impediment","to":"","toString":""}]}]`,
		"01-01 09:00 false; 01-02 09:00 true; 01-02 10:00 false", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Flagged) })
	f("an epic is told twice", `"parent":{"id":"77","key":"K-7"},"customfield_5":"K-7"`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"IssueParentAssociation","from":null,"fromString":null,
			"to":"77","toString":"K-7"}]},
		  {"id":"2","created":1767344400030,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":null,
		  	"fromString":null,"to":"77","toString":"K-7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 77 | 01-01 09:00 ; 01-02 09:00 77", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Parent) + " | " + jiratest.Steps(i.EpicLink) })
	f("a move changes key and project", `"project":{"id":"20","key":"OB"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"project","fieldId":"project","from":"10",`+
			`"fromString":"K","to":"20","toString":"OB"},{"field":"Key","from":null,"fromString":"K-9","to":null,`+
			`"toString":"K-1"}]}]`,
		"01-01 09:00 10; 01-02 09:00 20 | 01-01 09:00 K-9; 01-02 09:00 K-1", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Project) + " | " + jiratest.Steps(i.Key) })
	f("time tracking in seconds", `"timeoriginalestimate":14400`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"timeoriginalestimate",`+
			`"fieldId":"timeoriginalestimate","from":null,"fromString":null,"to":"14400","toString":"14400"}]}]`,
		"01-01 09:00 {0 false}; 01-02 09:00 {14400 true}", 0,
		func(i *agile.Issue) string { return jiratest.Steps(i.Numbers.Of("timeoriginalestimate")) })
	parent := func(i *agile.Issue) string { return jiratest.Steps(i.Parent) }
	const linked = `{"id":"1","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5",` +
		`"to":"6","toString":"K-6"}]}`
	f("a parent made of the older link has its past", `"parent":{"id":"7","key":"K-7"},"customfield_5":"K-7"`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"Epic Link","fieldId":"customfield_5",`+
			`"from":"6","fromString":"K-6","to":"7","toString":"K-7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7", 0, parent)
	f("a parent made of the older link, changed since", `"parent":{"id":"7","key":"K-7"},"customfield_5":"K-7"`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"IssueParentAssociation","from":"6",`+
			`"to":"7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7", 1, parent) // the link's own history ends early
	f("a sub-task's parent is no epic of before", `"parent":{"id":"9","key":"K-9"},"customfield_5":null`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"Epic Link","fieldId":"customfield_5",`+
			`"from":"6","fromString":"K-6"},{"field":"Parent","to":"9"}]}]`,
		"01-01 09:00 0; 01-03 09:00 9", 0, parent)
	f("a parent from the beginning", `"parent":{"id":"9","key":"K-9"},"customfield_5":null`, `[`+linked+`]`,
		"01-01 09:00 9", 1, parent)
	f("a history of the year 51502 is left out", `"status":{"id":"1","name":"A"}`,
		`[{"id":"1","created":"51502-01-01T00:00:00.000+0000","items":[]}]`,
		"01-01 09:00 1", 0, func(i *agile.Issue) string { return jiratest.Steps(i.Status) })
}

// TestPitfallRecorded translates real issues: every timeline begins at the creation and ends in the
// present value.
func TestPitfallRecorded(t *testing.T) {
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "jira")
	}
	for site, broken := range map[string]int{"devlake": 14, "jirametrics/site": 0} {
		t.Run(site, func(t *testing.T) {
			var fields []wire.Field
			var issues []wire.Issue
			for file, out := range map[string]any{"fields.json": &fields, "issues.json": &issues} {
				raw, err := os.ReadFile(filepath.Join(root, site, file))
				if err != nil {
					t.Skipf("no recorded Jira data at %s: set JEREM_RECORDED to try them", root)
				}
				if err := json.Unmarshal(raw, out); err != nil {
					t.Fatal(err)
				}
			}
			fs, joints := document.NewFieldset(fields, jiratest.CloudLimit), 0
			for _, w := range issues {
				d, err := document.New(w, w.Changelog.Histories, fs)
				if err != nil {
					t.Fatal(err)
				}
				tr, err := Document(d.Raw, nil)
				if err != nil {
					t.Fatal(err)
				}
				i := tr.Issue
				if i.Broken.Total() > 0 {
					joints++
				}
				if !i.Status[0].From.Equal(i.Created) || !i.Sprints[0].From.Equal(i.Created) || i.Key.Last() != w.Key {
					t.Errorf("%s: its timelines do not begin at %v", w.Key, i.Created)
				}
				if status, _ := document.ReadOptions(w.Fields["status"]); i.Status.Last() != status[0].ID {
					t.Errorf("%s: status ends in %s, is %s", w.Key, i.Status.Last(), status[0].ID)
				}
				if w.Key == "EE-14" {
					at := time.Date(2020, 6, 12, 1, 22, 26, 0, time.UTC)
					if n := i.Numbers.Of("timeoriginalestimate").At(at); n.Value != 14400 {
						t.Errorf("EE-14 is estimated %v at %v", n, at)
					}
				}
			}
			if joints != broken {
				t.Errorf("%d issues have a history that does not join, measured were %d", joints, broken)
			}
		})
	}
}

func FuzzPitfallTranslate(f *testing.F) {
	f.Add([]byte(`{"id":1,"created":1,"fields":{"status":{"kind":"one","options":[{"id":"1"}]}},"histories":[{` +
		`"id":"1","at":2,"items":[{"field":"status","kind":"one","from":"2","to":"1"}]}]}`))
	f.Add([]byte(`{"histories":[{"items":[{"field":"customfield_1","kind":"parts","from":"1"},{` +
		`"field":"customfield_1","kind":"options","to":"[1, 2]","toString":"a, b"}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		tr, err := Document(raw, nil)
		if err == nil && len(tr.Issue.Status) == 0 {
			t.Error("an issue without a status timeline")
		}
	})
}

// TestReversedHistories: changes of one moment are taken as they join, though an import numbered them backwards.
func TestReversedHistories(t *testing.T) {
	i := told(t, `"status":{"id":"3","name":"C"},"customfield_1":5`, `[
		{"id":"11","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B",
			"to":"3","toString":"C"},{"field":"Points","fieldId":"customfield_1","fromString":"3","toString":"5"}]},
		{"id":"12","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A",
			"to":"2","toString":"B"},{"field":"Points","fieldId":"customfield_1","fromString":"","toString":"3"}]}]`)
	if got := jiratest.Steps(i.Status); got != "01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3" {
		t.Error(got)
	}
	if got := jiratest.Steps(i.Numbers.Of("customfield_1")); got != "01-01 09:00 {0 false}; 01-02 09:00 {3 true}; "+
		"01-02 09:00 {5 true}" || i.Broken.Total() != 0 {
		t.Error(got, i.Broken)
	}
}

// TestBrokenByField: joints are counted where they do not fit.
func TestBrokenByField(t *testing.T) {
	i := told(t, `"status":{"id":"9","name":"Z"},"customfield_1":9,"labels":["x"],"fixVersions":[{"id":"1",
		"name":"v1"}]`, `[
		{"id":"1","created":1767344400000,"items":[
			{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"},
			{"field":"Points","fieldId":"customfield_1","fromString":"1","toString":"2"},
			{"field":"labels","fieldId":"labels","fromString":"x","toString":"x"},
			{"field":"Fix Version","fieldId":"fixVersions","to":"8","toString":"v8"}]}]`)
	if i.Broken.In(agile.FieldStatus) != 1 || i.Broken.In("customfield_1") != 1 ||
		i.Broken.In(agile.FieldLabels, agile.FieldSprints) != 0 || i.Broken.In("fixVersions") != 1 ||
		i.Broken.Total() != 3 {
		t.Error(i.Broken)
	}
}

// made makes a document; histories are a list as Jira writes it.
func made(t *testing.T, fields, histories string) document.Document {
	t.Helper()
	return jiratest.Document(t, jiratest.Fieldset(t), fields, strings.Trim(strings.TrimSpace(histories), "[]"))
}

// raw makes the raw form of a document.
func raw(t *testing.T, fields, histories string) []byte {
	t.Helper()
	return made(t, fields, histories).Raw
}

// translated translates a document as it is kept, which gives the same issue as it was read.
func translated(t *testing.T, d document.Document) *agile.Issue {
	t.Helper()
	tr, err := Document(d.Raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tr, Content(d.Content, nil), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("as it was read it is another issue than as it is kept: %s", diff)
	}
	return tr.Issue
}
