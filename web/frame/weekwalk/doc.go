// Package weekwalk leads through the weeks of a quarter, on the pages that tell of a quarter or of a span of days:
// roadmap, portfolio, flow, the page of a team without sprints.
//
// The words:
//
//	step    the page as of the end of a week's Sunday, or of the quarter's last day
//	        a week that is not over is named by the day of the last reading
//	latest  the page without a moment: as of the last reading, or of the end of a quarter that its address names
//	fixed   the address names the quarter: its walk ends there. Any other goes on into the quarters before and after
//
// An example: the flow of a team that was read until Mon 23 Nov 2026, asked for as of Thu 12 Nov. [OfTeam] makes the
// weeks of Q4-26. The week of Sun 15 Nov is the one shown, "You look at Thu 12 Nov"; one step back is Sun 8 Nov, one
// forth Sun 22 Nov, then the present, whose step is named 23 Nov. From Sun 4 Oct a step back
// leads to Wed 30 Sep, in the weeks of Q3-26.
package weekwalk
