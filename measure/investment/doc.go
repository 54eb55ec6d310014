// Package investment tells where the time and the finished work of a team's quarters went: by initiative, by type of
// issue and by the nature of the unexpected.
//
// Words. A kind is one way to part the whole. A row is what one name of a kind took: the seconds logged within the
// quarter, and the estimates of what was finished in it, as they were at the finish. The rows of each kind add up to
// the same whole; what names nothing of a kind stands under a nil name, last. An epic's own time is its initiative's,
// a sub-task's time is its own type's, and what has two natures is shared equally between them.
//
//	quarters := investment.Of(team, now, 4) // the last four, oldest first
//
// A quarter stands as of its end or the moment, whichever is first, with the time logged that is known at the moment.
//
// A worked example, measure/testdata/quarters/mix.txtar: in Q4-26 one hour was logged on an epic of Cloud, three on its
// story K-1 and two on a sub-task of that, 2.5 on other work. So the row of Cloud has 21,600 s and a share of 0.7059 of
// 8.5 h; its estimate is 3, which K-1 had when it was finished, not the 5 that it has since the day after.
package investment
