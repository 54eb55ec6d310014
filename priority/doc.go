// Package priority lets work that nobody waits for give way to answers that somebody waits for. Rows for readers in SQL
// and series for sinks are made beside the pages, out of the same team and on the same processors; a page that was
// changed is asked for at the very moment at which they are begun.
//
// Its words: a viewer waits for an answer from [Viewers.Enter] on until he leaves. Work beside is made of parts, and
// calls [Viewers.GiveWay] between two of them.
//
// An example. A cycle ends, and 79 sprints are to be made to rows, 5 ms each. With the third of them a viewer asks for
// the page of the team: the third is finished, the fourth begins when the page is computed, 80 ms later. For the next
// 80 ms the work gives way to nobody, so that it takes twice as long at most, however many pages are asked for.
package priority
