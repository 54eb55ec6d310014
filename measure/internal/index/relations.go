package index

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// InScope tells whether an issue that is in a project is in the team's own scope.
func (x *Index) InScope(i *agile.Issue, project string) bool {
	return project == x.History.ProjectID && (x.History.Matches == nil || x.History.Matches[i.ID])
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
	if link == "" && !read && parent != 0 && i.Relatives[parent] != "" && x.Level(i.Type.At(at)) == 0 {
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
