package index

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/difference"
)

// Contents tells apart what indexes hold of issues: issues, state histories and time logged. It is the same for an
// index as of all its moments of reading, and for one that goes on from it with the same issues.
type Contents struct{ token *byte }

func newContents() Contents { return Contents{new(byte)} }

// ancestor is what an index goes on from, and the issues of which the next one holds something else.
type ancestor struct {
	contents Contents
	differ   []int64
}

const (
	// mostAncestors is how many indexes back it is known what differs.
	mostAncestors = 256
	// leastAncestors is the same where as many issues as there are differed meanwhile: that is no gain.
	leastAncestors = 16
)

// noteLineage notes which issues the new index holds otherwise than the one that it goes on from.
func (u *update) noteLineage() {
	u.y.contents = newContents()
	nearest := ancestor{u.x.contents, slices.Sorted(maps.Keys(u.differ))}
	u.y.lineage = append([]ancestor{nearest}, u.x.lineage...)
	differing := 0
	for n, a := range u.y.lineage {
		differing += len(a.differ)
		if n == mostAncestors || n >= leastAncestors && differing > u.y.Issues.Len() {
			u.y.lineage = u.y.lineage[:n]
			return
		}
	}
}

// Contents returns what the index holds of issues.
func (x *Index) Contents() Contents { return x.contents }

// DifferingFrom lists the issues of which the index holds something else than others, or which one of both has not, in
// ascending order; false where it does not go on from them, or too many indexes lie between.
func (x *Index) DifferingFrom(others Contents) (ids []int64, ok bool) {
	if others == x.contents {
		return nil, true
	}
	for _, a := range x.lineage {
		ids = append(ids, a.differ...)
		if a.contents == others {
			slices.Sort(ids)
			return slices.Compact(ids), true
		}
	}
	return nil, false
}

// LabelsDifferSince returns the first moment at which the labels of two readings of an issue differ; of labels that are
// the same it is far ahead.
func LabelsDifferSince(a, b *agile.Issue) time.Time { return difference.SinceTexts(a.Labels, b.Labels) }

// ParentsOf lists the parents that an issue ever had.
func ParentsOf(i *agile.Issue) []int64 {
	if i == nil {
		return nil
	}
	var parents []int64
	for _, s := range i.Parent {
		if s.Value != 0 && !slices.Contains(parents, s.Value) {
			parents = append(parents, s.Value)
		}
	}
	return parents
}
