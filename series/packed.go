package series

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// This file packs points into a text of bytes that stands by itself: of each the kind of its value, its distance in
// time to the one before, and the value, without the zeros that it ends or begins with.

// errCutShort is the error of packed points that end in the midst.
var errCutShort = errors.New("series: packed points are cut short")

// AppendPacked appends points, and how many they are, to a text of bytes.
func AppendPacked(b []byte, points []Point) []byte {
	b = binary.AppendUvarint(b, uint64(len(points)))
	last := int64(0)
	for _, p := range points {
		kind := p.Value.kind()
		b = binary.AppendVarint(append(b, byte(kind)), p.Tick-last)
		last = p.Tick
		switch kind {
		case isText:
			text := p.Value.text()
			b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
		case isDouble: // the bits of short numbers end with zeros
			b = binary.AppendUvarint(b, bits.ReverseBytes64(p.Value.numberBits()))
		default:
			b = binary.AppendVarint(b, p.Value.longNumber())
		}
	}
	return b
}

// ParsePacked reads what AppendPacked appended, and returns what follows it.
func ParsePacked(b []byte) (points []Point, rest []byte, err error) {
	r := PackedReader{Rest: b}
	count := r.Uvarint()
	if count > uint64(len(b)) { // a point takes more than a byte
		return nil, nil, errCutShort
	}
	points = make([]Point, 0, count)
	last := int64(0)
	for range count {
		kind := kind(r.Byte())
		p := Point{Tick: last + r.Varint()}
		last = p.Tick
		switch kind {
		case isText:
			p.Value = String(string(r.takeBytes(r.Uvarint())))
		case isDouble:
			p.Value = doubleOf(bits.ReverseBytes64(r.Uvarint()))
		case isLong:
			p.Value = Long(r.Varint())
		default:
			return nil, nil, errors.New("series: a packed point has no kind that there is")
		}
		points = append(points, p)
	}
	return points, r.Rest, r.Err()
}

// PackedReader reads numbers out of a text of bytes. After the end it reads zeros, and Err tells so.
type PackedReader struct {
	Rest  []byte
	short bool
}

// Err returns an error where more was read than there was.
func (r *PackedReader) Err() error {
	if r.short {
		return errCutShort
	}
	return nil
}

// Byte reads a byte.
func (r *PackedReader) Byte() byte {
	if b := r.takeBytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// Uvarint reads a number that binary.AppendUvarint appended.
func (r *PackedReader) Uvarint() uint64 {
	n, length := binary.Uvarint(r.Rest)
	r.takeBytes(uint64(max(length, 0)))
	r.short = r.short || length <= 0
	return n
}

// Varint reads a number that binary.AppendVarint appended.
func (r *PackedReader) Varint() int64 {
	n, length := binary.Varint(r.Rest)
	r.takeBytes(uint64(max(length, 0)))
	r.short = r.short || length <= 0
	return n
}

// takeBytes takes so many bytes, none where there are fewer.
func (r *PackedReader) takeBytes(count uint64) []byte {
	if count > uint64(len(r.Rest)) {
		r.short, r.Rest = true, nil
		return nil
	}
	taken := r.Rest[:count]
	r.Rest = r.Rest[count:]
	return taken
}
