package measure

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/grade"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/pastchange"
	"jerem/measure/internal/roadmap"
	"jerem/measure/words"
)

// basisOf returns what a figure of a quarter rests on, by its path in the API's answer, or its name on the roadmap.
func (r *Quarter) basisOf(figure string) grade.Basis {
	switch first, last, _ := strings.Cut(figure, "."); {
	case last == "sprints":
		return grade.OnPast
	case first == "velocity", first == "average_completion":
		return grade.OnPast | grade.OnPace
	case first == "average_impediment_seconds":
		return grade.OnTime | grade.OnSpent | grade.OnMarks
	case first == "days_to_complete", first == "slack_days":
		return grade.OnWork | grade.OnEstimates | grade.OnSums | grade.OnQuarters | grade.OnPast | grade.OnPace
	case first == "working_days_left":
		return 0
	case first == "usual_pace", first == "weeks_below", first == "epics_late":
		return grade.OnWork | grade.OnEstimates | grade.OnSums | grade.OnQuarters | grade.OnPast | grade.OnPace
	case first == "epics_done", first == "came":
		return grade.OnWork | grade.OnQuarters
	case first == "epics_unestimated":
		return grade.OnWork | grade.OnEstimates | grade.OnQuarters
	case first == "epics_waiting":
		return grade.OnWork | grade.OnMarks | grade.OnDependency | grade.OnQuarters
	case strings.HasPrefix(first, "week_") && first != "week_gain":
		return grade.OnTime | grade.OnMarks | grade.OnWeeks
	}
	return grade.OnWork | grade.OnEstimates | grade.OnSums | grade.OnQuarters
}

// QualityOf grades one figure of a quarter, named by its path in the API's answer or its name on the roadmap: a reason
// that is none of what it rests on lowers nothing.
func (r *Quarter) QualityOf(figure string) grade.Quality { return r.Reasons.On(r.basisOf(figure)) }

// workFields are the fields by which an issue belongs to an epic and is done.
var workFields = []string{agile.FieldStatus, agile.FieldType, agile.FieldParent, agile.FieldEpicLink}

// PastSprints returns the last closed sprints that the pace of a quarter and its averages come from, in the order of
// their completion.
func (r *Quarter) PastSprints() []*Sprint { return r.past }

// gradeQuarter grades the figures of a quarter: its work, and the past sprints that pace comes from.
func gradeQuarter(t *Team, q *Quarter, s roadmap.QuarterSpan, asOf time.Time) {
	r := &q.Reasons
	r.AddReading(t.Index.History, asOf)
	d := doubtsOfQuarter(t, s, asOf)
	r.AddGaps(t.Impediments, grade.OnAll&^grade.OnDates|grade.OnQuarters, reachOfQuarter(t, q, s, asOf),
		d.concernsIssue)
	addPastChangesOfQuarter(r, t, q, s, asOf)
	if past := reachOfQuarter(t, q, s, asOf).Past; !past.From.IsZero() {
		w := impediment.Window{From: past.From, To: past.Until, Closed: true}
		r.AddUnsent(t.Impediments, grade.OnTime, w, asOf)
		r.AddLogsAhead(t.Impediments, grade.OnSpent, 0, w, asOf)
	}
	weeks := impediment.Window{From: s.From, To: s.To, Closed: true}
	r.AddLogsAhead(t.Impediments, grade.OnWeeks, 0, weeks, asOf)
	r.AddSome(grade.OnWeeks, len(t.Impediments.UnmarkedIn(weeks, asOf)), "issue", unmarkedText)
	if len(q.Epics) == 0 {
		r.Add(grade.OnWork|grade.OnEstimates, grade.Limited, "%s", grade.NoEpic(q.Quarter))
	}
	d.addReasons(r, grade.OnWork|grade.OnEstimates, "")
	r.AddSome(grade.OnSums, d.late, "issue", "%s first estimated after the baseline")
	r.AddSome(grade.OnDependency, len(d.unmarked), "issue", unsureDependency)
	if q.Velocity == nil {
		r.Add(grade.OnPast, grade.Limited, grade.NoVelocity)
	}
	var past shortcomings
	untimed, impediments, assumed := 0, 0, 0
	var elsewhere []impediment.Elsewhere
	var unmarked map[int64]bool
	for _, sprint := range q.past {
		w := impediment.Window{From: *sprint.Start, To: *sprint.Complete, Closed: true}
		unmarked = union(unmarked, t.Impediments.UnmarkedIn(w, asOf))
		past.addAll(sprint.doubts)
		assumed += oneIf(sprint.completionAssumed)
		if !sprint.Impediments.TimeUnknown {
			untimed, impediments = untimed+sprint.Impediments.WithoutTime, impediments+sprint.Impediments.Count
			elsewhere = append(elsewhere, sprint.Impediments.Elsewhere...)
		}
	}
	past.addReasons(r, grade.OnPace, " of the last sprints")
	r.AddUntoldSprints(grade.OnPace, untoldOfSprints(t, q.past))
	r.AddSome(grade.OnPast, assumed, "sprint", "%s of the last ones counted as closed without a date of it: "+
		"Jira does not tell when")
	r.AddLacking(grade.OnSpent, untimed, impediments, "no time logged on %s of the last sprints",
		words.Count(untimed, "impediment"))
	r.AddElsewhere(grade.OnSpent, impediment.Distinct(elsewhere))
	r.AddSome(grade.OnSpent, len(unmarked), "issue",
		"the labels or natures of %s of the last sprints do not join")
	r.AddSome(grade.OnTime, index.WorklogsOutOfBounds(t.Index, asOf), "worklog", "%s out of all bounds and not counted")
	q.Quality = r.Whole()
}

// addPastChangesOfQuarter adds what changed after the fact of a quarter's epics and their issues from its baseline on,
// and of the sprints that its pace comes from.
func addPastChangesOfQuarter(r *grade.Reasons, t *Team, q *Quarter, s roadmap.QuarterSpan, asOf time.Time) {
	changes := pastchange.Of(t.Index)
	if changes == nil {
		return
	}
	reach := reachOfQuarter(t, q, s, asOf)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates, changes.InQuarter(s, reach.From, asOf))
	var members, timed []agile.PastChange
	var closed time.Time // when the first of the last sprints was
	for _, sprint := range q.past {
		w := impediment.Window{From: *sprint.Start, To: *sprint.Complete, Closed: true}
		span := index.SprintSpan{ID: sprint.ID, Start: w.From, End: w.To, Closed: true}
		_, more := pastchange.Divide(changes.InSprint(span), members)
		members = append(members, more...)
		_, more = pastchange.Divide(append(changes.ImpedimentsIn(w, asOf), changes.TimeIn(w, asOf, isImpediment(t))...),
			timed)
		timed = append(timed, more...)
		if closed.IsZero() || w.To.Before(closed) {
			closed = w.To
		}
	}
	if len(q.past) < t.Index.History.Team.Sprint.History {
		closed = time.Time{}
	}
	r.AddPastChanges(grade.OnPace, members)
	r.AddPastChanges(grade.OnPast, changes.SprintsClosed(closed, asOf))
	r.AddPastChanges(grade.OnTime, timed)
}

// reachOfQuarter returns the time of which the figures of a quarter tell: from its baseline on, once it is known, and
// the sprints that its pace comes from.
func reachOfQuarter(t *Team, q *Quarter, s roadmap.QuarterSpan, asOf time.Time) grade.Reach {
	reach := grade.At(asOf)
	c := t.Index.History.Team.Calendar
	reach.From, reach.Ahead = earlierOf(s.EndOfFirstDay(c), asOf), s.To
	reach.Begun = func(firstMonth string) time.Time {
		month, err := strconv.Atoi(firstMonth)
		if err != nil {
			return reach.From
		}
		return roadmap.SpanFrom(s.Name, time.Month(month), c.Zone).EndOfFirstDay(c)
	}
	reach.Past.Rests = grade.OnTime | grade.OnMarks // the average time of impediments
	for _, sprint := range q.past {
		if sprint.Start != nil && (reach.Past.From.IsZero() || sprint.Start.Before(reach.Past.From)) {
			reach.Past.From = *sprint.Start
		}
		if sprint.Complete != nil && sprint.Complete.After(reach.Past.Until) {
			reach.Past.Until = *sprint.Complete
		}
	}
	return reach
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// doubtsOfQuarter counts the issues of a quarter, and those of them that its figures are to be doubted for.
func doubtsOfQuarter(t *Team, s roadmap.QuarterSpan, asOf time.Time) shortcomings {
	d := shortcomings{ids: map[int64]bool{}, unmarked: map[int64]bool{}}
	baseline := s.EndOfFirstDay(t.Index.History.Team.Calendar)
	for _, m := range t.Roadmap.EpicsOf(s.Name, asOf) {
		d.ids[m.Issue.ID] = true
		d.broken += oneIf(m.Issue.Broken.In(agile.FieldProject, agile.FieldType,
			t.Index.History.Team.Quarter.Field()) > 0)
		for id, b := range t.Index.IssuesOfEpic(m.Issue.ID, asOf) {
			if !t.Roadmap.Takes(m, s, id, asOf) {
				continue
			}
			d.addWork(t, id, b, earlierOf(baseline, asOf), asOf)
			base, _ := t.Index.Histories.Of(id).At(baseline)
			d.late += oneIf(!asOf.Before(baseline) && base.Epic == b.Epic && !base.Estimate().Known &&
				b.Estimate().Known)
		}
	}
	return d
}

// addWork counts an issue of an epic, of which figures tell that look from a moment on to another one.
func (d *shortcomings) addWork(t *Team, id int64, b index.Snapshot, from, at time.Time) {
	i := t.Index.Issues.Of(id)
	d.ids[id] = true
	d.issues++
	d.unestimated += oneIf(index.IsUnestimated(t.Index, id, b, at))
	d.unclear += oneIf(!b.StateKnown())
	d.broken += oneIf(index.Disjoint(t.Index, i, workFields))
	d.outOfBounds += oneIf(index.OutOfBounds(t.Index, i, from, at))
	d.belowZero += oneIf(index.BelowZero(t.Index, i, from, at))
	if len(t.Index.History.Team.Dependency.Labels) > 0 && i.Broken.In(agile.FieldLabels) > 0 {
		d.unmarked[id] = true
	}
}

// unsureDependency says of some issues of epics that they may wait for another team, or not.
const unsureDependency = "the labels of %s do not join: whether they wait for another team is not sure"

// reasonsAgainstEpic tells what is to be said against the figures of those issues of an epic that are taken.
func reasonsAgainstEpic(t *Team, epic int64, at time.Time, also grade.Basis, take func(int64) bool) (r grade.Reasons) {
	d := shortcomings{ids: map[int64]bool{epic: true}, unmarked: map[int64]bool{}}
	for id, b := range t.Index.IssuesOfEpic(epic, at) {
		if take(id) {
			d.addWork(t, id, b, at, at)
		}
	}
	r.AddReading(t.Index.History, at)
	r.AddGaps(t.Impediments, grade.OnWork|grade.OnEstimates|grade.OnMarks|also, grade.At(at), d.concernsIssue)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates, pastchange.Of(t.Index).InEpics([]int64{epic}, at))
	d.addReasons(&r, grade.OnWork|grade.OnEstimates, "")
	r.AddSome(grade.OnDependency, len(d.unmarked), "issue", unsureDependency)
	return r
}

// QualityOfEpic grades one figure of an epic, named as in the catalogue, by what is to be said against it.
func QualityOfEpic(against grade.Reasons, figure string) grade.Quality {
	on := grade.OnWork | grade.OnQuarters
	switch figure {
	case "issues":
	case "dependency":
		on |= grade.OnMarks | grade.OnDependency
	case "unestimated":
		on |= grade.OnEstimates
	default:
		on |= grade.OnEstimates | grade.OnSums
	}
	return against.On(on)
}

// untoldMembers returns the keys of the issues that may have stood in a sprint without anything that tells it: since it
// began, or at the moment of one that has not.
func untoldMembers(t *Team, sp index.SprintSpan, begun bool) (keys []string) {
	from := sp.End
	if begun {
		from = sp.Start
	}
	for _, i := range index.UntoldSprints(t.Index, from, sp.End) {
		keys = append(keys, i.Key.Last())
	}
	return keys
}

// untoldOfSprints returns those keys for closed sprints, each once.
func untoldOfSprints(t *Team, closed []*Sprint) (keys []string) {
	for _, s := range closed {
		keys = append(keys, untoldMembers(t, index.SprintSpan{Start: *s.Start, End: *s.Complete}, true)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
