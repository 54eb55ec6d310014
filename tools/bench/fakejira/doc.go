// Package fakejira plays a Jira Cloud that answers as fast as it can: for measuring, where sim/jira is for judging.
//
// A [Site] holds projects of the same make: a Scrum board each, a sprint every two weeks for some years, epics with the
// label of a quarter, and issues that are estimated, planned, worked on and finished, about ten changes each. What an
// issue and each entry of its history look like in an answer is rendered once, at the weight of a real Cloud's answers
// (avatars, icons, addresses), so that an answer costs little more than copying it. It understands the questions that
// Jerem asks of a Cloud, and no other JQL.
//
//	site := fakejira.New(fakejira.Options{Issues: 20_000, Projects: 10, Address: "http://127.0.0.1:9000"})
//	http.Serve(listener, site.Handler())
//
// What changes is asked for by three addresses of its own:
//
//	POST /bench/change?issues=100   moves that many issues to another status, now
//	POST /bench/advance?by=20m      moves the site's clock on
//	POST /bench/counts              tells how often each place was asked since the last time, and the bytes sent
package fakejira
