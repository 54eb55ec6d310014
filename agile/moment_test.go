package agile

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMomentTellsItsTime: a moment is the time it was made of to the microsecond, and lies beside other times as that
// one does, the zero time included.
func TestMomentTellsItsTime(t *testing.T) {
	if zero := MomentOf(time.Time{}); zero != 0 || !zero.Time().IsZero() || zero.Time() != (time.Time{}) {
		t.Errorf("the zero time is %d and %v", zero, zero.Time())
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) time.Time {
			seconds := rapid.Int64Range(-62135596800, 4e9).Draw(t, name+" seconds")
			zone := time.FixedZone("", rapid.IntRange(-50000, 50000).Draw(t, name+" zone"))
			return time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, name+" nanoseconds")).In(zone)
		}
		a := draw("a")
		b := draw("b")
		if rapid.Bool().Draw(t, "near") {
			b = a.Add(time.Duration(rapid.Int64Range(-3000, 3000).Draw(t, "by")))
		}
		whole := a.UTC().Add(-time.Duration(a.Nanosecond() % 1000))
		m := MomentOf(a)
		if m.Time() != whole || m.String() != whole.String() {
			t.Fatalf("%v is told as %v", a, m)
		}
		if m.After(b) != whole.After(b) || m.Before(b) != whole.Before(b) || m.Equal(b) != whole.Equal(b) ||
			!m.Equal(whole) {
			t.Errorf("%v beside %v: after %t, before %t, equal %t", whole, b, m.After(b), m.Before(b), m.Equal(b))
		}
	})
}

// TestStepIsSmall: a large team has millions of steps, most of texts, so that each byte of one counts.
func TestStepIsSmall(t *testing.T) {
	if size := reflect.TypeFor[Step[string]]().Size(); size > 32 {
		t.Errorf("a step of a text takes %d bytes", size)
	}
	if size := reflect.TypeFor[Step[bool]]().Size(); size > 24 {
		t.Errorf("a step of a flag takes %d bytes", size)
	}
}
