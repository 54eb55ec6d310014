// Package roadmap is the wing of a team's quarter: its page and its files.
//
// The way of the page, /teams/Kubernetes/roadmap?quarter=Q4-26: the team comes from the source, measure computes the
// quarter and its burnup, package outlook its forecast; page.fillQuarter writes the sentence, the tiles (tiles.go), the
// burnup with the fan of outcomes (fan.go), the epics, the weeks (weeks.go), and the forecast with its price, its
// record and what moved its date (forecast.go). A quarter that is over tells what was told at its middle and what came.
//
// Only the forecast makes a verdict (on track, at risk, unlikely). Slack is a number of days at one pace with the scope
// held still: it has no colour here, and a test holds the page to that.
//
// An example: of Q4-26 52 of 84 points are done, 29 working days are left, and the median pace is 2.3 points a day. The
// tile of slack says "+15 days, 29 left − 14 needed at the usual pace, scope held still"; the sentence says the 85 %
// date and the odds for 31 December, or the days of the usual pace while the history is too short for odds.
package roadmap
