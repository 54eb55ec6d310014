package index

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// InScope tells whether an issue is in the team's own scope at a moment: in its project, among those that match its
// filter, and the team's by the Team field where that is configured.
func (x *Index) InScope(i *agile.Issue, at time.Time) bool {
	return x.InScopeAt(i, Checkpoint{At: at, Order: AfterAll})
}

// InScopeAt tells the same at a checkpoint.
func (x *Index) InScopeAt(i *agile.Issue, place Checkpoint) bool {
	if i.Project.AtOrder(place.At, place.Order) != x.History.ProjectID ||
		x.History.Matches != nil && !x.History.Matches[i.ID] {
		return false
	}
	return x.History.Team.Works == "" || x.History.Team.HasWork(workingTeamOf(x, i, place))
}

// WorkingTeam returns the value of the Team field of an issue at a moment, by name and id; none where it had none.
func (x *Index) WorkingTeam(i *agile.Issue, at time.Time) []string {
	return workingTeamOf(x, i, Checkpoint{At: at, Order: AfterAll})
}

// workingTeamOf returns the value of the Team field at a checkpoint, by name and id. A sub-task that never had one is
// its parent's: Jira hands it down.
func workingTeamOf(x *Index, i *agile.Issue, place Checkpoint) []string {
	if len(i.Options.Of(agile.FieldTeam)) == 0 {
		if parent := x.IssueAt(i, place).Parent(); parent != nil {
			return parent.Options.Of(agile.FieldTeam).At(place.At)
		}
	}
	return i.Options.Of(agile.FieldTeam).AtOrder(place.At, place.Order)
}

// ProjectKey returns the key of the project that an issue stood in at a moment, as its own key tells it; false where it
// had the same key in another project.
func ProjectKey(i *agile.Issue, at time.Time) (key string, known bool) {
	project, whole := i.Project.At(at), i.Key.At(at)
	kept := slices.ContainsFunc(i.Project, func(s agile.Step[string]) bool {
		return s.Value != project && i.Key.At(s.From) == whole
	})
	n := strings.LastIndexByte(whole, '-')
	if n < 0 || kept {
		return "", false
	}
	return whole[:n], true
}

// IssuesOfEpic yields the issues that belong to an epic at a moment, with what counts of them then.
func (x *Index) IssuesOfEpic(epic int64, at time.Time) iter.Seq2[int64, Snapshot] {
	return func(yield func(int64, Snapshot) bool) {
		for _, id := range x.EpicIssues[epic] {
			if s, _ := x.Histories[id].At(at); s.Epic == epic && !yield(id, s) {
				return
			}
		}
	}
}

// EpicOf returns the epic of an issue: the parent at epic level wins, then the older link. The parent of an issue of
// the standard level is its epic where that is not read, as in a project of another team: the issue tells its key.
func (x *Index) EpicOf(i *agile.Issue, parent int64, link string, at time.Time) int64 {
	p, read := x.Issues[parent]
	if read && x.Level(p.Type.At(at)) == 1 {
		return parent
	}
	key, _ := i.Relatives.Of(parent)
	if link == "" && !read && parent != 0 && key != "" && x.Level(i.Type.At(at)) == 0 {
		return parent
	}
	if link == "" {
		return 0
	}
	if id, ok := x.keys[strings.ToLower(link)]; ok {
		return id
	}
	id, _ := strconv.ParseInt(link, 10, 64)
	return id
}
