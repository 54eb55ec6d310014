package amount

import (
	"cmp"
	"math"

	"jerem/sorting"
)

// Tidy takes the noise of binary fractions off a sum of estimates. Sums so large that they have no millionths
// stay as they are.
func Tidy(x float64) float64 {
	if math.Abs(x)*millionths >= 1<<53 {
		return x
	}
	r := math.Round(x*millionths) / millionths
	if r == 0 {
		return 0 // never −0
	}
	return r
}

// Apportion rounds the parts of a whole to as many of a unit as there are in one, so that they make up the whole, which
// is rounded like them: each is rounded down, and those that lost most take what is left, the first of them where they
// lost the same. Parts so large that they have no such fractions stay as they are.
func Apportion(parts []float64, inOne float64) []float64 {
	out, lost, order := make([]float64, len(parts)), make([]float64, len(parts)), make([]int, len(parts))
	whole, sum := 0.0, 0.0
	for i, part := range parts {
		if math.Abs(part)*inOne >= 1<<53 {
			return parts
		}
		out[i], order[i] = math.Floor(part*inOne+tiny), i
		lost[i] = math.Round((part*inOne-out[i])/tiny) * tiny
		whole, sum = whole+part, sum+out[i]
	}
	sorting.By(order, func(a, b int) int { return cmp.Compare(lost[b], lost[a]) })
	for _, i := range order[:min(len(order), max(0, int(math.Round(whole*inOne)-sum)))] {
		out[i]++
	}
	for i := range out {
		out[i] = out[i]/inOne + 0 // never −0
	}
	return out
}

// tiny is less than the noise of binary fractions in a sum of parts.
const tiny = 1e-6

// Split splits an estimate equally, in whole millionths: the first parts take the rest.
func Split(x float64, n int) []float64 {
	parts := make([]float64, n)
	for i := range parts {
		parts[i] = x / float64(n)
	}
	return Apportion(parts, millionths)
}

// Share returns a/b, nil on a zero base.
func Share(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	q := a / b
	return &q
}

// millionths is what estimates are counted in, so that sums of fractions add up exactly.
const millionths = 1e6

// mostEstimate is the greatest estimate that counts. What lies beyond, or is no number, is not counted and told.
const mostEstimate = 1e12

// Within tells whether an estimate is a number that can be added up.
func Within(x float64) bool { return x >= -mostEstimate && x <= mostEstimate }

// OrZero returns a number, 0 for none.
func OrZero(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
