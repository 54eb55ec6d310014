// Package live tells browsers that something new is known, by server-sent events, so that a page follows the readings
// without asking again and again.
//
//	GET /live
//	retry: 5000
//
//	event: known
//	data: 42-9f3c
//
// The event comes when the stream begins, and whenever a cycle of reading has ended or a trouble came or went; its data
// is a text that tells one state from the next. A browser that has shown a page of another state asks for it again: the
// page is rendered once for all who do. A comment every quarter of a minute keeps the way open.
//
// One watcher asks for the state, when the loop of this process tells that it may be another one, and only while
// somebody listens; now and then it asks besides, for another process may have written. There are 64 [Places] at
// most for all of a server. When they are taken, who has the most of them gives one up to who has fewer, so that no
// viewer keeps all; whoever finds none is answered 503 and asks by itself now and then, as a browser does whose stream
// is broken off.
package live
