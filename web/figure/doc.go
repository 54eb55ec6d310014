// Package figure is the wing of one figure by itself: its value, the formula with the numbers put in, and every input
// that it is made from, with what the sum is after each.
//
// The address names a figure as the API does: /explain?figure=ledger.remaining&team=Kubernetes&sprint=23 shows to
// people what /api/v1/explain tells to programs under the same query, and explain.csv is its inputs as a table. The
// page can be linked and printed; drawers of other pages lead to it. What is asked is found by the API, which the
// server hands in as [Pages.Find], for a wing knows no other room of the web.
//
// The way: Find opens the figure; [Pages.Page] takes the moment and the words of the team, writes every input as a row,
// listed in a drawer or not, and leads from the keys of issues to their pages.
package figure
