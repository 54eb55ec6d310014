package document_test

import (
	"testing"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/translate"
)

// translated returns the issue that a document tells.
func translated(t *testing.T, d document.Document) *agile.Issue {
	t.Helper()
	tr, err := translate.Document(d.Raw)
	if err != nil {
		t.Fatal(err)
	}
	return tr.Issue
}
