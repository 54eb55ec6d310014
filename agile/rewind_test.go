package agile

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func genTold(t *rapid.T) (changes []Change[int]) {
	small := rapid.IntRange(0, 3)
	for n := range rapid.IntRange(0, 8).Draw(t, "changes") {
		at := day0.Add(time.Duration(rapid.IntRange(-5, 5).Draw(t, "hours")) * time.Hour)
		changes = append(changes, Change[int]{At: at, Order: n + 1, From: small.Draw(t, "from"),
			To: small.Draw(t, "to")})
	}
	return changes
}

func equalInts(a, b int) bool { return a == b }

// TestRewindIsInOrder: a timeline ascends by moment and order whatever the changes say, dates
// before the creation included, for looking up relies on it.
func TestRewindIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tl, _ := Rewind(day0, day0.Add(3*time.Hour), rapid.IntRange(0, 3).Draw(t, "current"), genTold(t), equalInts)
		if !slices.IsSortedFunc(tl, func(a, b Step[int]) int {
			return cmp.Or(a.From.Time().Compare(b.From.Time()),
				a.Order-b.Order)
		}) {
			t.Fatalf("not in order: %v", tl)
		}
	})
}

// TestRewindCountsJoints: as many joints are broken as changes do not come from what was before,
// the present value included.
func TestRewindCountsJoints(t *testing.T) {
	f := func(current int, want int, steps string, changes ...Change[int]) {
		t.Helper()
		tl, broken := Rewind(day0, day0.Add(9*time.Hour), current, changes, equalInts)
		var got []byte
		for _, s := range tl {
			got = append(got, byte('0'+s.Value), '@', byte('0'+s.From.Time().Sub(day0)/time.Hour), ' ')
		}
		if broken != want || string(got) != steps {
			t.Errorf("%d broken in %s; want %d in %s", broken, got, want, steps)
		}
	}
	change := func(hour, order, from, to int) Change[int] {
		return Change[int]{day0.Add(time.Duration(hour) * time.Hour), order, from, to}
	}
	f(1, 0, "1@0 ")
	f(2, 0, "1@0 2@1 ", change(1, 1, 1, 2))
	f(3, 1, "1@0 2@1 3@9 ", change(1, 1, 1, 2))                                             // the end does not fit
	f(4, 1, "1@0 2@1 4@2 ", change(1, 1, 1, 2), change(2, 2, 3, 4))                         // a joint does not
	f(5, 2, "1@0 2@1 4@2 5@9 ", change(2, 2, 3, 4), change(1, 1, 1, 2))                     // neither does
	f(3, 0, "1@0 2@0 3@0 ", change(-1, 2, 2, 3), change(-2, 1, 1, 2))                       // before its creation
	f(3, 0, "1@0 2@2 1@2 3@2 ", change(2, 3, 1, 3), change(2, 1, 1, 2), change(2, 2, 2, 1)) // one moment: by order
}

// TestRewindEnds: where the last change did not go to the present value, that one stands right behind it, at the moment
// told or at the change if that lies later.
func TestRewindEnds(t *testing.T) {
	hour := func(n int) time.Time { return day0.Add(time.Duration(n) * time.Hour) }
	for until, want := range map[int]int{9: 9, 2: 2, 1: 2} {
		tl, broken := Rewind(day0, hour(until), 7, []Change[int]{{hour(2), 5, 1, 2}}, equalInts)
		if end := tl[len(tl)-1]; broken != 1 || len(tl) != 3 || end != (Step[int]{MomentOf(hour(want)), 6, 7}) {
			t.Errorf("until %d: %v, %d broken", until, tl, broken)
		}
	}
	if tl, broken := Replay(day0, []Change[int]{{hour(2), 5, 1, 2}}, equalInts); broken != 0 || len(tl) != 2 ||
		tl.Last() != 2 {
		t.Errorf("without a present value: %v, %d broken", tl, broken)
	}
	if tl, broken := Replay(day0, nil, equalInts); broken != 0 || tl != nil {
		t.Errorf("without anything: %v", tl)
	}
}

// TestRewindJoinsOneMoment: changes of one moment that join in one order only are taken in it, whatever
// their places say; where several orders join, or none does, the places decide.
func TestRewindJoinsOneMoment(t *testing.T) {
	f := func(name string, want string, broken int, current int, changes ...Change[int]) {
		t.Helper()
		tl, got := Rewind(day0, day0.Add(9*time.Hour), current, changes, equalInts)
		if !slices.IsSortedFunc(tl, func(a, b Step[int]) int {
			return cmp.Or(a.From.Time().Compare(b.From.Time()),
				a.Order-b.Order)
		}) {
			t.Errorf("%s: the places do not ascend: %v", name, tl)
		}
		var values []byte
		for _, s := range tl {
			values = append(values, byte('0'+s.Value))
		}
		if string(values) != want || got != broken {
			t.Errorf("%s: %s with %d broken, want %s with %d", name, values, got, want, broken)
		}
	}
	at := func(hour, order, from, to int) Change[int] {
		return Change[int]{day0.Add(time.Duration(hour) * time.Hour), order, from, to}
	}
	f("numbered backwards", "1234", 0, 4, at(1, 1, 3, 4), at(1, 2, 2, 3), at(1, 3, 1, 2))
	f("numbered backwards, later", "51234", 0, 4, at(1, 1, 5, 1), at(2, 2, 3, 4), at(2, 3, 2, 3), at(2, 4, 1, 2))
	f("forth and back", "1212", 0, 2, at(1, 1, 2, 1), at(1, 2, 1, 2), at(1, 3, 1, 2))
	f("a ring without a value before: the places", "212", 0, 2, at(1, 1, 2, 1), at(1, 2, 1, 2))
	f("the same ring, the other way", "121", 0, 1, at(1, 1, 1, 2), at(1, 2, 2, 1))
	f("a ring from the value before", "3121", 0, 1, at(1, 1, 3, 1), at(2, 2, 2, 1), at(2, 3, 1, 2))
	f("two rings: the places", "412113", 2, 3, at(1, 1, 4, 1), at(2, 2, 1, 2), at(2, 3, 3, 1), at(2, 4, 2, 1),
		at(2, 5, 1, 3))
	f("none joins: the places", "91324", 2, 4, at(1, 1, 9, 1), at(2, 2, 5, 3), at(2, 3, 7, 2), at(2, 4, 2, 4))
	f("other moments stay in order of time", "1213", 2, 3, at(1, 3, 1, 2), at(2, 1, 9, 1), at(3, 2, 2, 3))
}

// TestRewindBoundsItsSearch: a moment with thousands of changes is not searched for ever.
func TestRewindBoundsItsSearch(t *testing.T) {
	var changes []Change[int]
	for n := range 3000 {
		changes = append(changes, Change[int]{day0, n, n % 2, n % 3})
	}
	calls := 0
	tl, _ := Rewind(day0, day0, 1, changes, func(a, b int) bool { calls++; return a == b })
	if len(tl) < 3000 || calls > 100_000 {
		t.Errorf("%d steps, compared %d times", len(tl), calls)
	}
}

// TestLookUpsAgree: a look-up is what going through the steps one by one finds.
func TestLookUpsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tl, _ := Rewind(day0, day0.Add(3*time.Hour), 1, genTold(t), equalInts)
		moment := day0.Add(time.Duration(rapid.IntRange(-2, 7).Draw(t, "hour")) * time.Hour)
		order := rapid.IntRange(0, 10).Draw(t, "order")
		var at, before, upTo int
		began := false
		for _, s := range tl {
			if !s.From.After(moment) {
				at, began = s.Value, true
			}
			if s.From.Before(moment) {
				before = s.Value
			}
			if s.From.Before(moment) || s.From.Equal(moment) && s.Order <= order {
				upTo = s.Value
			}
		}
		if tl.At(moment) != at || tl.Before(moment) != before || tl.AtOrder(moment, order) != upTo ||
			tl.Began(moment) != began {
			t.Fatalf("%v at %v, order %d: %d, before %d, up to it %d", tl, moment, order, at, before, upTo)
		}
	})
}

// TestHeldAddsUp: what a value holds and what all others hold is the time since the beginning, and
// two parts of a time make the whole.
func TestHeldAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tl, _ := Rewind(day0, day0.Add(3*time.Hour), 1, genTold(t), equalInts)
		var at []time.Time
		for range 3 {
			at = append(at, day0.Add(time.Duration(rapid.IntRange(-300, 600).Draw(t, "minute"))*time.Minute))
		}
		slices.SortFunc(at, time.Time.Compare)
		one, other := func(n int) bool { return n == 1 }, func(n int) bool { return n != 1 }
		if whole := tl.Held(at[0], at[2], one); whole != tl.Held(at[0], at[1], one)+tl.Held(at[1], at[2], one) {
			t.Fatalf("%v held for %v, in parts for something else", tl, whole)
		}
		lived := max(0, at[2].Sub(slices.MaxFunc([]time.Time{at[0], day0}, time.Time.Compare)))
		if sum := tl.Held(at[0], at[2], one) + tl.Held(at[0], at[2], other); sum != lived {
			t.Fatalf("%v: %v in all, lived %v", tl, sum, lived)
		}
	})
	var none Timeline[int]
	if none.Last() != 0 || none.At(day0) != 0 || none.Began(day0) || none.Held(day0, day0.Add(1), equalZero) != 0 {
		t.Error("a field that was never seen has no value, and holds none")
	}
}

func equalZero(n int) bool { return n == 0 }

// TestStartSeenLate: a start or an end that is seen late counts from its own date on, also when
// the sprint was seen renamed in between.
func TestStartSeenLate(t *testing.T) {
	hour := func(n int) time.Time { return day0.Add(time.Duration(n) * time.Hour) }
	s := Sprint{ID: 1, Versions: []SprintVersion{
		{Seen: hour(1), Name: "planned", State: Future},
		{Seen: hour(6), Name: "renamed", State: Future},
		{Seen: hour(9), Name: "begun", State: Active, Start: hour(4)},
	}}
	for n, want := range map[int]string{0: "planned", 3: "planned", 4: "begun", 5: "begun", 6: "begun", 9: "begun"} {
		if got := s.At(hour(n)); got.Name != want {
			t.Errorf("hour %d: %s, want %s", n, got.Name, want)
		}
	}
	if (&Sprint{}).At(day0) != (SprintVersion{}) || (&Sprint{}).Last() != (SprintVersion{}) {
		t.Error("a sprint that was never seen has no version")
	}
}

// TestStateAt: a state has its own dates, whenever it was seen.
func TestStateAt(t *testing.T) {
	hour := func(n int) time.Time { return day0.Add(time.Duration(n) * time.Hour) }
	f := func(v SprintVersion, at int, want SprintState) {
		t.Helper()
		if got := v.StateAt(hour(at)); got != want {
			t.Errorf("%+v at %d: %s, want %s", v, at, got, want)
		}
	}
	closed := SprintVersion{State: Closed, Start: hour(2), End: hour(8), Complete: hour(6)}
	f(closed, 1, Future)
	f(closed, 2, Active)
	f(closed, 5, Active)
	f(closed, 6, Closed)
	active := SprintVersion{State: Active, Start: hour(2), End: hour(8)}
	f(active, 9, Active) // nobody closed it
	f(SprintVersion{State: Future, Start: hour(2)}, 9, Future)
	f(SprintVersion{State: Future, Start: hour(2), Seen: hour(5)}, 9, Future)
	// Jira's word holds where no moment is told
	f(SprintVersion{State: Closed}, 9, Closed)
	f(SprintVersion{State: Closed, Start: hour(2)}, 9, Closed)
	f(SprintVersion{State: Closed, Start: hour(2)}, 1, Future)
	f(SprintVersion{State: Active}, 9, Active)
	// active, and its start lies ahead
	ahead := SprintVersion{State: Active, Seen: hour(5), Start: hour(8)}
	f(ahead, 4, Future)
	f(ahead, 5, Active)
	f(ahead, 8, Active)
	// closed before its planned end, and not told when
	early := SprintVersion{State: Closed, Seen: hour(5), Start: hour(2), End: hour(8)}
	f(early, 4, Active)
	f(early, 5, Closed)
}

// TestBoardAnswers: units, done columns and places of boards, of none too.
func TestBoardAnswers(t *testing.T) {
	var none *Board
	if none.Unit() != Issues || none.DoneColumn() != nil || none.ColumnOf("1") != -1 {
		t.Error("no board counts issues and has no columns")
	}
	b := &Board{Estimate: "timespent", Columns: []Column{{"To Do", []string{"1"}}, {"Done", []string{"5", "6"}},
		{"Empty", nil}}}
	if b.Unit() != Seconds || b.DoneColumn() != &b.Columns[1] || b.ColumnOf("6") != 1 || b.ColumnOf("9") != -1 {
		t.Errorf("%v %v %d", b.Unit(), b.DoneColumn(), b.ColumnOf("6"))
	}
	b.Estimate = "customfield_10016"
	if b.Unit() != Points {
		t.Error(b.Unit())
	}
}
