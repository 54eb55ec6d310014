package portfolio

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

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
	for n, epics := range onpage.EpicsOnce(quartersOf(known)) {
		one := known[n]
		for _, e := range epics {
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
