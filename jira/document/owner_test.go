package document_test

import (
	"testing"

	"jerem/jira/document"
	"jerem/jira/jiratest"
	"jerem/jira/wire"
)

// TestFormerNames: a change under a name that a field had before is that field's, unless the name is another field's
// today: one that is read, or one that is never asked for.
func TestFormerNames(t *testing.T) {
	fs := jiratest.Fieldset(t).Know(map[string][]string{"customfield_3": {"Sort", "Points", "Notes", "Kind"}})
	for change, want := range map[string]string{
		`{"field":"Sort","to":"1","toString":"A"}`: "customfield_3",
		`{"field":"kind","to":"1","toString":"A"}`: "customfield_3",
		`{"field":"Points","toString":"5"}`:        "customfield_1",
		`{"field":"Notes","to":"1"}`:               "",
		`{"field":"Elsewhere","to":"1"}`:           "",
	} {
		got := fs.BestOwner(item(t, change), values(t, `"customfield_3":{"id":"1","value":"A"}`), "")
		if got != want {
			t.Errorf("%s is of %q, want %q", change, got, want)
		}
		if kept := len(fs.KeptItems([]wire.Item{item(t, change)})); kept > 0 != (want != "") {
			t.Errorf("%s: kept %d times", change, kept)
		}
	}
}

// TestNamesOfChanges: changes that name no field id go by names of Jira's own; the older link to an epic is the field
// of that name where the site has one; a custom field of such a name is another one.
func TestNamesOfChanges(t *testing.T) {
	renamed := jiratest.FieldsetOf(t, 0, "["+jiratest.CustomField(5, "Epos", jiratest.EpicSchema)+"]")
	f := func(fs document.Fieldset, change, want string) {
		t.Helper()
		if got := fs.BestOwner(item(t, change), nil, ""); got != want {
			t.Errorf("%s is of %q, want %q", change, got, want)
		}
	}
	f(jiratest.Fieldset(t), `{"field":"Epic Link","fieldtype":"custom","to":"6"}`, "customfield_5")
	f(renamed, `{"field":"Epic Link","fieldtype":"custom","to":"6"}`, "epic link")
	f(renamed, `{"field":"Epic Link","fieldtype":"jira","to":"6"}`, "")
	f(renamed, `{"field":"Fix Version","fieldtype":"jira","to":"6"}`, "fixVersions")
	f(renamed, `{"field":"Fix Version","fieldtype":"custom","to":"6"}`, "")
	f(renamed, `{"field":"Key","fieldtype":"jira","toString":"K-1"}`, "key")
	f(renamed, `{"field":"Parent","to":"6"}`, "parent")
}

// TestEpicLinkOfSite: the older link is the field of that kind; a site may have none.
func TestEpicLinkOfSite(t *testing.T) {
	if id := jiratest.Fieldset(t).EpicLink(); id != "customfield_5" {
		t.Errorf("the link is %q", id)
	}
	if id := jiratest.FieldsetOf(t, 0, "[]").EpicLink(); id != "" {
		t.Errorf("a site without a link has %q", id)
	}
}
