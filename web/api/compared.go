package api

import "jerem/measure/explain/explanation"

// changedFigure is a figure that is another one as of the moment that an answer is compared with.
type changedFigure struct {
	Figure string   `json:"figure"`
	From   *float64 `json:"from"` // as of the moment compared with
	To     *float64 `json:"to"`
	Issues []string `json:"issues"` // whose parts of it differ
}

// changedFigures lists the figures that differ.
func changedFigures(from, to []explanation.Explanation) *[]changedFigure {
	out := []changedFigure{}
	for _, c := range explanation.Changes(from, to) {
		out = append(out, changedFigure{c.Figure, c.From, c.To, c.Issues})
	}
	return &out
}
