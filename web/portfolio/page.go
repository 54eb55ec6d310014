package portfolio

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/words"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
	"jerem/web/frame/weekwalk"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the first page and its files.
type Pages struct{ Teams *source.Teams }

var pageTemplate = frame.ParsePage(files, "page.html", "odds.html", "teams.html", "oncall.html",
	"initiatives.html")

// page is the first page: every initiative and every team on one screen.
type page struct {
	Quarter        string
	Over           []string
	Sentence       template.HTML
	Shares         template.HTML // what is done, under the sentence
	Decides        template.HTML // which team decides the most that may be late, under the sentence
	Initiatives    []initiativeLine
	Teams          []teamRow
	MoreTeams      []teamRow // those beyond the first, folded
	Quarters       []frame.Choice
	Walk           *frame.TimeWalk    // nil where no team was read, and before the quarter
	Compared       *beside.Comparison // nil unless another moment is named
	Note           string
	Explains       []frame.Explanation
	asked          string // the moment that is asked for, "" for none
	opened         []openedFigure
	TeamsCSV       string
	InitiativesCSV string
	Naming         string // which label names an initiative
	Odds           *oddsTable
	OnCall         *onCallCard   // nil where nobody is on call
	Progress       template.HTML // how far the first reading is
	Unread         string        // what keeps all teams from being read, where it is the same of several
	Behind         []oldTeams    // what keeps teams from being read since when, each trouble once
	IsOld          bool          // every team that is shown is behind: all figures are as old
}

// Page lists initiatives and teams with their quarter and their sprint.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	all, err := s.computeAll(r)
	if err != nil {
		return frame.View{}, err
	}
	at := frame.AskedAt(r.URL.RawQuery)
	p := page{Quarter: all.quarter, asked: at}
	v := frame.View{Template: pageTemplate, Title: "Portfolio", Kind: "portfolio"}
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
		row.Trouble = p.noteBehind(s, one.computed)
		p.IsOld = row.Trouble != "" && (p.IsOld || len(known) == 0)
		row.fillQuarter(one.computed, at)
		p.Teams, known = append(p.Teams, row), append(known, one.computed)
	}
	if len(known) > 0 {
		p.Naming = words.OfInitiatives(known[0].team.History().Team.Initiative)
	}
	p.fillInitiatives(s, known)
	p.fillQuarters(known, at)
	p.fillWalk(r.URL.Query(), known)
	if err := p.fillOdds(r, s, known, at); err != nil {
		return frame.View{}, err
	}
	if p.Odds != nil && !p.Odds.Past && r.URL.Query().Get("sort") == "" {
		p.Odds.orderByVerdict()
	}
	if err := p.fillOnCall(known, at); err != nil {
		return frame.View{}, err
	}
	p.writeSentence(known, s.Teams.Jira)
	if len(known) == 0 {
		p.writeUnreadSentence(s, all.rows)
		v.Refresh = len(all.rows) > 0
	}
	p.foldTables()
	setMoment(&v, known, len(s.Teams.List))
	v.Behind = len(p.Behind) > 0 || len(known) < len(s.Teams.List)
	if err := p.compareWith(r, known); err != nil {
		return frame.View{}, err
	}
	v.Body = p
	return v, nil
}

// foldTables folds the rows beyond the first of each table.
func (p *page) foldTables() {
	past := p.Odds != nil && p.Odds.Past
	for n := range p.Teams {
		p.Teams[n].Past = past
	}
	p.Teams, p.MoreTeams = frame.FoldRows(p.Teams)
	if p.OnCall != nil {
		p.OnCall.Rows, p.OnCall.More = frame.FoldRows(p.OnCall.Rows)
	}
	if p.Odds == nil {
		return
	}
	for n := range p.Odds.Groups {
		p.Odds.Groups[n].fold(p.Odds.ByVerdict && p.Odds.State == "")
	}
}

// fillWalk leads through the weeks of the quarter, by the calendar of the first team that was read.
func (p *page) fillWalk(query url.Values, known []computedTeam) {
	name, ok := measure.ParseQuarter(p.Quarter)
	if len(known) == 0 || !ok {
		return
	}
	one := known[0]
	first, last := one.team.Dates(name)
	zone := one.team.History().Team.Calendar.Zone
	p.Walk = weekwalk.Of(weekwalk.Quarter{Name: p.Quarter, First: first, Last: last,
		Since: weekwalk.SinceOf(one.team), Known: calendar.DateOf(one.team.Now(), zone),
		Shown: calendar.DateOf(one.at, zone), IsAsked: query.Get("at") != "", IsFixed: query.Get("quarter") != "",
		AddressAt: func(at string) string {
			return frame.WithQuery("/", "quarter", query.Get("quarter"), "at", at, "sort", query.Get("sort"),
				"state", query.Get("state"))
		},
		AddressWith: func(with string) string {
			return frame.WithQuery("/", "quarter", query.Get("quarter"), "at", query.Get("at"), "with", with,
				"sort", query.Get("sort"), "state", query.Get("state"))
		}})
}

// oldTeams are teams whose readings fail by one trouble.
type oldTeams struct {
	names, since []string
	first        time.Time // the earliest moment since when one of them is behind
	said         string    // why, and what comes next
}

// String tells which teams are behind, since when and why.
func (o oldTeams) String() string {
	verb, from := " are behind since ", ""
	if len(o.names) == 1 {
		verb = " is behind since "
	}
	if len(slices.Compact(slices.Clone(o.since))) > 1 {
		verb, from = " are behind, the first since ", ", each as its row tells"
	}
	first := o.since[0]
	return strings.Join(o.names, ", ") + verb + first + from + ": " + o.said
}

// noteBehind says since when a team's figures are old; why stands once above the table for all that share it.
func (p *page) noteBehind(s *Pages, one computedTeam) string {
	name, since := one.team.History().Team.Name, one.reading.Behind
	if since.IsZero() {
		return ""
	}
	told := format.WordsOf(one.team).Short(since)
	said := strings.TrimRight(source.WhyBehind(one.reading, name), ".") + ". " + s.Teams.NextOf(name)
	n := slices.IndexFunc(p.Behind, func(o oldTeams) bool { return o.said == said })
	if n < 0 {
		n, p.Behind = len(p.Behind), append(p.Behind, oldTeams{said: said, first: since})
	}
	o := &p.Behind[n]
	o.names = append(o.names, name)
	if since.Before(o.first) {
		o.first, o.since = since, append([]string{told}, o.since...)
	} else {
		o.since = append(o.since, told)
	}
	return "behind since " + told
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
	sorting.By(names, func(a, b measure.QuarterName) int {
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
