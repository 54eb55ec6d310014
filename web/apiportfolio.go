package web

import (
	"net/http"
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/frame"
)

// portfolioAnswer is how initiatives and teams stand in a quarter.
type portfolioAnswer struct {
	At          time.Time     `json:"at"` // of the team that was read last
	Quarter     string        `json:"quarter"`
	Initiatives []outlook.Row `json:"initiatives"`
	Teams       []outlook.Row `json:"teams"`
	Unread      []string      `json:"unread"` // teams that were not read yet
}

// apiPortfolio answers with the portfolio of a quarter, that of the present moment where none is named.
func (s *Server) apiPortfolio(r *http.Request) (any, error) {
	asked, unread, err := s.askedOfAll(r)
	if err != nil {
		return nil, err
	}
	answer := portfolioAnswer{Initiatives: []outlook.Row{}, Teams: []outlook.Row{}, Unread: unread}
	if len(asked) == 0 {
		return nil, frame.NewProblem(http.StatusServiceUnavailable, "not_read_yet", "Wait for the first reading to end.", "no team was read yet")
	}
	name, err := quarterOr(r, asked[0])
	if err != nil {
		return nil, err
	}
	answer.Quarter = name.String()
	for _, one := range asked {
		if one.At.After(answer.At) {
			answer.At = one.At.UTC()
		}
	}
	if answer.Teams, answer.Initiatives, err = outlook.Rows(asked, name); err != nil {
		return nil, err
	}
	return answer, nil
}

// apiInitiative answers when an initiative is done over all its teams.
func (s *Server) apiInitiative(r *http.Request) (any, error) {
	asked, _, err := s.askedOfAll(r)
	if err != nil {
		return nil, err
	}
	initiative := r.URL.Query().Get("initiative")
	if initiative == "" {
		return nil, frame.NewProblem(http.StatusBadRequest, "bad_question", "Write initiative=NAME; the forecast of one team stands at its own address.", "no initiative is named")
	}
	if len(asked) == 0 {
		return nil, frame.NewProblem(http.StatusServiceUnavailable, "not_read_yet", "Wait for the first reading to end.", "no team was read yet")
	}
	name, err := quarterOr(r, asked[0])
	if err != nil {
		return nil, err
	}
	answer, ok := outlook.AskInitiative(asked, initiative, name)
	if !ok {
		return nil, frame.NewProblem(http.StatusNotFound, "unknown_initiative", "The portfolio lists the initiatives of a quarter.", "no epic of %s belongs to the initiative %q", name, initiative)
	}
	return answer, nil
}

// askedOfAll returns the teams that were read, each with the moment asked in its own time zone, and the names of the others.
func (s *Server) askedOfAll(r *http.Request) (asked []outlook.Asked, unread []string, err error) {
	unread = []string{}
	for _, conf := range s.teams.List {
		team, err := s.teams.Team(r.Context(), conf.Name)
		if err != nil && s.teams.ProblemOf(err).Code == "not_read_yet" {
			unread = append(unread, conf.Name)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		at, err := frame.MomentAt(r, team)
		if err != nil {
			return nil, nil, err
		}
		asked = append(asked, outlook.Asked{Team: team, At: at})
	}
	slices.Sort(unread)
	return asked, unread, nil
}

// quarterOr reads the quarter of a question, or takes that of the moment asked.
func quarterOr(r *http.Request, asked outlook.Asked) (measure.QuarterName, error) {
	text := r.URL.Query().Get("quarter")
	if text == "" {
		return asked.Team.QuarterAt(asked.At), nil
	}
	name, ok := measure.ParseQuarter(text)
	if !ok {
		return name, badQuarter(text)
	}
	return name, nil
}
