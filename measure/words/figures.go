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

// Decimal writes a number with at most so many decimals and the true minus sign.
func Decimal(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(x*scale)/scale, 'f', -1, 64)
	if text == "-0" {
		return "0"
	}
	return strings.Replace(text, "-", "−", 1)
}

// Figure writes a number with at most one decimal.
func Figure(x float64) string { return Decimal(x, 1) }

// FourDigits writes a number with four digits.
func FourDigits(x float64) string { return strings.Replace(fmt.Sprintf("%.4g", x), "-", "−", 1) }

// Hours writes seconds as hours.
func Hours(seconds int64) string { return Figure(float64(seconds) / time.Hour.Seconds()) }

// Percent writes a share, a dash where there is none.
func Percent(share *float64) string {
	if share == nil {
		return "–"
	}
	return Figure(math.Round(*share*100)) + Thin + "%"
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
