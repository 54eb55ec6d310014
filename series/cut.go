package series

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
