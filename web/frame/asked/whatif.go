package asked

import (
	"net/http"
	"strconv"
	"strings"

	"jerem/calendar"
	"jerem/web/frame"
)

// WhatIf is how a forecast is to differ from what is known: so much more or less work, so many times the pace, some
// epics left out, another date by which it is due. The zero value changes nothing.
type WhatIf struct {
	Scope    float64
	Pace     float64 // 0 for as it is
	Without  []string
	Deadline *calendar.Date
}

// The bounds of what can be asked: the greatest amount of work, and the slowest and the fastest pace as a multiple of
// what it is.
const (
	MostAmount          = 1e9
	leastPace, mostPace = 0.01, 100
)

// ReadWhatIf reads scope, pace, without and deadline of a query.
func ReadWhatIf(r *http.Request) (w WhatIf, err error) {
	query := r.URL.Query()
	if text := query.Get("scope"); text != "" {
		if w.Scope, err = ReadAmount("scope", text, -MostAmount, MostAmount); err != nil {
			return w, err
		}
	}
	if text := query.Get("pace"); text != "" {
		if w.Pace, err = ReadAmount("pace", text, leastPace, mostPace); err != nil {
			return w, err
		}
	}
	for _, keys := range query["without"] {
		for key := range strings.SplitSeq(keys, ",") {
			if key = strings.TrimSpace(key); key != "" {
				w.Without = append(w.Without, key)
			}
		}
	}
	deadline, named, err := ReadMoment(r, "deadline")
	if err == nil && named {
		date := deadline.Date()
		w.Deadline = &date
	}
	return w, err
}

// ReadAmount reads a number within bounds. A leading space is a plus that was not escaped.
func ReadAmount(name, text string, least, most float64) (float64, error) {
	number, err := strconv.ParseFloat(strings.Replace(text, " ", "+", 1), 64)
	if err != nil || !(number >= least && number <= most) {
		return 0, frame.NewProblem(http.StatusBadRequest, "bad_number",
			"Write a number from "+plainNumber(least)+" to "+plainNumber(most)+".", "%s=%q is no such number", name,
			text)
	}
	return number, nil
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
