package portfolio

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/parallel"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/portfolio/compared"
	"jerem/web/source"
)

// computedTeam is a team with what the page shows of it.
type computedTeam struct {
	team    *measure.Team
	quarter *measure.Quarter
	at      time.Time
	reading source.TeamReading
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
	all.rows = s.readTeams(r.Context())
	for n := range all.rows { // one after the other: what is said of the moments is told by the request
		row := &all.rows[n]
		if row.err != nil {
			continue
		}
		if row.computed.at, err = asked.MomentAt(r, row.computed.team); err != nil {
			return all, err
		}
		if all.quarter == "" {
			all.quarter = row.computed.team.QuarterAt(row.computed.at).String()
		}
	}
	name, _ := measure.ParseQuarter(all.quarter)
	parallel.Each(len(all.rows), func(n int) {
		if one := &all.rows[n].computed; all.rows[n].err == nil {
			one.quarter = one.team.Quarter(name, one.at)
		}
	})
	return all, nil
}

// readTeams reads all teams, several of them side by side.
func (s *Pages) readTeams(ctx context.Context) []portfolioRow {
	rows, readings := make([]portfolioRow, len(s.Teams.List)), s.Teams.Readings(ctx)
	parallel.Each(len(rows), func(n int) {
		rows[n].name = s.Teams.List[n].Name
		rows[n].computed.team, rows[n].err = s.Teams.Team(ctx, rows[n].name)
		rows[n].computed.reading = readings[rows[n].name]
	})
	return rows
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

// compareWith holds the quarter beside itself as of the moment that the request names. A team of which nothing was
// known at that moment has no part in it.
func (p *page) compareWith(r *http.Request, known []computedTeam) error {
	name, ok := measure.ParseQuarter(p.Quarter)
	var shown, other compared.Side
	for _, one := range known {
		with, named, err := asked.ComparedOnPage(r, one.team)
		if err != nil {
			return err
		}
		if named && ok && p.Walk != nil {
			shown.Teams = append(shown.Teams, compared.TeamAt{Team: one.team, At: one.at, Quarter: one.quarter})
			other.Teams = append(other.Teams, compared.TeamAt{Team: one.team, At: with,
				Quarter: one.team.Quarter(name, with)})
		}
	}
	if len(other.Teams) == 0 {
		return nil
	}
	query := r.URL.Query()
	two, err := compared.Of(name, shown, other, frame.WithQuery("", "at", query.Get("at")))
	if err != nil {
		return err
	}
	p.Compared = two
	p.Walk.Compared = format.WordsOf(other.Teams[0].Team).Short(other.Teams[0].At)
	file := func(address string) string {
		return frame.WithQuery(address, "quarter", p.Quarter, "at", query.Get("at"), "with", query.Get("with"))
	}
	p.Compared.CSV, p.Compared.Between = file("/changed.csv"), file("/between.csv")
	return nil
}

// openedFigure is what the portfolio alone opens, with its address.
type openedFigure struct {
	address string
	e       explanation.Explanation
}

// open opens a figure that the portfolio alone tells, at an address of its own. of names what it is one of:
// "initiative", "Cloud".
func (p *page) open(id string, e explanation.Explanation, jira frame.JiraLinks, of ...string) {
	address := p.addressOf(e.Figure.Name, of...)
	p.opened = append(p.opened, openedFigure{address, e})
	p.openAt(id, e, jira, address)
}

// openAt opens a figure that stands by itself at an address.
func (p *page) openAt(id string, e explanation.Explanation, jira frame.JiraLinks, address string) {
	opened := drawer.Of(id, e, jira)
	opened.Address = address
	p.Explains = append(p.Explains, opened)
}

// addressOf is the address of a figure of the page by itself.
func (p *page) addressOf(figure string, of ...string) string {
	pairs := append([]string{"figure", figure}, of...)
	return frame.WithQuery("/explain", append(pairs, "quarter", p.Quarter, "at", p.asked)...)
}

// figuresOfRows are those of one team or initiative that the portfolio alone tells.
var figuresOfRows = []string{"row_odds", "epics"}

// Explanation opens a figure that the portfolio alone tells, as its address names it; ok is false for any other. What
// the portfolio tells of all is one of no team.
func (s *Pages) Explanation(r *http.Request) (e explanation.Explanation, ok bool, err error) {
	query := r.URL.Query()
	ofAll := query.Get("team") == "" && query.Get("initiative") == ""
	if !ofAll && !slices.Contains(figuresOfRows, query.Get("figure")) {
		return e, false, nil
	}
	of := &http.Request{URL: &url.URL{Path: "/", RawQuery: strings.TrimPrefix(frame.WithQuery("", "quarter",
		query.Get("quarter"), "at", frame.AskedAt(r.URL.RawQuery)), "?")}}
	view, err := s.Page(of.WithContext(r.Context()))
	if err != nil {
		return e, false, err
	}
	p := view.Body.(page)
	wanted := p.addressOf(query.Get("figure"), "team", query.Get("team"), "initiative", query.Get("initiative"))
	for _, one := range p.opened {
		if one.address == wanted {
			return one.e, true, nil
		}
	}
	return e, false, nil
}
