// Package mix shows where the time and the finished work of a quarter went, beside the quarters before it.
//
// The words:
//
//	kind  one way to part the whole: by initiative, by type, by nature of the unexpected
//	row   a part of it, with hours, what was finished, and its share of the hours of four quarters; what took less
//	      than the six greatest is added up
//
// Each kind adds up to the whole: what is logged on no epic of an initiative is no initiative, what is no impediment is
// expected work.
//
// An example: of 557.8 h logged in Q4-26, 424.7 h went into epics of initiatives and 43.3 h into impediments. [Of] says
// "76 % of the logged time went into initiatives, 8 % into the unexpected".
package mix
