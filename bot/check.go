package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"jerem/agile"
	"jerem/jira"
)

// Finding is one thing that was checked.
type Finding struct {
	What  string `json:"what"`
	OK    bool   `json:"ok"`
	Found string `json:"found"`
	Hint  string `json:"hint,omitempty"`
}

// Check asks a Jira what a reading would ask first, and says what it found. It keeps nothing.
func Check(ctx context.Context, client *jira.Client, teams []agile.Team) []Finding {
	server, err := client.Server(ctx)
	if err != nil {
		return []Finding{failed("jira server", err)}
	}
	kind := map[jira.Dialect]string{jira.Cloud: "Cloud", jira.DataCenter: "Data Center"}[server.Dialect]
	out := []Finding{{What: "jira server", OK: true, Found: fmt.Sprintf("%s, version %s, its clock tells %s", kind, server.Version, server.Time.Format("2006-01-02T15:04:05Z07:00"))}}
	account, err := client.Myself(ctx)
	if err != nil {
		return append(out, failed("jira login", err))
	}
	out = append(out, Finding{What: "jira login", OK: true, Found: "the account may log in; its time zone is " + account.Zone})
	fields, err := client.Fields(ctx)
	if err != nil {
		return append(out, failed("jira fields", err))
	}
	out = append(out, Finding{What: "jira fields", OK: true, Found: fmt.Sprintf("%d fields can be read; none of them holds a person or free text", len(fields.Fields()))})
	r := &reading{Bot: &Bot{Jira: client, Log: slog.New(slog.DiscardHandler)}, smallSets: &smallSets{fields: fields}}
	for _, conf := range teams {
		out = append(out, r.checkTeam(ctx, conf)...)
	}
	return out
}

func failed(what string, err error) Finding {
	f := Finding{What: what, Found: err.Error()}
	var e *jira.Error
	if errors.As(err, &e) {
		f.Found, f.Hint = e.Message, e.Hint
	}
	return f
}

// checkTeam says what would be read of a team.
func (r *reading) checkTeam(ctx context.Context, conf agile.Team) []Finding {
	t := &teamReading{conf: conf} // nothing is read for it
	name := "team " + conf.Name
	var err error
	if t.project, err = r.Jira.Project(ctx, conf.Project); err != nil {
		return []Finding{failed(name+": project", err)}
	}
	out := []Finding{{What: name + ": project", OK: true, Found: fmt.Sprintf("%s (%s)", t.project.Key, t.project.Name)}}
	if t.board, err = r.board(ctx, t); err != nil {
		return append(out, failed(name+": board", err))
	}
	if t.board == nil {
		return append(out, Finding{What: name + ": board", OK: true, Found: "the project has none: no sprints, issues are counted", Hint: "create a Scrum board for sprint figures"})
	}
	unit := "issues are counted, for it estimates by nothing"
	if t.board.Estimate != "" {
		unit = fmt.Sprintf("it estimates by %s, in %s", t.board.Estimate, t.board.Unit())
	}
	out = append(out, Finding{What: name + ": board", OK: true, Found: fmt.Sprintf("%d (%s, %s); %s", t.board.ID, t.board.Name, t.board.Kind, unit)})
	if done := t.board.DoneColumn(); done != nil {
		out = append(out, Finding{What: name + ": done", OK: true, Found: fmt.Sprintf("what is in the column %q", done.Name)})
	}
	sprints, err := r.Jira.Sprints(ctx, t.board.ID)
	switch {
	case errors.Is(err, jira.ErrNoSprints):
		out = append(out, Finding{What: name + ": sprints", OK: true, Found: "the board has none by its nature"})
	case err != nil:
		out = append(out, failed(name+": sprints", err))
	default:
		out = append(out, Finding{What: name + ": sprints", OK: true, Found: fmt.Sprint(len(sprints))})
	}
	if _, err := r.matching(ctx, &teamReading{conf: conf, project: t.project}, "jql_filter", conf.Filter); err != nil {
		out = append(out, failed(name+": jql_filter", err))
	}
	return out
}
