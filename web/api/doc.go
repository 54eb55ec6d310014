// Package api answers programs: the JSON API under /api/v1, which docs/api.md describes for people and openapi.json for
// programs. It asks measure for figures and measure/explain for what stands behind them, and knows no page.
//
// Words. An answer is the value of one address. A subject is what is asked about: a team, a sprint, a quarter, an epic,
// an initiative. A figure of an answer is named by its path in it, and the answer names the address of each figure's
// explanation under "explain".
//
// A worked example. GET /api/v1/teams/Kubernetes/sprints/23 is routed to [Answers.Sprint]: the team is found in
// [source.Teams], the moment is read from ?at=, measure computes the sprint, and the answer is that value with
// "explain": {"ledger.remaining": "/api/v1/explain?figure=ledger.remaining&team=Kubernetes&sprint=23", …}. Asked,
// that address is routed to [Answers.Explain], which lets measure/explain open every figure of the sprint and answers
// with the one of that name.
//
// An answer is a function of the store and the address: it asks no clock, so web/answers may give it again while the
// version of what it rests on stands. A moment after the last complete reading is answered as of that reading and says
// so in the header Jerem-At.
package api
