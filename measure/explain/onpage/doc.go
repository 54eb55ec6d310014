// Package onpage opens figures that pages show and no answer of the API carries, so that no page writes an explanation
// of its own: of a quarter the usual pace, its epics row by row and what each week brought; of a flow what came in and
// which rules are kept; of the portfolio its rows, states and initiatives; of a forecast what was told before.
//
// Words. They stand in no catalogue: [explanation.BeginOnPage] names figure, formula and expression. The expression
// over the inputs gives the value again, as for every other figure; the test of package explain holds these to it too.
//
// A worked example. A quarter has 120 points done, a median velocity of 4 points a working day, and 10 working days
// left:
//
//	e := onpage.UsualPace(team, team.Quarter(name, at))
//
// tells the value 160 and the numbers "120 + 4 × 10 = 160", with the inputs "done" 120, "velocity" 4 and "days" 10,
// whose expression is done + velocity * days. It has no value while no sprint was closed.
package onpage
