package web

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
)

var portfolioTemplate = parsePage(frameFiles, "portfolio.html")

// portfolio is the first page: every initiative and every team on one screen.
type portfolio struct {
	Quarter        string
	Over           []string
	Sentence       template.HTML
	Shares         template.HTML // what is done, under the sentence
	Initiatives    []initiativeLine
	Teams          []teamRow
	Quarters       []sprintLink
	Note           string
	Explains       []explanation
	TeamsCSV       string
	InitiativesCSV string
	Odds           *oddsTable
	Behind         []string // what keeps teams from being read, each trouble once
}

// initiativeLine is what all teams do for one initiative in the quarter.
type initiativeLine struct {
	Name, Teams, Epics string
	Explain            string        // id of what it is made of
	Bars               []progressBar // one for each unit of estimate
	Unestimated        string        // "–" where issues are counted
	Waits              int
}

type progressBar struct {
	Text string
	SVG  template.HTML
}

// teamRow is a team on the first page.
type teamRow struct {
	Name, Address, Roadmap, Sprint, SprintNote, Hours, Count, Until, Trouble string
	Slack, Progress, Share, Remaining, Why                                   string
	Bar                                                                      template.HTML // nothing where nothing is estimated
}

// reckoned is a team with what the page shows of it.
type reckoned struct {
	team    *measure.Team
	quarter *measure.Quarter
	at      time.Time
}

// portfolioRow is a team of the portfolio; team is nil while it was not read, and err says why.
type portfolioRow struct {
	reckoned
	name string
	err  error
}

// known tells whether there are figures of the team: it was read, and the moment is not before all that is known.
func (p portfolioRow) known() bool { return p.team != nil && !p.at.Before(knownSince(p.team)) }

// portfolioOf is all teams in one quarter.
type portfolioOf struct {
	quarter string // "" where no team was read
	rows    []portfolioRow
}

// reckonAll computes the quarter of every team: the one that is asked for, else the present one of the
// first team that was read.
func (s *portfolioPages) reckonAll(r *http.Request) (all portfolioOf, err error) {
	if asked := r.URL.Query().Get("quarter"); asked != "" {
		name, err := quarterOf(asked)
		if err != nil {
			return all, err
		}
		all.quarter = name.String()
	}
	for _, conf := range s.teams.list {
		row := portfolioRow{name: conf.Name}
		team, err := s.teams.team(r.Context(), conf.Name)
		if err != nil {
			row.err = err
			all.rows = append(all.rows, row)
			continue
		}
		if row.reckoned, err = reckon(r, team, all.quarter); err != nil {
			return all, err
		}
		all.quarter = row.quarter.Quarter
		all.rows = append(all.rows, row)
	}
	return all, nil
}

// portfolioPage lists initiatives and teams with their quarter and their sprint.
func (s *portfolioPages) portfolioPage(r *http.Request) (view, error) {
	all, err := s.reckonAll(r)
	if err != nil {
		return view{}, err
	}
	at := queryAt(r.URL.RawQuery)
	p, v := portfolio{Quarter: all.quarter}, view{template: portfolioTemplate, Title: "Portfolio"}
	p.TeamsCSV, p.InitiativesCSV = with("/teams.csv", "quarter", p.Quarter, "at", at), with("/initiatives.csv", "quarter", p.Quarter, "at", at)
	var known []reckoned
	for _, one := range all.rows {
		row := teamRow{Name: one.name, Address: teamAddress(one.name)}
		if one.err != nil {
			row.Trouble = s.teams.unreadRow(one.err)
			p.Teams = append(p.Teams, row)
			continue
		}
		row.Trouble = p.behind(s, r, one.team)
		row.fill(one.reckoned, at)
		p.Teams, known = append(p.Teams, row), append(known, one.reckoned)
	}
	p.initiatives(s, known)
	p.quarters(known, at)
	if err := p.odds(s, known, at); err != nil {
		return view{}, err
	}
	if p.say(known); len(known) == 0 {
		p.sayUnread(s, all.rows)
		v.refresh = true
	}
	v.portfolioMoment(known, len(s.teams.list))
	v.Behind = len(p.Behind) > 0 || len(known) < len(s.teams.list)
	v.Body = p
	return v, nil
}

// behind says since when a team's figures are old; why stands once above the table for all that share it.
func (p *portfolio) behind(s *portfolioPages, r *http.Request, team *measure.Team) string {
	name := team.History().Team.Name
	state, err := s.teams.store.Team(r.Context(), name)
	if err != nil || state.Behind.IsZero() {
		return ""
	}
	why := strings.TrimPrefix(state.Why, "team "+name+": ")
	said := strings.TrimRight(why, ".") + ". " + s.teams.nextOf(name)
	for i, line := range p.Behind {
		if names, rest, _ := strings.Cut(line, " behind: "); rest == said {
			p.Behind[i] = strings.TrimSuffix(strings.TrimSuffix(names, " is"), " are") + ", " + name + " are behind: " + said
			return "behind since " + wordsOf(team).short(state.Behind)
		}
	}
	p.Behind = append(p.Behind, name+" is behind: "+said)
	return "behind since " + wordsOf(team).short(state.Behind)
}

func reckon(r *http.Request, team *measure.Team, quarter string) (reckoned, error) {
	at, err := momentAt(r, team)
	if err != nil {
		return reckoned{}, err
	}
	name := team.QuarterAt(at)
	if quarter != "" {
		name, _ = measure.ParseQuarter(quarter)
	}
	return reckoned{team, team.Quarter(name, at), at}, nil
}

// portfolioMoment says as of when the page stands: of several teams the one read last.
func (v *view) portfolioMoment(known []reckoned, teams int) {
	if len(known) == 0 {
		return
	}
	last := slices.MaxFunc(known, func(a, b reckoned) int { return a.at.Compare(b.at) })
	w := wordsOf(last.team)
	v.At, v.Date = w.moment(last.at), last.at.In(w.zone).Format(time.DateOnly)
	first := slices.MinFunc(known, func(a, b reckoned) int { return a.team.Now().Compare(b.team.Now()) })
	v.Foot = append(v.Foot, "All teams read from Jira until "+wordsOf(first.team).moment(first.team.Now()))
	if len(known) < teams {
		v.Foot[0] = "Read from Jira until " + wordsOf(first.team).moment(first.team.Now())
	}
	if grade, why := worst(known); why != "" {
		v.Foot = append(v.Foot, gradeWord(grade)+": "+why)
	}
}

func (row *teamRow) fill(one reckoned, at string) {
	w, q := wordsOf(one.team), one.quarter
	keep := ""
	row.Roadmap = row.Address + "/roadmap?quarter=" + q.Quarter
	if at != "" {
		keep = "?at=" + url.QueryEscape(at)
		row.Roadmap += "&at=" + url.QueryEscape(at)
	}
	row.Address += keep
	row.Until = w.moment(one.team.Now())
	row.sprint(one, w)
	if len(q.Epics) == 0 {
		row.Progress = "no epic in " + q.Quarter
		return
	}
	row.Slack, row.Why = "–", whyOf(one)
	if whyNoSlack(q) == "" {
		row.Slack = signedDays(q.SlackDays)
	}
	row.Progress, row.Share, row.Remaining = "nothing is estimated", "–", "–"
	if q.Total > 0 {
		row.Progress = fmt.Sprintf("%s of %s", w.amount(q.Done), w.count(q.Total))
		row.Share, row.Remaining = percent(q.Progression), w.amount(q.Remaining)
	}
	row.Bar = shareMeter(row.Share+" done", q.Progression, "f-exp")
}

func (row *teamRow) sprint(one reckoned, w words) {
	id, ok := one.team.ActiveSprint(one.at)
	if !ok {
		row.SprintNote = "no sprint is active"
		if h := one.team.History(); h.Board == nil {
			row.SprintNote = "no board"
		} else if h.Board.Kind == agile.Kanban {
			row.SprintNote = "Kanban: no sprints"
		}
		row.lately(one)
		return
	}
	sp, err := one.team.Sprint(id, one.at)
	if err != nil || sp.Ledger == nil {
		return
	}
	row.Sprint = sp.Name
	row.SprintNote = "nothing to measure"
	if *sp.Scope > 0 {
		row.SprintNote = fmt.Sprintf("%s of %s", w.amount(*sp.Completed), w.count(*sp.Scope))
	}
	if sp.Impediments.TimeUnknown {
		row.Hours, row.Count = "time not read", plural(sp.Impediments.Count, "issue")
		return
	}
	if row.Hours, row.Count = "no time", plural(sp.Impediments.Count, "issue"); sp.Impediments.Seconds == 0 && sp.Impediments.Count > 0 {
		return
	}
	row.Hours, row.Count = hours(sp.Impediments.Seconds)+thin+"h", plural(sp.Impediments.Count, "issue")
}

// lately tells the impediments of a team without an active sprint, where its page tells them too.
func (row *teamRow) lately(one reckoned) {
	if len(one.team.Sprints(one.at)) > 0 {
		return
	}
	zone := one.team.History().Team.Calendar.Zone
	i := one.team.ImpedimentsIn(calendar.DateOf(one.at, zone).Add(1-lookBack).Midnight(zone), one.at)
	row.Hours, row.Count = hours(i.Seconds)+thin+"h", plural(i.Count, "issue")+" in four weeks"
	switch {
	case i.TimeUnknown:
		row.Hours = "time not read"
	case i.Seconds == 0 && i.Count > 0:
		row.Hours = "no time"
	}
}

// account adds up the epics of one initiative, unit by unit: points of one team and hours of another
// have no sum.
type account struct {
	units []words
	sums  map[agile.Unit]amounts
	teams []string
	epics []explainRow
	keys  []string
	none  *int // issues without an estimate; nil while only issues are counted
	waits int
}

type amounts struct{ done, doing, total float64 }

func (a *account) add(team string, w words, e measure.QuarterEpic) {
	if _, ok := a.sums[w.unit]; !ok {
		a.units = append(a.units, w)
	}
	sum := a.sums[w.unit]
	a.sums[w.unit] = amounts{sum.done + e.Done, sum.doing + e.Doing, sum.total + e.Total}
	if !slices.Contains(a.teams, team) {
		a.teams = append(a.teams, team)
	}
	a.epics = append(a.epics, explainRow{Key: e.Key, What: team + ": " + e.Summary, Value: w.amount(e.Done) + " of " + w.count(e.Total)})
	a.keys = append(a.keys, e.Key)
	a.waits += e.Dependency
	if e.Unestimated != nil {
		if a.none == nil {
			a.none = new(int)
		}
		*a.none += *e.Unestimated
	}
}

// line writes an account as a row of the page.
func (a *account) line(name, id string) initiativeLine {
	line := initiativeLine{Name: name, Explain: id, Teams: a.teams[0], Epics: plural(len(a.epics), "epic"), Unestimated: "–", Waits: a.waits}
	if len(a.teams) > 3 {
		line.Teams = plural(len(a.teams), "team")
	} else if len(a.teams) > 1 {
		line.Teams = strings.Join(a.teams, ", ")
	}
	if a.none != nil {
		line.Unestimated = fmt.Sprint(*a.none)
	}
	for _, w := range a.units {
		sum := a.sums[w.unit]
		share := ratio(sum.done, sum.total)
		text := "nothing is estimated"
		if share != nil {
			text = fmt.Sprintf("%s of %s, %s", w.amount(sum.done), w.count(sum.total), percent(share))
		}
		line.Bars = append(line.Bars, progressBar{text, svg(chart.Progress(text+" done", sum.done, sum.doing, sum.total-sum.done-sum.doing, sum.total))})
	}
	return line
}

// initiatives makes a row of each initiative, and what opens from it.
func (p *portfolio) initiatives(s *portfolioPages, known []reckoned) {
	all := map[string]*account{}
	for _, one := range known {
		for _, e := range one.quarter.Epics {
			name := ""
			if e.Initiative != nil {
				name = *e.Initiative
			}
			if all[name] == nil {
				all[name] = &account{sums: map[agile.Unit]amounts{}}
			}
			all[name].add(one.team.History().Team.Name, wordsOf(one.team), e)
		}
	}
	grade, why := worst(known)
	for n, name := range slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		if (a == "") != (b == "") { // epics of no initiative come last
			return -cmp.Compare(a, b)
		}
		return cmp.Compare(a, b)
	}) {
		id := fmt.Sprintf("initiative-%d", n)
		line := all[name].line(name, id)
		p.Initiatives = append(p.Initiatives, line)
		var terms []string
		for _, bar := range line.Bars {
			terms = append(terms, bar.Text)
		}
		p.Explains = append(p.Explains, explanation{ID: id, Name: orElse(name, "No initiative"), Value: line.Bars[0].Text, Unit: "done", Grade: grade, Reasons: why, Rows: all[name].epics, Keys: all[name].keys, Jira: s.teams.jira.search(all[name].keys),
			Formula: formula("Σ done of Σ total, over the epics of all teams that carry the quarter's label and the initiative's; each unit by itself", strings.Join(terms, "; "))})
	}
}

// worst returns the lowest grade of several quarters, with the reasons of each team.
func worst(known []reckoned) (measure.Grade, string) {
	order := []measure.Grade{measure.Whole, measure.Partial, measure.Limited}
	grade, why := measure.Whole, []string{}
	for _, one := range known {
		q := one.quarter.Quality
		if len(one.quarter.Epics) == 0 || len(q.Reasons) == 0 {
			continue
		}
		if slices.Index(order, q.Grade) > slices.Index(order, grade) {
			grade = q.Grade
		}
		why = append(why, one.team.History().Team.Name+": "+strings.Join(q.Reasons, ", "))
	}
	return grade, strings.Join(why, "; ")
}

// whyOf says in a few words what stands behind a team's slack, or why there is none.
func whyOf(one reckoned) string {
	q := one.quarter
	switch why := whyNoSlack(q); {
	case over(one.team, lastDay(one), one.at):
		return "at the quarter's end"
	case why != "":
		return why
	case q.Remaining == 0:
		return "nothing remains"
	}
	return fmt.Sprintf("%d left, %d needed", q.WorkingDaysLeft, *q.DaysToComplete)
}

func lastDay(one reckoned) calendar.Date {
	name, _ := measure.ParseQuarter(one.quarter.Quarter)
	_, last := one.team.Dates(name)
	return last
}

// quarters lists the quarters that any team has epics in.
func (p *portfolio) quarters(known []reckoned, at string) {
	var names []measure.QuarterName
	for _, one := range known {
		for _, h := range one.team.Quarters(one.at) {
			if name, ok := measure.ParseQuarter(h.Quarter); ok && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if name, ok := measure.ParseQuarter(p.Quarter); ok && !slices.Contains(names, name) {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b measure.QuarterName) int {
		return -cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Number, b.Number))
	})
	and := ""
	if at != "" {
		and = "&at=" + url.QueryEscape(at)
	}
	for _, name := range names {
		p.Quarters = append(p.Quarters, sprintLink{name.String(), "/?quarter=" + name.String() + and, name.String() == p.Quarter})
	}
}
