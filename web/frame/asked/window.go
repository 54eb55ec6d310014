package asked

import (
	"net/http"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/web/frame"
)

// FlowDates reads the window of a flow: from and to, else today and the 89 days before.
func FlowDates(r *http.Request, team *measure.Team, at time.Time) (from, to calendar.Date, err error) {
	from, to = flow.DefaultDates(team, at)
	if from, err = dateOr(r, "from", from); err != nil {
		return from, to, err
	}
	if to, err = dateOr(r, "to", to); err != nil {
		return from, to, err
	}
	switch days := from.DaysUntil(to); {
	case days < 0:
		err = emptySpan(r, from, to)
	case days >= mostFlowDays:
		err = frame.NewProblem(http.StatusBadRequest, "bad_span", "Ask for five years at most.",
			"from and to are %d days apart",
			days)
	}
	return from, to, err
}

// emptySpan says that a window ends before it begins, by what was named of it.
func emptySpan(r *http.Request, from, to calendar.Date) error {
	message, hint := "from is after to", "Exchange from and to."
	switch query := r.URL.Query(); {
	case query.Get("to") == "":
		message, hint = "from is after the last day of the window, "+to.String(), "Ask from an earlier day, or name to."
	case query.Get("from") == "":
		message, hint = "to is before the first day of the window, "+from.String(), "Ask to a later day, or name from."
	}
	return frame.NewProblem(http.StatusBadRequest, "bad_span", hint, "%s", message)
}

// mostFlowDays is the longest window of a flow, in days: its answer has a row for each day.
const mostFlowDays = 5 * 366

// dateOr reads a date of the query, or takes the given one where it is not named.
func dateOr(r *http.Request, name string, otherwise calendar.Date) (calendar.Date, error) {
	m, named, err := ReadMoment(r, name)
	if err != nil || !named {
		return otherwise, err
	}
	return m.Date(), nil
}
