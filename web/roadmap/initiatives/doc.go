// Package initiatives shows the epics of a quarter as small burnups side by side, by the initiative that they belong
// to.
//
// The words:
//
//	panel  the small burnup of an epic; all panels share the scale of amounts and the axis of days
//	group  the panels of one initiative, with what is done in them together; epics of none come last
//
// A panel leads to the row of its epic in the table of epics, and the row leads to the panel. A group of several epics
// leads to their common burnup.
//
// An example: of Q4-26 the initiative Network has two epics, 3 of 12 and 16 of 18 points done, Efficiency one, 8 of 8.
// [Of] makes two groups, Network before Efficiency because more remains in it, and says "Most remains in Network: 19 of
// 30 points are done". The 3 stands at a quarter of the height of the 12, and at a sixth of that of the 18.
package initiatives
