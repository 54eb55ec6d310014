// Package beside holds two moments of one subject side by side: of a sprint, a quarter, all teams, the flow of a team,
// an issue.
//
// The words:
//
//	row    a figure that differs: its value at the earlier and at the later moment, the change, the issues that did it
//	event  what happened between: an entry of a ledger, a change of a field, or an epic with all that changed of it
//	leads  where a comparison leads to: the page of an issue, and a figure by itself at each of the moments
//
// Which of the two moments is asked for first is of no matter: the earlier one stands on the left.
//
// An example: /teams/Kubernetes/sprints/23?at=2026-11-16&with=2026-11-10. The page explains its sprint at both moments,
// [Figures] finds that 34 points remained and 23 do ("−11, by K8S-497, K8S-501 …"), and the page adds the entries of
// the ledger between. [File] serves the same to programs, as changed.csv and between.csv.
package beside
