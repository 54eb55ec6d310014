package investment

import (
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/index"
	"jerem/measure/internal/pastchange"
	"jerem/measure/internal/roadmap"
	"jerem/measure/words"
)

// basisOf returns what the sum of a kind rests on, by the name that the catalogue gives it.
func basisOf(figure string) grade.Basis {
	var on grade.Basis
	switch {
	case strings.HasSuffix(figure, "."+ByNature):
		on = grade.OnMarks
	case strings.HasSuffix(figure, "."+ByInitiative):
		on = grade.OnInitiatives
	}
	if strings.HasPrefix(figure, "mix.seconds.") {
		if on&grade.OnMarks != 0 {
			on |= grade.OnSpent
		}
		return on | grade.OnLogged
	}
	return on | grade.OnWork | grade.OnEstimates
}

// QualityOf grades one sum of a mix, named as in the catalogue: a reason that is none of what it rests on lowers
// nothing.
func (q Quarter) QualityOf(figure string) grade.Quality { return q.Reasons.On(basisOf(figure)) }

// workOfQuarter is what the mix of a quarter is made of: the issues on which time was logged or that were finished.
type workOfQuarter struct {
	issues   map[int64]bool
	finished []index.Finish

	// Of the issues, those whose work was in an epic that is not read, as in a project that no team has: its labels
	// are not known, so it stands under no initiative. And those of which it is not sure for what initiative it was,
	// since changes do not join: those of the issue, or of its parent where it is a sub-task, from one epic to another,
	// or those of the epic's labels.
	unread, unsure map[int64]bool
}

// gatherWork gathers what the mix of a quarter is made of, with time logged as known at a moment.
func gatherWork(t *measure.Team, s roadmap.QuarterSpan, at time.Time) workOfQuarter {
	work := workOfQuarter{issues: map[int64]bool{}, finished: finishedIn(t, s, s.AsOf(at)),
		unread: map[int64]bool{}, unsure: map[int64]bool{}}
	eachWork(t, s, at, func(i *agile.Issue, when time.Time) {
		work.issues[i.ID] = true
		if inUnreadEpic(t.Index, i, when) {
			work.unread[i.ID] = true
		}
		if isInitiativeUnsure(t.Index, i, when) {
			work.unsure[i.ID] = true
		}
	})
	return work
}

// reasonsAgainst tells what is to be said against the mix of a quarter as of a moment.
func reasonsAgainst(t *measure.Team, s roadmap.QuarterSpan, at time.Time) (r grade.Reasons) {
	work := gatherWork(t, s, at)
	r.AddReading(t.Index.History, at)
	r.AddGaps(t.Impediments, grade.OnWork|grade.OnEstimates|grade.OnMarks|grade.OnLogged|grade.OnInitiatives,
		grade.Reach{From: s.From, Until: s.AsOf(at)}, func(id int64) bool { return work.issues[id] })
	addPastChanges(&r, t, s, at)
	r.AddUnsent(t.Impediments, grade.OnLogged, windowOfQuarter(s, at), at)
	r.AddLogsAhead(t.Impediments, grade.OnLogged, grade.OnLogged, windowOfQuarter(s, at), at)
	r.AddNotHere(grade.OnSpent, t.Impediments.ElsewhereIn(windowOfQuarter(s, at), at))
	work.addDoubts(&r, t, s.AsOf(at))
	r.AddSome(grade.OnMarks, work.countUnmarked(t), "issue", "the labels or natures of %s do not join")
	r.AddSome(grade.OnLogged, index.WorklogsOutOfBounds(t.Index, at), "worklog", "%s out of all bounds and not counted")
	r.AddSome(grade.OnInitiatives, len(work.unsure), "issue",
		"the epics of %s, or the labels of these epics, do not join")
	r.AddSome(grade.OnInitiatives, len(work.unread), "issue", "%s of an epic that is not read, for no team reads its "+
		"project or it is gone: their initiative cannot be told")
	return r
}

// addPastChanges adds what changed after the fact of a quarter's time and of what was finished in it.
func addPastChanges(r *grade.Reasons, t *measure.Team, s roadmap.QuarterSpan, at time.Time) {
	changes := pastchange.Of(t.Index)
	w := windowOfQuarter(s, at)
	finished := changes.Finished(t.Index.Unit, s.From, s.AsOf(at), false)
	logged := changes.LoggedIn(w, at)
	both, finished := pastchange.Divide(finished, logged)
	_, logged = pastchange.Divide(logged, both)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates|grade.OnLogged, both)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates, finished)
	r.AddPastChanges(grade.OnLogged, append(logged, changes.TimeIn(w, at, func(l agile.Worklog) bool {
		i := t.Index.Issues.Of(l.Issue)
		return i != nil && t.Index.InScope(i, calendar.LaterOf(l.Started, i.Created))
	})...))
}

// countUnmarked counts the issues of a quarter of which it is not sure what nature they were.
func (work workOfQuarter) countUnmarked(t *measure.Team) int {
	unmarked, marks := 0, t.Impediments.MarkFields()
	for id := range work.issues {
		if i := t.Index.Issues.Of(id); i.Broken.In(marks...) > 0 {
			unmarked++
		}
	}
	return unmarked
}

// addDoubts adds the shortcomings of what was finished in a quarter.
func (work workOfQuarter) addDoubts(r *grade.Reasons, t *measure.Team, asOf time.Time) {
	unestimated, broken, unknown, names := 0, 0, 0, map[string]bool{}
	for _, f := range work.finished {
		i := t.Index.Issues.Of(f.Issue)
		if !f.Estimate.Known {
			unestimated++
		}
		if i.Broken.In(agile.FieldStatus, agile.FieldProject, agile.FieldType) > 0 {
			broken++
		}
		left := index.PastUnknown(t.Index, i, time.Time{}, asOf)
		for _, id := range left {
			names[t.Index.History.StatusName(id)] = true
		}
		unknown += min(1, len(left))
	}
	r.AddLacking(grade.OnEstimates, unestimated, len(work.finished), "%s finished without an estimate",
		words.Count(unestimated, "issue"))
	r.AddUnknownStatuses(grade.OnWork, names, unknown, len(work.finished), "")
	r.AddSome(grade.OnWork, broken, "issue", "the change history of %s does not join")
}
