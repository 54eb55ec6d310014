package series

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Point is a value at a moment.
type Point struct {
	Tick  int64 // microseconds since 1970 UTC
	Value Value
}

// Tick returns a moment in microseconds since 1970 UTC.
func Tick(t time.Time) int64 { return t.UnixMicro() }

// Time returns the moment of a tick, in UTC.
func Time(tick int64) time.Time { return time.UnixMicro(tick).UTC() }

// Kind says how points are to be read.
type Kind uint8

const (
	// Step is a function over time: each value holds until the next point.
	Step Kind = iota
	// Events stand for themselves.
	Events
)

// Series is a named sequence of points.
type Series struct {
	Class  string
	Labels map[string]string
	Kind   Kind
	Points []Point   // ascending, one for each tick
	End    time.Time // for Step: from here on no value holds; zero while the series lives on
	// GridEnd is for Step: from here on the grid has no point although the value holds; zero for never.
	GridEnd time.Time
}

// Key identifies a series: its class and labels in their text form.
func (s *Series) Key() string {
	var b strings.Builder
	b.WriteString(Escape(s.Class))
	b.WriteByte('{')
	for i, name := range slices.Sorted(maps.Keys(s.Labels)) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(Escape(name) + "=" + Escape(s.Labels[name]))
	}
	b.WriteByte('}')
	return b.String()
}

// ParseKey reads what Key wrote: a series with its class and labels, and no points.
func ParseKey(key string) (Series, error) {
	class, rest, open := strings.Cut(key, "{")
	list, closed := strings.CutSuffix(rest, "}")
	s := Series{Labels: map[string]string{}}
	var err error
	if s.Class, err = url.PathUnescape(class); err != nil || !open || !closed {
		return Series{}, fmt.Errorf("series: %q is no key", key)
	}
	for part := range strings.SplitSeq(list, ",") {
		name, value, ok := strings.Cut(part, "=")
		if part == "" {
			continue
		}
		name, wrong := url.PathUnescape(name)
		value, err = url.PathUnescape(value)
		if !ok || wrong != nil || err != nil {
			return Series{}, fmt.Errorf("series: %q is no key", key)
		}
		s.Labels[name] = value
	}
	return s, nil
}

// Add appends a point; points come in ascending order, a second one at a tick takes the place of
// the first.
func (s *Series) Add(t time.Time, v Value) {
	p := Point{Tick(t), v}
	if n := len(s.Points); n > 0 && s.Points[n-1].Tick == p.Tick {
		s.Points[n-1] = p
		return
	}
	s.Points = append(s.Points, p)
}

// AppendContent appends the key and the points in a form that is another one for another series.
func (s *Series) AppendContent(b []byte) []byte {
	b = append(append(b, s.Key()...), '\n')
	b = binary.BigEndian.AppendUint64(b, uint64(len(s.Points)))
	for _, p := range s.Points {
		b = binary.BigEndian.AppendUint64(b, uint64(p.Tick))
		kind := p.Value.kind()
		b = append(b, byte(kind))
		switch kind {
		case isText:
			text := p.Value.text()
			b = append(binary.BigEndian.AppendUint64(b, uint64(len(text))), text...)
		default:
			b = binary.BigEndian.AppendUint64(b, p.Value.numberBits())
		}
	}
	return b
}

// lastAtOrBefore returns the last point at or before a tick.
func (s *Series) lastAtOrBefore(tick int64) (Point, bool) {
	i, found := slices.BinarySearchFunc(s.Points, tick, func(p Point, t int64) int { return cmp.Compare(p.Tick, t) })
	if found {
		return s.Points[i], true
	}
	if i == 0 {
		return Point{}, false
	}
	return s.Points[i-1], true
}

// holdsAt tells whether a value holds at a tick.
func (s *Series) holdsAt(tick int64) bool {
	return s.Kind == Step && (s.End.IsZero() || tick < Tick(s.End))
}

// Window returns the part of a series from one moment to another, both included. A step series
// that began before from and lives at it starts with its value at from. Events that have begun keep
// their later points, so that an end that lies ahead is known.
func (s *Series) Window(from, to time.Time) Series {
	out := Series{Class: s.Class, Labels: s.Labels, Kind: s.Kind, End: s.End}
	a, b := int64(-1<<63), Tick(to)
	if !from.IsZero() {
		a = Tick(from)
	}
	if p, ok := s.lastAtOrBefore(a); ok && p.Tick < a && s.holdsAt(a) && a <= b {
		out.Points = append(out.Points, Point{a, p.Value})
	}
	inside := s.Points[pointsBefore(s.Points, a):]
	if s.Kind != Events {
		inside = inside[:pointsBefore(inside, b+1)]
	}
	if len(out.Points) == 0 { // shared, for a window often holds all
		out.Points = slices.Clip(inside)
	} else {
		out.Points = append(out.Points, inside...)
	}
	return out
}

// pointsBefore counts the points before a tick.
func pointsBefore(points []Point, tick int64) int {
	n, _ := slices.BinarySearchFunc(points, tick, func(p Point, t int64) int { return cmp.Compare(p.Tick, t) })
	return n
}

// firstMultipleFrom returns the first multiple of width at or after n.
func firstMultipleFrom(n, width int64) int64 {
	m := n - n%width
	if m < n {
		m += width
	}
	return m
}

// addPiece adds a later piece of a series. Of two points at one tick the later piece's wins.
func (s *Series) addPiece(later Series, points []Point) {
	s.End = later.End
	if n := len(s.Points); n == 0 || len(points) == 0 || s.Points[n-1].Tick < points[0].Tick {
		s.Points = append(s.Points, points...)
		return
	}
	s.Points = mergePoints(s.Points, points)
}

// mergePoints joins two ascending lists; at a common tick the second one wins.
func mergePoints(a, b []Point) []Point {
	out := make([]Point, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Tick < b[0].Tick:
			out, a = append(out, a[0]), a[1:]
		case len(a) > 0 && a[0].Tick == b[0].Tick:
			a = a[1:]
		default:
			out, b = append(out, b[0]), b[1:]
		}
	}
	return out
}

// Join sorts a list by class and labels and makes one series of those that share both: pieces of
// a series that ended and began again. Of two points at one tick the later piece's wins. Empty
// ones are left out.
func Join(list []Series) []Series {
	at := map[string]int{}
	var out []Series
	var keys []string
	for i := range list {
		s := list[i]
		if len(s.Points) == 0 {
			continue
		}
		key := s.Key()
		n, ok := at[key]
		if !ok {
			at[key] = len(out)
			s.Points = slices.Clip(s.Points) // what was given is not written into
			out, keys = append(out, s), append(keys, key)
			continue
		}
		out[n].addPiece(s, s.Points)
	}
	slices.Sort(keys)
	sorted := make([]Series, len(out))
	for n, key := range keys {
		sorted[n] = out[at[key]]
	}
	return sorted
}
