// Package webtest gives the tests of pages and API what they stand on: a story that the bot has read, a simulated
// company with the whole past of its teams, and the promise that drawings keep at every width.
//
// A test of a wing reads its story and serves it, or asks the wing alone:
//
//	kept := webtest.Read(t, webtest.Story(), webtest.Company()...)
//	h := web.NewServer(kept.Store, webtest.Company(), "https://jira.example", kept.Log)
//	status, page, _ := webtest.Get(t, h, "/teams/Kubernetes")
package webtest
