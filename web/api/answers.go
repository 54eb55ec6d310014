package api

import (
	"net/http"

	"jerem/measure/explain/explanation"
	"jerem/web/source"
)

// Answers makes the answers of the API from the teams' figures. Each of its methods answers one address with a value
// that is written as JSON, or with an error that is told as a problem.
type Answers struct {
	Teams *source.Teams
	// OfPortfolio opens what the portfolio alone tells; ok is false for any other figure. Nil where there is none.
	OfPortfolio func(*http.Request) (e explanation.Explanation, ok bool, err error)
}
