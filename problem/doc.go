// Package problem is the one type of what goes wrong, for all rooms.
//
// A room that finds trouble returns a [*Problem]: a code for programs, a message that names the place, a hint that
// names the remedy. Whoever tells it to somebody (a page, the API, the command line, the log) takes these three as
// they are and words nothing anew; whoever decides by it asks for its code, never for a word of the message.
//
// A [Code] begins with the room that finds it, so "jira.failing" and "publish.failing" are two kinds; [Is] and [Of]
// tell them apart. Each room declares its codes as constants beside the code that finds them, and docs/troubles.md says
// of each what it means and what to do.
//
// An example: a board that the account must not see.
//
//	jira     returns &problem.Problem{Code: jira.NotFound, Status: 404, Message: "jira example.org: board/7: 404
//	         Not Found",
//	         Hint: "It does not exist, or the account must not see it."}
//	sync     wraps it with the team's name and goes on with the others
//	store    keeps code, status, hint and arguments ({"team": "K8S"}) as [List.Encode] writes them
//	web      words them with [List.Words], which leaves out the team's name on the team's own page
//	cmd      prints Error(): the message, and the hint in parentheses
package problem
