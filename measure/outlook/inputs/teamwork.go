package inputs

import (
	"jerem/agile"
	"jerem/measure"
)

// TeamWork is the work of a team, counted in a unit.
type TeamWork struct {
	Unit  agile.Unit
	Team  *measure.Team
	Known *Epics // what its inquiry holds, nil for nothing
}
