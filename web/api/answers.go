package api

import "jerem/web/source"

// Answers makes the answers of the API from the teams' figures. Each of its methods answers one address with a value
// that is written as JSON, or with an error that is told as a problem.
type Answers struct{ Teams *source.Teams }
