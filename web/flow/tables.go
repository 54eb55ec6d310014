package flow

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// File is a table or a chart of the flow, as a file.
func (s *Pages) File(r *http.Request) (frame.View, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return frame.View{}, err
	}
	from, to, err := asked.FlowDates(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	name, kind, _ := strings.Cut(r.PathValue("file"), ".")
	if tables, ok := flowTables[name]; ok && kind == "csv" {
		return frame.Table(name+"-"+to.String(), tables(flow.Measure(team, at, from, to), flow.Late(team, at))), nil
	}
	if pick, ok := flowCharts[name]; ok && kind == "svg" {
		return frame.Drawing(pick(s.flowOf(team, at, from, to, []string{"at", ""})))
	}
	return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_file", "The page of the flow lists its files.",
		"the flow has no file %q", r.PathValue("file"))
}

var flowCharts = map[string]func(*page) *frame.Figure{
	"cycle":      func(v *page) *frame.Figure { return v.Cycle },
	"ageing":     func(v *page) *frame.Figure { return v.Ageing },
	"cumulative": func(v *page) *frame.Figure { return v.Cumulative },
	"throughput": func(v *page) *frame.Figure { return v.Throughput },
}

var flowTables = map[string]func(*flow.Flow, []flow.LateIssue) [][]string{
	"cycle": cycleRows, "ageing": ageingRows, "cumulative": cumulativeRows, "throughput": throughputRows,
	"late":  lateRows,
	"rules": ruleRows,
}

func cycleRows(f *flow.Flow, _ []flow.LateIssue) [][]string {
	rows := [][]string{{"issue", "start", "finish", "days"}}
	for _, c := range f.CycleTime.Issues {
		rows = append(rows, []string{c.Issue, c.Start.Format(time.RFC3339), c.Finish.Format(time.RFC3339),
			fmt.Sprint(c.Days)})
	}
	return rows
}

func ageingRows(f *flow.Flow, _ []flow.LateIssue) [][]string {
	pace := map[string]*int{}
	for _, p := range f.ColumnPace {
		pace[p.Column] = p.P85
	}
	rows := [][]string{{"issue", "start", "age", "state", "column", "column_p85"}}
	for _, i := range f.WIP.Issues {
		row := []string{i.Issue, i.Start.Format(time.RFC3339), fmt.Sprint(i.Age), string(i.State),
			format.Cell(i.Column), ""}
		if i.Column != nil {
			row[5] = format.Cell(pace[*i.Column])
		}
		rows = append(rows, row)
	}
	return frame.WithUnit("days", rows)
}

func cumulativeRows(f *flow.Flow, _ []flow.LateIssue) [][]string {
	rows := [][]string{append(append([]string{"date"}, f.CFD.Columns...), "backward")}
	for _, day := range f.CFD.Days {
		row := []string{day.Date}
		for _, n := range day.Reached {
			row = append(row, fmt.Sprint(n))
		}
		rows = append(rows, append(row, fmt.Sprint(day.Backward)))
	}
	return frame.WithUnit("issues", rows)
}

func throughputRows(f *flow.Flow, _ []flow.LateIssue) [][]string {
	rows := [][]string{{"date", "issues", "estimate"}}
	for _, day := range f.Throughput {
		rows = append(rows, []string{day.Date, fmt.Sprint(day.Issues), format.PlainNumber(day.Estimate)})
	}
	return frame.WithUnit(string(f.Unit), rows)
}

func lateRows(_ *flow.Flow, late []flow.LateIssue) [][]string {
	rows := [][]string{{"issue", "summary", "column", "age", "column_p85", "untouched_days", "blocked_since", "why"}}
	for _, l := range late {
		row := []string{l.Issue, l.Summary, format.Cell(l.Column), fmt.Sprint(l.Age), format.Cell(l.PaceP85),
			fmt.Sprint(l.UntouchedDays), "", strings.Join(l.Why, ", ")}
		if l.BlockedSince != nil {
			row[6] = l.BlockedSince.Format(time.RFC3339)
		}
		rows = append(rows, row)
	}
	return frame.WithUnit("days", rows)
}

func ruleRows(f *flow.Flow, _ []flow.LateIssue) [][]string {
	rows := [][]string{{"rule", "count", "of", "issues"}}
	for _, rule := range f.Lifecycle {
		rows = append(rows, []string{rule.Rule, format.Cell(rule.Count), format.Cell(rule.Of),
			strings.Join(rule.Issues, ", ")})
	}
	return rows
}

// noneOr is a number as the contents of a page tell it.
func noneOr(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

// flowSections are the parts of the flow, each with its figure.
func (v *page) flowSections() []frame.Section {
	late := len(v.Late) + v.LateRest.More
	out := []frame.Section{{ID: "h-fl", Name: "Late today", Said: noneOr(late)},
		{ID: "h-ft", Name: "Time"}, {ID: "h-fm", Name: "Amount"}, {ID: "h-fr", Name: "In order"}}
	if p85 := v.F.CycleTime.P85; p85 != nil {
		out[1].Said = "85" + format.Thin + "% in " + format.Plural(*p85, "day")
	}
	if x := v.F.XmR.Throughput; x != nil {
		out[2].Said = format.Figure(x.Mean) + " a week"
	}
	if _, kept, all := onpage.RulesKept(v.F); all > 0 {
		share := float64(kept) / float64(all)
		out[3].Said = format.Percent(&share)
	}
	return out
}
