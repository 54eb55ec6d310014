package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// words writes figures as people read them: the unit beside the figure, the true minus sign, times in
// the team's zone.
type words struct {
	unit agile.Unit
	zone *time.Location
}

// thin is the space between a figure and its unit: narrow, and never broken.
const thin = "\u202f"

// figure writes a number with at most one decimal.
func figure(x float64) string {
	text := strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
	if text == "-0" {
		text = "0"
	}
	return strings.Replace(text, "-", "−", 1)
}

// amount writes an estimate in the unit that people read: points, hours, issues.
func (w words) amount(x float64) string {
	switch w.unit {
	case agile.Seconds:
		return figure(x / 3600)
	case agile.Points:
		text := strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
		return strings.Replace(text, "-", "−", 1)
	}
	return figure(x)
}

// signed writes an estimate with its sign.
func (w words) signed(x float64) string {
	if x > 0 {
		return "+" + w.amount(x)
	}
	return w.amount(x)
}

// unitName names the unit of estimates, as amount writes them.
func (w words) unitName() string {
	switch w.unit {
	case agile.Seconds:
		return "hours"
	case agile.Points:
		return "points"
	}
	return "issues"
}

// count writes an estimate with its unit: "1 point", "3 points".
func (w words) count(x float64) string { return w.amount(x) + " " + w.unitFor(x) }

// unitFor names the unit of an amount.
func (w words) unitFor(x float64) string {
	if n := w.amount(x); n == "1" || n == "+1" {
		return strings.TrimSuffix(w.unitName(), "s")
	}
	return w.unitName()
}

// remain is the verb of an amount.
func (w words) remain(x float64) string {
	if w.amount(x) == "1" {
		return "remains"
	}
	return "remain"
}

// scale turns an estimate into the unit that people read.
func (w words) scale(x float64) float64 {
	if w.unit == agile.Seconds {
		return x / 3600
	}
	return x
}

// hours writes seconds as hours.
func hours(seconds int64) string { return figure(float64(seconds) / 3600) }

// percent writes a share, a dash where there is none.
func percent(x *float64) string {
	if x == nil {
		return "–"
	}
	return figure(math.Round(*x*100)) + thin + "%"
}

// day writes a date: "Mon 23 Nov".
func (w words) day(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan") }

// dayYear writes a date with its year.
func (w words) dayYear(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan 2006") }

// moment writes a date and a time of day.
func (w words) moment(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan 2006, 15:04") }

// short writes a moment of a year that is evident.
func (w words) short(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan, 15:04") }

// plural writes "1 issue", "2 issues".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
