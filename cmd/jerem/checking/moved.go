package checking

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/config"
	"jerem/problem"
	"jerem/store"
	"jerem/store/places"
	"jerem/teams/moved"
)

// checkMoved tells of each team that moved from another Jira what of its past is joined with what this one tells.
func checkMoved(ctx context.Context, c *config.Config, teams []agile.Team) []check.Finding {
	var out []check.Finding
	for n, entry := range c.Teams {
		if entry.Moved.From == "" {
			continue
		}
		what := "team " + entry.Name + ": past on another Jira"
		alone := &config.Config{Teams: []config.Team{entry}}
		past, err := setup.FormerPasts(ctx, alone, teams[n:n+1])
		if err == nil {
			err = joinKept(ctx, c, teams[n], past[entry.Name])
		}
		if err != nil {
			finding := check.FailedFinding(what, "moved", err)
			finding.Team = entry.Name
			out = append(out, finding)
			continue
		}
		out = append(out, movedFinding(what, entry, past[entry.Name].Counts()))
	}
	return out
}

// joinKept joins a past with what the store holds of the team, if it was read already.
func joinKept(ctx context.Context, c *config.Config, team agile.Team, past *moved.Joiner) error {
	if places.Exists(ctx, c.Store.Place()) != nil {
		return nil
	}
	s, err := places.OpenRead(ctx, c.Store.Place())
	if err != nil {
		return err
	}
	h, err := s.Teams.History(ctx, team)
	if err == nil {
		past.Join(h)
	}
	if problem.Is(err, store.NotRead) {
		err = nil
	}
	return errors.Join(err, s.Close())
}

func movedFinding(what string, entry config.Team, counts moved.Counts) check.Finding {
	f := check.Finding{What: what, Part: "moved", OK: true, Team: entry.Name, Details: map[string]any{
		"from": entry.Moved.From, "issues": counts.Issues, "issues_alone": counts.IssuesAlone,
		"sprints": counts.Sprints, "sprints_alone": counts.SprintsAlone,
		"fields_alone": counts.FieldsAlone, "statuses_alone": counts.StatusesAlone,
	}}
	if counts.Issues+counts.Sprints == 0 {
		f.Found = fmt.Sprintf("%s and %s of %s; none is joined yet", terminal.Count(counts.IssuesAlone, "issue"),
			terminal.Count(counts.SprintsAlone, "sprint"), entry.Moved.From)
		f.Hint = "They are joined by key and by name when this Jira was read: run jerem collect, then check again."
		return f
	}
	f.Found = fmt.Sprintf("found here again: %d of %s and %d of %s of %s", counts.Issues,
		terminal.Count(counts.Issues+counts.IssuesAlone, "issue"), counts.Sprints,
		terminal.Count(counts.Sprints+counts.SprintsAlone, "sprint"), entry.Moved.From)
	var hints []string
	if len(counts.StatusesAlone) > 0 {
		hints = append(hints, "No status here has the name "+strings.Join(counts.StatusesAlone, ", ")+".")
	}
	if len(counts.FieldsAlone) > 0 {
		hints = append(hints, "No field here has the name "+strings.Join(counts.FieldsAlone, ", ")+
			": where one has another name, set moved.fields.")
	}
	f.Hint = strings.Join(hints, " ")
	return f
}
