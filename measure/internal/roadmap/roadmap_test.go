package roadmap

import (
	"testing"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestNoQuarterLabel: a team without a form for the labels of quarters has no epic on its roadmap.
func TestNoQuarterLabel(t *testing.T) {
	h := storytest.Read(t, "", "E-1 2026-09-01T10:00 type=epic labels=Q4-26")
	if r := New(index.New(h)); len(r.Epics) != 1 || !hasMark(r, "Q4-26") {
		t.Fatalf("with a form: %v", r.Epics)
	}
	h.Team.Quarter.Label = nil
	r := New(index.New(h))
	if _, named := r.Marks.Quarter("Q4-26"); named || len(r.Epics) != 0 || hasMark(r, "Q4-26") {
		t.Errorf("without a form: epics %v, Q4-26 names a quarter: %v", r.Epics, named)
	}
	if list := r.QuartersOf(h.Issues[0], time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)); len(list) != 0 {
		t.Errorf("the epic belongs to %v", list)
	}
}

// TestEpicWork: work is added, taken off and freed of noise part by part.
func TestEpicWork(t *testing.T) {
	w := EpicWork{Total: 10, Doing: 3, Done: 4, Unestimated: 5, Dependency: 6, Issues: 7}
	w.Add(EpicWork{Total: 0.1, Doing: 0.2, Done: 0.3, Unestimated: 1, Dependency: 2, Issues: 3})
	w = w.Tidy()
	if want := (EpicWork{Total: 10.1, Doing: 3.2, Done: 4.3, Unestimated: 6, Dependency: 8, Issues: 10}); w != want {
		t.Errorf("added: %+v, want %+v", w, want)
	}
	w = w.Minus(EpicWork{Total: 0.1, Doing: 1.2, Done: 2.3, Unestimated: 1, Dependency: 2, Issues: 4}).Tidy()
	if want := (EpicWork{Total: 10, Doing: 2, Done: 2, Unestimated: 5, Dependency: 6, Issues: 6}); w != want {
		t.Errorf("taken off: %+v, want %+v", w, want)
	}
}

// hasMark tells whether a mark has the form of a quarter's.
func hasMark(r *Roadmap, mark string) bool { return r.Marks.meanings[mark].quarterly }

// TestCarriedOver: the worked example of the room: of an epic that is carried over the later quarter counts what was
// not done before it.
func TestCarriedOver(t *testing.T) {
	x := index.New(storytest.Read(t, "", "E-1 2026-07-01 type=epic labels=Q3-26,Q4-26\n"+
		"K-1 2026-07-01 epic=E-1 points=5\n  2026-09-10 status=done\nK-2 2026-07-01 epic=E-1 points=3"))
	r := New(x)
	september, november := time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC), time.Date(2026, 11, 9, 12, 0, 0, 0, time.UTC)
	third, fourth := r.QuarterAt(september), r.QuarterAt(november)
	if total, done := r.Sum(r.Span(third), september); total != 8 || done != 5 {
		t.Errorf("in summer %v of %v are done", done, total)
	}
	if of := r.EpicsOf(fourth, november); len(of) != 1 || !of[0].Carried {
		t.Errorf("in autumn: %+v", of)
	}
	if total, done := r.Sum(r.Span(fourth), november); total != 3 || done != 0 {
		t.Errorf("in autumn %v of %v are done", done, total)
	}
}
