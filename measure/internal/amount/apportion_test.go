package amount

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestApportion: who lost most by rounding down takes what is left, the first of those that lost the same.
func TestApportion(t *testing.T) {
	third := 1.0 / 3
	for _, c := range []struct {
		parts []float64
		inOne float64
		want  []float64
	}{
		{nil, 10, []float64{}},
		{[]float64{third, third, third}, 10, []float64{0.4, 0.3, 0.3}},
		{[]float64{-third, -third, -third}, 10, []float64{-0.3, -0.3, -0.4}},
		{[]float64{2 * third, -2 * third, 1}, 10, []float64{0.7, -0.7, 1}},
		{[]float64{0.26, 0.27, 0.27, 0.2}, 10, []float64{0.2, 0.3, 0.3, 0.2}},
		{[]float64{0.1, 0.2, 0.7}, 10, []float64{0.1, 0.2, 0.7}},
		{[]float64{1e16, 0.5}, 10, []float64{1e16, 0.5}},
	} {
		if got := Apportion(slices.Clone(c.parts), c.inOne); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.parts, got, c.want)
		}
	}
	if got := Split(85, 3); !slices.Equal(got, []float64{28.333334, 28.333333, 28.333333}) {
		t.Errorf("85 in three: %v", got)
	}
}

// TestApportionMakesUpTheWhole: whatever the parts, what is told of them makes up the whole as it is told, and each is
// its part to less than a unit.
func TestApportionMakesUpTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 0, 40).Draw(t, "parts")
		inOne := rapid.SampledFrom([]float64{1, 10, 100, millionths}).Draw(t, "in one")
		whole, units := 0.0, 0.0
		for _, part := range parts {
			whole += part
		}
		for i, told := range Apportion(parts, inOne) {
			units += math.Round(told * inOne)
			if math.Abs(told-parts[i])*inOne > 1+1e-3 {
				t.Fatalf("%v of %v is told as %v", i, parts, told)
			}
		}
		if off := math.Abs(units - whole*inOne); off > 0.5+1e-3 {
			t.Fatalf("%v make up %v units, told are %v", parts, whole*inOne, units)
		}
	})
}
