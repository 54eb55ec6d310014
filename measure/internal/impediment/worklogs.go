package impediment

import (
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// EachWorklog calls each for the work that counts with an impediment as known at a moment: its own, and
// that of its sub-tasks that are no impediments themselves.
func (list *List) EachWorklog(j Impediment, known time.Time, each func(agile.Worklog)) {
	eachWorklog(list, j, known, func(time.Time) bool { return true }, each)
}

// EachWorklogIn is [List.EachWorklog] for the work of a window.
func (list *List) EachWorklogIn(w Window, j Impediment, known time.Time, each func(agile.Worklog)) {
	eachWorklog(list, j, known, w.Holds, each)
}

func eachWorklog(list *List, j Impediment, known time.Time, holds func(time.Time) bool, each func(agile.Worklog)) {
	for _, l := range logsByImpediment(list)[j.Issue.ID] {
		if l.log.Created.After(known) || !holds(l.log.Started) || !j.Between(l.log.Started, known) {
			continue
		}
		if l.subtask == 0 || !list.ByIssue[l.subtask].Between(l.log.Started, known) {
			each(l.log)
		}
	}
}

// impedimentLog is work that may count with an impediment.
type impedimentLog struct {
	log     agile.Worklog
	subtask int64 // on which it was logged, 0 where it was the impediment itself
}

// logsByImpedimentKey names what is recalled of the index.
type logsByImpedimentKey struct{}

// logsByImpediment lists the work on each impediment and on what was a sub-task of it at the moment of the work.
func logsByImpediment(list *List) map[int64][]impedimentLog {
	return index.Recall(list.Index, logsByImpedimentKey{}, func() map[int64][]impedimentLog {
		logs := map[int64][]impedimentLog{}
		for _, j := range list.All {
			id := j.Issue.ID
			for _, l := range list.Index.Worklogs[id] {
				logs[id] = append(logs[id], impedimentLog{log: l})
			}
			for _, child := range list.Index.Children[id] {
				for _, l := range list.Index.Worklogs[child] {
					if list.IsSubtaskOf(list.Index.Issues[child], id, l.Started) {
						logs[id] = append(logs[id], impedimentLog{l, child})
					}
				}
			}
		}
		return logs
	})
}
