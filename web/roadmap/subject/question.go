package subject

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// Question is what the address of a roadmap asks: its moment, the order of the epics, those of them that share a
// burnup, and what is to be otherwise than it is. The links of the page keep all of it but what they change.
type Question struct {
	Base   string // address of the team
	Values url.Values
	Chosen []string // keys of the epics of the common burnup
	Change asked.WhatIf
	Later  int // working days by which the quarter is due later
}

// mostDaysLater bounds by how many working days a quarter may be due later or sooner.
const mostDaysLater = 250

// ReadQuestion reads the address of a roadmap.
func ReadQuestion(r *http.Request) (q Question, err error) {
	q = Question{Base: frame.TeamAddress(r.PathValue("team")), Values: r.URL.Query()}
	q.Chosen = splitKeys(q.Values.Get("epics"))
	if q.Change, err = asked.ReadWhatIf(r); err != nil {
		return q, err
	}
	if q.Change.Pace == 1 {
		q.Change.Pace = 0
	}
	if text := q.Values.Get("later"); text != "" {
		days, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(text), "+"))
		if err != nil || days < -mostDaysLater || days > mostDaysLater {
			return q, frame.NewProblem(http.StatusBadRequest, "bad_number",
				"Write a whole number of working days from −250 to 250.", "later=%q is no such number", text)
		}
		q.Later = days
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

// AskedMoment is the moment that was asked for, as it was written; "" for the present.
func (q Question) AskedMoment() string { return q.Values.Get("at") }

// KeptQuery is what the addresses of issues keep of the question, with its ?.
func (q Question) KeptQuery() string { return frame.WithQuery("", "at", q.AskedMoment()) }

// parameterOrder is the order in which addresses of a roadmap name what they ask.
var parameterOrder = []string{"quarter", "at", "with", "sort", "epics", "scope", "pace", "later", "deadline", "without"}

// AddressOf is the address of the same page with some parameters changed; "" leaves one out.
func (q Question) AddressOf(changes ...string) string {
	var pairs []string
	for _, name := range parameterOrder {
		value := q.Values.Get(name)
		for i := 0; i+1 < len(changes); i += 2 {
			if changes[i] == name {
				value = changes[i+1]
			}
		}
		pairs = append(pairs, name, value)
	}
	return frame.WithQuery(q.Base+"/roadmap", pairs...)
}

// QueryOf are some of the parameters as they were asked, with their ?.
func (q Question) QueryOf(names ...string) string {
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, name, q.Values.Get(name))
	}
	return frame.WithQuery("", pairs...)
}

// ToggleKey returns a list of keys with one of them added, or taken out where it is among them.
func ToggleKey(keys []string, key string) string {
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
