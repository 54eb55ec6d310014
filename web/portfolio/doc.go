// Package portfolio is the wing of the first page, all initiatives and all teams of a quarter, and its files.
//
// The words: a computed team is a team with its quarter at the moment that is asked for in the team's own zone; an
// initiative sum adds up the epics of one initiative, team by team, for estimates of two teams have no sum; a row of
// odds is an initiative or a team with what the forecast tells of it.
//
// The way of the page: computeAll asks the source for every team; one that was not read has its row and the reason. The
// quarter is the one asked for, else that of the first team. fillInitiatives and teamRow write how far all are;
// fillOdds asks package outlook, as the API's portfolio does, writes the rows (rows.go) and draws the dates of all of
// them on one axis (axis.go); writeSentence counts the states of the initiatives, or says what is done where there is
// no forecast (sentence.go). Of a quarter that is over the rows tell what was told at its middle and what came.
//
// An example: Kubernetes with 61 of 85 points done and Storage with 369 of 1208 hours both work for Resilience. Its row
// has two bars, "Storage: 41 of 41 hours" and "Kubernetes: 3 of 11 points"; its odds are of one simulation over both
// teams, in which the slower decides, and the row names it.
package portfolio
