package content

import (
	"cmp"
	"sort"

	"jerem/series"
	"jerem/store/ledger"
)

// Cut is where pieces are cut into parts, with the digests of these. The one of pieces that go on takes over what
// stands: see [Cut.GoOn]. A nil Cut is of nothing.
type Cut struct {
	pieces  []series.Series
	begins  []place  // of the parts, one at least
	digests []string // of all parts but the last
}

// place is that of a point: of a piece, and in it. That of a piece after the last one is the end of all.
type place struct{ piece, point int }

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.piece, o.piece), cmp.Compare(p.point, o.point))
}

// GoOn cuts pieces. Where they go on from those of c, or are the same up to some point, no point of the parts that
// stand is read: points are the same where they stand in memory.
func (c *Cut) GoOn(pieces []series.Series) *Cut {
	now, from := &Cut{pieces: pieces}, place{}
	if c != nil {
		upTo := unchangedUpTo(c.pieces, pieces)
		count := sort.Search(len(c.digests), func(n int) bool { return c.begins[n+1].compare(upTo) >= 0 })
		now.begins, now.digests = append(now.begins, c.begins[:count]...), append(now.digests, c.digests[:count]...)
		from = c.begins[count]
	}
	now.begins = append(now.begins, beginsFrom(pieces, from)...)
	var packed []byte
	for n := len(now.digests); n < len(now.begins)-1; n++ {
		packed = appendPart(packed[:0], now.fragmentsOfPart(n))
		now.digests = append(now.digests, digestOfPart(packed))
	}
	return now
}

// Content returns the content of the pieces.
func (c *Cut) Content() ledger.Content {
	last := len(c.digests)
	content := ledger.Content{Last: appendPart(nil, c.fragmentsOfPart(last))}
	for n, digest := range c.digests {
		content.Former = append(content.Former, ledger.Part{Digest: digest,
			Pack: func() []byte { return appendPart(nil, c.fragmentsOfPart(n)) }})
	}
	return content
}

// unchangedUpTo returns the place up to which pieces are former ones, with the ends of those that lie before it.
func unchangedUpTo(former, now []series.Series) place {
	both := min(len(former), len(now))
	for n := range both {
		a, b := &former[n], &now[n]
		switch {
		case a.Kind != b.Kind || !series.GoesOnFrom(a.Points, b.Points):
			return place{n, 0}
		case len(a.Points) < len(b.Points) || !series.HasSameEnds(a, b):
			return place{n, len(a.Points)}
		}
	}
	return place{both, 0}
}

// beginsFrom lists where parts begin, the first one at a place.
func beginsFrom(pieces []series.Series, from place) []place {
	begins := []place{from}
	for at := from.piece; at < len(pieces); at++ {
		for n := from.point; n < len(pieces[at].Points); n++ {
			if one := (place{at, n}); one != begins[len(begins)-1] && series.BeginsPart(pieces[at].Points[n]) {
				begins = append(begins, one)
			}
		}
		from.point = 0
	}
	return begins
}

// fragmentsOfPart returns the n-th part.
func (c *Cut) fragmentsOfPart(n int) (part []fragment) {
	from, to := c.begins[n], place{len(c.pieces), 0}
	if n+1 < len(c.begins) {
		to = c.begins[n+1]
	}
	for at := from.piece; at < to.piece; at++ {
		part = append(part, fragment{&c.pieces[at], c.pieces[at].Points[from.point:], false})
		from.point = 0
	}
	if to.point > 0 {
		part = append(part, fragment{&c.pieces[to.piece], c.pieces[to.piece].Points[from.point:to.point], true})
	}
	return part
}
