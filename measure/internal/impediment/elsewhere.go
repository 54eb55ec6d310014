package impediment

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// Elsewhere is work that counts with an impediment though its issue was not the team's own when it was done: where it
// stood then, it counts as time logged too. Neither in another project nor another team's is the work on a sub-task
// that does not match the filter: it is logged nowhere else.
type Elsewhere struct {
	Log          agile.Worklog
	Key          string   // the present one of the issue on which it was logged
	OtherProject bool     // the issue stood in one
	Project      string   // its key, "" where that is not known
	OtherTeam    bool     // the issue stood in the team's project, and the Team field had not the team's value
	Teams        []string // but this one, by name and id
}

// elsewhereKey names what is recalled of the index.
type elsewhereKey struct{}

// startedElsewhere is work elsewhere, and what it may count with.
type startedElsewhere struct {
	startedLog
	told Elsewhere
}

// ElsewhereIn lists the work of a window that counts with an impediment as known at a moment and was done while its
// issue was not the team's own, in order of its start.
func (list *List) ElsewhereIn(w Window, known time.Time) (out []Elsewhere) {
	all := index.Recall(list.Index, elsewhereKey{}, func() []startedElsewhere { return workElsewhere(list) })
	for _, l := range all {
		if w.Holds(l.work.log.Started) && countsWith(list, list.ByIssue.Of(l.impediment), l.work, known) {
			out = append(out, l.told)
		}
	}
	return out
}

// workElsewhere lists all work that may count with impediments and was none of the team's own, which is little.
func workElsewhere(list *List) (out []startedElsewhere) {
	x := list.Index
	for _, l := range logsByStart(list) {
		if i := x.Issues.Of(l.work.log.Issue); !index.IsOwnWork(x, i, l.work.log) {
			out = append(out, startedElsewhere{l, placeOf(x, i, l.work.log)})
		}
	}
	return out
}

// placeOf tells where an issue stood at the work on it.
func placeOf(x *index.Index, i *agile.Issue, log agile.Worklog) Elsewhere {
	at := index.WhenWorked(i, log)
	told := Elsewhere{Log: log, Key: i.Key.Last()}
	if i.Project.At(at) != x.History.ProjectID {
		told.OtherProject = true
		told.Project, _ = index.ProjectKey(i, at)
		return told
	}
	told.Teams = x.IssueAt(i, index.Checkpoint{At: at, Order: index.AfterAll}).WorkingTeam()
	told.OtherTeam = !x.History.Team.HasWork(told.Teams)
	return told
}

// Distinct leaves out work that is listed already, as windows that overlap do.
func Distinct(logs []Elsewhere) (out []Elsewhere) {
	known := map[int64]bool{}
	for _, l := range logs {
		if !known[l.Log.ID] {
			known[l.Log.ID], out = true, append(out, l)
		}
	}
	return out
}
