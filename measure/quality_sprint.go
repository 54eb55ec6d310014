package measure

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// basisOf returns what a figure of a sprint rests on, by its path in the API's answer.
func (s *Sprint) basisOf(figure string) Basis {
	first, last, _ := strings.Cut(figure, ".")
	switch {
	case first == "impediments":
		return OnTime | OnMarks | OnDates
	case first == "working_days":
		return OnDates
	case first == "dependency":
		return OnWork | OnMarks
	case last == "issues":
		return OnWork | OnDates
	}
	return OnWork | OnEstimates | OnDates
}

// QualityOf grades one figure of a sprint, named by its path in the API's answer: a reason that is none of what it
// rests on lowers nothing.
func (s *Sprint) QualityOf(figure string) Quality { return s.Reasons.On(s.basisOf(figure)) }

// sprintFields are the fields by which an issue belongs to a sprint and is done.
func (t *Team) sprintFields() []string {
	fields := []string{agile.FieldStatus, agile.FieldSprints, agile.FieldType, agile.FieldParent}
	if t.h.Matches != nil {
		fields = append(fields, agile.FieldProject) // a filter takes the issues of the team's project alone
	}
	return fields
}

// markFields are the fields that make an impediment, and its nature.
func (t *Team) markFields() []string {
	fields := []string{agile.FieldLabels}
	if len(t.h.Team.Impediment.Types) > 0 {
		fields = append(fields, agile.FieldType)
	}
	if field := t.natureField(); field != "" {
		fields = append(fields, field)
	}
	return fields
}

// quality grades the figures of a sprint.
func (t *Team) quality(s *Sprint, sp span, stays []stay, begun bool) {
	r := &s.Reasons
	r.reading(t.h, sp.end)
	if s.Start == nil {
		r.add(OnDates, Limited, "the sprint has no start date")
	} else if s.End == nil {
		r.add(OnDates, Partial, "the sprint has no planned end: no ideal line")
	}
	d := t.sprintDoubts(sp, stays, begun)
	t.gapReasons(r, OnAll, sp.end, d.is)
	if begun && len(s.Issues) == 0 {
		r.add(OnWork|OnEstimates, Partial, "no issue stands in the sprint: there is nothing to compare")
	}
	d.tell(r, OnWork|OnEstimates, "")
	r.some(OnEstimates, d.late, "issue", "%s first estimated after the start")
	r.some(OnMarks, d.unmarked, "issue", "the labels or natures of %s do not join")
	if i := s.Impediments; i != nil && !i.TimeUnknown {
		r.lacking(OnTime, i.WithoutTime, i.Count, "no time logged on %s", count(i.WithoutTime, "impediment"))
	}
	r.some(OnTime, t.oddLogs, "worklog", "%s out of all bounds and not counted")
	s.doubts, s.Quality = d, r.whole()
}

// doubts counts the issues of a sprint, and those of them that its figures are to be doubted for.
type doubts struct {
	issues, unestimated, unclear int // of what stands in it at its end
	late                         int // estimated after the start only
	broken, unmarked             int // of all that ever stood in it
	outOfBounds                  int
	ids                          map[int64]bool // all that ever stood in it
}

func (d *doubts) is(id int64) bool { return d.ids[id] }

// tell adds the reasons that sums of estimates have, those of some sprints where of says so.
func (d *doubts) tell(r *Reasons, on Basis, of string) {
	estimates := on
	if on&OnEstimates != 0 {
		estimates = OnEstimates
	}
	r.lacking(estimates, d.unestimated, d.issues, "%d of %s%s without an estimate", d.unestimated, count(d.issues, "issue"), of)
	r.lacking(on, d.unclear, d.issues, "%s%s in a status of unknown category", count(d.unclear, "issue"), of)
	r.some(on, d.broken, "issue", "the change history of %s"+of+" does not join")
	r.some(estimates, d.outOfBounds, "estimate", "%s"+of+" out of all bounds and not counted")
}

func (d *doubts) add(o doubts) {
	d.issues, d.unestimated, d.unclear = d.issues+o.issues, d.unestimated+o.unestimated, d.unclear+o.unclear
	d.broken, d.outOfBounds = d.broken+o.broken, d.outOfBounds+o.outOfBounds
}

func (t *Team) sprintDoubts(sp span, stays []stay, begun bool) doubts {
	d := doubts{ids: map[int64]bool{}}
	fields, marks := t.sprintFields(), t.markFields()
	for _, st := range stays {
		if !slices.ContainsFunc(st.beats, func(b seen) bool { return b.in }) {
			continue
		}
		i := t.issues[st.issue]
		d.ids[st.issue] = true
		d.broken += one(t.disjoint(i, fields))
		d.unmarked += one(i.Broken.In(marks...) > 0)
		d.outOfBounds += one(t.outOfBounds(i))
		end := st.last()
		if !end.in {
			continue
		}
		d.issues++
		d.unestimated += one(t.unestimated(st.issue, end.beat, sp.end))
		d.unclear += one(!end.clear)
		d.late += one(begun && t.unit != agile.Issues && st.estimatedAfter(sp.start))
	}
	return d
}

// one counts what is true.
func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// outOfBounds tells whether an issue ever had an estimate that is no number or too large to be added up.
func (t *Team) outOfBounds(i *agile.Issue) bool {
	return t.unit != agile.Issues && slices.ContainsFunc(i.Numbers[t.h.Board.Estimate], func(s agile.Step[agile.Number]) bool {
		return s.Value.Known && !within(s.Value.Value)
	})
}

// estimatedAfter tells whether an issue that was in the sprint without an estimate at its start got
// one later.
func (s stay) estimatedAfter(start time.Time) bool {
	first := s.until(start)
	return first.in && !first.est.Known && s.last().est.Known
}
