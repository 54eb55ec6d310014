package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// Thin is the space between a figure and its unit: narrow, and never broken.
const Thin = "\u202f"

// Decimal writes a number with at most so many decimals, the true minus sign, and its thousands apart.
func Decimal(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(x*scale)/scale, 'f', -1, 64)
	if text == "-0" {
		return "0"
	}
	return strings.Replace(GroupThousands(text), "-", "−", 1)
}

// Rate writes what comes in a day: with one decimal, below a tenth with the first digit that is not 0, for a small pace
// is not none.
func Rate(x float64) string {
	const most = 6 // amounts count in millionths
	decimals := 1
	for scaled := math.Abs(x) * 10; x != 0 && scaled < 1 && decimals < most; scaled *= 10 {
		decimals++
	}
	return Decimal(x, decimals)
}

// GroupThousands sets the thousands of a number written in digits apart by a narrow space, which reads the same in
// every language: a comma is a decimal sign in some.
func GroupThousands(digits string) string {
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + Thin + whole[at:]
	}
	if hasFraction {
		whole += "." + fraction
	}
	return sign + whole
}

// Figure writes a number with at most one decimal.
func Figure(x float64) string { return Decimal(x, 1) }

// FourDigits writes a number with four digits.
func FourDigits(x float64) string { return strings.Replace(fmt.Sprintf("%.4g", x), "-", "−", 1) }

// Fixed writes a number with exactly so many decimals, for columns in which they stand below each other.
func Fixed(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(x*scale)/scale, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return strings.Replace(GroupThousands(text), "-", "−", 1)
}

// Hours writes seconds as hours.
func Hours(seconds int64) string { return Figure(float64(seconds) / time.Hour.Seconds()) }

// Duration writes time exactly, to the second, as it stands beside the sum that it is a part of: "12 h 5 min", "45 s".
func Duration(seconds float64) string {
	left := int64(math.Round(math.Abs(seconds)))
	var parts []string
	for _, unit := range []struct {
		name    string
		seconds int64
	}{{"h", 3600}, {"min", 60}, {"s", 1}} {
		if n := left / unit.seconds; n > 0 {
			parts = append(parts, GroupThousands(strconv.FormatInt(n, 10))+" "+unit.name)
		}
		left %= unit.seconds
	}
	switch text := strings.Join(parts, " "); {
	case text == "":
		return "0 h"
	case seconds < 0:
		return "−" + text
	default:
		return text
	}
}

// OrDash writes a value that is known, and a dash for one that is not.
func OrDash[T any](x *T, write func(T) string) string {
	if x == nil {
		return "–"
	}
	return write(*x)
}

// Percent writes a share in whole percents, a dash where there is none. One that is nearly nothing or all has the
// decimals that tell so, three at most: "99.6 %" while something is left.
func Percent(share *float64) string {
	if share == nil {
		return "–"
	}
	percent := *share * 100
	for decimals := 0; ; decimals++ {
		text := Decimal(percent, decimals)
		isRounded := text == "0" && percent != 0 || text == "100" && percent != 100
		if !isRounded || decimals == 3 {
			return text + Thin + "%"
		}
	}
}

// Scale turns an estimate into the unit that people read: time into hours.
func Scale(estimate float64, unit agile.Unit) float64 {
	if unit == agile.Seconds {
		return estimate / time.Hour.Seconds()
	}
	return estimate
}

// Estimate writes an estimate in the unit that people read, without naming it: points with two decimals at most, hours
// and issues with one.
func Estimate(estimate float64, unit agile.Unit) string {
	if unit == agile.Points {
		return Decimal(estimate, 2)
	}
	return Figure(Scale(estimate, unit))
}

// ExactAmount writes an estimate as it stands beside the sum that it is a part of: time exactly, with its units, for
// rounded hours would not add up to the rounded sum; points and issues as [Estimate] does.
func ExactAmount(estimate float64, unit agile.Unit) string {
	if unit == agile.Seconds {
		return Duration(estimate)
	}
	return Estimate(estimate, unit)
}

// Signed writes an estimate with its sign.
func Signed(estimate float64, unit agile.Unit) string {
	if estimate > 0 {
		return "+" + Estimate(estimate, unit)
	}
	return Estimate(estimate, unit)
}

// UnitName names the unit that people read.
func UnitName(unit agile.Unit) string {
	switch unit {
	case agile.Seconds:
		return "hours"
	case agile.Points:
		return "points"
	}
	return "issues"
}

// UnitBehind names the unit behind an estimate as it is written: "point" behind 1, "points" behind 2.
func UnitBehind(estimate string, unit agile.Unit) string {
	name := UnitName(unit)
	return Agree(estimate, strings.TrimSuffix(name, "s"), name)
}
