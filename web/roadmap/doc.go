// Package roadmap is the wing of a team's quarter: its page and its files.
//
// Four rooms stand in it: subject (the quarter of a team as of a moment, and what the address asks of it), told (what
// was said of it before), mix (where the time went) and initiatives (the epics as small burnups, side by side).
//
// The way of the page, /teams/Kubernetes/roadmap?quarter=Q4-26: the team comes from the source, measure computes the
// quarter and its burnup, measure/outlook its forecast; page.fillQuarter writes the sentence, the tiles (tiles.go),
// the weeks to walk through (walk.go), the burnup with what changed the scope and where pace and scope meet
// (burnup.go), the fan of outcomes (fan.go), price and move of the date as waterfalls (web/frame/waterfall), what was
// told before, what would be if (whatif.go), the epics (epics.go, chosen.go), the weeks (weeks.go) and where the time
// went. A quarter that is over tells what was told at its middle and what came. What
// opens a figure is made by measure/explain alone.
//
// Only the forecast makes a verdict (on track, at risk, unlikely). Slack is a number of days at one pace with the scope
// held still: it has no colour here, and a test holds the page to that.
//
// An example: of Q4-26 52 of 84 points are done, 29 working days are left, and the median pace is 2.3 points a day. The
// tile of slack says "+15 days, 29 left − 14 needed at the usual pace, scope held still"; the sentence says the 85 %
// date and the odds for 31 December, or the days of the usual pace while the history is too short for odds. The slider
// of the pace at 90 % leads to ?quarter=Q4-26&pace=0.9, which says what the API's forecast says of pace=0.9.
package roadmap
