package series

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"jerem/sorting"
)

// Pack holds series with their points packed, at about a fifth of what they take as points: ticks as the distance from
// the one before, numbers without the zeros that they end or begin with. It is for who has to put very many series in
// order before they are written one after the other, or keeps them for one who reads slowly. The zero value is ready.
type Pack struct {
	parts  []packedSeries
	points int
	bytes  int // of the packed points
}

// packedSeries is a series whose points are packed.
type packedSeries struct {
	key    string
	series Series // without points
	count  int
	packed []byte
	texts  []Value // of the points that are texts, in their order
}

// Add adds a series, or a further piece of one; a series without points is left out.
func (p *Pack) Add(s Series) {
	if len(s.Points) == 0 {
		return
	}
	one := packedSeries{key: s.Key(), series: s, count: len(s.Points)}
	one.series.Points = nil
	one.packPoints(s.Points)
	p.parts = append(p.parts, one)
	p.points += one.count
	p.bytes += len(one.packed)
}

// TakeOver adds what was added to another pack, which holds nothing any more.
func (p *Pack) TakeOver(other *Pack) {
	p.parts = append(p.parts, other.parts...)
	p.points += other.points
	p.bytes += other.bytes
	*other = Pack{}
}

// Points tells how many points were added.
func (p *Pack) Points() int { return p.points }

// Size tells about how many bytes of memory the series take.
func (p *Pack) Size() int {
	const ofSeries = 400 // its key, labels and the rest
	return p.bytes + ofSeries*len(p.parts)
}

// Each returns the series as [Join] makes them of what was added, in order of class and labels, one at a time: the
// points of one stand in memory until the next one is asked for, and not longer. Several may read at once.
func (p *Pack) Each() iter.Seq[Series] {
	return func(yield func(Series) bool) {
		order := p.orderOfParts()
		var points []Point // taken again for the next one
		for n := 0; n < len(order); {
			first := &p.parts[order[n]]
			points = first.appendPoints(points[:0])
			one := first.series
			one.Points = points
			for n++; n < len(order) && p.parts[order[n]].key == first.key; n++ {
				later := &p.parts[order[n]]
				one.addPiece(later.series, later.appendPoints(nil))
				points = one.Points
			}
			if !yield(one) {
				return
			}
		}
	}
}

// EachUnjoined returns the pieces of each series as they were added, one series at a time, in order of class and
// labels.
func (p *Pack) EachUnjoined() iter.Seq[[]Series] {
	return func(yield func([]Series) bool) {
		order := p.orderOfParts()
		for n := 0; n < len(order); {
			key, pieces := p.parts[order[n]].key, []Series(nil)
			for ; n < len(order) && p.parts[order[n]].key == key; n++ {
				part := &p.parts[order[n]]
				piece := part.series
				piece.Points = part.appendPoints(make([]Point, 0, part.count))
				pieces = append(pieces, piece)
			}
			if !yield(pieces) {
				return
			}
		}
	}
}

// orderOfParts returns the places of the parts by key; pieces of one series stay in the order in which they were added.
func (p *Pack) orderOfParts() []int {
	order := make([]int, len(p.parts))
	for n := range order {
		order[n] = n
	}
	sorting.By(order, func(a, b int) int { return strings.Compare(p.parts[a].key, p.parts[b].key) })
	return order
}

// packPoints packs points: of each its distance in time to the one before, with the kind of its value, and the value.
func (s *packedSeries) packPoints(points []Point) {
	buffer := make([]byte, 0, 12*len(points))
	last := int64(0)
	for n, p := range points {
		kind := p.Value.kind()
		buffer = append(buffer, byte(kind))
		if n == 0 {
			buffer = binary.AppendVarint(buffer, p.Tick)
		} else {
			buffer = binary.AppendUvarint(buffer, uint64(p.Tick-last))
		}
		last = p.Tick
		switch kind {
		case isText:
			s.texts = append(s.texts, p.Value)
		case isDouble: // the bits of short numbers end with zeros
			buffer = binary.AppendUvarint(buffer, bits.ReverseBytes64(p.Value.numberBits()))
		default:
			buffer = binary.AppendVarint(buffer, p.Value.longNumber())
		}
	}
	s.packed = slices.Clone(buffer)
}

// appendPoints appends the points of a packed series to a list.
func (s *packedSeries) appendPoints(list []Point) []Point {
	packed, texts := s.packed, s.texts
	last := int64(0)
	for n := range s.count {
		var p Point
		kind := kind(packed[0])
		packed = packed[1:]
		if n == 0 {
			p.Tick, packed = takeVarint(packed)
		} else {
			var distance uint64
			distance, packed = takeUvarint(packed)
			p.Tick = last + int64(distance)
		}
		last = p.Tick
		switch kind {
		case isText:
			p.Value, texts = texts[0], texts[1:]
		case isDouble:
			var reversed uint64
			reversed, packed = takeUvarint(packed)
			p.Value = doubleOf(bits.ReverseBytes64(reversed))
		default:
			var number int64
			number, packed = takeVarint(packed)
			p.Value = Long(number)
		}
		list = append(list, p)
	}
	return list
}

func takeVarint(packed []byte) (int64, []byte) {
	n, length := binary.Varint(packed)
	return n, packed[length:]
}

func takeUvarint(packed []byte) (uint64, []byte) {
	n, length := binary.Uvarint(packed)
	return n, packed[length:]
}
