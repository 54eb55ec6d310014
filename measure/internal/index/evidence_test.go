package index

import (
	"testing"
	"time"

	"jerem/agile"
)

// TestEvidenceStatus: before the moment at which work was finished it stood in the first to-do status of the board's
// first column that has one, else in the to-do status of the lowest id; the given history stays as it is.
func TestEvidenceStatus(t *testing.T) {
	created := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	column := func(ids ...string) agile.Column { return agile.Column{Statuses: ids} }
	f := func(name, want string, board *agile.Board) {
		t.Helper()
		issue := &agile.Issue{
			ID: 1, Created: created, Updated: agile.MomentOf(created.AddDate(0, 0, 9)),
			Resolved: agile.MomentOf(created.AddDate(0, 0, 5)),
			Status:   agile.Constant(created, "3"), Resolution: agile.Constant(created, "1"),
		}
		h := &agile.History{Board: board, Issues: []*agile.Issue{issue}, Statuses: map[string]agile.Status{
			"3": {ID: "3", Category: agile.CategoryDone}, "4": {ID: "4", Category: agile.CategoryDoing},
			"9": {ID: "9", Category: agile.CategoryToDo}, "10": {ID: "10", Category: agile.CategoryToDo},
			"12": {ID: "12", Category: agile.CategoryToDo},
		}}
		got, ok := New(h).Lookup("1")
		if !ok || got.Status.At(created) != want || got.Status.Last() != "3" || got.Broken[agile.FieldStatus] != 1 {
			t.Errorf("%s: %v, broken %v; want %s before", name, got.Status, got.Broken, want)
		}
		if len(issue.Status) != 1 || issue.Broken != nil || h.Issues[0] != issue {
			t.Errorf("%s: the history itself was changed: %v", name, issue)
		}
	}
	f("the first column has one", "12", &agile.Board{Columns: []agile.Column{column("12", "9"), column("10"),
		column("3")}})
	f("after what is in work", "10", &agile.Board{Columns: []agile.Column{column("4", "10"), column("9"), column("3")}})
	f("the second column has one", "9", &agile.Board{Columns: []agile.Column{column("4"), column("9"), column("3")}})
	f("none has", "9", &agile.Board{Columns: []agile.Column{column("4"), column("3")}})
	f("no board", "9", nil)
}
