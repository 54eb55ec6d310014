package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/chart"
	"jerem/measure"
)

// portfolio is the first page: every initiative and every team on one screen.
type portfolio struct {
	Quarter     string
	Over        []string
	Sentence    template.HTML
	Initiatives []initiativeLine
	Teams       []teamRow
	Quarters    []sprintLink
	Note        string
}

// initiativeLine is what all teams do for one initiative in the quarter.
type initiativeLine struct {
	Name, Teams, Epics, Share string
	Bars                      []progressBar // one for each unit of estimate
	Unestimated, Waits        int
}

type progressBar struct {
	Text string
	SVG  template.HTML
}

// teamRow is a team on the first page.
type teamRow struct {
	Name, Address, Roadmap, Sprint, SprintNote, Impediments, Until, Trouble string
	State                                                                   slack
	Slack, Progress, Remaining                                              string
	Bar                                                                     template.HTML
}

// reckoned is a team with what the page shows of it.
type reckoned struct {
	team    *measure.Team
	quarter *measure.Quarter
	at      time.Time
}

// portfolioPage lists initiatives and teams with their quarter and their sprint.
func (s *Server) portfolioPage(r *http.Request) (view, error) {
	asked := r.URL.Query().Get("quarter")
	if asked != "" {
		name, err := quarterOf(asked)
		if err != nil {
			return view{}, err
		}
		asked = name.String()
	}
	p, v := portfolio{Quarter: asked}, view{name: "portfolio", Title: "Portfolio"}
	var known []reckoned
	for _, conf := range s.teams {
		row := teamRow{Name: conf.Name, Address: teamAddress(conf.Name)}
		team, err := s.team(r.Context(), conf.Name)
		if err != nil {
			row.Trouble = s.problemOf(err).Message
			p.Teams = append(p.Teams, row)
			continue
		}
		one, err := reckon(r, team, p.Quarter)
		if err != nil {
			return view{}, err
		}
		if p.Quarter == "" {
			p.Quarter = one.quarter.Quarter
		}
		row.Trouble = s.behind(r, team)
		row.fill(one, queryAt(r.URL.RawQuery))
		p.Teams, known = append(p.Teams, row), append(known, one)
	}
	p.initiatives(known)
	p.quarters(known, queryAt(r.URL.RawQuery))
	p.say(known)
	v.portfolioMoment(known)
	v.Body = p
	return v, nil
}

func reckon(r *http.Request, team *measure.Team, quarter string) (reckoned, error) {
	at, err := pageMoment(r, team)
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
func (v *view) portfolioMoment(known []reckoned) {
	for i, one := range known {
		w := wordsOf(one.team)
		if i == 0 {
			v.At, v.Date, v.Past = w.moment(one.at), one.at.In(w.zone).Format(time.DateOnly), !one.at.Equal(one.team.Now())
		}
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
	row.State = slackOf(q.SlackDays)
	row.Slack = "–"
	if q.SlackDays != nil {
		if row.Slack = strings.Replace(fmt.Sprint(*q.SlackDays), "-", "−", 1); *q.SlackDays > 0 {
			row.Slack = "+" + row.Slack
		}
	}
	row.Progress = fmt.Sprintf("%s of %s %s", w.amount(q.Done), w.amount(q.Total), w.unitName())
	row.Remaining = w.amount(q.Remaining)
	row.Bar = svg(chart.Meter(percent(q.Progression)+" done", value(q.Progression), nil, "f-exp"))
}

func (row *teamRow) sprint(one reckoned, w words) {
	id, ok := one.team.ActiveSprint(one.at)
	if !ok {
		row.Sprint = "no sprint is active"
		if h := one.team.History(); h.Board == nil || h.Board.Kind == agile.Kanban {
			row.Sprint = nothing(one.team).Title
		}
		return
	}
	sp, err := one.team.Sprint(id, one.at)
	if err != nil || sp.Ledger == nil {
		return
	}
	row.Sprint = sp.Name
	row.SprintNote = fmt.Sprintf("%s of %s %s", w.amount(*sp.Completed), w.amount(*sp.Scope), w.unitName())
	row.Impediments = fmt.Sprintf("%d, %s%sh", sp.Impediments.Count, hours(sp.Impediments.Seconds), thin)
}

// initiatives adds up the epics of each initiative over all teams, unit by unit: points of one team
// and hours of another have no sum.
func (p *portfolio) initiatives(known []reckoned) {
	type amount struct{ done, doing, total float64 }
	type account struct {
		units              []words
		sums               map[agile.Unit]amount
		teams              []string
		epics              int
		unestimated, waits int
	}
	all := map[string]*account{}
	for _, one := range known {
		w := wordsOf(one.team)
		for _, e := range one.quarter.Epics {
			name := ""
			if e.Initiative != nil {
				name = *e.Initiative
			}
			a := all[name]
			if a == nil {
				a = &account{sums: map[agile.Unit]amount{}}
				all[name] = a
			}
			if _, ok := a.sums[w.unit]; !ok {
				a.units = append(a.units, w)
			}
			sum := a.sums[w.unit]
			a.sums[w.unit] = amount{sum.done + e.Done, sum.doing + e.Doing, sum.total + e.Total}
			if team := one.team.History().Team.Name; !slices.Contains(a.teams, team) {
				a.teams = append(a.teams, team)
			}
			a.epics++
			a.waits += e.Dependency
			if e.Unestimated != nil {
				a.unestimated += *e.Unestimated
			}
		}
	}
	for name, a := range all {
		line := initiativeLine{Name: name, Teams: strings.Join(a.teams, ", "), Epics: plural(a.epics, "epic"), Unestimated: a.unestimated, Waits: a.waits}
		for _, w := range a.units {
			sum := a.sums[w.unit]
			share := part(sum.done, sum.total)
			line.Bars = append(line.Bars, progressBar{fmt.Sprintf("%s of %s %s, %s", w.amount(sum.done), w.amount(sum.total), w.unitName(), percent(share)), svg(chart.Progress(percent(share)+" done", sum.done, sum.doing, sum.total-sum.done-sum.doing, sum.total))})
		}
		p.Initiatives = append(p.Initiatives, line)
	}
	slices.SortFunc(p.Initiatives, func(a, b initiativeLine) int {
		if (a.Name == "") != (b.Name == "") { // epics of no initiative come last
			return -cmp.Compare(a.Name, b.Name)
		}
		return cmp.Compare(a.Name, b.Name)
	})
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

// say writes the sentence of the page.
func (p *portfolio) say(known []reckoned) {
	p.Over = []string{plural(len(p.Teams), "team")}
	counts, planned := map[string]int{}, 0
	for _, one := range known {
		if len(one.quarter.Epics) > 0 {
			planned++
			counts[slackOf(one.quarter.SlackDays).Word]++
		}
	}
	named := len(p.Initiatives)
	if named > 0 && p.Initiatives[named-1].Name == "" {
		named--
	}
	if named > 0 {
		p.Over = append(p.Over, plural(named, "initiative"))
	}
	if planned == 0 {
		p.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf("%s, each with its sprint; no epic belongs to %s.", plural(len(p.Teams), "team"), orElse(p.Quarter, "a quarter"))))
		return
	}
	var others []string
	for _, word := range []string{"at risk", "late", "cannot tell"} {
		if n := counts[word]; n > 0 {
			verb := "is "
			if n > 1 {
				verb = "are "
			}
			if word == "cannot tell" {
				verb = ""
			}
			others = append(others, fmt.Sprintf("<b>%d</b> %s%s", n, verb, word))
		}
	}
	verb := "are"
	if counts["on track"] == 1 {
		verb = "is"
	}
	text := fmt.Sprintf("<b>%d</b> of %s %s on track for the end of %s", counts["on track"], plural(planned, "team"), verb, p.Quarter)
	if len(others) > 0 {
		text += "; " + strings.Join(others, ", ")
	}
	p.Sentence = template.HTML(text + ".")
	p.Note = "On track: more than 2 working days of slack at the team's usual pace. At risk: between −1 and 2. Late: less. Slack holds the scope still and knows one pace only."
}
