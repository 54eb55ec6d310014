// Package webtest gives the tests of pages and API what they stand on: a story that the bot has read, a simulated
// company with the whole past of its teams, and the promise that drawings keep at every width.
//
// A test of a wing reads its story and serves it, or asks the wing alone:
//
//	kept := webtest.Read(t, webtest.Story(), webtest.Company()...)
//	h := web.NewServer(kept.Store, webtest.Company(), "https://jira.example", kept.Log)
//	status, page, _ := webtest.Get(t, h, "/teams/Kubernetes")
//
// Words. A story is what a Jira answers, in the language of sim/jira; a company is the teams that read it. [Ones] is
// the story in which there is one of nearly everything: what [Miscounted] finds on its pages is a number beside a word
// that does not agree with it. [World] is a simulated company as of its last day, read once in a test binary.
//
// A test binary reads each story once for the same teams; each test gets a copy of what that left in the store, and a
// Jira that goes on telling the story. [Readable] is the promise of drawings: at no width lies a text on another, on a
// line of data or on a bar.
package webtest
