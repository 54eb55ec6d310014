package portfolio

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/frame"
)

// worstFirst are the verdicts in the order in which the page lists them.
var worstFirst = []string{outlook.StateUnlikely, outlook.StateAtRisk, outlook.StateUnknown, outlook.StateOnTrack,
	outlook.StateDone}

// orderByVerdict lists the least likely rows first.
func (t *oddsTable) orderByVerdict() {
	t.ByVerdict = true
	for _, g := range t.Groups {
		sorting.By(g.Rows, func(a, b oddsRow) int {
			return cmp.Or(cmp.Compare(slices.Index(worstFirst, a.row.State), slices.Index(worstFirst, b.row.State)),
				cmp.Compare(oddsOrNone(a), oddsOrNone(b)))
		})
	}
}

// oddsOrNone are the odds of a row, at best where no others are told, 0 where none are.
func oddsOrNone(r oddsRow) float64 {
	switch {
	case r.row.Odds != nil:
		return *r.row.Odds
	case r.row.AtBest != nil && r.row.AtBest.Odds != nil:
		return *r.row.AtBest.Odds
	}
	return 0
}

// deciderOf is the team whose part of an initiative is most often done last, "" where it cannot be told.
func deciderOf(row outlook.Row) string {
	if row.Decides != nil {
		return *row.Decides
	}
	if len(row.Teams) == 1 {
		return row.Teams[0]
	}
	return ""
}

// writeDecides says which team decides the most initiatives that may not be in time, and how many.
func (p *page) writeDecides(initiatives []outlook.Row, at time.Time, jira frame.JiraLinks) {
	late := slices.DeleteFunc(slices.Clone(initiatives), func(row outlook.Row) bool {
		return row.State != outlook.StateAtRisk && row.State != outlook.StateUnlikely
	})
	counts := map[string]int{}
	var teams []string
	for _, row := range late {
		if team := deciderOf(row); team != "" {
			counts[team]++
			teams = append(teams, team)
		}
	}
	slices.SortFunc(teams, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	teams = slices.Compact(teams)
	if len(late) < 2 || len(teams) == 0 || counts[teams[0]] < 2 {
		return // each has its own
	}
	if len(teams) > 1 && counts[teams[1]] == counts[teams[0]] {
		return // no team stands out
	}
	isAnothers := func(row outlook.Row) bool { return len(row.Teams) > 1 || deciderOf(row) != teams[0] }
	if !slices.ContainsFunc(initiatives, isAnothers) {
		return // there is no other team
	}
	const id = "decided"
	p.open(id, onpage.PortfolioDecided(late, teams[0], deciderOf, at), jira)
	count, all := frame.LinkFigure(id, fmt.Sprint(counts[teams[0]])), frame.LinkFigure(id, fmt.Sprint(len(late)))
	part := count + " of the " + all
	if counts[teams[0]] == len(late) {
		part = "All " + all
	}
	who := template.HTMLEscapeString(teams[0])
	p.Decides = template.HTML(part + " that are at risk or unlikely hinge on " + who + ".")
}
