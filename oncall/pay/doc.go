// Package pay computes what duty and call-outs are paid, in integer cents of one currency.
//
// Its words: a policy is what is paid from a date on; a line is a sum of a statement, flat for a turn, for a call-out,
// or an adjustment; a statement is the lines of a person and a currency in a month; a frozen month is one that was
// paid out and never changes.
//
// The way through it: Books hold all that pay is computed from. Books.Statements makes the statements of a month: the
// flat pay of each turn is divided by covered seconds between months, then between who was on duty (divide.go), fees
// follow from the band of the call-out's start (policy.go). Books.Freeze puts a month into the Ledger; what differs
// later becomes an adjustment of the first month that is not frozen.
//
// An example. A turn of a week at 150.00 begins on Monday 26 January 2026 at 09:00. Of its 168 hours 135 lie in January
// and 33 in February, so they bring 12054 and 2946 cents, which add up to 15000:
//
//	books := pay.Books{Schedules: schedules, People: people, Policies: policies}
//	january := books.Statements(civil.Month{Year: 2026, Month: time.January}, pay.Ledger{})
package pay
