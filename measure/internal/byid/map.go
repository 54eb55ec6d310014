package byid

import (
	"iter"
	"math/bits"
	"slices"
)

// usual is how many entries a piece has, about. A piece that is written is copied; of each piece a map holds a pointer.
const usual = 16

// Map is a map of values by ids. It is filled first, and then only read: what is to differ is written to a copy. A nil
// Map is empty.
type Map[V any] struct {
	pieces  []*piece[V] // a power of two of them, by the hash of the id
	edition uint32      // pieces of former editions are shared
	count   int
}

// piece is a part of a map. Of an edition it is written by the map of that edition alone.
type piece[V any] struct {
	edition uint32
	ids     []int64 // in no order
	values  []V     // of the same places
}

// New returns an empty map with room for so many entries.
func New[V any](count int) *Map[V] { return &Map[V]{pieces: make([]*piece[V], piecesFor(count))} }

// piecesFor is in how many pieces so many entries are kept.
func piecesFor(count int) int { return 1 << bits.Len(uint(count/usual)) }

// Copy returns a map with the same entries, which can be written. The one given is written no more.
func (m *Map[V]) Copy() *Map[V] {
	return &Map[V]{pieces: slices.Clone(m.pieces), edition: m.edition + 1, count: m.count}
}

// placeOf returns the piece that an id belongs to. Ids that follow one another spread evenly.
func (m *Map[V]) placeOf(id int64) int {
	const golden = 0x9E3779B97F4A7C15 // 2⁶⁴ divided by the golden ratio
	return int(uint64(id) * golden >> 32 & uint64(len(m.pieces)-1))
}

// Of returns the value of an id, the zero value where there is none.
func (m *Map[V]) Of(id int64) V {
	value, _ := m.Get(id)
	return value
}

// Get returns the value of an id; false where there is none.
func (m *Map[V]) Get(id int64) (value V, ok bool) {
	if m == nil {
		return value, false
	}
	p := m.pieces[m.placeOf(id)]
	if p == nil {
		return value, false
	}
	for n, one := range p.ids {
		if one == id {
			return p.values[n], true
		}
	}
	return value, false
}

// Len returns how many entries there are.
func (m *Map[V]) Len() int {
	if m == nil {
		return 0
	}
	return m.count
}

// All goes through all entries, in no order that means anything.
func (m *Map[V]) All() iter.Seq2[int64, V] {
	return func(yield func(int64, V) bool) {
		if m == nil {
			return
		}
		for _, p := range m.pieces {
			if p == nil {
				continue
			}
			for n, id := range p.ids {
				if !yield(id, p.values[n]) {
					return
				}
			}
		}
	}
}

// Set enters the value of an id.
func (m *Map[V]) Set(id int64, value V) {
	p := m.ownPiece(id)
	if n := slices.Index(p.ids, id); n >= 0 {
		p.values[n] = value
		return
	}
	p.ids, p.values = append(p.ids, id), append(p.values, value)
	m.count++
	if m.count > 2*usual*len(m.pieces) {
		m.splitPieces()
	}
}

// Delete takes the entry of an id out, if there is one.
func (m *Map[V]) Delete(id int64) {
	if _, ok := m.Get(id); !ok {
		return
	}
	p := m.ownPiece(id)
	n, last := slices.Index(p.ids, id), len(p.ids)-1
	p.ids[n], p.values[n] = p.ids[last], p.values[last]
	p.ids, p.values = slices.Delete(p.ids, last, last+1), slices.Delete(p.values, last, last+1)
	m.count--
}

// ownPiece returns the piece that an id belongs to, which the map shares with no other.
func (m *Map[V]) ownPiece(id int64) *piece[V] {
	place := m.placeOf(id)
	switch p := m.pieces[place]; {
	case p == nil:
		m.pieces[place] = &piece[V]{edition: m.edition}
	case p.edition != m.edition:
		m.pieces[place] = &piece[V]{m.edition, slices.Clone(p.ids), slices.Clone(p.values)}
	}
	return m.pieces[place]
}

// splitPieces puts the entries into twice as many pieces.
func (m *Map[V]) splitPieces() {
	wide := &Map[V]{pieces: make([]*piece[V], 2*len(m.pieces)), edition: m.edition}
	for id, value := range m.All() {
		p := wide.ownPiece(id)
		p.ids, p.values = append(p.ids, id), append(p.values, value)
	}
	m.pieces = wide.pieces
}
