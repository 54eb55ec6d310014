package measure

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// Quarter holds the figures of the epics of a quarter as of a moment, estimates in the team's unit.
// What cannot be known is nil, never 0.
type Quarter struct {
	Quarter string     `json:"quarter"`
	Start   string     `json:"start"` // dates, both included
	End     string     `json:"end"`
	At      time.Time  `json:"at"`
	Unit    agile.Unit `json:"unit"`

	Total     float64 `json:"total"`
	Done      float64 `json:"done"`
	Doing     float64 `json:"doing"`
	ToDo      float64 `json:"todo"`
	Remaining float64 `json:"remaining"` // total − done

	Baseline    *float64 `json:"baseline"`    // total at the end of the first working day; nil until then
	Growth      *float64 `json:"growth"`      // total / baseline
	Progression *float64 `json:"progression"` // done / total

	Velocity        *QuarterVelocity `json:"velocity"` // nil where no sprint was closed
	WorkingDaysLeft int              `json:"working_days_left"`
	DaysToComplete  *int             `json:"days_to_complete"` // ⌈remaining / velocity⌉; nil where that cannot be told
	SlackDays       *int             `json:"slack_days"`       // working days left − days to complete

	AverageCompletion *float64 `json:"average_completion"`         // mean of completed / commitment of the last closed sprints
	AverageImpediment *float64 `json:"average_impediment_seconds"` // mean of their impediment time

	Epics   []QuarterEpic `json:"epics"`
	Weekly  []Week        `json:"weekly"`
	Quality Quality       `json:"quality"`

	Reasons Reasons   `json:"-"` // of the grade; see [Quarter.QualityOf]
	past    []*Sprint // the last closed sprints
}

// QuarterVelocity is what the team completes in a working day: median, mean, lowest and highest of its last
// closed sprints, and how many they were.
type QuarterVelocity struct {
	Median  float64 `json:"median"`
	Mean    float64 `json:"mean"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Sprints int     `json:"sprints"`
}

// QuarterEpic is an epic of a quarter. One that was carried over leaves out what was done before.
type QuarterEpic struct {
	Key         string   `json:"key"`
	Summary     string   `json:"summary"`
	Initiative  *string  `json:"initiative"`
	Total       float64  `json:"total"`
	Done        float64  `json:"done"`
	Doing       float64  `json:"doing"`
	ToDo        float64  `json:"todo"`
	Unestimated *int     `json:"unestimated"` // issues; nil where issues are counted
	Dependency  int      `json:"dependency"`  // issues that carry the label
	Issues      int      `json:"issues"`
	Progression *float64 `json:"progression"`
	CarriedOver bool     `json:"carried_over"`
}

// Week is how far a quarter was at the end of an ISO week, cumulative.
type Week struct {
	Week  string  `json:"week"` // 2026-W45
	Total float64 `json:"total"`
	Done  float64 `json:"done"`
}

// QuarterHead is a quarter as a list shows it.
type QuarterHead struct {
	Quarter string `json:"quarter"`
	Start   string `json:"start"`
	End     string `json:"end"`
}

// Quarters lists the quarters that some epic of the team belongs to at a moment, oldest first.
func (t *Team) Quarters(at time.Time) []QuarterHead {
	names := map[QuarterName]bool{}
	for _, id := range t.roadmap {
		for _, q := range t.quartersOf(t.issues[id], at) {
			names[q] = true
		}
	}
	sorted := make([]QuarterName, 0, len(names))
	for q := range names {
		sorted = append(sorted, q)
	}
	slices.SortFunc(sorted, QuarterName.compare)
	heads := make([]QuarterHead, 0, len(sorted))
	for _, q := range sorted {
		first, last := t.Dates(q)
		heads = append(heads, QuarterHead{q.String(), first.String(), last.String()})
	}
	return heads
}

// Quarter computes the figures of a quarter as of a moment; a quarter that is over stands as of its end.
func (t *Team) Quarter(q QuarterName, at time.Time) *Quarter {
	s := t.quarterSpan(q)
	stand := s.stands(at)
	r := &Quarter{Quarter: q.String(), Start: s.first.String(), End: s.last.String(), At: at.UTC(), Unit: t.unit, Epics: []QuarterEpic{}}
	for _, e := range t.epicsOf(q, stand) {
		r.Epics = append(r.Epics, t.quarterEpic(e, s, stand))
	}
	for _, e := range r.Epics {
		r.Total, r.Done, r.Doing = r.Total+e.Total, r.Done+e.Done, r.Doing+e.Doing
	}
	r.Total, r.Done, r.Doing = tidy(r.Total), tidy(r.Done), tidy(r.Doing)
	r.ToDo, r.Remaining = tidy(r.Total-r.Done-r.Doing), tidy(r.Total-r.Done)
	r.Progression = share(r.Done, r.Total)
	if first := t.endOfFirstDay(s); !stand.Before(first) {
		base, _ := t.quarterSum(s, first)
		r.Baseline, r.Growth = &base, share(r.Total, base)
	}
	if !at.Before(s.to) {
		r.WorkingDaysLeft = 0
	} else {
		today := calendar.DateOf(stand, t.h.Team.Calendar.Zone)
		if today.Before(s.first) {
			today = s.first
		}
		r.WorkingDaysLeft = t.h.Team.Calendar.Dates(today, s.last)
	}
	r.past = t.lastClosed(stand)
	t.pace(r, r.past)
	r.Weekly = t.weekly(s, stand)
	t.quarterQuality(r, s, stand)
	return r
}

// pace fills in what follows from the last closed sprints.
func (t *Team) pace(r *Quarter, past []*Sprint) {
	v, known := t.velocity(past)
	if known {
		r.Velocity = &QuarterVelocity{Median: v.Median, Mean: v.Mean, Low: v.Low, High: v.High, Sprints: len(v.Sprints)}
	}
	days, told := 0, r.Remaining <= 0 && r.estimated() > 0
	if r.Remaining > 0 && known && v.Median > 0 {
		days, told = int(math.Ceil(r.Remaining/v.Median-1e-9)), true
	}
	if told {
		slack := r.WorkingDaysLeft - days
		r.DaysToComplete, r.SlackDays = &days, &slack
	}
	r.AverageCompletion, r.AverageImpediment = averages(past)
}

// estimated counts the issues of a quarter that have an estimate; all of them where issues are counted.
func (r *Quarter) estimated() int {
	n := 0
	for _, e := range r.Epics {
		n += e.Issues
		if e.Unestimated != nil {
			n -= *e.Unestimated
		}
	}
	return n
}

// averages returns the mean of completed / commitment over the sprints that have one, and that of the
// impediment time over all of them whose time is known; nil without any.
func averages(past []*Sprint) (completion, impediment *float64) {
	var shares, seconds, n, timed float64
	for _, s := range past {
		if c := s.Completion.OfCommitment; c != nil {
			shares, n = shares+*c, n+1
		}
		if !s.Impediments.TimeUnknown {
			seconds, timed = seconds+float64(s.Impediments.Seconds), timed+1
		}
	}
	return share(shares, n), share(seconds, timed)
}

// endOfFirstDay returns the last instant of the first working day of a quarter.
func (t *Team) endOfFirstDay(s quarterSpan) time.Time {
	d := s.first
	for !s.last.Before(d) && !t.h.Team.Calendar.Working(d) {
		d = d.Add(1)
	}
	return d.Add(1).Midnight(t.h.Team.Calendar.Zone).Add(-instant)
}

// quarterMember is an epic in a quarter; carried says that it belongs to an earlier one too.
type quarterMember struct {
	issue   *agile.Issue
	carried bool
}

// epicsOf returns the epics that belong to a quarter at a moment, by key.
func (t *Team) epicsOf(q QuarterName, at time.Time) []quarterMember {
	var out []quarterMember
	for _, id := range t.roadmap {
		i := t.issues[id]
		if list := t.quartersOf(i, at); slices.Contains(list, q) {
			out = append(out, quarterMember{i, list[0].compare(q) < 0})
		}
	}
	slices.SortFunc(out, func(a, b quarterMember) int { return compareKeys(a.issue.Key.Last(), b.issue.Key.Last()) })
	return out
}

// compareKeys orders keys by project, then by number.
func compareKeys(a, b string) int {
	projectA, numberA := cutKey(a)
	projectB, numberB := cutKey(b)
	return cmp.Or(cmp.Compare(projectA, projectB), cmp.Compare(numberA, numberB), cmp.Compare(a, b))
}

func cutKey(key string) (project string, number int) {
	at := strings.LastIndexByte(key, '-')
	number, _ = strconv.Atoi(key[at+1:])
	return key[:max(at, 0)], number
}

func (t *Team) quarterEpic(m quarterMember, s quarterSpan, at time.Time) QuarterEpic {
	w := t.quarterWork(m, s, at)
	e := QuarterEpic{Key: m.issue.Key.Last(), Summary: m.issue.Summary.At(at), Total: w.Total, Done: w.Done, Doing: w.Doing,
		ToDo: tidy(w.Total - w.Done - w.Doing), Dependency: w.Dependency, Issues: w.Issues, Progression: share(w.Done, w.Total), CarriedOver: m.carried}
	if name := Initiative(m.issue.Labels.At(at)); name != noInitiative {
		e.Initiative = &name
	}
	if t.unit != agile.Issues {
		e.Unestimated = &w.Unestimated
	}
	return e
}

// quarterWork sums up an epic in a quarter. One that is carried over leaves out what was done at the
// first moment of the quarter and still is; before the quarter, what is done now.
func (t *Team) quarterWork(m quarterMember, s quarterSpan, at time.Time) EpicWork {
	return t.epicWorkOf(m.issue.ID, at, func(id int64) bool { return t.takes(m, s, id, at) })
}

// takes tells whether a quarter counts an issue of one of its epics at a moment.
func (t *Team) takes(m quarterMember, s quarterSpan, id int64, at time.Time) bool {
	return !m.carried || !t.doneThrough(id, s.from, at)
}

// doneThrough tells whether an issue was done at a moment and stayed so until another; where the first
// one lies ahead, whether it is done now.
func (t *Team) doneThrough(id int64, from, to time.Time) bool {
	if from.After(to) {
		from = to
	}
	life := t.lives[id]
	if b, ok := beatAt(life, from); !ok || b.state != Done {
		return false
	}
	for n, b := range life {
		last := n+1 == len(life) || !life[n+1].at.Equal(b.at) // changes of one moment count as one
		if last && b.at.After(from) && !b.at.After(to) && b.state != Done {
			return false
		}
	}
	return true
}

// quarterSum returns total and done of a quarter at a moment.
func (t *Team) quarterSum(s quarterSpan, at time.Time) (total, done float64) {
	for _, m := range t.epicsOf(s.name, at) {
		w := t.quarterWork(m, s, at)
		total, done = total+w.Total, done+w.Done
	}
	return tidy(total), tidy(done)
}
