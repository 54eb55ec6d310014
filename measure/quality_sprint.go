package measure

import (
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/grade"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/pastchange"
	"jerem/measure/words"
)

// basisOf returns what a figure of a sprint rests on, by its path in the API's answer.
func (s *Sprint) basisOf(figure string) grade.Basis {
	first, last, _ := strings.Cut(figure, ".")
	switch {
	case first == "impediments" && (last == "unplanned" || last == "logged_seconds"):
		return grade.OnTime | grade.OnSpent | grade.OnLogged | grade.OnMarks | grade.OnDates
	case figure == "impediments.budget_seconds":
		return grade.OnTime | grade.OnSpent | grade.OnMarks | grade.OnDates | grade.OnBudget
	case first == "impediments" && strings.HasSuffix(figure, "seconds"), figure == "unexpected.seconds":
		return grade.OnTime | grade.OnSpent | grade.OnMarks | grade.OnDates
	case first == "impediments", first == "unexpected", figure == "oncall.beside",
		strings.HasSuffix(figure, "counted_seconds"):
		return grade.OnTime | grade.OnMarks | grade.OnDates
	case first == "oncall":
		return grade.OnCallouts | grade.OnDates
	case first == "working_days":
		return grade.OnDates | grade.OnPlan
	case first == "dependency":
		return grade.OnWork | grade.OnMarks
	case last == "issues":
		return grade.OnWork | grade.OnDates
	case first == "unestimated":
		return grade.OnWork | grade.OnEstimates | grade.OnDates
	}
	return grade.OnWork | grade.OnEstimates | grade.OnSums | grade.OnDates
}

// QualityOf grades one figure of a sprint, named by its path in the API's answer: a reason that is none of what it
// rests on lowers nothing.
func (s *Sprint) QualityOf(figure string) grade.Quality { return s.Reasons.On(s.basisOf(figure)) }

// fieldsOfSprint are the fields by which an issue belongs to a sprint and is done.
func fieldsOfSprint(x *index.Index) []string {
	fields := []string{agile.FieldStatus, agile.FieldSprints, agile.FieldType, agile.FieldParent}
	if x.History.Matches != nil {
		fields = append(fields, agile.FieldProject) // a filter takes the issues of the team's project alone
	}
	return fields
}

// unmarkedText says of some issues that they may have been impediments at other times, or of another nature.
const unmarkedText = "the labels or natures of %s do not join"

// union returns what is in any of some sets.
func union(sets ...map[int64]bool) map[int64]bool {
	all := map[int64]bool{}
	for _, one := range sets {
		maps.Copy(all, one)
	}
	return all
}

// gradeSprint grades the figures of a sprint.
func gradeSprint(t *Team, s *Sprint, sp index.SprintSpan, begun bool) {
	r := &s.Reasons
	r.AddReading(t.Index.History, sp.End)
	addDates(r, s)
	d := s.doubts
	unmarked := d.unmarked
	r.AddGaps(t.Impediments, grade.OnAll|grade.OnBudget, reachOfSprint(s, sp, begun), d.concernsIssue)
	if begun {
		addPastChanges(r, t, s, sp)
		w := windowOfImpediments(s, sp)
		r.AddUnsent(t.Impediments, grade.OnTime|grade.OnLogged, w, s.At)
		r.AddLogsAhead(t.Impediments, grade.OnTime|grade.OnLogged, grade.OnLogged, w, sp.End)
		unmarked = union(unmarked, t.Impediments.UnmarkedIn(w, s.At))
	}
	if begun && s.isEmpty {
		r.Add(grade.OnSums, grade.Partial,
			"no issue stands in the sprint: there is nothing to compare")
	}
	d.addReasons(r, grade.OnWork|grade.OnEstimates, "")
	r.AddUntoldSprints(grade.OnWork|grade.OnEstimates, untoldMembers(t, sp, begun))
	r.AddSome(grade.OnSums, d.late, "issue", "%s first estimated after the start")
	r.AddSome(grade.OnMarks, len(unmarked), "issue", unmarkedText)
	if i := s.Impediments; i != nil && !i.TimeUnknown {
		r.AddLacking(grade.OnSpent, i.WithoutTime, i.Count, "no time logged on %s",
			words.Count(i.WithoutTime, "impediment"))
		r.AddElsewhere(grade.OnSpent, i.Elsewhere)
	}
	r.AddSome(grade.OnTime, index.WorklogsOutOfBounds(t.Index, s.At), "worklog", "%s out of all bounds and not counted")
	s.Quality = r.Whole()
}

// addPastChanges adds what changed after the fact of what stood in a sprint, and of its impediments.
func addPastChanges(r *grade.Reasons, t *Team, s *Sprint, sp index.SprintSpan) {
	changes := pastchange.Of(t.Index)
	w := windowOfImpediments(s, sp)
	members, impediments := changes.InSprint(sp), changes.ImpedimentsIn(w, s.At)
	both, members := pastchange.Divide(members, impediments)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates|grade.OnTime, both)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates, members)
	_, impediments = pastchange.Divide(impediments, both)
	r.AddPastChanges(grade.OnTime, impediments)
	onImpediments := changes.TimeIn(w, s.At, isImpediment(t))
	_, others := pastchange.Divide(changes.TimeIn(w, s.At, isOwnIssue(t, sp.End)), onImpediments)
	r.AddPastChanges(grade.OnTime, onImpediments)
	r.AddPastChanges(grade.OnLogged, others)
}

// gradeUnexpected grades the impediments and call-outs of a window that is no sprint's. What was logged elsewhere is
// told beside the figures.
func gradeUnexpected(t *Team, s *Sprint, w impediment.Window, at time.Time) {
	r, reach := &s.Reasons, grade.At(at)
	reach.From = w.From
	r.AddReading(t.Index.History, at)
	r.AddGaps(t.Impediments, grade.OnMarks|grade.OnTime|grade.OnLogged|grade.OnCallouts, reach,
		func(int64) bool { return true })
	changes := pastchange.Of(t.Index)
	impediments, onImpediments := changes.ImpedimentsIn(w, at), changes.TimeIn(w, at, isImpediment(t))
	_, more := pastchange.Divide(onImpediments, impediments)
	r.AddPastChanges(grade.OnTime, append(impediments, more...))
	_, others := pastchange.Divide(changes.LoggedIn(w, at), onImpediments)
	r.AddPastChanges(grade.OnLogged, others)
	r.AddUnsent(t.Impediments, grade.OnTime|grade.OnLogged, w, at)
	r.AddLogsAhead(t.Impediments, grade.OnTime|grade.OnLogged, grade.OnLogged, w, at)
	r.AddSome(grade.OnMarks, len(t.Impediments.UnmarkedIn(w, at)), "issue", unmarkedText)
	if i := s.Impediments; !i.TimeUnknown {
		r.AddLacking(grade.OnSpent, i.WithoutTime, i.Count, "no time logged on %s",
			words.Count(i.WithoutTime, "impediment"))
	}
	r.AddSome(grade.OnTime, index.WorklogsOutOfBounds(t.Index, at), "worklog", "%s out of all bounds and not counted")
	s.Quality = r.Whole()
}

// windowOfImpediments is the time of which the impediments of a sprint are told.
func windowOfImpediments(s *Sprint, sp index.SprintSpan) impediment.Window {
	return impediment.Window{From: *s.Start, To: sp.End, Closed: s.State == agile.Closed}
}

// isImpediment tells whether time is logged on an issue that is an impediment at some time, or has a parent that ever
// was.
func isImpediment(t *Team) func(agile.Worklog) bool {
	return func(l agile.Worklog) bool {
		if _, is := t.Impediments.ByIssue.Get(l.Issue); is {
			return true
		}
		i := t.Index.Issues.Of(l.Issue)
		return i != nil && slices.ContainsFunc(i.Parent, func(s agile.Step[int64]) bool {
			_, is := t.Impediments.ByIssue.Get(s.Value)
			return is
		})
	}
}

// isOwnIssue tells whether time is logged on an issue that is in the team's scope at a moment.
func isOwnIssue(t *Team, at time.Time) func(agile.Worklog) bool {
	return func(l agile.Worklog) bool {
		i := t.Index.Issues.Of(l.Issue)
		return i != nil && t.Index.InScope(i, at)
	}
}

// addDates adds what the dates of a sprint lack.
func addDates(r *grade.Reasons, s *Sprint) {
	closed := s.State == agile.Closed
	switch {
	case closed && s.Complete == nil:
		r.Add(grade.OnAll, grade.Limited,
			"the sprint is closed and Jira does not tell when: what became of it cannot be told")
	case s.completionAssumed:
		r.Add(grade.OnAll, grade.Partial,
			"Jira does not tell when the sprint was closed: it counts as closed at %s", assumedEnd(s))
	case s.State == agile.Active && s.Start != nil && s.Start.After(s.At):
		r.Add(grade.OnAll, grade.Limited, "the sprint is active and its start lies ahead: nothing is counted before it")
	}
	if s.Start == nil {
		r.Add(grade.OnPlan, grade.Limited, "the sprint has no start date")
	} else if s.End == nil {
		r.Add(grade.OnPlan, grade.Partial, "the sprint has no planned end: no ideal line")
	}
}

// assumedEnd names what stands for the completion of a sprint.
func assumedEnd(s *Sprint) string {
	if s.End.After(*s.Complete) {
		return "the reading that found it closed"
	}
	return "its planned end"
}

// reachOfSprint returns the time of which the figures of a sprint tell: from its commitment on, once it began.
func reachOfSprint(s *Sprint, sp index.SprintSpan, begun bool) grade.Reach {
	reach := grade.At(sp.End)
	if begun {
		reach.From = sp.Start
	}
	if s.End != nil {
		reach.Ahead = *s.End
	}
	return reach
}

// shortcomings counts the issues of a sprint, and those of them that its figures are to be doubted for.
type shortcomings struct {
	issues, unestimated, unclear int // of what stands in it at its end
	late                         int // estimated after the start only
	broken                       int // of all that ever stood in it
	outOfBounds, belowZero       int
	leftUnknown                  int             // that left a status of no known category during it
	unknownNames                 map[string]bool // of these statuses
	ids                          map[int64]bool  // all that ever stood in it
	unmarked                     map[int64]bool  // of these: their labels or natures do not join
}

func (d *shortcomings) concernsIssue(id int64) bool { return d.ids[id] }

// addReasons adds the reasons that sums of estimates have, those of some sprints where of says so.
func (d *shortcomings) addReasons(r *grade.Reasons, on grade.Basis, of string) {
	sums, estimates := on, on
	if on&grade.OnEstimates != 0 {
		sums, estimates = grade.OnSums, grade.OnEstimates
	}
	r.AddLacking(sums, d.unestimated, d.issues, "%d of %s%s without an estimate", d.unestimated,
		words.Count(d.issues, "issue"), of)
	r.AddLacking(on, d.unclear, d.issues, "%s%s in a status of unknown category", words.Count(d.unclear, "issue"), of)
	r.AddUnknownStatuses(on, d.unknownNames, d.leftUnknown, d.issues, of)
	r.AddSome(on, d.broken, "issue", "the change history of %s"+of+" does not join")
	r.AddSome(estimates, d.outOfBounds, "estimate", "%s"+of+" out of all bounds and not counted")
	r.AddSome(estimates, d.belowZero, "estimate", "%s"+of+" below 0, taken off the sums")
}

func (d *shortcomings) addAll(o shortcomings) {
	d.issues, d.unestimated, d.unclear = d.issues+o.issues, d.unestimated+o.unestimated, d.unclear+o.unclear
	d.broken, d.outOfBounds = d.broken+o.broken, d.outOfBounds+o.outOfBounds
	d.belowZero += o.belowZero
	d.leftUnknown += o.leftUnknown
	if d.unknownNames == nil {
		d.unknownNames = map[string]bool{}
	}
	maps.Copy(d.unknownNames, o.unknownNames)
}

func doubtsOfSprint(t *Team, sp index.SprintSpan, stays []index.Membership, begun bool) shortcomings {
	d := shortcomings{ids: map[int64]bool{}, unknownNames: map[string]bool{}, unmarked: map[int64]bool{}}
	fields, marks := fieldsOfSprint(t.Index), t.Impediments.MarkFields()
	from := earlierOf(sp.Start, sp.End)
	for _, st := range stays {
		if !slices.ContainsFunc(st.Snapshots, func(b index.MemberSnapshot) bool { return b.In }) {
			continue
		}
		i := t.Index.Issues.Of(st.Issue)
		d.ids[st.Issue] = true
		d.broken += oneIf(index.Disjoint(t.Index, i, fields))
		if i.Broken.In(marks...) > 0 {
			d.unmarked[i.ID] = true
		}
		d.outOfBounds += oneIf(index.OutOfBounds(t.Index, i, from, sp.End))
		d.belowZero += oneIf(index.BelowZero(t.Index, i, from, sp.End))
		d.addLeftUnknown(t.Index, i, sp)
		end := st.Last()
		if !end.In {
			continue
		}
		d.issues++
		d.unestimated += oneIf(index.IsUnestimated(t.Index, st.Issue, *end.Snapshot, sp.End))
		d.unclear += oneIf(!end.StateKnown())
		d.late += oneIf(begun && t.Index.Unit != agile.Issues && estimatedAfter(st, sp.Start))
	}
	return d
}

// addLeftUnknown notes the statuses of no known category that an issue left during a sprint and that no column maps:
// whether it was done in them is not known.
func (d *shortcomings) addLeftUnknown(x *index.Index, i *agile.Issue, sp index.SprintSpan) {
	some := false
	for _, id := range index.PastUnknown(x, i, sp.Start, sp.End) {
		if x.History.Board.ColumnOf(id) < 0 {
			d.unknownNames[x.History.StatusName(id)], some = true, true
		}
	}
	d.leftUnknown += oneIf(some)
}

// oneIf counts what is true.
func oneIf(is bool) int {
	if is {
		return 1
	}
	return 0
}

// estimatedAfter tells whether an issue that was in the sprint without an estimate at its start got
// one later.
func estimatedAfter(s index.Membership, start time.Time) bool {
	first := s.At(start)
	return first.In && !first.Estimate().Known && s.Last().Estimate().Known
}
