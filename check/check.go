package check

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/sync/clocks"
	"jerem/sync/scope"
)

// Finding is one thing that was checked.
type Finding struct {
	What  string `json:"what"` // names it in full: "jira login", "team K8S: board"
	OK    bool   `json:"ok"`
	Found string `json:"found"`
	Hint  string `json:"hint,omitempty"`
	// Code is the kind of what is not well, as package problem tells kinds apart; "" for what is well.
	Code problem.Code `json:"code,omitempty"`

	Team     string         `json:"team,omitempty"`     // whose it is, "" for what all share
	Part     string         `json:"part,omitempty"`     // the last word of What: "board"
	Details  map[string]any `json:"details,omitempty"`  // the same for programs; docs/api.md lists them
	Settings []Setting      `json:"settings,omitempty"` // lines of the configuration that would mend or improve it
}

// Setting is a line of a team's configuration, worth adding.
type Setting struct {
	Key   string `json:"key"`   // as in an entry of projects, dotted
	Value string `json:"value"` // as it is written in YAML
	Why   string `json:"why"`
}

// Run asks a Jira what a reading would ask first, and looks at a sample of each team's issues. It
// says what it found and keeps nothing: counts, names of fields, labels and statuses, never a text or
// a person. Jira's clock is compared with ours, which tells now.
func Run(ctx context.Context, client *jira.Client, teams []agile.Team, now time.Time) []Finding {
	out, site := checkSite(ctx, client, now)
	if site == nil {
		return out
	}
	if slices.ContainsFunc(teams, func(conf agile.Team) bool { return conf.Works != "" }) {
		site.fieldset = site.fieldset.WithTeam()
	}
	shared := len(out)
	var checkers []*checker
	var needed []string
	boardCache := scope.NewBoardCache(client)
	for _, conf := range teams { // a sample holds what boards and configuration name, whatever else there is
		c := &checker{client: client, boardCache: boardCache, fields: site.fieldset, site: site, conf: conf,
			found: teamFindings{team: conf.Name}}
		c.learnBoard(ctx)
		checkers, needed = append(checkers, c), append(needed, scope.NamedFields(site.fieldset, conf, c.board)...)
	}
	planned := site.fieldset.Plan(needed)
	for n, c := range checkers {
		c.fields = planned
		c.checkTeam(ctx)
		c.checkShared(ctx, checkers[:n])
		out = append(out, c.found.list...)
	}
	return slices.Insert(
		out,
		shared,
		Finding{
			What:    "jira requests",
			Part:    "requests",
			OK:      true,
			Details: map[string]any{"requests": client.Transport().Requests()},
			Found: fmt.Sprintf(
				"%d were made for this check; nothing of the answers is kept",
				client.Transport().Requests(),
			),
		},
	)
}

// checkClock says where Jira's clock is ahead of ours, and whether a reading would believe it. One behind ours is that
// of recorded or simulated data: what is found of it does not depend on when it is looked at.
func checkClock(ctx context.Context, client *jira.Client, theirs, ours time.Time) []Finding {
	if err := clocks.Judge(ctx, client, theirs, ours); err != nil {
		return []Finding{FailedFinding("jira clock", "clock", err)}
	}
	differ := clocks.Compare(theirs, ours)
	if differ == nil || theirs.Before(ours) {
		return nil
	}
	return []Finding{{What: "jira clock", Part: "clock", OK: true, Found: differ.Message, Hint: differ.Hint,
		Details: map[string]any{"clock": theirs.UTC(), "ours": ours.UTC()}}}
}

// site is what all teams of a Jira share.
type site struct {
	zone     string
	statuses map[string]agile.Status
	types    map[string]agile.Type
	fields   map[string]agile.Field
	fieldset document.Fieldset // as Jira lists them
}

// checkSite says who answers and whether the account may read. Without a site nothing else can be asked.
func checkSite(ctx context.Context, client *jira.Client, now time.Time) ([]Finding, *site) {
	server, err := client.Transport().Server(ctx)
	if err != nil {
		return []Finding{FailedFinding("jira server", "server", err)}, nil
	}
	kind := map[jira.Dialect]string{jira.Cloud: "Cloud", jira.DataCenter: "Data Center"}[server.Dialect]
	out := []Finding{
		{
			What: "jira server",
			Part: "server",
			OK:   true,
			Found: fmt.Sprintf(
				"%s, version %s; its clock tells %s",
				kind,
				server.Version,
				server.Time.Format("2006-01-02 15:04 -07:00"),
			),
			Details: map[string]any{"kind": server.Dialect, "version": server.Version, "clock": server.Time.UTC()},
		},
	}
	out = append(out, checkClock(ctx, client, server.Time, now)...)
	account, err := client.Myself(ctx)
	if err != nil {
		return append(out, FailedFinding("jira login", "login", err)), nil
	}
	s := &site{
		zone:     account.Zone,
		statuses: map[string]agile.Status{},
		types:    map[string]agile.Type{},
		fields:   map[string]agile.Field{},
	}
	out = append(
		out,
		Finding{
			What:    "jira login",
			Part:    "login",
			OK:      true,
			Found:   "the account may log in; its time zone is " + orElse(account.Zone, "not told"),
			Details: map[string]any{"time_zone": account.Zone},
		},
	)
	if s.fieldset, err = client.Fields(ctx); err == nil {
		err = s.readMetadata(ctx, client)
	}
	if err != nil {
		return append(out, FailedFinding("jira fields", "fields", err)), nil
	}
	return append(out, s.tellFields()), s
}

// tellFields says how many fields can be read, and what to do where some are left out.
func (s *site) tellFields() Finding {
	f := Finding{
		What:  "jira fields",
		Part:  "fields",
		OK:    true,
		Found: fmt.Sprintf("%d can be read; none of them holds a person or free text", len(s.fields)),
		Details: map[string]any{
			"fields":   len(s.fields),
			"statuses": len(s.statuses),
			"types":    len(s.types),
			"left_out": s.fieldset.LeftOut(),
		},
	}
	if n := s.fieldset.LeftOut(); n > 0 {
		f.Hint = fmt.Sprintf(
			"%s more than one request takes: what boards and configuration name is read first, and "+
				"others are not read. An account that sees fewer fields helps.",
			countNoun(n, "field", math.MaxInt),
		)
	}
	return f
}

// readMetadata asks for statuses and issue types.
func (s *site) readMetadata(ctx context.Context, client *jira.Client) error {
	for _, f := range s.fieldset.Fields() {
		s.fields[f.ID] = f
	}
	statuses, err := client.Statuses(ctx)
	if err != nil {
		return err
	}
	for _, one := range statuses {
		s.statuses[one.ID] = one
	}
	types, _, err := client.Types(ctx)
	for _, one := range types {
		s.types[one.ID] = one
	}
	return err
}

// FailedFinding tells an error with its code and its remedy.
func FailedFinding(what, part string, err error) Finding {
	f := Finding{What: what, Part: part, Found: err.Error()}
	var e *problem.Problem
	if errors.As(err, &e) {
		f.Found, f.Hint, f.Code = e.Message, e.Hint, e.Code
	}
	return f
}

// WithCodes gives each finding that is not well a code: that of the error it tells, else "check." and its part.
func WithCodes(list []Finding) []Finding {
	for n, f := range list {
		if !f.OK && f.Code == "" {
			list[n].Code = problem.Code("check." + strings.ReplaceAll(f.Part, " ", "_"))
		}
	}
	return list
}
