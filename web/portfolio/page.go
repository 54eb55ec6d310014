package portfolio

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
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/grade"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/source"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is the first page: every initiative and every team on one screen.
type page struct {
	Quarter        string
	Over           []string
	Sentence       template.HTML
	Shares         template.HTML // what is done, under the sentence
	Initiatives    []initiativeLine
	Teams          []teamRow
	Quarters       []frame.Choice
	Note           string
	Explains       []frame.Explanation
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
	Name, Address, Until, Trouble                   string
	Roadmap, Slack, Progress, Share, Remaining, Why string // of the quarter
	Sprint, SprintNote, Hours, Count                string // of the sprint, and its impediments

	Bar template.HTML // nothing where nothing is estimated
}

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

// Page lists initiatives and teams with their quarter and their sprint.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	all, err := s.computeAll(r)
	if err != nil {
		return frame.View{}, err
	}
	at := frame.AskedAt(r.URL.RawQuery)
	p, v := page{Quarter: all.quarter}, frame.View{Template: pageTemplate, Title: "Portfolio"}
	p.TeamsCSV, p.InitiativesCSV = frame.WithQuery("/teams.csv", "quarter", p.Quarter, "at",
		at), frame.WithQuery("/initiatives.csv", "quarter", p.Quarter, "at", at)
	var known []computedTeam
	for _, one := range all.rows {
		row := teamRow{Name: one.name, Address: frame.TeamAddress(one.name)}
		if one.err != nil {
			row.Trouble = s.Teams.UnreadRow(one.err)
			p.Teams = append(p.Teams, row)
			continue
		}
		row.Trouble = p.noteBehind(s, r, one.computed.team)
		row.fillQuarter(one.computed, at)
		p.Teams, known = append(p.Teams, row), append(known, one.computed)
	}
	p.fillInitiatives(s, known)
	p.fillQuarters(known, at)
	if err := p.fillOdds(r, s, known, at); err != nil {
		return frame.View{}, err
	}
	p.writeSentence(known, s.Teams.Jira)
	if len(known) == 0 {
		p.writeUnreadSentence(s, all.rows)
		v.Refresh = true
	}
	setMoment(&v, known, len(s.Teams.List))
	v.Behind = len(p.Behind) > 0 || len(known) < len(s.Teams.List)
	v.Body = p
	return v, nil
}

// noteBehind says since when a team's figures are old; why stands once above the table for all that share it.
func (p *page) noteBehind(s *Pages, r *http.Request, team *measure.Team) string {
	name := team.History().Team.Name
	state, err := s.Teams.Store.Teams.State(r.Context(), name)
	if err != nil || state.Behind.IsZero() {
		return ""
	}
	why := source.WhyBehind(state, name)
	said := strings.TrimRight(why, ".") + ". " + s.Teams.NextOf(name)
	for i, line := range p.Behind {
		if names, rest, _ := strings.Cut(line, " behind: "); rest == said {
			p.Behind[i] = strings.TrimSuffix(strings.TrimSuffix(names, " is"), " are") + ", " + name + " are behind: " +
				said
			return "behind since " + format.WordsOf(team).Short(state.Behind)
		}
	}
	p.Behind = append(p.Behind, name+" is behind: "+said)
	return "behind since " + format.WordsOf(team).Short(state.Behind)
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

// setMoment says as of when the page stands: of several teams the one read last.
func setMoment(v *frame.View, known []computedTeam, teams int) {
	if len(known) == 0 {
		return
	}
	last := slices.MaxFunc(known, func(a, b computedTeam) int { return a.at.Compare(b.at) })
	w := format.WordsOf(last.team)
	v.At, v.Date = w.Moment(last.at), last.at.In(w.Zone).Format(time.DateOnly)
	first := slices.MinFunc(known, func(a, b computedTeam) int { return a.team.Now().Compare(b.team.Now()) })
	v.Foot = append(v.Foot, "All teams read from Jira until "+format.WordsOf(first.team).Moment(first.team.Now()))
	if len(known) < teams {
		v.Foot[0] = "Read from Jira until " + format.WordsOf(first.team).Moment(first.team.Now())
	}
	if grade, why := worstGrade(known); why != "" {
		v.Foot = append(v.Foot, format.GradeWord(grade)+": "+why)
	}
}

func (row *teamRow) fillQuarter(one computedTeam, at string) {
	w, q := format.WordsOf(one.team), one.quarter
	keep := ""
	row.Roadmap = row.Address + "/roadmap?quarter=" + q.Quarter
	if at != "" {
		keep = "?at=" + url.QueryEscape(at)
		row.Roadmap += "&at=" + url.QueryEscape(at)
	}
	row.Address += keep
	row.Until = w.Moment(one.team.Now())
	row.fillSprint(one, w)
	if len(q.Epics) == 0 {
		row.Progress = "no epic in " + q.Quarter
		return
	}
	row.Slack, row.Why = "–", whyOf(one)
	if drawer.WhyNoSlack(q) == "" {
		row.Slack = format.SignedDays(q.SlackDays)
	}
	row.Progress, row.Share, row.Remaining = "nothing is estimated", "–", "–"
	if q.Total > 0 {
		row.Progress = fmt.Sprintf("%s of %s", w.Amount(q.Done), w.Count(q.Total))
		row.Share, row.Remaining = format.Percent(q.Progression), w.Amount(q.Remaining)
	}
	row.Bar = frame.ShareMeter(row.Share+" done", q.Progression, "f-exp")
}

func (row *teamRow) fillSprint(one computedTeam, w format.Words) {
	id, ok := one.team.ActiveSprint(one.at)
	if !ok {
		row.SprintNote = "no sprint is active"
		if h := one.team.History(); h.Board == nil {
			row.SprintNote = "no board"
		} else if h.Board.Kind == agile.Kanban {
			row.SprintNote = "Kanban: no sprints"
		}
		row.fillImpedimentsLately(one)
		return
	}
	sp, err := one.team.Sprint(id, one.at)
	if err != nil || sp.Ledger == nil {
		return
	}
	row.Sprint = sp.Name
	row.SprintNote = "nothing to measure"
	if *sp.Scope > 0 {
		row.SprintNote = fmt.Sprintf("%s of %s", w.Amount(*sp.Completed), w.Count(*sp.Scope))
	}
	if sp.Impediments.TimeUnknown {
		row.Hours, row.Count = "time not read", format.Plural(sp.Impediments.Count, "issue")
		return
	}
	if row.Hours, row.Count = "no time", format.Plural(sp.Impediments.Count, "issue"); sp.Impediments.Seconds == 0 &&
		sp.Impediments.Count > 0 {
		return
	}
	row.Hours, row.Count = format.Hours(sp.Impediments.Seconds)+format.Thin+"h", format.Plural(sp.Impediments.Count,
		"issue")
}

// fillImpedimentsLately tells the impediments of a team without an active sprint, where its page tells them too.
func (row *teamRow) fillImpedimentsLately(one computedTeam) {
	if len(one.team.Sprints(one.at)) > 0 {
		return
	}
	zone := one.team.History().Team.Calendar.Zone
	i := one.team.ImpedimentsIn(calendar.DateOf(one.at, zone).Add(1-frame.ImpedimentDays).Midnight(zone), one.at)
	row.Hours, row.Count = format.Hours(i.Seconds)+format.Thin+"h", format.Plural(i.Count, "issue")+" in four weeks"
	switch {
	case i.TimeUnknown:
		row.Hours = "time not read"
	case i.Seconds == 0 && i.Count > 0:
		row.Hours = "no time"
	}
}

// initiativeSum adds up the epics of one initiative, unit by unit: points of one team and hours of another
// have no sum.
type initiativeSum struct {
	units []format.Words
	sums  map[agile.Unit]amounts
	teams []string
	epics int
	none  *int // issues without an estimate; nil while only issues are counted
	waits int
}

type amounts struct{ done, doing, total float64 }

func (a *initiativeSum) addEpic(team string, w format.Words, e measure.QuarterEpic) {
	if _, ok := a.sums[w.Unit]; !ok {
		a.units = append(a.units, w)
	}
	sum := a.sums[w.Unit]
	a.sums[w.Unit] = amounts{sum.done + e.Done, sum.doing + e.Doing, sum.total + e.Total}
	if !slices.Contains(a.teams, team) {
		a.teams = append(a.teams, team)
	}
	a.epics++
	a.waits += e.Dependency
	if e.Unestimated != nil {
		if a.none == nil {
			a.none = new(int)
		}
		*a.none += *e.Unestimated
	}
}

// asLine writes an account as a row of the page.
func (a *initiativeSum) asLine(name, id string) initiativeLine {
	line := initiativeLine{Name: name, Explain: id, Teams: a.teams[0], Epics: format.Plural(a.epics, "epic"),
		Unestimated: "–", Waits: a.waits}
	if len(a.teams) > 3 {
		line.Teams = format.Plural(len(a.teams), "team")
	} else if len(a.teams) > 1 {
		line.Teams = strings.Join(a.teams, ", ")
	}
	if a.none != nil {
		line.Unestimated = fmt.Sprint(*a.none)
	}
	for _, w := range a.units {
		sum := a.sums[w.Unit]
		share := frame.Ratio(sum.done, sum.total)
		text := "nothing is estimated"
		if share != nil {
			text = fmt.Sprintf("%s of %s, %s", w.Amount(sum.done), w.Count(sum.total), format.Percent(share))
		}
		line.Bars = append(line.Bars, progressBar{text,
			frame.HTML(inline.Progress(text+" done", sum.done, sum.doing, sum.total-sum.done-sum.doing, sum.total))})
	}
	return line
}

// fillInitiatives makes a row of each initiative, and what opens from it.
func (p *page) fillInitiatives(s *Pages, known []computedTeam) {
	all := map[string]*initiativeSum{}
	for _, one := range known {
		for _, e := range one.quarter.Epics {
			name := ""
			if e.Initiative != nil {
				name = *e.Initiative
			}
			if all[name] == nil {
				all[name] = &initiativeSum{sums: map[agile.Unit]amounts{}}
			}
			all[name].addEpic(one.team.History().Team.Name, format.WordsOf(one.team), e)
		}
	}
	for n, name := range slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		if (a == "") != (b == "") { // epics of no initiative come last
			return -cmp.Compare(a, b)
		}
		return cmp.Compare(a, b)
	}) {
		id := fmt.Sprintf("initiative-%d", n)
		line := all[name].asLine(name, id)
		p.Initiatives = append(p.Initiatives, line)
		var terms []string
		for _, bar := range line.Bars {
			terms = append(terms, bar.Text)
		}
		e := onpage.InitiativeEpics(quartersOf(known), name, terms, latestOf(known))
		p.Explains = append(p.Explains, drawer.Of(id, e, s.Teams.Jira))
	}
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

// worstGrade returns the lowest grade of several quarters, with the reasons of the first teams.
func worstGrade(known []computedTeam) (grade.Grade, string) {
	order := []grade.Grade{grade.Whole, grade.Partial, grade.Limited}
	grade, why := grade.Whole, []string{}
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
	if left := len(why) - mostReasons; left > 0 {
		why = append(why[:mostReasons], fmt.Sprintf("and %s: each page tells its own",
			format.Plural(left, "more team")))
	}
	return grade, strings.Join(why, "; ")
}

// mostReasons is of how many teams the foot of the page says what they lack.
const mostReasons = 6

// whyOf says in a few words what stands behind a team's slack, or why there is none.
func whyOf(one computedTeam) string {
	q := one.quarter
	switch why := drawer.WhyNoSlack(q); {
	case asked.QuarterEnded(one.team, lastDay(one), one.at):
		return "at the quarter's end"
	case why != "":
		return why
	case q.Remaining == 0:
		return "nothing remains"
	}
	return fmt.Sprintf("%d left, %d needed", q.WorkingDaysLeft, *q.DaysToComplete)
}

func lastDay(one computedTeam) calendar.Date {
	name, _ := measure.ParseQuarter(one.quarter.Quarter)
	_, last := one.team.Dates(name)
	return last
}

// fillQuarters lists the quarters that any team has epics in.
func (p *page) fillQuarters(known []computedTeam, at string) {
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
		p.Quarters = append(p.Quarters, frame.Choice{Name: name.String(), Address: "/?quarter=" + name.String() + and,
			Here: name.String() == p.Quarter})
	}
}
