package translate

import (
	"testing"

	"jerem/agile"
	"jerem/jira/jiratest"
)

// TestSprintsOfFormerTasks: a sub-task shows the sprints of its parent, which tells nothing of the time when it was an
// ordinary issue: what changes tell of it counts, and where none tells anything, its sprints of then are untold.
func TestSprintsOfFormerTasks(t *testing.T) {
	const (
		created   = "01-01 09:00 "
		converted = `{"id":"2","created":"2026-01-10T10:00:00.000+0100","items":[` +
			`{"field":"issuetype","fieldId":"issuetype","from":"1","to":"5"}]}`
		back = `{"id":"3","created":"2026-01-12T10:00:00.000+0100","items":[` +
			`{"field":"issuetype","fieldId":"issuetype","from":"5","to":"1"}]}`
		again = `{"id":"4","created":"2026-01-14T10:00:00.000+0100","items":[` +
			`{"field":"issuetype","fieldId":"issuetype","from":"1","to":"5"}]}`
	)
	sprint := func(day, from, to string) string {
		return `{"id":"1` + day + `","created":"2026-01-` + day + `T10:00:00.000+0100","items":[{"field":"Sprint",` +
			`"fieldId":"customfield_2","from":"` + from + `","to":"` + to + `"}]}`
	}
	for name, c := range map[string]struct {
		typ, shown, histories string
		want                  string
		untold, broken        int
	}{
		"no change tells it": {"5", `{"id":7},{"id":9}`, converted,
			created + "[]; 01-10 09:00 [7 9]", 1, 0},
		"the parent stands in none": {"5", "", converted, created + "[]", 1, 0},
		"it came to a sprint before": {"5", `{"id":7},{"id":9}`, sprint("05", "", "7") + "," + converted,
			created + "[]; 01-05 09:00 [7]; 01-10 09:00 [7 9]", 0, 0},
		"it left one with the change": {"5", `{"id":9}`, converted + "," + sprint("10", "7", ""),
			created + "[7]; 01-10 09:00 []; 01-10 09:00 [9]", 0, 0},
		"changes that do not join": {"5", `{"id":9}`,
			sprint("05", "", "7") + "," + sprint("06", "8", "9") + "," + converted,
			created + "[]; 01-05 09:00 [7]; 01-06 09:00 [9]", 0, 1},
		"it came to one as a sub-task": {"5", `{"id":9}`, converted + "," + sprint("11", "7", "9"),
			created + "[7]; 01-11 09:00 [9]", 0, 0},
		"it left one as a sub-task": {"5", `{"id":9}`, converted + "," + sprint("11", "7", ""),
			created + "[7]; 01-11 09:00 []; 02-01 09:00 [9]", 0, 0},
		"a sub-task all along":        {"5", `{"id":7}`, "", created + "[7]", 0, 0},
		"an ordinary issue all along": {"1", `{"id":7}`, "", created + "[7]", 0, 0},
		"an ordinary one again":       {"1", `{"id":7}`, converted + "," + back, created + "[7]", 0, 0},
		"a sub-task for a second time": {"5", `{"id":7}`, converted + "," + back + "," + again,
			created + "[]; 01-14 09:00 [7]", 1, 0},
		"a sub-task of before": {"1", `{"id":7}`, back, created + "[7]", 0, 0},
	} {
		fields := `"issuetype":{"id":"` + c.typ + `"},"customfield_2":[` + c.shown + `]`
		d := jiratest.Document(t, jiratest.Fieldset(t), fields, c.histories)
		tr, err := Document(d.Raw, map[string]agile.Type{"1": {ID: "1"}, "5": {ID: "5", Level: -1}})
		if err != nil {
			t.Fatal(err)
		}
		i := tr.Issue
		if got := jiratest.Steps(i.Sprints); got != c.want || i.Broken[agile.UntoldSprints] != c.untold ||
			i.Broken[agile.FieldSprints] != c.broken {
			t.Errorf("%s: %s, broken %v; want %s, %d untold and %d", name, got, i.Broken, c.want, c.untold, c.broken)
		}
		if tr, err = Document(d.Raw, nil); err != nil || tr.Issue.Broken[agile.UntoldSprints] != 0 {
			t.Errorf("%s: of types that are not known %v, %v", name, tr.Issue.Broken, err)
		}
	}
}
