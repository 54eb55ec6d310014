package index

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/internal/recall"
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

// TestListOfIssuesIsShared: an index that goes on has the list of issues that is given, and no copy of it, until
// something beside the history tells more of an issue; it then lists what an index of all anew does.
func TestListOfIssuesIsShared(t *testing.T) {
	created := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	issueOf := func(id int64, status string) *agile.Issue {
		return &agile.Issue{ID: id, Created: created, Key: agile.Constant(created, "K-"+string(rune('0'+id))),
			Updated: agile.MomentOf(created.AddDate(0, 0, 9)), Status: agile.Constant(created, status)}
	}
	finished := func(id int64) *agile.Issue { // which no change tells
		i := issueOf(id, "3")
		i.Resolved = agile.MomentOf(created.AddDate(0, 0, 5))
		return i
	}
	h := &agile.History{Statuses: map[string]agile.Status{"3": {ID: "3", Category: agile.CategoryDone},
		"9": {ID: "9", Category: agile.CategoryToDo}},
		Issues: []*agile.Issue{issueOf(1, "9"), issueOf(2, "9"), issueOf(4, "9")}}
	x := New(h)
	for n, c := range []struct {
		issue    *agile.Issue // which comes, or takes the place of another
		isShared bool
	}{{issueOf(2, "3"), true}, {issueOf(3, "9"), true}, {finished(4), false}, {issueOf(1, "3"), false},
		{finished(5), false}, {issueOf(4, "9"), false}} {
		next := *h
		next.Issues = slices.Clone(h.Issues)
		place, stands := agile.PlaceOf(next.Issues, c.issue.ID)
		if stands {
			next.Issues[place] = c.issue
		} else {
			next.Issues = slices.Insert(next.Issues, place, c.issue)
		}
		y, _, ok := x.Updated(&next, []int64{4, 5}) // on two of them time may be logged
		if !ok || recall.SamePlace(y.History.Issues, next.Issues) != c.isShared {
			t.Fatalf("%d: the list is that which was given: %v, want %v", n, !c.isShared, c.isShared)
		}
		anew := New(&next)
		for place, want := range anew.History.Issues {
			got := y.History.Issues[place]
			if got.ID != want.ID || !slices.Equal(got.Status, want.Status) || y.Issues.Of(got.ID) != got {
				t.Errorf("%d: in place %d stands %v, want %v", n, place, got, want)
			}
			if was := x.Issues.Of(got.ID); got.ID != c.issue.ID && was != got {
				t.Errorf("%d: issue %d did not change and is another value", n, got.ID)
			}
		}
		if len(y.History.Issues) != len(anew.History.Issues) || y.Issues.Len() != anew.Issues.Len() {
			t.Errorf("%d: %d issues, want %d", n, len(y.History.Issues), len(anew.History.Issues))
		}
		x, h = y, &next
	}
}
