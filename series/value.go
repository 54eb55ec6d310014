package series

import (
	"math"
	"strconv"
	"sync"
	"sync/atomic"
)

// Value is a number or a text, in the types of Warp 10. The zero Value is LONG 0. It is small and holds no pointer,
// for a team has millions of points in all, which the collector of garbage does not look through then: a DOUBLE is its
// own bits, and what is no DOUBLE stands in the bits of those that are no number.
type Value struct{ bits uint64 } // as they are described below, but for the bits of LONG 0, which are 0

// From notDouble on bits are those of no DOUBLE that is told; two more bits say of what, and the others which one.
const (
	notDouble = 0xFFF8 << 48
	wide      = 49                          // bits that say which one
	asLong    = notDouble                   // the number, where it has no more bits than that
	asText    = notDouble | uint64(1)<<wide // its place among the texts
	asWide    = notDouble | uint64(2)<<wide // a LONG of more bits: the place of its text
	ofKind    = notDouble | uint64(3)<<wide
)

type kind uint8

const (
	isLong kind = iota
	isDouble
	isText
)

// Long returns a whole number.
func Long(n int64) Value {
	const left = 64 - wide
	if n<<left>>left != n {
		return valueOf(asWide | texts.placeOf(strconv.FormatInt(n, 10)))
	}
	return valueOf(asLong | uint64(n)&^ofKind)
}

// Double returns a number that may be fractional; it is written with a decimal point always, so
// that a database keeps its type.
func Double(x float64) Value {
	if math.IsNaN(x) && math.Signbit(x) { // its bits may be those of what is no DOUBLE
		x = math.NaN()
	}
	return valueOf(math.Float64bits(x))
}

func doubleOf(bits uint64) Value { return Double(math.Float64frombits(bits)) }

// String returns a text. Each text is held once, and for good: there are few.
func String(s string) Value { return valueOf(asText | texts.placeOf(s)) }

func valueOf(bits uint64) Value { return Value{bits ^ asLong} }

// described are the bits of a value as they are described.
func (v Value) described() uint64 { return v.bits ^ asLong }

// Equal tells whether two values are the same number of one type, or the same text.
func (v Value) Equal(other Value) bool { return v == other }

// kind returns the type of a value.
func (v Value) kind() kind {
	switch bits := v.described(); {
	case bits < notDouble:
		return isDouble
	case bits&ofKind == asText:
		return isText
	}
	return isLong
}

func (v Value) longNumber() int64 {
	bits := v.described()
	if bits&ofKind == asWide {
		n, _ := strconv.ParseInt(texts.at(bits&^ofKind), 10, 64) // Long wrote it
		return n
	}
	const left = 64 - wide
	return int64(bits<<left) >> left
}

func (v Value) doubleNumber() float64 { return math.Float64frombits(v.described()) }

// numberBits are the bits of a LONG or a DOUBLE.
func (v Value) numberBits() uint64 {
	if v.kind() == isDouble {
		return v.described()
	}
	return uint64(v.longNumber())
}

// text returns the text of one.
func (v Value) text() string { return texts.at(v.described() &^ ofKind) }

// Text returns the text of a value and whether it is one.
func (v Value) Text() (string, bool) {
	if v.kind() != isText {
		return "", false
	}
	return v.text(), true
}

// Number returns the number of a value, 0 for a text.
func (v Value) Number() float64 {
	switch v.kind() {
	case isLong:
		return float64(v.longNumber())
	case isDouble:
		return v.doubleNumber()
	}
	return 0
}

// IsDouble tells whether the value is a DOUBLE.
func (v Value) IsDouble() bool { return v.kind() == isDouble }

// textTable holds texts by their places. What was entered stays.
type textTable struct {
	list   atomic.Pointer[[]string]
	mu     sync.RWMutex
	places map[string]uint64
}

// texts are those of all values.
var texts = &textTable{places: map[string]uint64{}}

// at returns the text of a place that placeOf returned.
func (t *textTable) at(place uint64) string { return (*t.list.Load())[place] }

// placeOf returns the place of a text, the same each time.
func (t *textTable) placeOf(text string) uint64 {
	t.mu.RLock()
	place, known := t.places[text]
	t.mu.RUnlock()
	if known {
		return place
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if place, known = t.places[text]; known {
		return place
	}
	var list []string
	if former := t.list.Load(); former != nil {
		list = *former
	}
	place, list = uint64(len(list)), append(list, text)
	t.places[text] = place
	t.list.Store(&list)
	return place
}
