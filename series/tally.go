package series

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
)

// Tally is a digest of pieces that goes on when the last of them gets more points, or is another: what stands before
// is not read then. The zero value is of nothing. What was once counted does not change.
type Tally struct {
	hash   hash.Hash // of all pieces
	former hash.Hash // of those before the last one; nil where there are none
}

// GoOn returns the tally of pieces, where t is that of other ones, which it goes on from if it can.
func (t Tally) GoOn(former, now []Series) Tally {
	if known, ok := cloneHash(t.hash); ok && isLonger(former, now) {
		writePoints(known, nil, now[len(now)-1].Points[len(former[len(former)-1].Points):])
		return Tally{known, t.former}
	}
	next, from := t.hashOfStanding(former, now)
	out := Tally{hash: next}
	for i := from; i < len(now); i++ {
		if i == len(now)-1 && i > 0 {
			out.former, _ = cloneHash(next)
		}
		s := &now[i]
		head := append(make([]byte, 0, 64), 'p', byte(s.Kind))
		head = binary.BigEndian.AppendUint64(head, uint64(tickOrZero(s.End)))
		head = binary.BigEndian.AppendUint64(head, uint64(tickOrZero(s.GridEnd)))
		writePoints(next, head, s.Points)
	}
	return out
}

// hashOfStanding returns the hash of the pieces that stand where they stood, and how many these are: all of the former
// ones, or all but the last, else none.
func (t Tally) hashOfStanding(former, now []Series) (next hash.Hash, count int) {
	for count < len(former) && count < len(now)-1 && IsSamePiece(&former[count], &now[count]) {
		count++
	}
	from := t.former
	if count == len(former) {
		from = t.hash
	}
	if next, ok := cloneHash(from); ok && count > 0 && count >= len(former)-1 {
		return next, count
	}
	return sha256.New(), 0
}

// cloneHash returns a hash of what was written to another one; false where there is none.
func cloneHash(h hash.Hash) (hash.Hash, bool) {
	if known, is := h.(hash.Cloner); is {
		if next, err := known.Clone(); err == nil {
			return next, true
		}
	}
	return nil, false
}

// Digest returns the digest of what was counted.
func (t Tally) Digest() string { return hex.EncodeToString(t.hash.Sum(nil)[:16]) }

// mostOfPoint is about how much text a point makes.
const mostOfPoint = 32

// writePoints writes points after the beginning of a text.
func writePoints(to hash.Hash, text []byte, points []Point) {
	text = slices.Grow(text, min(len(points)*mostOfPoint, bufferSize))
	for _, p := range points {
		text = binary.BigEndian.AppendUint64(append(text, 't'), uint64(p.Tick))
		if text = append(p.Value.appendGTS(text), 0); len(text) > bufferSize/2 {
			to.Write(text)
			text = text[:0]
		}
	}
	to.Write(text)
}

// isLonger tells whether pieces are former ones but for points that the last one of them got besides.
func isLonger(former, now []Series) bool {
	last := len(former) - 1
	if last < 0 || len(now) != len(former) {
		return false
	}
	for i := range last {
		if !IsSamePiece(&former[i], &now[i]) {
			return false
		}
	}
	a, b := &former[last], &now[last]
	return HasSameEnds(a, b) && GoesOnFrom(a.Points, b.Points)
}

// IsSamePiece tells whether two pieces of one series are the same to whoever posts them.
func IsSamePiece(a, b *Series) bool {
	return HasSameEnds(a, b) && len(a.Points) == len(b.Points) && firstUnlike(a.Points, b.Points) == len(a.Points)
}

// HasSameEnds tells whether two pieces are of one kind, and end at the same moments.
func HasSameEnds(a, b *Series) bool {
	return a.Kind == b.Kind && a.End.Equal(b.End) && a.GridEnd.Equal(b.GridEnd)
}

// GoesOnFrom tells whether points begin with former ones, where these stand in memory: nothing is read. Points that
// were once told do not change.
func GoesOnFrom(former, now []Point) bool {
	return len(former) > 0 && len(former) <= len(now) && &former[0] == &now[0]
}

// firstUnlike returns the place of the first point that two lists do not share.
func firstUnlike(a, b []Point) int {
	n, both := 0, min(len(a), len(b))
	if both > 0 && &a[0] == &b[0] {
		return both
	}
	for n < both && a[n] == b[n] {
		n++
	}
	return n
}
