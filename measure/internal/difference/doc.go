// Package difference tells since when two readings of an issue differ, so that what was computed of the time before
// need not be computed again.
//
// A change is dated: an issue that went into done an hour ago is what it was at every moment before. Only what has no
// date (a key, which is always the present one, or joints that do not fit) makes two readings differ for all time.
//
//	since, dated := difference.Since(before, now)
//	if dated { ... } // at each moment before since they tell the same
package difference
