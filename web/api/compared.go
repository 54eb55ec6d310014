package api

import (
	"net/http"
	"time"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/web/frame"
)

// changedFigure is a figure that is another one as of the moment that an answer is compared with.
type changedFigure struct {
	Figure string   `json:"figure"`
	From   *float64 `json:"from"` // as of the moment compared with
	To     *float64 `json:"to"`
	Issues []string `json:"issues"` // whose parts of it differ
}

// readWith returns the moment that an answer is to be compared with; false where none is named.
func readWith(r *http.Request, team *measure.Team) (time.Time, bool, error) {
	m, named, err := frame.ReadMoment(r, "with")
	if err != nil || !named {
		return time.Time{}, false, err
	}
	at := m.Last(team.History().Team.Calendar.Zone)
	if at.After(team.Now()) {
		at = team.Now()
	}
	if since := team.KnownSince(); at.Before(since) {
		text := since.UTC().Format(time.RFC3339Nano)
		return at, true, frame.NewProblem(http.StatusNotFound, "nothing_known", "Ask for with="+text+" or later.",
			"nothing is known of team %s before %s", team.History().Team.Name, text)
	}
	return at, true, nil
}

// changedFigures lists the figures that differ.
func changedFigures(from, to []explain.Explanation) *[]changedFigure {
	out := []changedFigure{}
	for _, c := range explain.Changes(from, to) {
		out = append(out, changedFigure{c.Figure, c.From, c.To, c.Issues})
	}
	return &out
}
