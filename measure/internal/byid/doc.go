// Package byid keeps values by the ids of issues, in maps that share what did not change: a copy of a map of 100,000
// entries takes some kilobytes, and each entry that is written then a few hundred bytes.
//
//	histories := byid.New[string](2)
//	histories.Set(7, "to do")
//	histories.Set(8, "to do")
//	next := histories.Copy() // from here on histories is written no more
//	next.Set(7, "done")
//	histories.Of(7)          // "to do"
//	next.Of(7), next.Of(8)   // "done", and the "to do" that both share
//
// [Owners] do the same for the ids that belong to texts, such as the keys of issues.
package byid
