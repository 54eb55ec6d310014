package document_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// contentOf returns what a document holds.
func contentOf(t *testing.T, d document.Document) document.Content {
	t.Helper()
	c, err := document.Parse(d.Raw)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEntriesLetGo: an entry of another shape, one without a time, and one without a change of a field that is read are
// let go as wholes; a later entry of the same id is another one.
func TestEntriesLetGo(t *testing.T) {
	const change = `{"field":"Points","fieldId":"customfield_1","fromString":"3","toString":"5"}`
	const whole = `{"id":"7","created":1767344400000,"items":[` + change + `]}`
	for entries, want := range map[string]int{
		whole: 1,
		`{"id":"7","created":1767344400000,"items":[` + change + `,7]}`:           0,
		`{"id":"7","created":1767344400000,"items":[` + change + `,7]},` + whole:  1,
		`{"id":"7","created":null,"items":[` + change + `]}`:                      0,
		`{"id":"7","created":null,"items":[` + change + `]},` + whole:             1,
		`{"id":"","created":null,"items":[` + change + `]}`:                       0,
		`{"id":"7","created":1767344400000,"items":[]}`:                           0,
		`{"id":"7","created":1767344400000,"items":[{"field":"Notes","to":"x"}]}`: 0,
	} {
		d := jiratest.Document(t, jiratest.Fieldset(t), `"customfield_1":5`, entries)
		if c := contentOf(t, d); d.Changes != want || len(c.Histories) != want {
			t.Errorf("%s: %d changes in %d entries, want %d", entries, d.Changes, len(c.Histories), want)
		}
	}
}

// TestLastChangesOfAName: fields of one name are told apart by where the changes end in time, in whatever order the
// entries come; an entry that names the id of its field tells nothing of others.
func TestLastChangesOfAName(t *testing.T) {
	fs := jiratest.FieldsetOf(t, 0, "["+jiratest.CustomField(1, "Points", jiratest.NumberSchema)+","+
		jiratest.CustomField(2, "Points", jiratest.NumberSchema)+"]")
	const first = `{"id":"1","created":1767344400000,"items":[{"field":"Points","toString":"3"}]}`
	const second = `{"id":"2","created":1767344500000,"items":[{"field":"points","fromString":"3","toString":"5"}]}`
	const other = `{"id":"3","created":1767344600000,"items":[` +
		`{"field":"Points","fieldId":"customfield_1","fromString":"9","toString":"8"}]}`
	const both = `{"id":"1","created":1767344400000,"items":[{"field":"Points","toString":"3"},` +
		`{"field":"Points","fromString":"3","toString":"5"}]}`
	for entries, want := range map[string]string{
		first + "," + second:               "customfield_2 customfield_2",
		second + "," + first:               "customfield_2 customfield_2",
		first + "," + second + "," + other: "customfield_2 customfield_2 customfield_1",
		both:                               "customfield_2 customfield_2",
	} {
		d := jiratest.Document(t, fs, `"customfield_1":8,"customfield_2":5`, entries)
		var got []string
		for _, h := range contentOf(t, d).Histories {
			for _, i := range h.Items {
				got = append(got, i.Field)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: changes of %q, want %s", entries, got, want)
		}
	}
}

// TestUpdated: an issue that tells no time of its last change was changed when it was created, and lacks nothing; one
// that tells another thing lacks it.
func TestUpdated(t *testing.T) {
	created := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	for fields, want := range map[string]struct {
		updated time.Time
		gaps    string
	}{
		``:                     {created, ""},
		`,"updated":null`:      {created, ""},
		`,"updated":"someday"`: {created, "values unreadable updated"},
		`,"updated":"2026-01-01T11:00:00.000+0100"`: {created.Add(time.Hour), ""},
	} {
		var w wire.Issue
		jiratest.Decode(t, `{"id":"1","fields":{"created":"2026-01-01T10:00:00.000+0100"`+fields+`}}`, &w)
		d, err := document.New(w, nil, jiratest.Fieldset(t))
		if err != nil || !d.Updated.Equal(want.updated) || jiratest.Gaps(d) != want.gaps {
			t.Errorf("%s: %v, lacking %q, %v; want %v and %q", fields, d.Updated, jiratest.Gaps(d), err, want.updated,
				want.gaps)
		}
	}
}

// TestUnreadableThatMatters: once it is known what figures need, a value or a change that cannot be read is told where
// it is needed, and only there; what a moment of completion rests on always is.
func TestUnreadableThatMatters(t *testing.T) {
	site := "[" + jiratest.CustomField(1, "Points", jiratest.NumberSchema) + "," +
		jiratest.CustomField(3, "Nature", jiratest.SelectSchema) + "," +
		`{"id":"resolutiondate","name":"Resolved","schema":{"type":"datetime"}}]`
	const change = `{"id":"7","created":1767344400000,"items":[{"field":"Points","fieldId":"customfield_1",` +
		`"fromString":"many","toString":"5"}]}`
	f := func(needed []string, fields, entries, want string) {
		t.Helper()
		fs := jiratest.FieldsetOf(t, 0, site)
		if needed != nil {
			fs = fs.Plan(needed)
		}
		if got := jiratest.Gaps(jiratest.Document(t, fs, fields, entries)); got != want {
			t.Errorf("needed %v, %s %s: lacking %q, want %q", needed, fields, entries, got, want)
		}
	}
	const points, nature = "values unreadable Points", "values unreadable Nature"
	f(nil, `"customfield_1":5`, change, points)
	f([]string{"Nature"}, `"customfield_1":5`, change, "")
	f([]string{"Points"}, `"customfield_1":5`, change, points)
	f([]string{"Points"}, `"customfield_1":5`, change+","+strings.Replace(change, `"7"`, `"8"`, 1), points)
	f([]string{"Nature"}, `"customfield_1":true`, "", "")
	f([]string{"Points"}, `"customfield_1":true`, "", points)
	f([]string{"Nature"}, `"customfield_3":true`, "", nature)
	f([]string{"Points"}, `"customfield_3":true`, "", "")
	f([]string{"Points"}, `"resolutiondate":"someday"`, "", "values unreadable Resolved")
}

// item reads a change as Jira writes it.
func item(t *testing.T, text string) (w wire.Item) {
	t.Helper()
	jiratest.Decode(t, text, &w)
	return w
}

// values reads the fields of an issue as Jira writes them.
func values(t *testing.T, text string) (fields map[string]json.RawMessage) {
	t.Helper()
	jiratest.Decode(t, "{"+text+"}", &fields)
	return fields
}
