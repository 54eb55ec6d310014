package drawer

import "jerem/measure"

// WhyNoSlack says why nothing can be told of the days that the rest takes, "" where it can.
func WhyNoSlack(team *measure.Team, q *measure.Quarter) string {
	switch {
	case q.Total == 0:
		return "nothing is estimated yet"
	case q.SlackDays == nil && q.Velocity != nil:
		return "the usual pace is 0: it cannot be told"
	case q.SlackDays == nil:
		return measure.WhyNoVelocity(team) + ": it cannot be told"
	}
	return ""
}
