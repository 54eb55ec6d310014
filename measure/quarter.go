package measure

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// QuarterName names a quarter: Q4-26 is the fourth one of 2026. Where a team's year does not begin in
// January, the year is the one in which its first quarter begins.
type QuarterName struct{ Number, Year int }

// String returns the name as Qn-yy.
func (q QuarterName) String() string { return fmt.Sprintf("Q%d-%02d", q.Number, q.Year%100) }

func (q QuarterName) before(other QuarterName) bool {
	return cmp.Or(cmp.Compare(q.Year, other.Year), cmp.Compare(q.Number, other.Number)) < 0
}

var quarterForm = regexp.MustCompile(`^[Qq]([1-4])-(\d{2})$`)

// ParseQuarter reads a name as Qn-yy; false where it is none.
func ParseQuarter(text string) (QuarterName, bool) { return quarterBy(quarterForm, text) }

// quarterBy reads a label by a pattern whose first group is the number and whose second is the year.
func quarterBy(pattern *regexp.Regexp, label string) (QuarterName, bool) {
	if pattern == nil {
		return QuarterName{}, false
	}
	m := pattern.FindStringSubmatch(label)
	if len(m) < 3 {
		return QuarterName{}, false
	}
	number, err1 := strconv.Atoi(m[1])
	year, err2 := strconv.Atoi(m[2])
	if err1 != nil || err2 != nil || number < 1 || number > 4 || year < 0 || year > 2999 {
		return QuarterName{}, false
	}
	if year < 100 {
		year += 2000
	}
	return QuarterName{number, year}, true
}

// Dates returns the first and the last day of a quarter of the team.
func (t *Team) Dates(q QuarterName) (first, last agile.Date) {
	month := max(1, int(t.h.Team.Quarter.FirstMonth)) + 3*(q.Number-1)
	from := time.Date(q.Year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 3, -1)
	return agile.Date{Year: from.Year(), Month: from.Month(), Day: from.Day()}, agile.Date{Year: to.Year(), Month: to.Month(), Day: to.Day()}
}

// quarterSpan is a quarter in the team's time zone: its first moment, and the first one after it.
type quarterSpan struct {
	name        QuarterName
	first, last agile.Date
	from, to    time.Time
}

func (t *Team) quarterSpan(q QuarterName) quarterSpan {
	s := quarterSpan{name: q}
	s.first, s.last = t.Dates(q)
	s.from, s.to = s.first.Midnight(t.h.Team.Calendar.Zone), s.last.Add(1).Midnight(t.h.Team.Calendar.Zone)
	return s
}

// instant is the shortest time that is told apart. What ends at a midnight stands as of an instant
// before it: a change at midnight belongs to the day that begins.
const instant = time.Microsecond

// stands returns the moment as of which a quarter stands: the one asked, but at most its end.
func (s quarterSpan) stands(at time.Time) time.Time {
	if at.Before(s.to) {
		return at
	}
	return s.to.Add(-instant)
}

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
}

// QuarterVelocity is what the team completes in a working day: median, lowest and highest of its last
// closed sprints, and how many they were.
type QuarterVelocity struct {
	Median  float64 `json:"median"`
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
	slices.SortFunc(sorted, func(a, b QuarterName) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Number, b.Number))
	})
	heads := make([]QuarterHead, 0, len(sorted))
	for _, q := range sorted {
		first, last := t.Dates(q)
		heads = append(heads, QuarterHead{q.String(), first.String(), last.String()})
	}
	return heads
}

// QuarterAt returns the quarter that a moment lies in.
func (t *Team) QuarterAt(at time.Time) QuarterName {
	day := agile.DateOf(at, t.h.Team.Calendar.Zone)
	for year := day.Year - 1; ; year++ {
		for number := 1; number <= 4; number++ {
			q := QuarterName{number, year}
			if _, last := t.Dates(q); !last.Before(day) {
				return q
			}
		}
	}
}

// quartersOf returns the quarters that an issue belongs to as an epic of the team at a moment, in order.
func (t *Team) quartersOf(i *agile.Issue, at time.Time) []QuarterName {
	if at.Before(i.Created) || t.level(i.Type.At(at)) != 1 || !t.mine(i, i.Project.At(at)) {
		return nil
	}
	var out []QuarterName
	for _, l := range i.Labels.At(at) {
		if q, ok := quarterBy(t.h.Team.Quarter.Label, l); ok && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	slices.SortFunc(out, func(a, b QuarterName) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Number, b.Number))
	})
	return out
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
		today := agile.DateOf(stand, t.h.Team.Calendar.Zone)
		if today.Before(s.first) {
			today = s.first
		}
		r.WorkingDaysLeft = t.h.Team.Calendar.Dates(today, s.last)
	}
	t.pace(r, stand)
	r.Weekly = t.weekly(s, stand)
	r.Quality = t.quarterQuality(r, s, stand)
	return r
}

// pace fills in what follows from the last closed sprints.
func (t *Team) pace(r *Quarter, stand time.Time) {
	v, known := t.Velocity(stand)
	if known {
		r.Velocity = &QuarterVelocity{Median: v.Median, Low: v.Low, High: v.High, Sprints: len(v.Sprints)}
	}
	days, told := 0, r.Remaining <= 0
	if !told && known && v.Median > 0 {
		days, told = int(math.Ceil(r.Remaining/v.Median-1e-9)), true
	}
	if told {
		slack := r.WorkingDaysLeft - days
		r.DaysToComplete, r.SlackDays = &days, &slack
	}
	r.AverageCompletion, r.AverageImpediment = t.averages(stand)
}

// averages returns the mean of completed / commitment and of the impediment time over the last closed
// sprints, nil without any.
func (t *Team) averages(at time.Time) (completion, impediment *float64) {
	var shares, seconds float64
	var n, m float64
	for _, h := range t.lastClosed(at) {
		s, err := t.Sprint(h.ID, at)
		if err != nil || s.Ledger == nil {
			continue
		}
		if c := s.Completion.OfCommitment; c != nil {
			shares, n = shares+*c, n+1
		}
		seconds, m = seconds+float64(s.Impediments.Seconds), m+1
	}
	return share(shares, n), share(seconds, m)
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
			out = append(out, quarterMember{i, list[0].before(q)})
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
	if !m.carried {
		return t.epicWorkAt(m.issue.ID, at)
	}
	return t.epicWorkOf(m.issue.ID, at, func(id int64) bool { return !t.doneThrough(id, s.from, at) })
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

// weekly lists the ISO weeks that overlap a quarter and have begun, each as of its end, the moment or
// the quarter's end, whichever is first.
func (t *Team) weekly(s quarterSpan, stand time.Time) []Week {
	zone := t.h.Team.Calendar.Zone
	out := []Week{}
	monday := s.first.Add(-(int(s.first.Weekday()) + 6) % 7)
	for ; !s.last.Before(monday) && !monday.Midnight(zone).After(stand); monday = monday.Add(7) {
		at := monday.Add(7).Midnight(zone).Add(-instant)
		if stand.Before(at) {
			at = stand
		}
		year, week := time.Date(monday.Year, monday.Month, monday.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
		w := Week{Week: fmt.Sprintf("%d-W%02d", year, week)}
		w.Total, w.Done = t.quarterSum(s, at)
		out = append(out, w)
	}
	return out
}

// quarterQuality grades the figures of a quarter.
func (t *Team) quarterQuality(r *Quarter, s quarterSpan, stand time.Time) Quality {
	q := Quality{Grade: Whole, Reasons: []string{}}
	if len(r.Epics) == 0 {
		q.reason(Limited, "no epic of the team belongs to %s", r.Quarter)
		return q
	}
	issues, unestimated, broken, unclear := 0, 0, 0, 0
	for _, m := range t.epicsOf(s.name, stand) {
		for _, id := range t.epicWork[m.issue.ID] {
			b, ok := beatAt(t.lives[id], stand)
			if !ok || !b.counts || b.epic != m.issue.ID {
				continue
			}
			issues++
			if t.unestimated(id, b, stand) {
				unestimated++
			}
			if t.issues[id].Broken > 0 {
				broken++
			}
			if !b.clear {
				unclear++
			}
		}
	}
	if unestimated > 0 {
		g := Partial
		if 2*unestimated > issues {
			g = Limited
		}
		q.reason(g, "%d of %s without an estimate", unestimated, count(issues, "issue"))
	}
	if unclear > 0 {
		q.reason(Partial, "%s in a status of unknown category", count(unclear, "issue"))
	}
	if broken > 0 {
		q.reason(Partial, "the change history of %s does not join", count(broken, "issue"))
	}
	if r.Velocity == nil {
		q.reason(Partial, "no sprint was closed yet: the velocity is not known")
	}
	return q
}

// BurnupDay is how far a quarter was at the end of a day, or at the moment asked on the last one.
type BurnupDay struct {
	Date        agile.Date
	Total, Done float64
}

// Burnup follows a quarter from its first day to the moment asked, or to its end.
func (t *Team) Burnup(q QuarterName, at time.Time) []BurnupDay {
	s, zone := t.quarterSpan(q), t.h.Team.Calendar.Zone
	stand := s.stands(at)
	if stand.Before(s.from) {
		return nil
	}
	tracks := t.quarterTracks(s, stand)
	total, done := &tracks[0], &tracks[1]
	var out []BurnupDay
	last := agile.DateOf(stand, zone)
	for d := s.first; !last.Before(d); d = d.Add(1) {
		end := d.Add(1).Midnight(zone).Add(-instant)
		if stand.Before(end) {
			end = stand
		}
		out = append(out, BurnupDay{d, total.value(end), done.value(end)})
	}
	return out
}
