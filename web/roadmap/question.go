package roadmap

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// question is what the address of a roadmap asks: its moment, the order of the epics, those of them that share a
// burnup, and what is to be otherwise than it is. The links of the page keep all of it but what they change.
type question struct {
	base   string // address of the team
	values url.Values
	order  asked.Order[epicLine]
	chosen []string // keys of the epics of the common burnup
	change asked.WhatIf
	later  int // working days by which the quarter is due later
}

// mostDaysLater bounds by how many working days a quarter may be due later or sooner.
const mostDaysLater = 250

// readQuestion reads the address of a roadmap.
func readQuestion(r *http.Request) (q question, err error) {
	q = question{base: frame.TeamAddress(r.PathValue("team")), values: r.URL.Query()}
	if q.order, err = asked.ReadOrder(q.values.Get("sort"), epicColumns, "epics"); err != nil {
		return q, err
	}
	q.chosen = splitKeys(q.values.Get("epics"))
	if q.change, err = asked.ReadWhatIf(r); err != nil {
		return q, err
	}
	if q.change.Pace == 1 {
		q.change.Pace = 0
	}
	if text := q.values.Get("later"); text != "" {
		days, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(text), "+"))
		if err != nil || days < -mostDaysLater || days > mostDaysLater {
			return q, frame.NewProblem(http.StatusBadRequest, "bad_number",
				"Write a whole number of working days from −250 to 250.", "later=%q is no such number", text)
		}
		q.later = days
	}
	return q, nil
}

// splitKeys reads a list of keys, each once.
func splitKeys(text string) []string {
	var out []string
	for key := range strings.SplitSeq(text, ",") {
		if key = strings.TrimSpace(key); key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// askedMoment is the moment that was asked for, as it was written; "" for the present.
func (q question) askedMoment() string { return q.values.Get("at") }

// keptQuery is what the addresses of issues keep of the question, with its ?.
func (q question) keptQuery() string { return frame.WithQuery("", "at", q.askedMoment()) }

// parameterOrder is the order in which addresses of a roadmap name what they ask.
var parameterOrder = []string{"quarter", "at", "with", "sort", "epics", "scope", "pace", "later", "deadline", "without"}

// addressOf is the address of the same page with some parameters changed; "" leaves one out.
func (q question) addressOf(changes ...string) string {
	var pairs []string
	for _, name := range parameterOrder {
		value := q.values.Get(name)
		for i := 0; i+1 < len(changes); i += 2 {
			if changes[i] == name {
				value = changes[i+1]
			}
		}
		pairs = append(pairs, name, value)
	}
	return frame.WithQuery(q.base+"/roadmap", pairs...)
}

// queryOf are some of the parameters as they were asked, with their ?.
func (q question) queryOf(names ...string) string {
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, name, q.values.Get(name))
	}
	return frame.WithQuery("", pairs...)
}

// toggleKey returns a list of keys with one of them added, or taken out where it is among them.
func toggleKey(keys []string, key string) string {
	var out []string
	for _, one := range keys {
		if one != key {
			out = append(out, one)
		}
	}
	if len(out) == len(keys) {
		out = append(out, key)
	}
	return strings.Join(out, ",")
}
