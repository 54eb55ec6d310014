package content

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"

	"jerem/series"
	"jerem/store/ledger"
)

// piecesForm is the first byte of a part. Former versions kept all pieces as JSON, a list of formerPiece: it begins
// with '['.
const piecesForm = 1

// fragment is a part of a piece, or all of it.
type fragment struct {
	piece  *series.Series
	points []series.Point
	goesOn bool // the next part begins with more of the piece
}

// The bits of the byte before the points of a fragment, beside the kind of its piece.
const (
	fragmentGoesOn     = 0x80
	fragmentHasEnd     = 0x40
	fragmentHasGridEnd = 0x20
	fragmentKind       = 0x0f
)

// Of returns the content of the pieces of an extent.
func Of(e *series.Extent) ledger.Content { return (*Cut)(nil).GoOn(e.Pieces).Content() }

// digestOfPart tells a part from others of the same series.
func digestOfPart(packed []byte) string {
	sum := sha256.Sum256(packed)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// appendPart appends a part to a text of bytes.
func appendPart(b []byte, part []fragment) []byte {
	b = append(b, piecesForm)
	for _, f := range part {
		b = f.appendPacked(b)
	}
	return b
}

// appendPacked appends a fragment: its kind, the ends of the piece where it is the last fragment, and its points.
func (f fragment) appendPacked(b []byte) []byte {
	flags := byte(f.piece.Kind) & fragmentKind
	var ends []byte
	switch {
	case f.goesOn:
		flags |= fragmentGoesOn
	default:
		if !f.piece.End.IsZero() {
			flags |= fragmentHasEnd
			ends = binary.AppendVarint(ends, series.Tick(f.piece.End))
		}
		if !f.piece.GridEnd.IsZero() {
			flags |= fragmentHasGridEnd
			ends = binary.AppendVarint(ends, series.Tick(f.piece.GridEnd))
		}
	}
	return series.AppendPacked(append(append(b, flags), ends...), f.points)
}

// formerPiece is a piece as former versions kept it, in JSON; the series' key stands beside it.
type formerPiece struct {
	Kind    series.Kind
	Points  []series.Point
	End     time.Time
	GridEnd time.Time
}

// Parse reads the pieces of a series, as Of or a former version wrote them. They have no class and no
// labels.
func Parse(parts [][]byte) (pieces []series.Series, err error) {
	if len(parts) == 1 && len(parts[0]) > 0 && parts[0][0] == '[' {
		var list []formerPiece
		err := json.Unmarshal(parts[0], &list)
		for _, one := range list {
			pieces = append(pieces, series.Series{Kind: one.Kind, Points: one.Points, End: one.End,
				GridEnd: one.GridEnd})
		}
		return pieces, err
	}
	goesOn := false
	for _, part := range parts {
		if len(part) == 0 || part[0] != piecesForm {
			return nil, errors.New("a part has no form that is known")
		}
		for rest := part[1:]; len(rest) > 0; {
			if pieces, rest, goesOn, err = parseFragment(pieces, rest, goesOn); err != nil {
				return nil, err
			}
		}
	}
	return pieces, nil
}

// parseFragment reads a fragment: of the last one of some pieces, where that goes on, or of a further one.
func parseFragment(pieces []series.Series, b []byte, ofLast bool) (_ []series.Series, rest []byte, goesOn bool,
	err error) {
	r := series.PackedReader{Rest: b}
	flags := r.Byte()
	if !ofLast {
		pieces = append(pieces, series.Series{Kind: series.Kind(flags & fragmentKind)})
	}
	piece := &pieces[len(pieces)-1]
	if flags&fragmentHasEnd != 0 {
		piece.End = series.Time(r.Varint())
	}
	if flags&fragmentHasGridEnd != 0 {
		piece.GridEnd = series.Time(r.Varint())
	}
	if err := r.Err(); err != nil {
		return nil, nil, false, err
	}
	points, rest, err := series.ParsePacked(r.Rest)
	if len(piece.Points) == 0 {
		piece.Points = points
	} else {
		piece.Points = append(piece.Points, points...)
	}
	return pieces, rest, flags&fragmentGoesOn != 0, err
}
