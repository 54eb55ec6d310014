package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
)

// reading is one pass over everything.
type reading struct {
	*Bot
	at     time.Time // Jira's clock when it began: what is read is known as of then
	fields jira.Fieldset
	types  map[string]agile.Type
	teams  []*teamReading

	zone     string // of the account that reads
	reworded bool   // statuses or types mean something else than at the last reading
}

// teamReading is what one pass finds out for a team.
type teamReading struct {
	conf    agile.Team
	project jira.Project
	board   *agile.Board
	sprints []jira.SprintInfo
	err     error // the team's own trouble: it is left out, the others go on

	own     map[int64]bool // its issues, for counting
	others  map[int64]bool // issues of other projects that stand in its sprints or epics
	matches map[int64]bool // of its filter; nil without one
	impeded map[int64]bool // of its impediment query; nil without one

	summary Summary
	changed time.Time // the earliest moment whose figures may have changed; zero for none
}

// Collect reads everything once and keeps it, chunk by chunk. The error holds the troubles of
// single teams; a trouble with Jira or the store as a whole ends the pass.
func (b *Bot) Collect(ctx context.Context) ([]Summary, error) {
	r := &reading{Bot: b}
	began := time.Now()
	if err := r.smallSets(ctx); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	for _, conf := range b.Teams {
		t := &teamReading{conf: conf, own: map[int64]bool{}, others: map[int64]bool{}}
		r.teams = append(r.teams, t)
		if err := r.team(ctx, t); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			t.err = fmt.Errorf("team %s: %w", conf.Name, err)
		}
	}
	if err := r.work(ctx); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	return r.finish(ctx, began)
}

// allBehind notes a trouble that all teams share.
func (r *reading) allBehind(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, conf := range r.Teams {
		if kept := r.Store.Behind(ctx, conf.Name, time.Now(), err.Error()); kept != nil {
			return errors.Join(err, kept)
		}
	}
	return err
}

// smallSets checks the credentials first, then reads what the whole site shares.
func (r *reading) smallSets(ctx context.Context) error {
	account, err := r.Jira.Myself(ctx)
	if err != nil {
		return err
	}
	server, err := r.Jira.Server(ctx)
	if err != nil {
		return err
	}
	r.at = server.Time
	if r.fields, err = r.Jira.Fields(ctx); err != nil {
		return err
	}
	if n := r.fields.LeftOut(); n > 0 {
		r.Log.Warn("more fields than one request takes: some selects and dates are not read", "left out", n)
	}
	statuses, err := r.Jira.Statuses(ctx)
	if err != nil {
		return err
	}
	types, err := r.Jira.Types(ctx)
	if err != nil {
		return err
	}
	r.types = map[string]agile.Type{}
	for _, t := range types {
		r.types[t.ID] = t
	}
	otherStatuses, err := r.Store.PutStatuses(ctx, statuses)
	if err != nil {
		return err
	}
	otherTypes, err := r.Store.PutTypes(ctx, types)
	if err != nil {
		return err
	}
	r.zone, r.reworded = account.Zone, otherStatuses || otherTypes
	return errors.Join(r.Store.SetZone(ctx, account.Zone), r.Store.PutFields(ctx, r.fields.Fields()))
}

// team finds a team's project, board and sprints.
func (r *reading) team(ctx context.Context, t *teamReading) error {
	var err error
	if t.project, err = r.Jira.Project(ctx, t.conf.Project); err != nil {
		return err
	}
	if t.board, err = r.board(ctx, t); err != nil || t.board == nil {
		return err
	}
	changed, err := r.Store.PutBoard(ctx, *t.board)
	if err != nil {
		return err
	}
	if changed {
		t.touch(firstDay) // columns and estimation have no history: they hold for the whole past
	}
	if t.board.Kind != agile.Scrum {
		return nil
	}
	if t.sprints, err = r.Jira.Sprints(ctx, t.board.ID); err != nil && !errors.Is(err, jira.ErrNoSprints) {
		return fmt.Errorf("board %d: %w", t.board.ID, err)
	}
	return nil
}

// firstDay is before anything that figures are made of.
var firstDay = time.Unix(1, 0).UTC()

// settings writes what a team's figures depend on in its configuration.
func (r *reading) settings(t agile.Team) string {
	return fmt.Sprintf("%s %q %q %v %v-%v %q %q %q %q %v %v %d", r.zone, t.Filter, t.ClosedStatuses, t.Calendar.Zone, t.Calendar.Start, t.Calendar.End,
		t.Impediment.Labels, t.Impediment.Types, t.Impediment.JQL, t.Impediment.Nature, t.Sprint.Grace, t.Quarter.Label, t.Quarter.FirstMonth)
}

// work reads issues and worklogs of all teams that are not in trouble.
func (r *reading) work(ctx context.Context) error {
	ids, err := r.scope(ctx)
	if err != nil {
		return err
	}
	if err := r.issues(ctx, ids, true); err != nil {
		return err
	}
	far, err := r.epicWork(ctx, ids)
	if err != nil {
		return err
	}
	if err := r.issues(ctx, far, false); err != nil {
		return err
	}
	for _, t := range r.well() {
		if err := r.membership(ctx, t); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
		}
	}
	return r.worklogs(ctx)
}

// well lists the teams that are not in trouble.
func (r *reading) well() []*teamReading {
	return slices.DeleteFunc(slices.Clone(r.teams), func(t *teamReading) bool { return t.err != nil })
}

// issues reads issues in bulk; each chunk is kept before the next one is asked for.
func (r *reading) issues(ctx context.Context, ids []int64, tell bool) error {
	done := 0
	for chunk := range slices.Chunk(ids, jira.BulkSize) {
		docs, outcome, err := r.Jira.Documents(ctx, chunk, r.fields)
		if err != nil {
			return err
		}
		for _, err := range outcome.Broken {
			r.Log.Warn("an issue cannot be read and is left out", "error", err)
		}
		if err := r.keep(ctx, docs); err != nil {
			return err
		}
		done += len(chunk)
		if tell && r.Progress != nil {
			r.Progress(Progress{done, len(ids)})
		}
	}
	return nil
}

// keep translates documents and puts them into the store, one transaction for all.
func (r *reading) keep(ctx context.Context, docs []jira.Document) error {
	var kept []store.Doc
	var names []store.StatusName
	for _, d := range docs {
		t, err := jira.Translate(d.Raw)
		if err != nil {
			return err
		}
		kept = append(kept, store.Doc{Issue: t.Issue, Raw: d.Raw, RawVersion: jira.RawVersion})
		for _, n := range t.StatusNames {
			names = append(names, store.StatusName{ID: n.ID, Name: n.Name})
		}
		r.sort(t.Issue, d.Changes)
	}
	if err := r.Store.PutStatusNames(ctx, names); err != nil {
		return err
	}
	changes, err := r.Store.PutIssues(ctx, kept)
	if err != nil {
		return err
	}
	r.touch(changes.Earliest)
	return nil
}

// touch notes the earliest moment whose figures may have changed, for all teams: issues move.
func (r *reading) touch(at time.Time) {
	for _, t := range r.teams {
		t.touch(at)
	}
}

func (t *teamReading) touch(at time.Time) {
	if !at.IsZero() && (t.changed.IsZero() || at.Before(t.changed)) {
		t.changed = at
	}
}

// sort counts an issue for the teams that it belongs to and notes those of other projects.
func (r *reading) sort(i *agile.Issue, changes int) {
	for _, t := range r.well() {
		home := slices.ContainsFunc(i.Project, func(s agile.Step[string]) bool { return s.Value == t.project.ID })
		visits := slices.ContainsFunc(i.Sprints, func(s agile.Step[[]int64]) bool {
			return slices.ContainsFunc(s.Value, func(id int64) bool {
				return slices.ContainsFunc(t.sprints, func(s jira.SprintInfo) bool { return s.ID == id })
			})
		})
		if !home && visits {
			t.others[i.ID] = true
		}
		if home || visits {
			t.own[i.ID] = true
			t.summary.Issues++
			t.summary.Changes += changes
		}
	}
}

// parentsPerQuery bounds the length of a query.
const parentsPerQuery = 500

// epicWork lists the issues of other projects whose epic is one of the teams' epics of a quarter.
func (r *reading) epicWork(ctx context.Context, have []int64) ([]int64, error) {
	var far []int64
	known := map[int64]bool{}
	for _, id := range have {
		known[id] = true
	}
	for _, t := range r.well() {
		h, err := r.Store.EpicKeys(ctx, t.project.ID, t.conf.Quarter.Label)
		if err != nil {
			return nil, err
		}
		for part := range slices.Chunk(h, parentsPerQuery) {
			jql := fmt.Sprintf("parent in (%s) AND project != %s ORDER BY created ASC", strings.Join(part, ", "), quote(t.project.Key))
			ids, err := r.ids(ctx, jql)
			if jira.Is(err, jira.BadRequest) {
				r.Log.Warn("issues of other projects in the epics cannot be asked for", "team", t.conf.Name, "error", err)
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				t.others[id] = true
				if !known[id] {
					known[id] = true
					far = append(far, id)
				}
			}
		}
	}
	return far, nil
}

// membership asks which issues match a team's filter and its impediment query.
func (r *reading) membership(ctx context.Context, t *teamReading) error {
	var err error
	if t.matches, err = r.matching(ctx, t, "jql_filter", t.conf.Filter); err != nil {
		return err
	}
	t.impeded, err = r.matching(ctx, t, "impediment.jql", t.conf.Impediment.JQL)
	return err
}

func (r *reading) matching(ctx context.Context, t *teamReading, key, jql string) (map[int64]bool, error) {
	if jql == "" {
		return nil, nil
	}
	ids, err := r.ids(ctx, fmt.Sprintf("project = %s AND (%s)", quote(t.project.Key), withoutOrder(jql)))
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", key, jql, err)
	}
	set := map[int64]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set, nil
}

// withoutOrder cuts the order off a query: it cannot stand in parentheses, and does not matter.
func withoutOrder(jql string) string {
	if i := strings.LastIndex(strings.ToLower(jql), "order by"); i >= 0 && !strings.ContainsAny(jql[i:], `"'`) {
		return strings.TrimSpace(jql[:i])
	}
	return jql
}

// worklogs reads the time logged on the issues that are kept.
func (r *reading) worklogs(ctx context.Context) error {
	if len(r.well()) == 0 {
		return nil
	}
	kept, since, err := r.Store.IssueIDs(ctx)
	if err != nil {
		return err
	}
	var logs []agile.Worklog
	keep := func(issue int64) bool { return kept[issue] }
	for l, err := range r.Jira.Worklogs(ctx, since, keep) {
		if err != nil {
			return err
		}
		logs = append(logs, l)
	}
	earliest, err := r.Store.ReplaceWorklogs(ctx, logs)
	if err != nil {
		return err
	}
	r.touch(earliest)
	for _, t := range r.teams {
		for _, l := range logs {
			if t.own[l.Issue] {
				t.summary.Worklogs++
			}
		}
	}
	return nil
}
