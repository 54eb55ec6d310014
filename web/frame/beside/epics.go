package beside

import (
	"fmt"
	"strings"

	"jerem/measure"
	"jerem/web/format"
)

// changedAmounts says what is planned and what is done of an epic at two moments, where they differ.
func changedAmounts(w format.Words, was, is measure.QuarterEpic) string {
	var parts []string
	for _, part := range []struct {
		name    string
		was, is float64
	}{{"total", was.Total, is.Total}, {"done", was.Done, is.Done}} {
		if from, to := w.Amount(part.was), w.Amount(part.is); from != to {
			parts = append(parts, part.name+" "+from+" → "+to)
		}
	}
	if len(parts) == 0 {
		return "hardly changed"
	}
	return strings.Join(parts, ", ")
}

// Epics says of each epic of a quarter what changed of it between two moments, of which last is the later one.
func Epics(w format.Words, first, last *measure.Quarter, issue func(string) string) []Event {
	before := map[string]measure.QuarterEpic{}
	for _, e := range first.Epics {
		before[e.Key] = e
	}
	var out []Event
	for _, e := range last.Epics {
		was, known := before[e.Key]
		delete(before, e.Key)
		if known && was.Total == e.Total && was.Done == e.Done {
			continue
		}
		what := changedAmounts(w, was, e)
		if !known {
			what = fmt.Sprintf("came in with %s, %s done", w.Count(e.Total), w.Amount(e.Done))
		}
		out = append(out, Event{Key: e.Key, Address: issue(e.Key), Title: e.Summary, What: what,
			Change: w.Signed(e.Total - e.Done - was.Total + was.Done)})
	}
	for _, e := range first.Epics {
		if was, left := before[e.Key]; left {
			out = append(out, Event{Key: e.Key, Address: issue(e.Key), Title: e.Summary,
				What:   fmt.Sprintf("left the quarter with %s, %s done", w.Count(was.Total), w.Amount(was.Done)),
				Change: w.Signed(was.Done - was.Total)})
		}
	}
	return out
}
