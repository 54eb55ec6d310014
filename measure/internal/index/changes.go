package index

import (
	"math"
	"time"
)

// changeMomentsKey names the moments of all snapshots of an index.
type changeMomentsKey struct{}

// LastChange returns the moment of the last change up to a moment, in microseconds since 1970, of anything that counts
// of an issue: nothing of any state history differs between the two. It is the least number where nothing was changed
// yet.
func (x *Index) LastChange(at time.Time) int64 {
	last, asked := int64(math.MinInt64), at.UnixMicro()
	for _, moment := range Recall(x, changeMomentsKey{}, func() []int64 { return listChangeMoments(x) }) {
		if moment <= asked {
			last = max(last, moment)
		}
	}
	return last
}

// listChangeMoments lists the moments of all snapshots, issue by issue.
func listChangeMoments(x *Index) []int64 {
	count := 0
	for _, history := range x.Histories {
		count += len(history)
	}
	moments := make([]int64, 0, count)
	for _, history := range x.Histories {
		for n := range history {
			moments = append(moments, history[n].At.UnixMicro())
		}
	}
	return moments
}
