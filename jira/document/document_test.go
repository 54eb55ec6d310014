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
	tr, err := translate.Document(d.Raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tr.Issue
}

// TestGapsOnce: each gap is told once, in order of source, code and subject; one that differs in any of these is
// another.
func TestGapsOnce(t *testing.T) {
	var d document.Document
	for _, g := range []agile.Gap{
		{Source: "b", Code: "x", Subject: agile.NamedSubject("1")},
		{Source: "a", Code: "x", Subject: agile.NamedSubject("2")},
		{Source: "a", Code: "x", Subject: agile.NamedSubject("1")},
		{Source: "a", Code: "y", Subject: agile.NamedSubject("1")},
		{Source: "a", Code: "x", Subject: agile.NamedSubject("1")},
		{Source: "b", Code: "x", Subject: agile.NamedSubject("1")},
	} {
		d.AddGap(g)
	}
	got := ""
	for _, g := range d.Gaps {
		got += string(g.Source) + string(g.Code) + g.Subject.Name() + " "
	}
	if got != "ax1 ax2 ay1 bx1 " {
		t.Error(got)
	}
}

// TestAmountSides: time tracking tells its number as id, other fields as text; where the one is blank the other counts.
func TestAmountSides(t *testing.T) {
	item := document.Item{Kind: document.KindSeconds, From: "3600", FromString: "7", ToString: "60"}
	from, to := item.Amounts()
	if len(from.Readings) != 1 || from.Readings[0] != 3600 || len(to.Readings) != 1 || to.Readings[0] != 60 {
		t.Errorf("seconds %v, %v", from, to)
	}
	item.Kind = document.KindNumber
	if from, _ := item.Amounts(); len(from.Readings) != 1 || from.Readings[0] != 7 {
		t.Errorf("a number %v", from)
	}
}
