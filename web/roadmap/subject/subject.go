package subject

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/web/frame"
)

// Subject is the quarter of a team as of a moment: what the page is about, and how its address asks for it.
type Subject struct {
	Team        *measure.Team
	Name        measure.QuarterName
	First, Last calendar.Date
	At          time.Time
	Ask         Question
	Jira        frame.JiraLinks
}

// QuarterIsOver tells whether the quarter has ended by the moment.
func (s Subject) QuarterIsOver() bool { return measure.HasEnded(s.Team, s.Last, s.At) }

// TeamCalendar is the calendar of the team.
func (s Subject) TeamCalendar() calendar.Calendar { return s.Team.History().Team.Calendar }

// TimeZone is the zone in which the team lives.
func (s Subject) TimeZone() *time.Location { return s.TeamCalendar().Zone }

// Of is a quarter of a team with what an address asks of it.
func Of(team *measure.Team, name measure.QuarterName, at time.Time, ask Question,
	jira frame.JiraLinks) Subject {
	first, last := team.Dates(name)
	ask.Base = frame.TeamAddress(team.History().Team.Name)
	return Subject{Team: team, Name: name, First: first, Last: last, At: at, Ask: ask, Jira: jira}
}

// QuarterFile is the address of a file of a quarter, as its page links it.
func QuarterFile(team *measure.Team, q *measure.Quarter, file, at string) string {
	return frame.WithQuery(frame.TeamAddress(team.History().Team.Name)+"/quarters/"+q.Quarter+"/"+file, "at", at)
}
