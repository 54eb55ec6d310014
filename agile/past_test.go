package agile

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var day0 = time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC)

// TestRewindGivesBackALife: a life lived forward, told as changes in any order, is rebuilt from its
// end, and every joint fits.
func TestRewindGivesBackALife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.IntRange(0, 3).Draw(t, "first")
		want := Timeline[int]{{From: MomentOf(day0), Value: first}}
		var changes []Change[int]
		at, value := day0, first
		for n := range rapid.IntRange(0, 10).Draw(t, "changes") {
			at = at.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "hours")) * time.Hour)
			next := rapid.IntRange(0, 3).Draw(t, "next")
			changes = append(changes, Change[int]{At: at, Order: n + 1, From: value, To: next})
			value = next
			want = append(want, Step[int]{From: MomentOf(at), Order: n + 1, Value: value})
		}
		told := rapid.Permutation(changes).Draw(t, "told")
		got, broken := Rewind(day0, at, value, told, func(a, b int) bool { return a == b })
		if broken != 0 || !slices.Equal(got, want) {
			t.Fatalf("%d broken\n got %v\nwant %v", broken, got, want)
		}
	})
}

// TestRewindDropsNothing: whatever the changes say, each is a step, and the end is the present value.
func TestRewindDropsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.IntRange(0, 3)
		var changes []Change[int]
		for n := range rapid.IntRange(0, 8).Draw(t, "changes") {
			at := day0.Add(time.Duration(rapid.IntRange(-5, 5).Draw(t, "hours")) * time.Hour)
			changes = append(changes, Change[int]{At: at, Order: n, From: small.Draw(t, "from"),
				To: small.Draw(t, "to")})
		}
		current := small.Draw(t, "current")
		tl, _ := Rewind(day0, day0.Add(3*time.Hour), current, changes, func(a, b int) bool { return a == b })
		if tl.Last() != current || !tl[0].From.Equal(day0) || len(tl) < len(changes)+1 {
			t.Fatalf("%v from %v", tl, changes)
		}
		if !slices.IsSortedFunc(tl, func(a, b Step[int]) int { return a.From.Time().Compare(b.From.Time()) }) {
			t.Fatalf("not in order: %v", tl)
		}
	})
}

func TestTimelineLookUps(t *testing.T) {
	hour := func(n int) time.Time { return day0.Add(time.Duration(n) * time.Hour) }
	tl := Timeline[string]{{MomentOf(hour(0)), 0, "a"}, {MomentOf(hour(2)), 3, "b"}, {MomentOf(hour(2)), 5, "c"},
		{MomentOf(hour(4)), 6, "d"}}
	f := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f(tl.At(hour(-1)), "")
	f(tl.At(hour(0)), "a")
	f(tl.At(hour(2)), "c")
	f(tl.Before(hour(2)), "a")
	f(tl.Before(hour(0)), "")
	f(tl.AtOrder(hour(2), 2), "a")
	f(tl.AtOrder(hour(2), 3), "b")
	f(tl.AtOrder(hour(2), 5), "c")
	f(tl.AtOrder(hour(3), 0), "c")
	f(tl.Last(), "d")
	if held := tl.Held(hour(1), hour(5), func(s string) bool { return s == "c" || s == "d" }); held != 3*time.Hour {
		t.Errorf("held for %v, want 3h", held)
	}
}

func TestSprintVersions(t *testing.T) {
	hour := func(n int) time.Time { return day0.Add(time.Duration(n) * time.Hour) }
	s := Sprint{ID: 1, Versions: []SprintVersion{
		{Seen: hour(10), Name: "planned", State: Future, Start: hour(20), End: hour(90)},
		{Seen: hour(30), Name: "begun", State: Active, Start: hour(21), End: hour(90)},
		{Seen: hour(40), Name: "renamed", State: Active, Start: hour(21), End: hour(100)},
		{Seen: hour(99), Name: "over", State: Closed, Start: hour(21), End: hour(100), Complete: hour(95)},
		{Seen: hour(120), Name: "open again", State: Active, Start: hour(21), End: hour(130)},
	}}
	for n, want := range map[int]struct {
		name  string
		state SprintState
	}{
		0: {"planned", Future}, 15: {"planned", Future}, 20: {"planned", Future}, 22: {"begun", Active}, 35: {"begun",
			Active},
		50: {"renamed", Active}, 94: {"renamed", Active}, 96: {"over", Closed}, 110: {"over",
			Closed}, 121: {"open again", Active},
	} {
		if v := s.At(hour(n)); v.Name != want.name || v.StateAt(hour(n)) != want.state {
			t.Errorf("hour %d: %s, %s; want %s, %s", n, v.Name, v.StateAt(hour(n)), want.name, want.state)
		}
	}
	closed := SprintVersion{State: Closed, Start: hour(0), End: hour(9)}
	if !closed.ClosedBy(hour(9)) || closed.ClosedBy(hour(8)) {
		t.Error("a closed sprint that tells no completion ends at its planned end")
	}
}
