package amount

import "math"

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
