// Package subject is what a roadmap is about: the quarter of a team as of a moment, and what its address asks.
//
// The words:
//
//	subject   team, quarter with its first and last day, moment, question, and where Jira is
//	question  the moment as it was written, the epics that share a burnup, what is to be otherwise than it is
//	axis      of dates: where a date lies between two others, from 0 to 1
//
// Every link of the page keeps all of the question but what it changes ([Question.AddressOf]), so any state of the page
// can be sent, and nothing needs a script.
//
// An example: /teams/Kubernetes/roadmap?quarter=Q4-26&at=2026-11-12&epics=K8S-403&pace=0.9. [ReadQuestion] finds one
// chosen epic and a pace of nine tenths; AddressOf("pace", "") leads back to the usual pace, of the same moment and
// with the same epic chosen.
package subject
