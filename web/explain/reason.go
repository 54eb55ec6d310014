package explain

import (
	"fmt"
	"jerem/measure"
	"jerem/web/format"
	"strings"
)

// WhyNoShare says why there is no unplanned share, "" where there is one.
func WhyNoShare(i *measure.Impediments, span string) string {
	switch {
	case i.TimeUnknown:
		return "time logged was not read"
	case i.LoggedSeconds == 0:
		return "no time is logged in " + span
	case i.LoggedSeconds == i.Seconds:
		return "time is logged on impediments alone: there is nothing to compare with"
	case i.Unplanned == nil:
		return "it cannot be told"
	}
	return ""
}

// unplannedNumbers writes the unplanned share with its numbers, or why there is none.
func unplannedNumbers(i *measure.Impediments, span string) string {
	if why := WhyNoShare(i, span); why != "" {
		return why
	}
	return format.Hours(i.Seconds) + " h ÷ " + format.Hours(i.LoggedSeconds) + " h = " + format.Percent(i.Unplanned)
}

// WhyNoSlack says why nothing can be told of the days that the rest takes, "" where it can.
func WhyNoSlack(q *measure.Quarter) string {
	switch {
	case q.Total == 0:
		return "nothing is estimated yet"
	case q.SlackDays == nil && q.Velocity != nil:
		return "the usual pace is 0: it cannot be told"
	case q.SlackDays == nil:
		return "no sprint was closed yet: it cannot be told"
	}
	return ""
}

// Sum writes an addition, cut where it is long.
func Sum(terms []string, total string) string {
	if len(terms) > 30 {
		terms = append(terms[:30:30], fmt.Sprintf("… %d more", len(terms)-30))
	}
	if len(terms) == 0 {
		return total
	}
	return strings.Join(terms, " + ") + " = " + total
}
