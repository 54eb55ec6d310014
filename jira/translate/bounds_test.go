package translate

import (
	"fmt"
	"slices"
	"testing"

	"jerem/agile"
	"jerem/jira/jiratest"
)

// TestSharedReadings: what two texts can both stand for is the same whichever is first: the likeliest of both, of
// equals the larger amount.
func TestSharedReadings(t *testing.T) {
	f := func(a, b []float64, want string) {
		t.Helper()
		if x, y := sharedReadings(a, b), sharedReadings(b, a); fmt.Sprint(x) != want || !slices.Equal(x, y) {
			t.Errorf("%v and %v share %v, the other way %v; want %s", a, b, x, y, want)
		}
	}
	f([]float64{1000, 1}, []float64{1, 1000}, "[1000 1]")
	f([]float64{-1, -1000}, []float64{-1000, -1}, "[-1000 -1]")
	f([]float64{1, 1000}, []float64{1, 1000}, "[1 1000]")
	f([]float64{1000, 1}, []float64{1}, "[1]")
	f([]float64{3, 2, 1}, []float64{1, 2, 3}, "[3 2 1]")
	f([]float64{1}, []float64{2}, "[]")
	f(nil, []float64{2}, "[]")
}

// TestParentToldTwice: the same change of a parent within two seconds is one; later, or of another parent, it is
// another.
func TestParentToldTwice(t *testing.T) {
	f := func(later int, from, to, want string, broken int) {
		t.Helper()
		i := told(t, `"parent":{"id":"7","key":"K-7"}`, fmt.Sprintf(`[{"id":"1","created":1767344400000,"items":[`+
			`{"field":"Parent","to":"7"}]},{"id":"2","created":%d,"items":[{"field":"IssueParentAssociation",`+
			`"from":"%s","to":"%s"}]}]`, 1767344400000+later, from, to))
		if got := jiratest.Steps(i.Parent); got != want || i.Broken[agile.FieldParent] != broken {
			t.Errorf("%d ms later from %q to %q: %s, broken %v; want %s and %d", later, from, to, got, i.Broken, want,
				broken)
		}
	}
	f(0, "", "7", "01-01 09:00 0; 01-02 09:00 7", 0)
	f(2000, "", "7", "01-01 09:00 0; 01-02 09:00 7", 0)
	f(2001, "", "7", "01-01 09:00 0; 01-02 09:00 7; 01-02 09:00 7", 1)
	f(1000, "9", "7", "01-01 09:00 0; 01-02 09:00 7; 01-02 09:00 7", 1)
	f(1000, "", "8", "01-01 09:00 0; 01-02 09:00 7; 01-02 09:00 8; 02-01 09:00 7", 2)
}

// TestLinksAfterParents: of the older link the changes before those of the parent are the parent's past; later ones say
// nothing of it.
func TestLinksAfterParents(t *testing.T) {
	link := func(id, at, from, to string) string {
		return fmt.Sprintf(`{"id":"%s","created":%s,"items":[{"field":"Epic Link","fieldId":"customfield_5",`+
			`"from":"%s","to":"%s"}]}`, id, at, from, to)
	}
	const parent = `{"id":"2","created":1767430800000,"items":[{"field":"IssueParentAssociation","from":"6","to":"7"}]}`
	for histories, want := range map[string]string{
		link("1", "1767344400000", "", "6") + "," + parent: "01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7",
		link("1", "1767344400000", "", "6") + "," + parent + "," +
			link("3", "1767517200000", "6", "9"): "01-01 09:00 0; " +
			"01-02 09:00 6; 01-03 09:00 7",
		parent + "," + link("3", "1767517200000", "", "6"): "01-01 09:00 6; 01-03 09:00 7",
	} {
		i := told(t, `"parent":{"id":"7","key":"K-7"}`, "["+histories+"]")
		if got := jiratest.Steps(i.Parent); got != want || i.Broken[agile.FieldParent] != 0 {
			t.Errorf("%s: %s, broken %v; want %s", histories, got, i.Broken, want)
		}
	}
}

// TestStatusOfNoName: a present status without a name is no name of a status.
func TestStatusOfNoName(t *testing.T) {
	for status, want := range map[string]string{`{"id":"2"}`: "[]", `{"id":"2","name":"B"}`: "[{2 B}]"} {
		tr, err := Document(raw(t, `"status":`+status, `[]`), nil)
		if got := fmt.Sprint(tr.StatusNames); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", status, got, err, want)
		}
	}
}

// TestNoResolution: an issue without a resolution has none, though it tells when it was resolved.
func TestNoResolution(t *testing.T) {
	i := told(t, `"resolution":null,"resolutiondate":"2026-01-10T10:00:00.000+0100"`, `[]`)
	if got := jiratest.Steps(i.Resolution); got != "01-01 09:00 " || i.Broken.Total() != 0 ||
		i.Resolved.Time().Day() != 10 {
		t.Errorf("%s, broken %v, resolved %v", got, i.Broken, i.Resolved)
	}
}

// TestRelativesWithoutID: a key that a change tells without an id is no relative's.
func TestRelativesWithoutID(t *testing.T) {
	i := told(t, `"parent":null`, `[{"id":"1","created":1767344400000,"items":[`+
		`{"field":"IssueParentAssociation","from":"","fromString":"K-5","to":"7","toString":"K-7"},`+
		`{"field":"Epic Link","fieldId":"customfield_5","from":"x","fromString":"K-4"}]}]`)
	if got := fmt.Sprint(i.Relatives); got != "[{7 K-7}]" {
		t.Error(got)
	}
}

// TestUnknownWithoutChanges: what cannot be read and never changed is empty from the beginning.
func TestUnknownWithoutChanges(t *testing.T) {
	i := told(t, `"labels":[1],"customfield_4":{"x":1}`, `[]`)
	if got := jiratest.Steps(i.Labels) + " | " +
		jiratest.Steps(i.Flagged); got != "01-01 09:00 [] | 01-01 09:00 false" {
		t.Error(got)
	}
}
