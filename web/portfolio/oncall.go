package portfolio

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// onCallCard is what on-call costs the plan of each team for which somebody is on call.
type onCallCard struct {
	Rows []onCallRow
	More []onCallRow // those beyond the first, folded
	Note string
	CSV  string
}

// onCallRow is what on-call costs a team: what call-outs took on the days that its forecast draws from, and by how many
// working days the 85 % date would come earlier without them.
type onCallRow struct {
	Name, Callouts, Nights, Hours, Rest, Days string

	Rule, RuleDays string // the alert rule that costs most; "" for none
	Roadmap        string // where the figures open
	RuleExplain    string
	Why            string // why there is no price; "" where there is one

	told *outlook.OnCallPrice // nil where there is no price
	days *int
}

// fillOnCall fills in what on-call costs the teams of a quarter, those that it costs most first; nothing where nobody
// is on call for any of them.
func (p *page) fillOnCall(known []computedTeam, at string) error {
	name, ok := measure.ParseQuarter(p.Quarter)
	if !ok {
		return nil
	}
	card := &onCallCard{CSV: frame.WithQuery("/oncall.csv", "quarter", p.Quarter, "at", at)}
	for n, one := range known {
		if one.team.Unexpected == nil || one.at.Before(asked.KnownSince(one.team)) || len(one.quarter.Epics) == 0 {
			continue
		}
		f, err := outlook.Ask(one.team, outlook.Question{Quarter: &name}, one.at)
		if err != nil {
			return err
		}
		card.Rows = append(card.Rows, onCallRowOf(p.rowOfTeam(n, one), f))
	}
	if len(card.Rows) == 0 {
		return nil
	}
	sorting.By(card.Rows, func(a, b onCallRow) int { return cmp.Compare(daysOf(b.days), daysOf(a.days)) })
	card.Note = "On the days that each team's forecast draws from. Hours that no impediment accounts for, " +
		"working hours " +
		"owed as rest, and what giving both back moves the 85" + format.Thin +
		"% date by. Days of teams are not added " +
		"up: their dates are their own."
	p.OnCall = card
	return nil
}

// rowOfTeam returns the row of the table of teams that is of a known one.
func (p *page) rowOfTeam(n int, one computedTeam) teamRow {
	own := one.team.History().Team.Name
	at := slices.IndexFunc(p.Teams[n:], func(row teamRow) bool { return row.Name == own })
	return p.Teams[n+at]
}

// daysOf orders what costs most first, what cannot be told last.
func daysOf(days *int) int {
	if days == nil {
		return -1
	}
	return *days
}

func onCallRowOf(team teamRow, f *outlook.Forecast) onCallRow {
	row := onCallRow{Name: team.Name, Roadmap: team.Roadmap, Callouts: "–", Nights: "–", Hours: "–", Rest: "–",
		Days: "–"}
	if f.Price == nil || f.Price.OnCall == nil {
		row.Why = format.OrElse(f.Why, "nothing is left to forecast")
		return row
	}
	price := f.Price.OnCall
	row.told = price
	row.Callouts, row.Hours = fmt.Sprint(price.Callouts), format.HoursColumn(price.Seconds)
	if price.Nights != nil && price.RestSeconds != nil {
		row.Nights, row.Rest = fmt.Sprint(*price.Nights), format.HoursColumn(*price.RestSeconds)
	}
	if row.days = price.CalloutDays; row.days == nil {
		row.Why = price.Why
		return row
	}
	row.Days = fmt.Sprint(*row.days)
	if len(price.ByRule) > 0 && daysOf(price.ByRule[0].Days) > 0 {
		dearest := price.ByRule[0]
		row.Rule, row.RuleExplain = format.OrElse(dearest.Rule, "without an alert"), drawer.RuleID(0)
		row.RuleDays = format.WorkingDays(*dearest.Days)
	}
	return row
}

// OnCallCSV is the table of what on-call costs each team, for other programs: times in seconds, and the days that they
// were taken on. What cannot be told is empty, and why says so; where nobody is on call there is no row.
func (s *Pages) OnCallCSV(r *http.Request) (frame.View, error) {
	p, known, err := s.pageOfTable(r)
	if err != nil {
		return frame.View{}, err
	}
	if err := p.fillOnCall(known, ""); err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"team", "from", "to", "callouts", "nights", "callout_seconds", "rest_seconds", "callout_days",
		"dearest_rule", "dearest_rule_days", "why"}}
	if p.OnCall != nil {
		for _, row := range p.OnCall.Rows {
			rows = append(rows, row.csvCells())
		}
	}
	return frame.Table("oncall-"+format.OrElse(p.Quarter, "now"), rows), nil
}

// csvCells are the row of a team in the table for other programs.
func (row onCallRow) csvCells() []string {
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
