package portfolio

import (
	"fmt"
	"net/http"

	"jerem/web/format"
	"jerem/web/frame"
)

// OnCallCSV is the table of what on-call costs each team, for other programs: times in seconds, and the days that they
// were taken on. What cannot be told is empty, and why says so; where nobody is on call there is no row.
func (s *Pages) OnCallCSV(r *http.Request) (frame.View, error) {
	all, err := s.computeAll(r)
	if err != nil {
		return frame.View{}, err
	}
	p := page{Quarter: all.quarter}
	var known []computedTeam
	for _, one := range all.rows {
		if one.isKnown() {
			p.Teams, known = append(p.Teams, teamRow{Name: one.name}), append(known, one.computed)
		}
	}
	if err := p.fillOnCall(known, ""); err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"team", "from", "to", "callouts", "nights", "callout_seconds", "rest_seconds", "callout_days",
		"dearest_rule", "dearest_rule_days", "why"}}
	if p.OnCall != nil {
		for _, row := range p.OnCall.Rows {
			rows = append(rows, row.cells())
		}
	}
	return frame.Table("oncall-"+format.OrElse(all.quarter, "now"), rows), nil
}

// cells are the row of a team in the table for other programs.
func (row onCallRow) cells() []string {
	if row.told == nil {
		return append(append([]string{row.Name}, make([]string, 9)...), row.Why)
	}
	price := row.told
	out := []string{row.Name, format.Cell(price.From), format.Cell(price.To), fmt.Sprint(price.Callouts),
		format.Cell(price.Nights), fmt.Sprint(price.Seconds), format.Cell(price.RestSeconds),
		format.Cell(price.CalloutDays), "", "", row.Why}
	if row.Rule != "" {
		out[8], out[9] = price.ByRule[0].Rule, format.Cell(price.ByRule[0].Days)
	}
	return out
}
