// Package impediment tells which issues were impediments, when, why, and which logged time counts with them.
//
// An issue is an impediment while it is the team's and carries a label of the rule, is of a type of the rule, or
// matches the rule's JQL. When is a timeline ([Impediment.Impeded]): who takes the label off ends it, and what was told
// of last week stays. A [Window] is the stretch of time that is asked about; a nature is why the impediment came.
//
//	list := impediment.Find(x)
//	for _, one := range list.All {
//		list.EachWorklog(one, known, func(w agile.Worklog) { seconds += w.Seconds })
//	}
//
// An example. K-7 gets the label impediment on Tuesday at 11:00 and has a sub-task K-8, which has none. On Tuesday
// somebody works on K-8 for two hours. As known on Wednesday the two hours count with K-7, as work that was done on an
// impediment or on what became one after it; did K-8 carry the label itself, they would count with K-8 and not with K-7
// too. Work that is logged on Thursday for Tuesday counts from Thursday on, not in what was known on Wednesday.
package impediment
