package series

import "iter"

// This file cuts long lists of points into parts that stand by themselves: what is kept of a series in parts is written
// again where it changed alone.

// partBits says how long a part is on average: 1 << partBits points.
const partBits = 7

// BeginsPart tells whether a part of a series begins with a point, by its tick alone: a point that is added or taken
// out changes the part that it lies in, and no other one. A part is 128 points long on average.
func BeginsPart(p Point) bool {
	// the last steps of the generator SplitMix64, which make each bit depend on each bit of the tick
	x := uint64(p.Tick)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return (x^x>>31)>>(64-partBits) == 0
}

// CutPoints returns points part by part. No two parts begin at the same tick, also where points do not ascend, so that
// the tick of its first point names a part. There is none without points.
func CutPoints(points []Point) iter.Seq[[]Point] { return CutPointsAfter(nil, points) }

// CutPointsAfter is [CutPoints] for the points that come after parts which begin at some ticks.
func CutPointsAfter(begins []int64, points []Point) iter.Seq[[]Point] {
	return func(yield func([]Point) bool) {
		begun := map[int64]bool{}
		for _, tick := range begins {
			begun[tick] = true
		}
		from := 0
		for n, p := range points {
			if n == 0 {
				begun[p.Tick] = true
			}
			if n == 0 || !BeginsPart(p) || begun[p.Tick] {
				continue
			}
			begun[p.Tick] = true
			if !yield(points[from:n:n]) {
				return
			}
			from = n
		}
		if from < len(points) {
			yield(points[from:])
		}
	}
}
