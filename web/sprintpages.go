package web

import (
	"jerem/measure"
	"time"
)

type sprintPages struct {
	teams *Source
	// flow shows how work moves through a team that has no sprints, as of a moment; asked is the moment as it was
	// written in the address.
	flow func(team *measure.Team, at time.Time, asked string) (part, error)
}
