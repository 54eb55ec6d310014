package timeseries

import "math/bits"

// valueCounts counts whole values between two bounds, so that the value of any rank is found in the logarithm of the
// number of values: a Fenwick tree (P. Fenwick, A new data structure for cumulative frequency tables, 1994).
type valueCounts struct {
	least int   // the value of place 1
	tree  []int // of each place, how many there are of it and of the places that it stands for
	total int
}

func newValueCounts(least, most int) *valueCounts {
	return &valueCounts{least: least, tree: make([]int, most-least+2)}
}

// addCount counts so many more of a value.
func (c *valueCounts) addCount(value, by int) {
	c.total += by
	for place := value - c.least + 1; place < len(c.tree); place += place & -place {
		c.tree[place] += by
	}
}

// valueAtRank returns the n-th smallest value, 1 being the first.
func (c *valueCounts) valueAtRank(n int) int {
	place := 0
	for step := 1 << (bits.Len(uint(len(c.tree))) - 1); step > 0; step >>= 1 {
		if next := place + step; next < len(c.tree) && c.tree[next] < n {
			place = next
			n -= c.tree[next]
		}
	}
	return place + c.least
}
