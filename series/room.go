package series

// RoomFor is memory for the points of a series that may go on.
func RoomFor(count int) []Point {
	const part = 16
	return make([]Point, 0, count+count/part+part)
}

// WithRoom returns points with room for some more. Room that is left behind the points of a series belongs to the one
// series that goes on from it: who tells the former one does not see what is written there.
func WithRoom(points []Point, more int) []Point {
	if len(points)+more <= cap(points) {
		return points
	}
	return append(RoomFor(len(points)+more), points...)
}
