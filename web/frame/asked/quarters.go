package asked

import (
	"net/http"

	"jerem/measure"
	"jerem/web/frame"
)

// QuarterOf reads the name of a quarter.
func QuarterOf(text string) (measure.QuarterName, error) {
	name, ok := measure.ParseQuarter(text)
	if !ok {
		return name, frame.NewProblem(http.StatusBadRequest, "bad_quarter", "A quarter is named like Q4-26.",
			"%q is not the name of a quarter", text)
	}
	return name, nil
}
