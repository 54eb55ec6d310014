package pay

import (
	"cmp"
	"math/bits"

	"jerem/sorting"
)

// divideCents splits a sum of cents by weights, so that the parts add up to exactly the sum: each part is rounded down
// and the cents that are left go to the largest remainders, ties to who comes first. Without any weight all parts
// are 0. Neither the sum nor a weight is negative.
func divideCents(cents int64, weights []int64) []int64 {
	out := make([]int64, len(weights))
	var total uint64
	for _, w := range weights {
		total += uint64(w)
	}
	if total == 0 {
		return out
	}
	remainders := make([]uint64, len(weights))
	left := cents
	for i, w := range weights {
		high, low := bits.Mul64(uint64(cents), uint64(w))
		quotient, remainder := bits.Div64(high, low, total)
		out[i], remainders[i] = int64(quotient), remainder
		left -= out[i]
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	sorting.By(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}
