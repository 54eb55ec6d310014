package teams

import (
	"reflect"

	"jerem/series"
)

// pieceNames are the keys of pieces in their order, by the labels that tell them. Labels do not change, and pieces that
// go on have those of before: their keys are not written again.
type pieceNames struct {
	former []pieceName // those that were not found again yet
	now    []pieceName
	made   int // keys that were written since the begin
}

type pieceName struct {
	class  string
	labels uintptr           // where they stand in memory
	held   map[string]string // so that nothing else stands there
	key    string
}

// begin begins with the names of other pieces, about so many.
func (n *pieceNames) begin(count int) {
	n.former, n.now, n.made = n.now, make([]pieceName, 0, count), 0
}

// namesAhead is how many pieces may have gone between two that are still there.
const namesAhead = 512

// keyOf returns the key of the next piece.
func (n *pieceNames) keyOf(s *series.Series) string {
	one := pieceName{class: s.Class, labels: reflect.ValueOf(s.Labels).Pointer(), held: s.Labels}
	for at := range n.former[:min(namesAhead, len(n.former))] {
		if known := &n.former[at]; known.labels == one.labels && known.class == one.class {
			n.now, n.former = append(n.now, *known), n.former[at+1:]
			return known.key
		}
	}
	one.key = s.Key()
	n.made++
	n.now = append(n.now, one)
	return one.key
}
