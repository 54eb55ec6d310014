package api

import (
	"net/http"
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// portfolioAnswer is how initiatives and teams stand in a quarter.
type portfolioAnswer struct {
	At          time.Time      `json:"at"` // of the team that was read last
	Quarter     string         `json:"quarter"`
	Initiatives []explainedRow `json:"initiatives"`
	Teams       []explainedRow `json:"teams"`
	Unread      []string       `json:"unread"` // teams that were not read yet
}

// Portfolio answers with the portfolio of a quarter, that of the present moment where none is named.
func (s *Answers) Portfolio(r *http.Request) (any, error) {
	questions, unread, err := askedOfAll(s, r)
	if err != nil {
		return nil, err
	}
	answer := portfolioAnswer{Initiatives: []explainedRow{}, Teams: []explainedRow{}, Unread: unread}
	if len(questions) == 0 {
		return nil, s.noTeamRead()
	}
	name, err := quarterOr(r, questions[0])
	if err != nil {
		return nil, err
	}
	answer.Quarter = name.String()
	for _, one := range questions {
		if one.At.After(answer.At) {
			answer.At = one.At.UTC()
		}
	}
	rows, initiatives, err := outlook.Rows(questions, name)
	if err != nil {
		return nil, err
	}
	at := frame.AskedAt(r.URL.RawQuery)
	var first time.Time // since which something is known of a team
	for n, row := range rows {
		since := questions[n].Team.KnownSince()
		if n == 0 || since.Before(first) {
			first = since
		}
		answer.Teams = append(answer.Teams, explainRow(row, answer.Quarter,
			explainTeamRow(questions[n], row, name, at), since))
	}
	for _, team := range unread {
		answer.Teams = append(answer.Teams, explainRow(outlook.UnreadRow(team), answer.Quarter, addresses{}, first))
	}
	for _, row := range initiatives {
		answer.Initiatives = append(answer.Initiatives,
			explainRow(row, answer.Quarter, explainInitiativeRow(row.Name, answer.Quarter, at), first))
	}
	return answer, nil
}

// Initiative answers when an initiative is done over all its teams.
func (s *Answers) Initiative(r *http.Request) (any, error) {
	questions, _, err := askedOfAll(s, r)
	if err != nil {
		return nil, err
	}
	initiative := r.URL.Query().Get("initiative")
	if initiative == "" {
		return nil, frame.NewProblem(
			http.StatusBadRequest,
			"bad_question",
			"Write initiative=NAME; the forecast of one team stands at its own address.",
			"no initiative is named",
		)
	}
	if len(questions) == 0 {
		return nil, s.noTeamRead()
	}
	name, err := quarterOr(r, questions[0])
	if err != nil {
		return nil, err
	}
	answer, ok := outlook.AskInitiative(questions, initiative, name)
	if !ok {
		return nil, unknownInitiative(initiative, name)
	}
	return explainedInitiative{answer, explainInitiativeRow(initiative, answer.Quarter,
		frame.AskedAt(r.URL.RawQuery))}, nil
}

// askedOfAll returns the teams that were read, each with the moment asked in its own time zone, and the names of the
// others.
func askedOfAll(s *Answers, r *http.Request) (questions []outlook.Asked, unread []string, err error) {
	unread = []string{}
	readings := s.Teams.Readings(r.Context())
	for _, conf := range s.Teams.List {
		team, err := s.Teams.Team(r.Context(), conf.Name)
		if err != nil && s.Teams.ProblemOf(err).Code == frame.NotReadYet {
			unread = append(unread, conf.Name)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		at, err := asked.MomentAt(r, team)
		if err != nil {
			return nil, nil, err
		}
		questions = append(questions, outlook.Asked{Team: team, At: at, Behind: readings[conf.Name].Behind})
	}
	slices.Sort(unread)
	return questions, unread, asked.KnownToSome(r)
}

// quarterOr reads the quarter of a question, or takes that of the moment asked.
func quarterOr(r *http.Request, question outlook.Asked) (measure.QuarterName, error) {
	text := r.URL.Query().Get("quarter")
	if text == "" {
		return question.Team.QuarterAt(question.At), nil
	}
	name, ok := measure.ParseQuarter(text)
	if !ok {
		return name, badQuarter(text)
	}
	return name, nil
}

// noTeamRead is why nothing can be told of several teams: none was read yet, or who asks may see none.
func (s *Answers) noTeamRead() error {
	if len(s.Teams.List) == 0 {
		return frame.NoTeam()
	}
	return frame.NewProblem(
		http.StatusServiceUnavailable,
		"not_read_yet",
		"Wait for the first reading to end.",
		"no team was read yet",
	)
}

func unknownInitiative(initiative string, name measure.QuarterName) error {
	return frame.NewProblem(http.StatusNotFound, "unknown_initiative",
		"The portfolio lists the initiatives of a quarter.",
		"no epic of %s belongs to the initiative %q", name, initiative)
}
