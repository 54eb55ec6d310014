package impediment

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/recall"
	"jerem/sorting"
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
		if holds(l.log.Started) && countsWith(list, j, l, known) {
			each(l.log)
		}
	}
}

// WorklogsIn lists the work of a window that counts with each impediment as known at a moment, by the issue of the
// impediment. Only what was logged in the window is looked at.
func (list *List) WorklogsIn(w Window, known time.Time) map[int64][]agile.Worklog {
	logs := logsByStart(list)
	first, _ := slices.BinarySearchFunc(logs, w.From, startedLog.compareStart)
	found := map[int64][]agile.Worklog{}
	for _, l := range logs[first:] {
		if l.work.log.Started.After(w.To) {
			break
		}
		if w.Holds(l.work.log.Started) && countsWith(list, list.ByIssue.Of(l.impediment), l.work, known) {
			found[l.impediment] = append(found[l.impediment], l.work.log)
		}
	}
	return found
}

// EachWorklogSince calls each for the work that counts with impediments as known at a moment, of all that was begun at
// another moment or later: what was begun before that is not looked at.
func (list *List) EachWorklogSince(from, known time.Time, each func(agile.Worklog)) {
	logs := logsByStart(list)
	first, _ := slices.BinarySearchFunc(logs, from, startedLog.compareStart)
	for _, l := range logs[first:] {
		if countsWith(list, list.ByIssue.Of(l.impediment), l.work, known) {
			each(l.work.log)
		}
	}
}

// CountsWorkOn tells whether work of a window that was logged on an issue counts with an impediment as known at a
// moment: the issue itself, or one whose sub-task it was at the work.
func (list *List) CountsWorkOn(issue int64, w Window, known time.Time) bool {
	i := list.Index.Issues.Of(issue)
	if i == nil {
		return false
	}
	return slices.ContainsFunc(list.Index.Worklogs.Of(issue), func(log agile.Worklog) bool {
		if !w.Holds(log.Started) {
			return false
		}
		if own, is := list.ByIssue.Get(issue); is && countsWith(list, own, impedimentLog{log: log}, known) {
			return true
		}
		return slices.ContainsFunc(i.Parent, func(s agile.Step[int64]) bool {
			parent, is := list.ByIssue.Get(s.Value)
			return is && list.IsSubtaskOf(i, s.Value, log.Started) &&
				countsWith(list, parent, impedimentLog{log, issue}, known)
		})
	})
}

// countsWith tells whether work counts with an impediment as known at a moment.
func countsWith(list *List, j Impediment, l impedimentLog, known time.Time) bool {
	return !l.log.Created.After(known) && j.Between(l.log.Started, known) &&
		(l.subtask == 0 || !list.ByIssue.Of(l.subtask).Between(l.log.Started, known))
}

// impedimentLog is work that may count with an impediment.
type impedimentLog struct {
	log     agile.Worklog
	subtask int64 // on which it was logged, 0 where it was the impediment itself
}

// RecallWork returns the value of a key, computing it where it is not kept. A value rests on which issues are
// impediments at some time, on the time logged on them and on what was a sub-task of them, and on when it was one: not
// on when they were impediments, nor on what else they hold. The impediments of an index that goes on take it over
// while these are the same. Nobody changes a value.
func RecallWork[V any](list *List, key any, compute func() V) V {
	return recall.Value(list.work, key, compute)
}

// worksOtherwise tells whether what [RecallWork] keeps may be another because of an issue that changed from a list to
// the next one.
func worksOtherwise(x, y *List, id int64) bool {
	_, was := x.ByIssue.Get(id)
	_, is := y.ByIssue.Get(id)
	if was != is && x.countLogs(id)+y.countLogs(id) > 0 {
		return true
	}
	logs := y.Index.Worklogs.Of(id)
	if !slices.Equal(x.Index.Worklogs.Of(id), logs) {
		return true
	}
	return len(logs) > 0 && !isPartAlike(x.Index.Issues.Of(id), y.Index.Issues.Of(id))
}

// isPartAlike tells whether two readings of an issue say the same of whose sub-task it was.
func isPartAlike(a, b *agile.Issue) bool {
	return a != nil && b != nil && a.Created.Equal(b.Created) && slices.Equal(a.Parent, b.Parent) &&
		slices.Equal(a.Type, b.Type)
}

// logsByImpedimentKey names what is recalled.
type logsByImpedimentKey struct{}

// logsByImpediment lists the work on each impediment and on what was a sub-task of it at the moment of the work.
func logsByImpediment(list *List) map[int64][]impedimentLog {
	return RecallWork(list, logsByImpedimentKey{}, func() map[int64][]impedimentLog {
		logs, most := map[int64][]impedimentLog{}, 0
		for _, j := range list.All {
			most += list.countLogs(j.Issue.ID)
		}
		all := make([]impedimentLog, 0, most) // of which each impediment has a part
		for _, j := range list.All {
			from := len(all)
			if all = list.appendLogs(all, j.Issue.ID); len(all) > from {
				logs[j.Issue.ID] = all[from:len(all):len(all)]
			}
		}
		return logs
	})
}

// countLogs counts the work on an issue and on what was a sub-task of it once.
func (list *List) countLogs(id int64) int {
	count := len(list.Index.Worklogs.Of(id))
	for _, child := range list.Index.Children.Of(id) {
		count += len(list.Index.Worklogs.Of(child))
	}
	return count
}

// appendLogs appends the work on an issue and on what was a sub-task of it at the moment of the work.
func (list *List) appendLogs(logs []impedimentLog, id int64) []impedimentLog {
	for _, l := range list.Index.Worklogs.Of(id) {
		logs = append(logs, impedimentLog{log: l})
	}
	for _, child := range list.Index.Children.Of(id) {
		for _, l := range list.Index.Worklogs.Of(child) {
			if list.IsSubtaskOf(list.Index.Issues.Of(child), id, l.Started) {
				logs = append(logs, impedimentLog{l, child})
			}
		}
	}
	return logs
}

// startedLog is work that may count with an impediment, and the issue of the impediment.
type startedLog struct {
	work       impedimentLog
	impediment int64
}

func (l startedLog) compareStart(at time.Time) int { return l.work.log.Started.Compare(at) }

// logsByStartKey names what is recalled.
type logsByStartKey struct{}

// logsByStart lists the work on all impediments in order of its start; that of one moment by impediment, then in the
// order of [logsByImpediment].
func logsByStart(list *List) []startedLog {
	return RecallWork(list, logsByStartKey{}, func() (logs []startedLog) {
		byImpediment := logsByImpediment(list)
		for _, j := range list.All {
			for _, l := range byImpediment[j.Issue.ID] {
				logs = append(logs, startedLog{l, j.Issue.ID})
			}
		}
		sorting.By(logs, func(a, b startedLog) int { return a.work.log.Started.Compare(b.work.log.Started) })
		return logs
	})
}
