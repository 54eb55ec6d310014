// Package waterfall tells what makes a date: sums of working days, row by row on one axis. The pages of a sprint and of
// a quarter show the price of the unexpected with it, the roadmap also why its date moved.
//
// The words:
//
//	Sum    rows that lead from one number of working days to another, or why there are none
//	Row    a part of it, with its bar where the part before it ends
//	Price  what impediments cost of the 85 % date, in whole and given back alone by nature and issue
//	move   by how many working days a date lies later than it was told, part by part
//
// What is computed is computed by measure/outlook; here it is worded and drawn. The template "waterfall" of the frame
// makes a table of the rows, and "pricecard" the card of a price.
//
// An example: the 85 % date of a sprint lies 37 working days ahead, and 30 with the time of impediments given back.
// [OfPrice] says "Impediments cost 7 working days of the 85 % date" and makes three rows: without them 30, from there
// impediments +7, as it is 37.
package waterfall
