package config

import (
	"strconv"
	"strings"

	"jerem/config/schema"
)

// highestRate is more than any server takes.
const highestRate = 10_000

// rateKey is how many requests a second are sent at most. 0 sets no limit of our own.
func rateKey(name string, at func(*target) *float64) key {
	return key{Name: name, What: "a number", Set: func(t *target, v schema.Value, bad schema.Report) {
		rate, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		if err != nil || !(rate >= 0 && rate <= highestRate) {
			bad(v, schema.QuoteValue(v)+" is not a number of requests a second",
				"write one from 0 to 10000, as in 10 or 0.5; 0 is as fast as Jira's own limits allow")
			return
		}
		*at(t) = rate
	}}
}
