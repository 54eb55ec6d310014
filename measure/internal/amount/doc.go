// Package amount adds up estimates without the noise of binary fractions, within bounds.
//
// An estimate counts in whole millionths of its unit. A sum of such numbers is tidied once, at its end, so that figures
// that are one in arithmetic are one on the page, in an export and in the check of a formula: a ledger adds up exactly.
//
//	0.1 + 0.2                        // 0.30000000000000004
//	amount.Tidy(0.1 + 0.2)           // 0.3
//	amount.Tidy(0.3 - 0.1 - 0.2)     // 0, never −0
//
// Where a whole is told in parts, as time over several natures, the parts make it up ([Apportion], [Split]): who lost
// most by rounding down takes what is left.
//
//	amount.Split(1, 3)               // 0.333334, 0.333333, 0.333333
//
// A number beyond [Within], a million millions of points or no number at all, is not added up: one such estimate would
// swallow all others. Whoever leaves it out says so in the grade of the figure.
//
//	amount.Share(5, 8)               // 0.625
//	amount.Share(5, 0)               // nil: without a base there is no share, and none is 0
package amount
