// Package mcp answers assistants that speak the Model Context Protocol, at /mcp by streamable HTTP. Its tools only
// read: each is a question to the JSON API with the same rules of who may see what, so that an assistant is told what a
// page tells, with the grades and reasons that come with each figure.
//
// Words: a tool is what an assistant may call; an argument is a parameter of the API's address. There are no sessions:
// each call stands alone. A call is answered under its id, and is refused where that would come
// back as another number.
//
// An example. An assistant that is asked "when will Kubernetes be done with this quarter?" calls
//
//	forecast {"team": "Kubernetes", "quarter": "Q4-26"}
//
// which asks GET /api/v1/teams/Kubernetes/forecast?quarter=Q4-26 and answers with its JSON. A sprint without an id is
// the active one, else the one that was closed last: the tool looks it up in the team's list.
package mcp
