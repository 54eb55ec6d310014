// Package told shows what was said of a quarter before, and how such forecasts fared.
//
// The words:
//
//	told    the 50 and the 85 % date as of the end of each Sunday of the quarter, drawn against its end and what came
//	held    work was done by the 85 % date that was told
//	record  a dot for each past forecast of work that was about as large: how long it took, in percent of what was
//	        told
//
// An example: Q3-26 was told eight 85 % dates, from Fri 2 October to Mon 4 January; it came on none of them. [Of] draws
// eight lines, each from a ring to a diamond, and says "0 of 8 dates told at 85 % held".
package told
