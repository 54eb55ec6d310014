package portfolio

import (
	"net/http"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/frame/asked"
)

// computedTeam is a team with what the page shows of it.
type computedTeam struct {
	team    *measure.Team
	quarter *measure.Quarter
	at      time.Time
}

// portfolioRow is a team of the portfolio; team is nil while it was not read, and err says why.
type portfolioRow struct {
	computed computedTeam
	name     string
	err      error
}

// isKnown tells whether there are figures of the team: it was read, and the moment is not before all that is known.
func (p portfolioRow) isKnown() bool {
	return p.computed.team != nil && !p.computed.at.Before(asked.KnownSince(p.computed.team))
}

// allTeams is all teams in one quarter.
type allTeams struct {
	quarter string // "" where no team was read
	rows    []portfolioRow
}

// computeAll computes the quarter of every team: the one that is asked for, else the present one of the
// first team that was read.
func (s *Pages) computeAll(r *http.Request) (all allTeams, err error) {
	if text := r.URL.Query().Get("quarter"); text != "" {
		name, err := asked.QuarterOf(text)
		if err != nil {
			return all, err
		}
		all.quarter = name.String()
	}
	for _, conf := range s.Teams.List {
		row := portfolioRow{name: conf.Name}
		team, err := s.Teams.Team(r.Context(), conf.Name)
		if err != nil {
			row.err = err
			all.rows = append(all.rows, row)
			continue
		}
		if row.computed, err = computeTeam(r, team, all.quarter); err != nil {
			return all, err
		}
		all.quarter = row.computed.quarter.Quarter
		all.rows = append(all.rows, row)
	}
	return all, nil
}

func computeTeam(r *http.Request, team *measure.Team, quarter string) (computedTeam, error) {
	at, err := asked.MomentAt(r, team)
	if err != nil {
		return computedTeam{}, err
	}
	name := team.QuarterAt(at)
	if quarter != "" {
		name, _ = measure.ParseQuarter(quarter)
	}
	return computedTeam{team, team.Quarter(name, at), at}, nil
}

// quartersOf are teams with their quarters, as explanations take them.
func quartersOf(known []computedTeam) []onpage.TeamQuarter {
	var out []onpage.TeamQuarter
	for _, one := range known {
		out = append(out, onpage.TeamQuarter{Team: one.team, Quarter: one.quarter})
	}
	return out
}

// latestOf is the latest moment of some teams.
func latestOf(known []computedTeam) (latest time.Time) {
	for _, one := range known {
		if one.at.After(latest) {
			latest = one.at
		}
	}
	return latest
}

func lastDay(one computedTeam) calendar.Date {
	name, _ := measure.ParseQuarter(one.quarter.Quarter)
	_, last := one.team.Dates(name)
	return last
}
