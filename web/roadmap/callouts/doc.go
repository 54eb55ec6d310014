// Package callouts is what a roadmap tells of call-outs: the price of the unexpected with and without them, and by
// alert rule. It knows no person: a forecast is handed call-outs without them.
//
// Its words:
//
//   - A price is by how many working days the 85 % date would come earlier were some lost time given back. What is
//     given back alone need not add up to what is given back together.
//   - Rest is working time that is owed after a night. What is owed on the days ahead lowers what the team can do
//     there.
//
// The way through it, of a forecast that has a price of call-outs:
//
//	price := callouts.Of(forecast)
//	price.Reading    // Call-outs cost 2 working days of the 85 % date, took 9.5 hours and disturbed 3 nights
//	price.Rules[0]   // the dearest alert rule
//	callouts.Rows(forecast) // the same as a table for other programs
package callouts
