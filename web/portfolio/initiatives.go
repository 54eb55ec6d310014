package portfolio

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/format"
	"jerem/web/frame"
)

// initiativeLine is what all teams do for one initiative in the quarter.
type initiativeLine struct {
	Name, Epics string
	Explain     string        // id of what it is made of
	Bars        []progressBar // one for each team
	MoreTeams   string        // how many teams have no bar; "" for none
	Unestimated string        // "–" where issues are counted
	Waits       int
}

type progressBar struct {
	Text string
	SVG  template.HTML
}

// mostBars is of how many teams the bars are drawn; of the others what opens tells.
const mostBars = 4

// initiativeSum adds up the epics of one initiative, team by team: estimates of two teams are never added.
type initiativeSum struct {
	teams []teamSum
	epics int
	none  *int // issues without an estimate; nil while only issues are counted
	waits int
}

// teamSum is what a team does for an initiative, in its own unit.
type teamSum struct {
	name               string
	words              format.Words
	done, doing, total float64
}

func (a *initiativeSum) addEpic(team string, w format.Words, e measure.QuarterEpic) {
	n := slices.IndexFunc(a.teams, func(one teamSum) bool { return one.name == team })
	if n < 0 {
		n = len(a.teams)
		a.teams = append(a.teams, teamSum{name: team, words: w})
	}
	sum := &a.teams[n]
	sum.done, sum.doing, sum.total = sum.done+e.Done, sum.doing+e.Doing, sum.total+e.Total
	a.epics++
	a.waits += e.Dependency
	if e.Unestimated != nil {
		if a.none == nil {
			a.none = new(int)
		}
		*a.none += *e.Unestimated
	}
}

// asBar says and draws how far a team is.
func (s teamSum) asBar() progressBar {
	share := frame.Ratio(s.done, s.total)
	text := s.name + ": nothing is estimated"
	if share != nil {
		text = fmt.Sprintf("%s: %s of %s, %s", s.name, s.words.Amount(s.done), s.words.Count(s.total),
			format.Percent(share))
	}
	return progressBar{text,
		frame.HTML(inline.Progress(s.done, s.doing, s.total-s.done-s.doing, s.total))}
}

// asLine writes an account as a row of the page.
func (a *initiativeSum) asLine(name, id string) initiativeLine {
	line := initiativeLine{Name: name, Explain: id, Epics: format.Plural(a.epics, "epic"), Unestimated: "–",
		Waits: a.waits}
	if a.none != nil {
		line.Unestimated = fmt.Sprint(*a.none)
	}
	for _, team := range a.teams {
		line.Bars = append(line.Bars, team.asBar())
	}
	if rest := len(a.teams) - mostBars; rest > 0 {
		line.MoreTeams = format.Plural(rest, "more team")
	}
	return line
}

// fillInitiatives makes a row of each initiative, and what opens from it.
func (p *page) fillInitiatives(s *Pages, known []computedTeam) {
	all := map[string]*initiativeSum{}
	for n, epics := range onpage.EpicsOnce(quartersOf(known)) {
		one := known[n]
		for _, e := range epics {
			name := ""
			if e.Initiative != nil {
				name = *e.Initiative
			}
			if all[name] == nil {
				all[name] = &initiativeSum{}
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
		var terms []string
		for _, bar := range line.Bars {
			terms = append(terms, bar.Text)
		}
		line.Bars = line.Bars[:min(mostBars, len(line.Bars))]
		p.Initiatives = append(p.Initiatives, line)
		e := onpage.InitiativeEpics(quartersOf(known), name, terms, latestOf(known))
		p.open(id, e, s.Teams.Jira, "initiative", name)
	}
}
