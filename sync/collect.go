package sync

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/jira/translate"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// reading is one pass over everything.
type reading struct {
	*Reader
	*smallSets
	full  bool        // everything is read, whatever is known
	fresh bool        // the small sets were read by this pass
	at    time.Time   // Jira's clock when it began: what is read is known as of then
	marks store.Marks // up to where the store was current
	teams []*teamReading

	since   time.Time // when the reading of everything began: before r.at where one was interrupted
	resumed bool      // it goes on
	counted bool      // all issues were listed
	audit   bool      // they are compared with what is kept
	logged  bool      // the time logged is up to date
	unknown []int64   // issues whose whole time logged is to be asked for

	sees map[string]bool // whether the account sees a project, by id

	listed map[int64]bool // all issues, where they were listed
	again  map[int64]bool // issues that a later reading must read

	answered bool        // issues came since one was found missing
	refusals int         // requests for issues that failed as a whole
	lacking  []store.Gap // issues that are listed and do not come, or cannot be read
	left     []int64     // issues that are neither listed nor sent any more
}

// teamReading is what one pass finds out for a team.
type teamReading struct {
	conf    agile.Team
	project jira.Project
	board   *agile.Board
	sprints []jira.SprintInfo // all that were read
	mine    []jira.SprintInfo // those that are the team's
	listed  []int64           // the ids of those that its board lists
	once    []int64           // those that are the team's from earlier readings alone
	full    bool              // everything of it is read
	since   time.Time         // up to where it is current
	held    bool              // it stays so: a part of what was changed could not be asked for
	err     error             // the team's own trouble: it is left out, the others go on

	own     map[int64]bool // its issues, for counting
	others  map[int64]bool // issues of other projects that stand in its sprints or epics
	matches map[int64]bool // of its filter; nil without one
	impeded map[int64]bool // of its impediment query; nil without one

	gaps   []store.Gap // what this reading could not have, besides single issues and the small sets
	doubts []string    // what is told less of than is known, in sentences: it is kept, and the team is behind

	summary Summary
}

// Collect brings the store up to date: everything at the first time and where full is asked for, else
// what was changed since the last reading. What is read is kept chunk by chunk. The error holds the
// troubles of single teams; a trouble with Jira or the store as a whole ends the pass.
func (rd *Reader) Collect(ctx context.Context, full bool) ([]Summary, error) {
	defer rd.Store.Settle()
	r := &reading{Reader: rd, full: full, again: map[int64]bool{}}
	began := time.Now()
	if _, err := r.mend(ctx); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	if err := r.rederive(ctx); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	if err := r.prepare(ctx, began); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	for _, conf := range r.Teams {
		t := &teamReading{conf: conf, own: map[int64]bool{}, others: map[int64]bool{}}
		r.teams = append(r.teams, t)
		if err := r.team(ctx, t); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			t.err = fmt.Errorf("team %s: %w", conf.Name, err)
		}
	}
	r.planFields()
	if err := r.work(ctx); err != nil {
		return nil, r.allBehind(ctx, err)
	}
	summaries, err := r.finish(ctx, began)
	var own TeamErrors
	if err != nil && !errors.As(err, &own) {
		return summaries, err
	}
	if marked := errors.Join(r.mark(ctx), r.Store.ClearDamage(ctx)); marked != nil {
		return summaries, marked
	}
	return summaries, err
}

// allBehind notes a trouble that all teams share.
func (r *reading) allBehind(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, conf := range r.Teams {
		if kept := r.Store.Behind(ctx, conf.Name, r.moment(time.Now()), err.Error()); kept != nil {
			return errors.Join(err, kept)
		}
	}
	return err
}

// settings writes what a team's figures depend on in its configuration.
func (r *reading) settings(t agile.Team) string {
	return fmt.Sprintf("%s %q %q %v %v-%v %q %q %q %q %v %v %d", r.zone, t.Filter, t.ClosedStatuses, t.Calendar.Zone, t.Calendar.Start, t.Calendar.End,
		t.Impediment.Labels, t.Impediment.Types, t.Impediment.JQL, t.Impediment.Nature, t.Sprint.Grace, t.Quarter.Label, t.Quarter.FirstMonth)
}

// well lists the teams that are not in trouble.
func (r *reading) well() []*teamReading {
	return slices.DeleteFunc(slices.Clone(r.teams), func(t *teamReading) bool { return t.err != nil })
}

// issues reads issues in bulk; each chunk is kept before the next one is asked for.
func (r *reading) issues(ctx context.Context, ids []int64, tell bool) error {
	done := 0
	for chunk := range slices.Chunk(ids, r.chunk()) {
		docs, outcome, err := r.documents(ctx, chunk)
		if err != nil {
			return err
		}
		kept, err := r.keep(ctx, docs)
		if err != nil {
			return err
		}
		r.aside(chunk, kept, outcome)
		done += len(chunk)
		if tell && r.Progress != nil {
			r.Progress(Progress{done, len(ids)})
		}
	}
	return nil
}

func (r *Reader) chunk() int {
	if r.Chunk == 0 {
		return jira.BulkSize
	}
	return r.Chunk
}

// keep translates documents and puts them into the store, one transaction for all. It returns which
// were kept.
func (r *reading) keep(ctx context.Context, docs []document.Document) (ids []int64, err error) {
	if err := r.wentBack(ctx, docs); err != nil {
		return nil, err
	}
	docs, err = r.joined(ctx, docs)
	if err != nil {
		return nil, err
	}
	var kept []store.Doc
	var names []store.StatusName
	for _, d := range docs {
		t, err := translate.Document(d.Raw)
		if err != nil {
			r.Log.Warn("an issue cannot be understood: it is left as it is known, and read again later", "issue", d.ID, "error", err)
			continue
		}
		ids = append(ids, d.ID)
		kept = append(kept, store.Doc{Issue: t.Issue, Raw: d.Raw, RawVersion: document.RawVersion, Read: r.at, Gaps: d.Gaps})
		for _, n := range t.StatusNames {
			names = append(names, store.StatusName{ID: n.ID, Name: n.Name})
		}
		r.sort(t.Issue, &d)
	}
	if err := r.Store.PutStatusNames(ctx, names); err != nil {
		return nil, err
	}
	_, err = r.Store.PutIssues(ctx, kept)
	return ids, err
}

// sort finds the teams that an issue belongs to and notes those of other projects; what was read is
// counted, read is nil for what was kept before.
func (r *reading) sort(i *agile.Issue, read *document.Document) {
	for _, t := range r.well() {
		home := slices.ContainsFunc(i.Project, func(s agile.Step[string]) bool { return s.Value == t.project.ID })
		visits := slices.ContainsFunc(i.Sprints, func(s agile.Step[[]int64]) bool { return slices.ContainsFunc(s.Value, t.hasSprint) })
		if !home && visits {
			t.others[i.ID] = true
		}
		if home || visits {
			t.own[i.ID] = true
			if read != nil {
				t.summary.Issues++
				t.summary.Changes += read.Changes
			}
		}
	}
}

func (t *teamReading) hasSprint(id int64) bool {
	return slices.ContainsFunc(t.mine, func(s jira.SprintInfo) bool { return s.ID == id })
}

// boardID returns the team's board, 0 without one.
func (t *teamReading) boardID() int64 {
	if t.board == nil {
		return 0
	}
	return t.board.ID
}

// parentsPerQuery bounds the length of a query.
const parentsPerQuery = 500

// epicWork lists the issues of other projects whose epic is one of the teams' epics of a quarter: of
// teams that are read whole, and whenever all issues are counted, for an epic may get its quarter
// later. Else they are asked for with what was changed.
func (r *reading) epicWork(ctx context.Context, have []int64) ([]int64, error) {
	var far []int64
	known := map[int64]bool{}
	for _, id := range have {
		known[id] = true
	}
	teams, _ := r.split()
	if r.counted {
		teams = r.well()
	}
	for _, t := range teams {
		h, err := r.Store.EpicKeys(ctx, t.project.ID, t.conf.Quarter.Label)
		if err != nil {
			return nil, err
		}
		for part := range slices.Chunk(h, parentsPerQuery) {
			jql := fmt.Sprintf("%s AND project != %s ORDER BY created ASC", r.Jira.InEpics(r.fields, part), scope.Quote(t.project.Key))
			ids, err := r.ids(ctx, jql)
			if problem.Is(err, jira.BadRequest) {
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
	return r.unread(ctx, far)
}

// epicKeys returns the keys of the teams' epics of a quarter.
func (r *reading) epicKeys(ctx context.Context, teams []*teamReading) ([]string, error) {
	var out []string
	for _, t := range teams {
		keys, err := r.Store.EpicKeys(ctx, t.project.ID, t.conf.Quarter.Label)
		if err != nil {
			return nil, err
		}
		out = append(out, keys...)
	}
	return out, nil
}
