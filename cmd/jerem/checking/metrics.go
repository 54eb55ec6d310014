package checking

import (
	"errors"
	"fmt"
	"time"

	"jerem/check"
	"jerem/config"
	"jerem/publish"
)

// pastPoints tells whether the platform takes points of a year ago: the whole past is posted.
func pastPoints(err error) check.Finding {
	f := check.Finding{
		What:  "metrics: past",
		Part:  "past",
		OK:    true,
		Found: "the platform takes points of a year ago",
	}
	var far *publish.OutOfRange
	switch {
	case errors.As(err, &far):
		f.Found = "the platform does not take points of a year ago: " + far.Message
		f.Hint = "what is older than it takes is left out, and the rest is posted; to have the whole past there, " +
			"raise ingress.maxpast or the token's .maxpast, then run jerem publish"
	case err != nil:
		f.OK, f.Found = false, "a point of a year ago was not taken: "+err.Error()
	}
	return f
}

// lookBack is how far the older bot's dashboards look for the newest point of a living series.
const lookBack = time.Hour

// gridFinding tells whether each query of the last hour finds a point: between two points at the platform lie a step
// of the grid, the pause between two cycles and the cycle itself.
func gridFinding(c *config.Config) check.Finding {
	f := check.Finding{What: "metrics: grid", Part: "grid", OK: true}
	step, period := c.Metrics.Interval, c.Runner.Period
	left := lookBack - step - period
	if left <= 0 {
		f.OK, f.Found = false, fmt.Sprintf(
			"a point every %v and a pause of %v between cycles reach an hour: queries of the last hour find no point "+
				"at times",
			step,
			period,
		)
		f.Hint = "set metrics.interval: 20m, or a shorter runner.period"
		return f
	}
	f.Found = fmt.Sprintf(
		"a point every %v, a pause of %v between cycles: queries of the last hour find a point as long as a cycle "+
			"takes less than %v",
		step,
		period,
		left,
	)
	if left < lookBack/6 {
		f.Hint = "that is little: set metrics.interval: 20m, or a shorter runner.period"
	}
	return f
}
