package explanation

import (
	"math"
	"regexp"

	"jerem/agile"
	"jerem/measure/words"
)

// plainSum is an expression that adds up its terms and does nothing else.
var plainSum = regexp.MustCompile(`^[a-z_]+( \+ [a-z_]+)*$`)

// RunningSums returns what a figure is after each of its inputs, as people read it: "" for an input that does not
// count. It is nil where the figure is no plain sum of its inputs in an amount or a time.
func RunningSums(e Explanation) []string {
	unit := agile.Unit(e.Unit)
	if !plainSum.MatchString(e.Figure.Expression) || e.Value == nil || len(e.Inputs) == 0 ||
		unit != agile.Points && unit != agile.Seconds && unit != agile.Issues {
		return nil
	}
	sum := 0.0
	out := make([]string, len(e.Inputs))
	for n, i := range e.Inputs {
		if i.Term == "" || i.Value == nil {
			continue
		}
		sum += *i.Value
		out[n] = words.ExactAmount(sum, unit)
	}
	if math.Abs(sum-*e.Value) > tiny*float64(len(e.Inputs)+1) {
		return nil
	}
	return out
}
