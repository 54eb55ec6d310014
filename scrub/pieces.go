package scrub

import (
	"bytes"
	"encoding/binary"
)

const (
	// pieceLength is how many bytes of a secret are looked up at once.
	pieceLength = 4
	// pieceStep is how far apart data is looked at: wherever a secret of the least length stands, one of its pieces
	// begins at such a place.
	pieceStep = certain - pieceLength + 1
)

// pieceSet holds all pieces of some secrets, so that data in which none of them stands is passed over quickly.
type pieceSet struct {
	some [1 << 10]uint64          // a place for each piece, which others may have too
	all  map[uint32][]pieceOrigin // by the bytes of a piece
}

// pieceOrigin is where in a secret a piece stands.
type pieceOrigin struct {
	secret string
	offset int
}

func newPieceSet(secrets []string) pieceSet {
	set := pieceSet{all: map[uint32][]pieceOrigin{}}
	for _, secret := range secrets {
		for i := 0; i+pieceLength <= len(secret); i++ {
			piece := binary.LittleEndian.Uint32([]byte(secret[i : i+pieceLength]))
			set.all[piece] = append(set.all[piece], pieceOrigin{secret, i})
			place := placeOf(piece)
			set.some[place/64] |= 1 << (place % 64)
		}
	}
	return set
}

// placeOf spreads pieces over the places of a set.
func placeOf(piece uint32) uint32 { return piece * 2654435761 >> 16 }

// standIn tells whether a secret stands in data.
func (set *pieceSet) standIn(b []byte) bool {
	if len(set.all) == 0 {
		return false
	}
	for i := 0; i+pieceLength <= len(b); i += pieceStep {
		piece := binary.LittleEndian.Uint32(b[i:])
		place := placeOf(piece)
		if set.some[place/64]&(1<<(place%64)) != 0 && set.standsAt(b, i, piece) {
			return true
		}
	}
	return false
}

// standsAt tells whether a secret stands in data whose piece is the one at a place.
func (set *pieceSet) standsAt(b []byte, place int, piece uint32) bool {
	for _, origin := range set.all[piece] {
		begin := place - origin.offset
		if begin >= 0 && bytes.HasPrefix(b[begin:], []byte(origin.secret)) {
			return true
		}
	}
	return false
}
