package jira

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestExoticValues: a select or a date of an extension that comes in a shape of its own loses that value alone; a field that
// an issue cannot be without makes the issue unreadable, and the error names both.
func TestExoticValues(t *testing.T) {
	var fields []wireField
	if err := json.Unmarshal([]byte(`[
		{"id": "customfield_1", "name": "Choice", "custom": true, "schema": {"type": "option", "custom": "com.example:choice"}},
		{"id": "customfield_2", "name": "Day", "custom": true, "schema": {"type": "date", "custom": "com.example:day"}},
		{"id": "customfield_3", "name": "Story Points", "custom": true, "schema": {"type": "number", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:float"}}]`), &fields); err != nil {
		t.Fatal(err)
	}
	for fragment, wrong := range map[string]string{
		`"customfield_1": {"foo": true}, "customfield_2": [1]`: "",
		`"customfield_1": true, "customfield_3": 5`:            "",
		`"customfield_3": {"value": 5}`:                        "",
		`"status": true`:                                       "status",
	} {
		var w wireIssue
		text := `{"id": "1", "key": "K-1", "fields": {"created": "2026-10-01T10:00:00.000+0000", "updated": "2026-10-01T10:00:00.000+0000", ` + fragment + `}}`
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			t.Fatal(err)
		}
		_, _, err := clean(w, nil, NewFieldset(fields, fieldLimit(Cloud)))
		if (err == nil) != (wrong == "") || err != nil && (!strings.Contains(err.Error(), wrong) || !strings.Contains(err.Error(), "K-1")) {
			t.Errorf("%s: %v", fragment, err)
		}
	}
}
