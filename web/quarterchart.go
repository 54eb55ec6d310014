package web

import (
	"jerem/measure"
	"net/http"
)

// quarterCharts are the drawings of a roadmap, by the names of their files.
var quarterCharts = map[string]func(*roadmap) *drawn{
	"burnup": func(p *roadmap) *drawn { return p.Burnup },
	"weekly": func(p *roadmap) *drawn { return p.Weekly },
}

// chart describes a drawing of a roadmap, as a file.
func (s *roadmapPages) chart(name string) describe {
	pick := quarterCharts[name]
	return func(r *http.Request) (view, error) {
		team, err := s.teams.team(r.Context(), r.PathValue("team"))
		if err != nil {
			return view{}, err
		}
		at, err := knownMoment(r, team)
		if err != nil {
			return view{}, err
		}
		name, err := quarterOf(r.PathValue("quarter"))
		if err != nil {
			return view{}, err
		}
		return alone(pick(s.roadmapOf(r, team, name, at)))
	}
}

// paths of a quarter's files, as the page links them.
func quarterFile(team *measure.Team, q *measure.Quarter, file, at string) string {
	return with(teamAddress(team.History().Team.Name)+"/quarters/"+q.Quarter+"/"+file, "at", at)
}
