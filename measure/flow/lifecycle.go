package flow

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/naming"
)

// LifecycleRule tells how many tickets do not keep one of the rules by which figures can be trusted.
type LifecycleRule struct {
	Rule   string   `json:"rule"`
	Count  *int     `json:"count"` // nil where the rule says nothing, as of estimates where issues are counted
	Of     *int     `json:"of"`
	Issues []string `json:"issues"` // by key
}

// The rules of a ticket's lifecycle.
const (
	RuleDoneWithoutProgress     = "done_without_progress"
	RuleUntouched               = "untouched"
	RuleImpedimentWithoutTime   = "impediment_closed_without_time"
	RuleEstimatedAfterStart     = "estimated_after_start"
	RuleInSprintWithoutEstimate = "in_sprint_without_estimate"
)

// LateIssue is work in progress that needs a look today, and why.
type LateIssue struct {
	Issue         string     `json:"issue"`
	Summary       string     `json:"summary"`
	Column        *string    `json:"column"`         // nil before a column held it
	Age           int        `json:"age"`            // local days since its start, today included
	PaceP85       *int       `json:"pace_p85"`       // of its column
	UntouchedDays int        `json:"untouched_days"` // whole working days since the last change or logged work
	BlockedSince  *time.Time `json:"blocked_since"`  // nil while it is not flagged
	Why           []string   `json:"why"`            // of older, untouched, blocked
}

// Late lists the work in progress that is older than the pace of its column, untouched or flagged, in order of start.
func Late(team *measure.Team, at time.Time) []LateIssue {
	from, to := DefaultDates(team, at)
	w := windowOf(team, at, from, to)
	late := make([]LateIssue, 0, len(w.doing))
	for _, n := range w.doing {
		if l := w.latenessOf(n); len(l.Why) > 0 {
			late = append(late, l)
		}
	}
	return late
}

// latenessOf tells why the n-th passage of those that have begun needs a look.
func (w *window) latenessOf(n int) LateIssue {
	p := w.begun[n]
	l := LateIssue{Issue: p.issue.Key.Last(), Summary: p.issue.Summary.At(w.at), Age: w.ageOf(p),
		Why: []string{}}
	if column := p.presentColumn(); column >= 0 {
		l.Column, l.PaceP85 = &w.columns.names[column], w.pace[column].P85
	}
	if l.PaceP85 != nil && l.Age > *l.PaceP85 {
		l.Why = append(l.Why, "older")
	}
	l.UntouchedDays = w.idleDays(n)
	if l.UntouchedDays >= w.untouchedAfter() {
		l.Why = append(l.Why, "untouched")
	}
	if p.issue.Flagged.At(w.at) {
		since := flaggedSince(p.issue, w.at).UTC()
		l.BlockedSince = &since
		l.Why = append(l.Why, "blocked")
	}
	return l
}

// untouchedAfter returns the working days without a change after which work is untouched.
func (w *window) untouchedAfter() int {
	if n := w.team.Index.History.Team.Flow.Untouched; n > 0 {
		return n
	}
	return defaultUntouched
}

// idleDays returns the whole working days since the n-th issue that has begun last changed or had work logged.
func (w *window) idleDays(n int) int {
	return int(w.team.Index.History.Team.Calendar.Days(w.touched[n], w.at) + 1e-9)
}

// lastTouch returns the moment of an issue's last change of a value or its last logging of work, up to another one.
func lastTouch(x *index.Index, i *agile.Issue, at time.Time) time.Time {
	last := calendar.LaterOf(i.Created, moments.LastOfIssue(i, at))
	for _, l := range x.Worklogs.Of(i.ID) {
		if l.Created.After(last) && !l.Created.After(at) {
			last = l.Created
		}
	}
	return last
}

// flaggedSince returns the beginning of the present flag of an issue that carries one at a moment.
func flaggedSince(i *agile.Issue, at time.Time) time.Time {
	var since time.Time
	flagged := false
	for _, s := range i.Flagged {
		if s.From.After(at) {
			break
		}
		if s.Value && !flagged {
			since = s.From.Time()
		}
		flagged = s.Value
	}
	return since
}

// placeOfUntouched is the place of [RuleUntouched] among the rules.
const placeOfUntouched = 1

// untouchedRule counts the work in progress that nobody touched for some days: time alone moves it.
func (w *window) untouchedRule() LifecycleRule {
	var idle []string
	for _, n := range w.doing {
		if w.idleDays(n) >= w.untouchedAfter() {
			idle = append(idle, w.begun[n].issue.Key.Last())
		}
	}
	return breachesOf(RuleUntouched, idle, len(w.doing))
}

// lifecycleRules counts what does not keep the rules.
func lifecycleRules(w *window) []LifecycleRule {
	rules := []LifecycleRule{
		listBreaches(RuleDoneWithoutProgress, w.finished, func(p *passage) bool { return !p.hasStarted() }),
		w.untouchedRule(),
		listBreaches(RuleImpedimentWithoutTime, impedimentsFinished(w), w.withoutTime),
	}
	if w.team.Index.Unit == agile.Issues {
		return append(rules, LifecycleRule{Rule: RuleEstimatedAfterStart, Issues: []string{}},
			LifecycleRule{Rule: RuleInSprintWithoutEstimate, Issues: []string{}})
	}
	return append(rules, listBreaches(RuleEstimatedAfterStart, w.started, w.estimatedLate),
		listBreaches(RuleInSprintWithoutEstimate, inActiveSprints(w),
			func(p *passage) bool { return !w.isEstimated(p.issue, w.at) }))
}

// listBreaches lists those of some passages that break a rule, by key.
func listBreaches(name string, of []*passage, breaks func(*passage) bool) LifecycleRule {
	var issues []string
	for _, p := range of {
		if breaks(p) {
			issues = append(issues, p.issue.Key.Last())
		}
	}
	return breachesOf(name, issues, len(of))
}

// breachesOf tells which issues break a rule, of so many that it speaks of.
func breachesOf(name string, issues []string, of int) LifecycleRule {
	if issues == nil {
		issues = []string{} // a list in answers, never null
	}
	slices.SortFunc(issues, naming.CompareKeys)
	count := len(issues)
	return LifecycleRule{Rule: name, Count: &count, Of: &of, Issues: issues}
}

// impedimentsFinished are the issues finished in the window that were an impediment at their finish or later.
func impedimentsFinished(w *window) []*passage {
	return slices.DeleteFunc(slices.Clone(w.finished), func(p *passage) bool {
		impediment, ever := w.team.Impediments.ByIssue.Get(p.issue.ID)
		return !ever || !impediment.Between(p.finished(), w.at)
	})
}

// withoutTime tells whether no time is logged that counts with an impediment.
func (w *window) withoutTime(p *passage) bool {
	var seconds int64
	w.team.Impediments.EachWorklog(w.team.Impediments.ByIssue.Of(p.issue.ID), w.at,
		func(l agile.Worklog) { seconds += l.Seconds })
	return seconds == 0
}

// estimatedLate tells whether an issue had no estimate at its start, nor a sub-task that had one, and got one later.
func (w *window) estimatedLate(p *passage) bool {
	start := p.started()
	if w.isEstimated(p.issue, start) {
		return false
	}
	late := func(b index.Snapshot) bool {
		return b.At().After(start) && !b.At().After(w.at) && w.isEstimated(p.issue, b.At())
	}
	return slices.ContainsFunc(p.history, late) ||
		slices.ContainsFunc(w.team.Index.Children.Of(p.issue.ID), func(child int64) bool {
			return slices.ContainsFunc(w.team.Index.Histories.Of(child), late)
		})
}

func (w *window) isEstimated(i *agile.Issue, at time.Time) bool {
	b, ok := w.team.Index.Histories.Of(i.ID).At(at)
	return ok && !index.IsUnestimated(w.team.Index, i.ID, b, at)
}

// inActiveSprints are the issues of the flow that stand in a sprint that is active, done ones too; their steps are not
// told.
func inActiveSprints(w *window) []*passage {
	var active []int64
	for n := range w.team.Index.History.Sprints {
		s := &w.team.Index.History.Sprints[n]
		if s.At(w.at).StateAt(w.at) == agile.Active {
			active = append(active, s.ID)
		}
	}
	var ids []int64
	for _, sprint := range active {
		ids = append(ids, w.team.Index.SprintIssues.Of(sprint)...)
	}
	slices.Sort(ids)
	inActive := func(id int64) bool { return slices.Contains(active, id) }
	var out []*passage
	for _, id := range slices.Compact(ids) {
		p, now, counts := countedAt(w.team.Index, id, w.at)
		if counts && slices.ContainsFunc(p.history[now].Sprints(), inActive) {
			out = append(out, &p)
		}
	}
	return out
}
