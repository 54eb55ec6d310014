package explain

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
)

// words writes figures as people read them: hours where estimates are time, the true minus sign, times in the team's
// zone.
type words struct {
	unit agile.Unit
	zone *time.Location
}

func wordsOf(team *measure.Team) words {
	return words{team.Unit(), team.History().Team.Calendar.Zone}
}

// thin is the space between a figure and its unit: narrow, and never broken.
const thin = "\u202f"

// formatDecimal writes a number with at most so many decimals and the true minus sign.
func formatDecimal(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(x*scale)/scale, 'f', -1, 64)
	if text == "-0" {
		return "0"
	}
	return strings.Replace(text, "-", "−", 1)
}

// formatNumber writes a number with at most one decimal.
func formatNumber(x float64) string { return formatDecimal(x, 1) }

// formatRate writes a number with four digits.
func formatRate(x float64) string { return strings.Replace(fmt.Sprintf("%.4g", x), "-", "−", 1) }

// formatAmount writes an estimate in the unit that people read: points, hours, issues.
func (w words) formatAmount(x float64) string {
	if w.unit == agile.Points {
		return formatDecimal(x, 2)
	}
	return formatNumber(w.scaleAmount(x))
}

// formatSigned writes an estimate with its sign.
func (w words) formatSigned(x float64) string {
	if x > 0 {
		return "+" + w.formatAmount(x)
	}
	return w.formatAmount(x)
}

// scaleAmount turns an estimate into the unit that people read.
func (w words) scaleAmount(x float64) float64 {
	if w.unit == agile.Seconds {
		return x / time.Hour.Seconds()
	}
	return x
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

// formatMoment writes a moment of a year that is evident.
func (w words) formatMoment(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan, 15:04") }

// formatDay writes a date: "Mon 23 Nov".
func (w words) formatDay(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan") }

// formatHours writes seconds as hours.
func formatHours(seconds int64) string { return formatNumber(float64(seconds) / time.Hour.Seconds()) }

// formatPercent writes a share, a dash where there is none.
func formatPercent(x *float64) string {
	if x == nil {
		return "–"
	}
	return formatNumber(math.Round(*x*100)) + thin + "%"
}

// formatCount writes "1 issue", "2 issues".
func formatCount(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Sum writes an addition, cut where it is long.
func Sum(terms []string, total string) string {
	const most = 30
	if len(terms) > most {
		terms = append(terms[:most:most], fmt.Sprintf("… %d more", len(terms)-most))
	}
	if len(terms) == 0 {
		return total
	}
	return strings.Join(terms, " + ") + " = " + total
}
