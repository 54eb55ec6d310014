package publish

import "time"

// Capabilities say what a sink can do. How a past that was corrected is brought there follows from them.
type Capabilities struct {
	OldPoints  bool          // takes points of any age, in any order; else only such as follow those that stand
	Overwrites bool          // a point takes the place of the one that stands at its moment
	Deletes    Deletion      // what it deletes
	Texts      bool          // takes values that are texts
	Unit       time.Duration // how exact its moments are: of points within one unit only one can stand
}

// Deletion is what a sink deletes.
type Deletion int

const (
	DeletesNothing Deletion = iota
	DeletesRanges           // the points of a stretch
	DeletesSeries           // a series with all its points, whatever stretch is named
)
