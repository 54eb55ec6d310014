package teams

import "jerem/series"

// pieceLists tell which of some pieces are those of each line, in their order. A list of a line is made where it is
// taken: of most lines the former one stays.
type pieceLists struct {
	pieces []series.Series
	next   []int32 // of the same line, by piece
	lines  []pieceList
}

// pieceList are the first and the last piece of a line, and how many it has.
type pieceList struct{ first, last, count int32 }

// newPieceLists begins lists of about so many lines.
func newPieceLists(pieces []series.Series, lines int) *pieceLists {
	return &pieceLists{pieces: pieces, next: make([]int32, len(pieces)), lines: make([]pieceList, 0, lines)}
}

// enter enters a piece into the list of a line. Lines come in their order.
func (p *pieceLists) enter(piece, line int) {
	at := int32(piece)
	if line == len(p.lines) {
		p.lines = append(p.lines, pieceList{first: at, last: at, count: 1})
		return
	}
	list := &p.lines[line]
	p.next[list.last] = at
	list.last = at
	list.count++
}

// isLike tells whether a line has the very pieces that another list has.
func (p *pieceLists) isLike(line int, others []series.Series) bool {
	list := p.lines[line]
	if int(list.count) != len(others) {
		return false
	}
	at := list.first
	for n := range others {
		if !series.IsSamePiece(&others[n], &p.pieces[at]) {
			return false
		}
		at = p.next[at]
	}
	return true
}

// take returns the pieces of a line in a list of its own.
func (p *pieceLists) take(line int) []series.Series {
	list := p.lines[line]
	out := make([]series.Series, list.count)
	at := list.first
	for n := range out {
		out[n] = p.pieces[at]
		at = p.next[at]
	}
	return out
}
