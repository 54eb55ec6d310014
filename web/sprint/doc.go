// Package sprint is the wing of a team's sprint: its page and its files. Two rooms stand in it: days (where a moment
// lies among the days of a sprint, and what each brought) and report (the lists of Jira's own report, and where the
// ledger differs).
//
// The way of the page of a sprint, /teams/Kubernetes/sprints/23?at=2026-11-18:
//
//  1. [Pages.Page] asks the source for the team and reads the moment: the end of 18 November in the team's zone.
//  2. measure computes the sprint as of that moment: ledger, completion, impediments. Nothing is computed here.
//  3. page.fillSprint writes it into the fields of the template: the sentence and the tiles (headline.go), the
//     ledger and the sums that join it with what is done (ledgercard.go), the burndown (burndown.go) and the days of
//     impediments (unexpected.go) on an axis of days, the sprints before it (past.go), the issues.
//  4. The forecast with its price and the work that needs a look today are added while the sprint is active
//     (forecast.go).
//  5. package drawer opens every figure; page.html shows all of it in the frame.
//
// What cannot be told is said: without amounts page.WhyNoAmounts takes the place of every amount, and a tile without a
// share has no bar. A team that has no sprint gets a page all the same: impediments of the last four weeks, its
// quarter, and how work flows (nosprint.go); the flow is another wing's, so the server hands it in as [Pages.Flow].
//
// Each table and each drawing of the page is a file beside it: ledger.csv, issues.csv, burndown.svg and so on.
package sprint
