package agile

import (
	"fmt"
	"testing"
	"time"
)

// TestFields: fields are found by their ids, stand in ascending order, and are replaced.
func TestFields(t *testing.T) {
	var f Fields[int]
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for n, id := range []string{"c", "a", "b", "a"} {
		f.Put(id, Constant(at, n))
	}
	var told []string
	for id, past := range f.All() {
		told = append(told, fmt.Sprint(id, past.Last()))
	}
	if got := fmt.Sprint(told); got != "[a3 b2 c0]" {
		t.Error(got)
	}
	if f.Of("b").Last() != 2 || f.Of("d") != nil {
		t.Errorf("%v, %v", f.Of("b"), f.Of("d"))
	}
	of := FieldsOf(map[string]Timeline[int]{"b": f.Of("b"), "a": f.Of("a"), "c": f.Of("c")})
	if fmt.Sprint(of) != fmt.Sprint(f) {
		t.Errorf("%v, put one by one %v", of, f)
	}
}

// TestRelatives: keys are found by ids, 0 among them.
func TestRelatives(t *testing.T) {
	var r Relatives
	for n, id := range []int64{7, -1, 9, 7} {
		r.Put(id, fmt.Sprint("K-", n))
	}
	if got := fmt.Sprint(r); got != "[{-1 K-1} {7 K-3} {9 K-2}]" {
		t.Error(got)
	}
	if key, ok := r.Of(7); key != "K-3" || !ok {
		t.Error(key, ok)
	}
	if key, ok := r.Of(8); key != "" || ok {
		t.Error(key, ok)
	}
}
