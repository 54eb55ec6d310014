package config

import (
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/config/schema"
)

// mostCapacity is the longest working time of a team per working day that is believed: a thousand people.
const mostCapacity = 24_000 * time.Hour

// capacityKey is the working time of the whole team per working day: a bare number is hours.
func capacityKey(name string) key {
	return key{Name: name, What: "hours", Set: func(t *target, v schema.Value, bad schema.Report) {
		capacity, ok := parseCapacity(v.Text)
		switch {
		case !ok:
			bad(
				v,
				schema.QuoteValue(v)+" is not a number of hours",
				"write the hours of the whole team per working day, like 35 or 35h",
			)
		case capacity <= 0 || capacity > mostCapacity:
			bad(v, schema.QuoteValue(v)+" cannot be a team's day", "more than 0 hours, and at most 24000")
		default:
			t.rules.Sprint.Capacity = capacity
		}
	}}
}

func parseCapacity(text string) (time.Duration, bool) {
	hours, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err == nil && hours == hours && hours < 1e6 && hours > -1e6 {
		return time.Duration(hours * float64(time.Hour)), true
	}
	return schema.ParseDuration(text)
}

// budgetIncludesKey is what counts in the budget of a sprint beside impediments.
func budgetIncludesKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		switch scope := agile.BudgetScope(v.Text); scope {
		case agile.ImpedimentsAlone, agile.WithOnCall:
			t.rules.Sprint.BudgetIncludes = scope
		default:
			bad(v, schema.QuoteValue(v)+" is nothing that a budget includes",
				"write oncall, so that call-outs count too, or leave it out")
		}
	}}
}
