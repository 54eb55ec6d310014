// Package difference tells since when two readings of an issue differ, so that what was computed of the time before
// need not be computed again.
//
// A change is dated: an issue that went into done an hour ago is what it was at every moment before. Only what has no
// date (a key, which is always the present one, or joints that do not fit) makes two readings differ for all time.
//
//	since, dated := difference.Since(before, now)
//	if dated { ... } // at each moment before since they tell the same
//
// An example. The reading of 12:00 knew of K-1 that it was put in progress on Monday at 10:00. The reading of 12:10
// knows that it was done at 12:03 too. Since tells 12:03: all burndowns of last week stand, and of the running sprint
// what is computed as of a moment before. Had the second reading told 10:05 instead of 10:00 on Monday, it would tell
// 10:00: the earlier one of the first two steps that are not the same.
package difference
