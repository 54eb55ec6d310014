// Package faults is trouble on demand for tests of a client: what a played Jira answers otherwise than it would, and
// to which requests.
//
// Words. A [Fault] is one trouble: a delay, a status, a redirect, a page that is cut, an answer that is edited. An
// [Edit] rewrites an answer before it is sent: entries are left out, doubled or changed. A [List] holds rules; each
// [Rule] names by a part of its path which requests a fault is for, how many pass first and how often it is played.
//
// A worked example. The first two questions for boards are answered, the third is refused, the fourth is answered:
//
//	planned := &faults.List{}
//	server := jirasim.NewServer(site, jirasim.Options{Fault: planned.Next})
//	rule := planned.On("/board", faults.Refuse(403, "Forbidden")).After(2).Times(1)
//
// After them rule.Hits() is 1. The server asks [List.Next] for the fault of each request, and carries it in the
// request's context ([With], [Of]) to where pages, histories and tokens are made.
package faults
