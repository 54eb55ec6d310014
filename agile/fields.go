package agile

import (
	"cmp"
	"iter"
	"maps"
	"slices"
)

// Fields are the timelines of those of an issue's fields that differ from site to site, by the ids of the fields. An
// issue has few of them, so they are a list: a map takes several times the memory.
type Fields[T any] []FieldPast[T]

// FieldPast is the past of a field.
type FieldPast[T any] struct {
	ID   string
	Past Timeline[T]
}

// FieldsOf returns fields by their ids.
func FieldsOf[T any](pasts map[string]Timeline[T]) Fields[T] {
	var f Fields[T]
	for _, id := range slices.Sorted(maps.Keys(pasts)) {
		f = append(f, FieldPast[T]{id, pasts[id]})
	}
	return f
}

// Of returns the past of a field, empty where the issue does not have it.
func (f Fields[T]) Of(id string) Timeline[T] {
	for n := range f {
		if f[n].ID == id {
			return f[n].Past
		}
	}
	return nil
}

// Has tells whether the issue has a field.
func (f Fields[T]) Has(id string) bool {
	return slices.ContainsFunc(f, func(one FieldPast[T]) bool { return one.ID == id })
}

// Put puts the past of a field into its place, in ascending order of ids.
func (f *Fields[T]) Put(id string, past Timeline[T]) {
	compare := func(one FieldPast[T], id string) int { return cmp.Compare(one.ID, id) }
	at, found := slices.BinarySearchFunc(*f, id, compare)
	if found {
		(*f)[at].Past = past
		return
	}
	*f = slices.Insert(slices.Clip(*f), at, FieldPast[T]{id, past})
}

// All yields the pasts by the ids of their fields, in ascending order.
func (f Fields[T]) All() iter.Seq2[string, Timeline[T]] {
	return func(yield func(string, Timeline[T]) bool) {
		for _, one := range f {
			if !yield(one.ID, one.Past) {
				return
			}
		}
	}
}

// Relatives are the keys of parents and epics by their ids, in ascending order of id.
type Relatives []Relative

// Relative is a parent or an epic by its id.
type Relative struct {
	ID  int64
	Key string
}

// Of returns the key of a relative; false for one that is not told.
func (r Relatives) Of(id int64) (string, bool) {
	for _, one := range r {
		if one.ID == id {
			return one.Key, true
		}
	}
	return "", false
}

// All yields the keys by the ids of the relatives, in ascending order.
func (r Relatives) All() iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		for _, one := range r {
			if !yield(one.ID, one.Key) {
				return
			}
		}
	}
}

// Put notes the key of a relative.
func (r *Relatives) Put(id int64, key string) {
	at, found := slices.BinarySearchFunc(*r, id, func(one Relative, id int64) int { return cmp.Compare(one.ID, id) })
	if found {
		(*r)[at].Key = key
		return
	}
	*r = slices.Insert(slices.Clip(*r), at, Relative{id, key})
}
