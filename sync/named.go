package sync

import (
	"context"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/metadata"
	"jerem/sync/scope"
)

// Named is what somebody says was changed, before the search of Jira may know it. It is a hint: Jira is asked what is
// so.
type Named struct {
	Issues   []int64  // ids
	Deleted  []int64  // ids of those that were deleted
	Logged   []int64  // ids of issues on which time was logged
	Projects []string // keys and ids of the projects of these issues
	Boards   []int64  // whose sprints or columns may be others
}

// maxNamed is how many issues one reading is told of; the search for changes finds the others a little later.
const maxNamed = jira.BulkSize

// maxNamedLogged is of how many issues of these all time logged is asked for, one by one.
const maxNamedLogged = 20

// Add adds what else is named.
func (n *Named) Add(more Named) {
	n.Issues = firstIDs(scope.Unique(append(n.Issues, more.Issues...)), maxNamed)
	n.Deleted = firstIDs(scope.Unique(append(n.Deleted, more.Deleted...)), maxNamed)
	n.Logged = firstIDs(scope.Unique(append(n.Logged, more.Logged...)), maxNamedLogged)
	n.Boards = firstIDs(scope.Unique(append(n.Boards, more.Boards...)), maxNamed)
	for _, project := range more.Projects {
		if !slices.Contains(n.Projects, project) && len(n.Projects) < maxNamed {
			n.Projects = append(n.Projects, project)
		}
	}
}

func firstIDs(ids []int64, most int) []int64 { return ids[:min(len(ids), most)] }

// Concerns tells whether something that is named is a team's: it is of its project or its board, or is kept.
func (r *Reader) Concerns(ctx context.Context, named Named) (bool, error) {
	for _, conf := range r.Teams {
		if slices.Contains(named.Projects, conf.Project) || slices.Contains(named.Boards, conf.Board) {
			return true, nil
		}
		state, _, err := metadata.Known(ctx, r.Store, conf.Name)
		if err != nil {
			return false, err
		}
		if slices.Contains(named.Projects, state.ProjectID) && state.ProjectID != "" ||
			slices.Contains(named.Projects, state.Project) || slices.Contains(named.Boards, state.Board) {
			return true, nil
		}
	}
	kept, err := r.Store.Issues.UpdatedAt(ctx, slices.Concat(named.Issues, named.Logged))
	return len(kept) > 0, err
}

// CollectNamed brings the store up to date as [Reader.Collect] does, and reads what is named whatever the search for
// changes tells: its index lags behind.
func (r *Reader) CollectNamed(ctx context.Context, named Named) ([]Summary, error) {
	return r.collectPass(ctx, false, named)
}

// forgetBoards has boards and sprints of teams read again, and returns the names of these teams.
func (r *Reader) forgetBoards(boards []int64) map[string]bool {
	again := map[string]bool{}
	if r.site == nil {
		return again
	}
	for _, conf := range r.Teams {
		if team, found := r.site.Teams[conf.Name]; found && slices.Contains(boards, team.BoardID()) {
			r.site.Forget(conf.Name)
			if r.ahead.site != nil { // read ahead before it was named
				r.ahead.site.Forget(conf.Name)
			}
			again[conf.Name] = true
		}
	}
	return again
}

// forgetDeleted forgets issues that are named as deleted, kept and of a team's project, and that Jira does not have
// when it is asked for them by their ids. Others stay until the next reconciliation: what Jira tells of and does not
// send may be hidden from the account.
func forgetDeleted(ctx context.Context, r *reading) error {
	missing := r.found.namedMissing
	for _, t := range r.teams.withoutTrouble() {
		known, err := r.store.Issues.OfProject(ctx, t.found.Project.ID)
		if err != nil {
			return err
		}
		gone := slices.DeleteFunc(slices.Clone(known), func(id int64) bool {
			return !slices.Contains(missing, id) || !slices.Contains(r.named.Deleted, id)
		})
		if len(gone) == 0 || isMost(len(gone), len(known)) || t.unlisted {
			continue
		}
		sees, err := r.seesProject(ctx, t.found.Project.ID)
		if err != nil {
			return err
		}
		if !sees {
			continue
		}
		if err := r.forgetIssues(ctx, gone); err != nil {
			return err
		}
		missing = slices.DeleteFunc(missing, func(id int64) bool { return slices.Contains(gone, id) })
	}
	kept, err := r.store.Issues.UpdatedAt(ctx, missing)
	for id := range kept {
		r.found.retry[id] = true
		r.found.addMissed(agile.GapMissing, id, "")
	}
	return err
}
