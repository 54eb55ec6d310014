package sqlviews

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jerem/series"
)

// everyMinutes returns points one after the other.
func everyMinutes(count int, apart time.Duration) (points []series.Point) {
	start := time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC)
	for n := range count {
		points = append(points, series.Point{Tick: series.Tick(start.Add(time.Duration(n) * apart)),
			Value: series.Long(int64(n))})
	}
	return points
}

// cutPoints returns points part by part.
func cutPoints(points []series.Point) (out [][]series.Point) {
	for _, part := range cutParts([]series.Series{{Points: points}}, nil, 0) {
		out = append(out, part.points)
	}
	return out
}

// TestCutPoints: the parts are all points in order, neither many nor few of them, whatever lies between points.
func TestCutPoints(t *testing.T) {
	const count = 20_000
	for _, apart := range []time.Duration{time.Microsecond, time.Second, time.Hour, 24 * time.Hour, 256 * time.Second} {
		points := everyMinutes(count, apart)
		parts := cutPoints(points)
		if !slices.Equal(slices.Concat(parts...), points) {
			t.Errorf("%v apart: the parts are not the points", apart)
		}
		if len(parts) < count/200 || len(parts) > count/80 {
			t.Errorf("%v apart: %d points are cut into %d parts", apart, count, len(parts))
		}
		longest := 0
		for _, part := range parts {
			longest = max(longest, len(part))
		}
		if longest > 2000 {
			t.Errorf("%v apart: a part of %d points", apart, longest)
		}
	}
	if got := cutPoints(nil); got != nil {
		t.Errorf("no points are cut into %v", got)
	}
}

// TestCutPointsStay: a point that comes in between changes the part that it lies in, or cuts it in two, and leaves the
// others as they are.
func TestCutPointsStay(t *testing.T) {
	points := everyMinutes(20_000, time.Hour)
	known := map[string]bool{}
	for _, part := range cutPoints(points) {
		known[fmt.Sprint(part)] = true
	}
	for _, at := range []int{0, 7_000, 19_999, 20_000} {
		late := slices.Insert(slices.Clone(points), at,
			series.Point{Tick: tickBefore(points, at), Value: series.Long(-1)})
		others := 0
		for _, part := range cutPoints(late) {
			if !known[fmt.Sprint(part)] {
				others++
			}
		}
		if others < 1 || others > 2 {
			t.Errorf("a point at place %d changes %d parts", at, others)
		}
	}
}

// TestCutPointsOfOneTick: where points do not ascend, as those of pieces that overlap, no tick begins two parts.
func TestCutPointsOfOneTick(t *testing.T) {
	points := everyMinutes(5_000, time.Hour)
	twice := slices.Concat(points, points[2_000:])
	var begins []int64
	for _, part := range cutPoints(twice) {
		begins = append(begins, part[0].Tick)
	}
	slices.Sort(begins)
	if len(slices.Compact(begins)) != len(begins) {
		t.Error("two parts begin at one tick")
	}
}

// tickBefore returns a tick between the points around a place.
func tickBefore(points []series.Point, place int) int64 {
	if place == len(points) {
		return points[place-1].Tick + 1
	}
	return points[place].Tick - 1
}
