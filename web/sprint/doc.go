// Package sprint is the wing of a team's sprint: its page, the page of its differences from Jira's own report, and
// their files.
//
// The way of the page of a sprint, /teams/Kubernetes/sprints/23?at=2026-11-18:
//
//  1. [Pages.Page] asks the source for the team and reads the moment: the end of 18 November in the team's zone.
//  2. measure computes the sprint as of that moment: ledger, completion, impediments. Nothing is computed here.
//  3. page.fillSprint writes it into the fields of the template: the sentence, the tiles (tiles.go), the ledger and the
//     sums that join it with what is done (sums.go), the burndown and the days of impediments on an axis of days
//     (drawing.go, axis.go), the sprints before it, the issues.
//  4. The forecast and the work that needs a look today are added while the sprint is active (forecast.go).
//  5. package drawer opens every figure; page.html shows all of it in the frame.
//
// What cannot be told is said: without amounts page.WhyNoAmounts takes the place of every amount, and a tile without a
// share has no bar. A team that has no sprint gets a page all the same: impediments of the last four weeks, its
// quarter, and how work flows (nosprint.go); the flow is another wing's, so the server hands it in as [Pages.Flow].
//
// Each table and each drawing of the page is a file beside it: ledger.csv, issues.csv, burndown.svg and so on.
package sprint
