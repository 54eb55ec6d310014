package explain

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/words"
)

// words writes figures as people read them: hours where estimates are time, the true minus sign, times in the team's
// zone.
type teamWords struct {
	unit agile.Unit
	zone *time.Location
}

func wordsOf(team *measure.Team) teamWords {
	return teamWords{team.Unit(), team.History().Team.Calendar.Zone}
}

// formatAmount writes an estimate in the unit that people read.
func (w teamWords) formatAmount(x float64) string { return words.Estimate(x, w.unit) }

// formatSigned writes an estimate with its sign.
func (w teamWords) formatSigned(x float64) string { return words.Signed(x, w.unit) }

// scaleAmount turns an estimate into the unit that people read.
func (w teamWords) scaleAmount(x float64) float64 { return words.Scale(x, w.unit) }

// unitName names the unit of estimates, as formatAmount writes them.
func (w teamWords) unitName() string { return words.UnitName(w.unit) }

// formatMoment writes a moment of a year that is evident.
func (w teamWords) formatMoment(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan, 15:04") }

// formatDay writes a date: "Mon 23 Nov".
func (w teamWords) formatDay(t time.Time) string { return t.In(w.zone).Format("Mon 2 Jan") }

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
