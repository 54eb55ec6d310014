package publish

import (
	"context"
	"testing"

	"jerem/series"
)

// writer is a sink that counts the bodies that it writes.
type writer struct {
	Sink
	form    string
	written int
}

func (w *writer) Encoding() string { return w.form }

func (w *writer) Encode(list []series.Series) ([]byte, error) {
	w.written++
	return []byte(w.form + " " + list[0].Class), nil
}

func (w *writer) PushBody(context.Context, []series.Series, []byte) error { return nil }

// TestBodiesAreKept: a body is kept for sinks of its form until so many others were made, the oldest going first.
func TestBodiesAreKept(t *testing.T) {
	var bodies Bodies
	first, alike, other := &writer{form: "a"}, &writer{form: "a"}, &writer{form: "b"}
	ask := func(w *writer, class int) {
		t.Helper()
		name := string(rune('A' + class))
		list := []series.Series{{Class: name, Points: []series.Point{{Tick: 1, Value: series.Double(1)}}}}
		if body, err := bodies.encodeBody(w, list); err != nil || string(body) != w.form+" "+name {
			t.Errorf("the body of %s for %s is %q, %v", name, w.form, body, err)
		}
	}
	for class := range keptBodies {
		ask(first, class)
	}
	for class := range keptBodies {
		ask(alike, class)
	}
	if first.written != keptBodies || alike.written != 0 || bodies.Made() != keptBodies {
		t.Errorf("%d and %d bodies were written, want %d and none", first.written, alike.written, keptBodies)
	}
	ask(other, 0) // the oldest makes room for it
	ask(alike, 1)
	ask(alike, 0)
	if other.written != 1 || alike.written != 1 {
		t.Errorf("%d bodies of another form and %d that had gone were written, want one of each", other.written,
			alike.written)
	}
}
