package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/forecast"
)

// Count writes a number of things: "1 issue", "2 issues".
func Count(n int, thing string) string {
	number := GroupThousands(strconv.Itoa(n))
	return number + " " + Agree(number, thing, thing+"s")
}

// Agree picks the word that agrees with a number as it is written: "1 issue was", "0 issues were", "+1 point".
func Agree(number, one, many string) string {
	if strings.TrimLeft(number, "+−") == "1" {
		return one
	}
	return many
}

// Date writes a date as people read it: 31 Dec 2026.
func Date(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return at.Format("2 Jan 2006")
}

// Amount writes an amount of work: 1 point, 2.5 hours, 3 issues.
func Amount(x float64, unit agile.Unit) string {
	number, thing := numberInWords(x, unit)
	return number + " " + Agree(number, thing, thing+"s")
}

// Part writes a part of an amount of work: 18 of 40 points.
func Part(part, whole float64, unit agile.Unit) string {
	number, _ := numberInWords(part, unit)
	return number + " of " + Amount(whole, unit)
}

// numberInWords writes an amount with two decimals at most, time in hours, and names what is counted.
func numberInWords(x float64, unit agile.Unit) (number, thing string) {
	thing = "point"
	switch unit {
	case agile.Seconds:
		x, thing = x/3600, "hour"
	case agile.Issues:
		thing = "issue"
	}
	return Decimal(x, 2), thing
}

// Odds writes odds rounded down, so that what is at risk never reads as the odds of what is on track.
func Odds(odds float64) string {
	whole := math.Floor(100*odds + 1e-9)
	switch {
	case odds >= forecast.OverAll:
		return fmt.Sprintf("over %.0f %%", 100*forecast.OverAll)
	case whole < 1:
		return "under 1 %"
	}
	return fmt.Sprintf("%.0f %%", whole)
}

// OddsOnPage writes odds the same way, with a space that does not break, a dash for none.
func OddsOnPage(odds *float64) string {
	if odds == nil {
		return "–"
	}
	return strings.ReplaceAll(Odds(*odds), " %", Thin+"%")
}
