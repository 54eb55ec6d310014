// Package impediment tells which issues were impediments, when, why, and which logged time counts with them.
//
//	list := impediment.Find(x)
//	for _, one := range list.All {
//		list.EachWorklog(one, known, func(w agile.Worklog) { seconds += w.Seconds })
//	}
package impediment
