package reporting

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/summary"
	"jerem/measure/words"
)

// Status is the command that says how each team stands.
type Status struct {
	Team string `help:"Only this team." placeholder:"NAME"`
	At   string `help:"{status_at}" placeholder:"TIME"`
	JSON bool   `help:"Write JSON." name:"json"`
}

// teamStatus is how a team stands, or why that is not known.
type teamStatus struct {
	Team string `json:"team"`
	*summary.Status
	// Nothing is known: it was not read, or the moment lies before its first issue.
	Why  string         `json:"why,omitempty"`
	zone *time.Location // of the team
}

// Run writes the sentences and figures of the teams; it reads beside a process that writes the store.
func (c Status) Run(e *setup.Environment) error {
	list := []teamStatus{}
	missing, err := eachTeamAt(e, c.Team, c.At, func(_ *setup.Instance, team *measure.Team, at time.Time) error {
		status, err := summary.StatusAt(team, at)
		list = append(list, teamStatus{Team: team.History().Team.Name, Status: status,
			zone: team.History().Team.Calendar.Zone})
		return err
	}, func(team string, why error) { list = append(list, teamStatus{Team: team, Why: why.Error()}) })
	if err != nil {
		return err
	}
	if c.JSON {
		return errors.Join(terminal.EncodeJSON(e.Stdout, list), missing)
	}
	for _, one := range list {
		if err := writeStatus(e.Stdout, one); err != nil {
			return err
		}
	}
	return missing
}

// writeStatus writes how a team stands: its sentences, then a table.
func writeStatus(w io.Writer, one teamStatus) error {
	if one.Status == nil {
		_, err := fmt.Fprintf(
			w,
			"%s\n  Nothing is known: %s.\n\n",
			terminal.Printable(one.Team),
			terminal.Printable(one.Why),
		)
		return err
	}
	s := one.Status
	fmt.Fprintf(w, "%s, %s\n", terminal.Printable(one.Team), s.At.In(one.zone).Format("2 Jan 2006 15:04 MST"))
	for _, sentence := range []string{s.Sentences.Sprint, s.Sentences.Quarter, s.Sentences.Flow} {
		fmt.Fprintf(w, "  %s\n", terminal.Printable(sentence))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	of := ""
	for _, row := range statusRows(s) {
		name := terminal.Printable(row[0])
		if row[0] == of { // told by the line above
			name = ""
		}
		of = row[0]
		fmt.Fprintf(t, "  %s\t%s\t%s\n", name, row[1], terminal.Printable(row[2]))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// statusRows is the table: of what, figure, value.
func statusRows(s *summary.Status) (rows [][3]string) {
	add := func(of, figure, value string) { rows = append(rows, [3]string{of, figure, value}) }
	amount := func(x *float64) string {
		return words.OrDash(x, func(x float64) string { return words.Amount(x, s.Unit) })
	}
	for _, sprint := range s.Sprints {
		add(sprint.Name, "commitment", amount(sprint.Commitment))
		add(sprint.Name, "completed", amount(sprint.Completed))
		add(sprint.Name, "remaining", amount(sprint.Remaining))
		if sprint.Day != nil && sprint.Days != nil {
			add(sprint.Name, "day", fmt.Sprintf("%d of %d", *sprint.Day, *sprint.Days))
		}
	}
	q := s.Quarter
	done, remaining := "–", "–" // of a quarter without an epic nothing is known
	if q.Epics > 0 {
		done, remaining = words.Part(q.Done, q.Total, s.Unit), amount(&q.Remaining)
	}
	add(q.Quarter, "done", done)
	add(q.Quarter, "remaining", remaining)
	add(q.Quarter, "forecast", stateNames[q.State])
	add(q.Quarter, "odds", words.OrDash(q.Odds, words.Odds))
	add(q.Quarter, "85 % date", words.OrDash(q.Date85, words.Date))
	add(q.Quarter, "trend in a week", words.OrDash(q.TrendDays, trendSaid))
	add(q.Quarter, "first risk", words.OrDash(q.Risk, func(r outlook.Risk) string { return r.Text }))
	add("flow", "cycle time, 85 %", words.OrDash(s.Flow.CycleTime85, func(days int) string {
		return terminal.Count(days, "day")
	}))
	add("flow", "in progress", terminal.Count(s.Flow.WIP, "issue"))
	add("flow", "late today", terminal.Count(s.Flow.Late, "issue"))
	return rows
}

// stateNames are the states of a forecast as the table writes them.
var stateNames = map[string]string{
	outlook.StateDone:     "done",
	outlook.StateOnTrack:  "on track",
	outlook.StateAtRisk:   "at risk",
	outlook.StateUnlikely: "unlikely",
	outlook.StateUnknown:  "cannot tell",
}

// trendSaid says by how many working days a date moved.
func trendSaid(days int) string {
	switch {
	case days > 0:
		return terminal.Count(days, "working day") + " later"
	case days < 0:
		return terminal.Count(-days, "working day") + " earlier"
	}
	return "not moved"
}
