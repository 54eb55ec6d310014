package sprint

import (
	"embed"
	"time"

	"jerem/measure"
	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the pages and files of a team's sprint.
type Pages struct {
	Teams *source.Teams
	// Flow shows how work moves through a team that has no sprints, as of a moment; asked is the moment as it was
	// written in the address.
	Flow func(team *measure.Team, at time.Time, asked string) (frame.Part, error)
}
