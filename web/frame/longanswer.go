package frame

import "io"

// LongAnswer is an answer that may be long: it is written piece by piece for each viewer and never stands in memory as
// text. Weight is about how many bytes its values hold.
type LongAnswer struct {
	Weight int
	Write  func(io.Writer) error
}
