// Package parallel has independent parts of one computation done side by side, on the processors that there are. What
// comes of it is the same as one after the other: each part writes to a place of its own.
//
//	histories := make([]StateHistory, len(issues))
//	parallel.Each(len(issues), func(n int) { histories[n] = historyOf(x, issues[n]) })
//
//	flow := parallel.Start(func() *Flow { return Measure(team, at) }) // begun here
//	forecast := Ask(team, at)                                         // meanwhile
//	page.fill(forecast, flow())                                       // waited for here
//
// A fault of the program (a panic) of a part is one of who waits for it, who may recover from it.
package parallel
