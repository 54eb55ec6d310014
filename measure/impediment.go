package measure

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/measure/unexpected"
	"jerem/sorting"
)

// Impediments are the unexpected tasks of a window of time, known as of the moment asked.
type Impediments struct {
	Count         int      `json:"count"`               // opened or worked on in the window
	Seconds       int64    `json:"seconds"`             // logged in the window, by the moment of the work
	WithoutTime   int      `json:"without_time"`        // counted, with no time logged in the window
	Untimed       []string `json:"without_time_issues"` // their keys
	BudgetSeconds *int64   `json:"budget_seconds"`      // allowed in a sprint; nil without a budget
	// LoggedSeconds is what was logged in the window on issues that were the team's own at the work, impediments
	// included; what these brought along from elsewhere is not.
	LoggedSeconds int64            `json:"logged_seconds"`
	Unplanned     *float64         `json:"unplanned"` // Seconds / LoggedSeconds; nil without other time
	ByNature      []Nature         `json:"by_nature"`
	Daily         []Day            `json:"daily"` // days with time only
	Issues        []ImpedimentCost `json:"issues"`

	// TimeUnknown says that time logged was never read: whatever is told in time is then no figure, and null in JSON.
	// Count holds those that were opened, for who was only worked on is not known.
	TimeUnknown bool `json:"-"`

	// Elsewhere is what of Seconds was logged while the issues were not the team's own.
	Elsewhere []impediment.Elsewhere `json:"-"`
}

// WhyMore says of time that was logged in the window while the issues of impediments stood elsewhere that it counts,
// "" where there is none.
func (i *Impediments) WhyMore() string { return grade.ElsewhereText(i.Elsewhere) }

// WhyMoreOn is [Impediments.WhyMore] for a day of the team.
func (i *Impediments) WhyMoreOn(date string, zone *time.Location) string {
	var day []impediment.Elsewhere
	for _, one := range i.Elsewhere {
		if calendar.DateOf(one.Log.Started, zone).String() == date {
			day = append(day, one)
		}
	}
	return grade.ElsewhereText(day)
}

// MarshalJSON writes what is told in time as null where it is not known.
func (i *Impediments) MarshalJSON() ([]byte, error) {
	type plain Impediments
	if !i.TimeUnknown {
		return json.Marshal((*plain)(i))
	}
	untold := struct {
		*plain
		Seconds       *int64           `json:"seconds"`
		WithoutTime   *int             `json:"without_time"`
		Untimed       []string         `json:"without_time_issues"`
		LoggedSeconds *int64           `json:"logged_seconds"`
		Unplanned     *float64         `json:"unplanned"`
		ByNature      []map[string]any `json:"by_nature"`
		Daily         []Day            `json:"daily"`
		Issues        []map[string]any `json:"issues"`
	}{plain: (*plain)(i), ByNature: []map[string]any{}, Issues: []map[string]any{}}
	for _, n := range i.ByNature {
		untold.ByNature = append(untold.ByNature, map[string]any{"nature": n.Nature, "count": n.Count, "seconds": nil})
	}
	for _, t := range i.Issues {
		untold.Issues = append(untold.Issues, map[string]any{"key": t.Key, "summary": t.Summary, "natures": t.Natures,
			"seconds": nil, "state": t.State})
	}
	return json.Marshal(untold)
}

// Nature is why impediments came, with the count and the time of those of that nature. An
// impediment of several natures counts in each, its time is split equally.
type Nature struct {
	Nature  string `json:"nature"`
	Count   int    `json:"count"`
	Seconds int64  `json:"seconds"`
}

// Day is the time logged for impediments on a day, in the team's time zone.
type Day struct {
	Date    string `json:"date"`
	Seconds int64  `json:"seconds"`
}

// ImpedimentCost is what one impediment took in a window.
type ImpedimentCost struct {
	Key     string          `json:"key"`
	Summary string          `json:"summary"`
	Natures []string        `json:"natures"`
	Seconds int64           `json:"seconds"`
	State   workstate.State `json:"state"`
}

// Parts returns the seconds of each of its natures, in their order.
func (c ImpedimentCost) Parts() []int64 { return impediment.Split(c.Seconds, len(c.Natures)) }

// measureImpediments measures a window, known as of a moment.
func measureImpediments(list *impediment.List, w impediment.Window, known time.Time) *Impediments {
	out := &Impediments{TimeUnknown: list.Index.TimeUnknown, Untimed: []string{}, ByNature: []Nature{}, Daily: []Day{},
		Issues: []ImpedimentCost{}}
	natures, days, impeded := map[string]*Nature{}, map[calendar.Date]int64{}, map[int64]bool{}
	logs := list.WorklogsIn(w, known)
	for _, j := range impediment.OpenedOrAmong(list, w, known, logs) {
		seconds := int64(0)
		for _, l := range logs[j.Issue.ID] {
			seconds, impeded[l.ID] = seconds+l.Seconds, true
			days[calendar.DateOf(l.Started, list.Index.History.Team.Calendar.Zone)] += l.Seconds
		}
		out.addImpediment(list, j.Issue, seconds, known, natures)
	}
	out.Daily = appendDays(out.Daily, days)
	for _, n := range natures {
		out.ByNature = append(out.ByNature, *n)
	}
	sorting.By(out.ByNature, func(a, b Nature) int {
		return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(b.Count, a.Count),
			strings.Compare(a.Nature, b.Nature))
	})
	sortByCost(out.Issues)
	slices.SortFunc(out.Untimed, naming.CompareKeys)
	out.Elsewhere = list.ElsewhereIn(w, known)
	var planned int64
	out.LoggedSeconds, planned = sumLoggedTime(list.Index, w, known, impeded)
	if planned > 0 {
		out.Unplanned = amount.Share(float64(out.Seconds), float64(out.LoggedSeconds))
	}
	return out
}

// sortByCost sorts impediments by their time, the most first.
func sortByCost(list []ImpedimentCost) {
	sorting.By(list, func(a, b ImpedimentCost) int {
		return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), naming.CompareKeys(a.Key, b.Key))
	})
}

// ListImpediments lists the impediments of a closed sprint, as its figures as of a moment do; false where there is no
// such sprint, or it never began.
func ListImpediments(t *Team, id int64, at time.Time) (*Impediments, bool) {
	i := slices.IndexFunc(t.Index.History.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	if i < 0 {
		return nil, false
	}
	v := t.Index.History.Sprints[i].At(at)
	sp, begun := spanOfSprint(t, id, v, at)
	if !begun || !sp.Closed {
		return nil, false
	}
	out := &Impediments{TimeUnknown: t.Index.TimeUnknown, Issues: []ImpedimentCost{}}
	w, list := impediment.Window{From: v.Start, To: sp.End, Closed: true}, t.Impediments
	logs, natures := list.WorklogsIn(w, at), map[string]*Nature{}
	for _, j := range impediment.OpenedOrAmong(list, w, at, logs) {
		seconds := int64(0)
		for _, l := range logs[j.Issue.ID] {
			seconds += l.Seconds
		}
		out.addImpediment(list, j.Issue, seconds, at, natures)
	}
	sortByCost(out.Issues)
	return &Impediments{TimeUnknown: out.TimeUnknown, Issues: out.Issues}, true
}

// addImpediment enters one impediment into the sums.
func (out *Impediments) addImpediment(list *impediment.List, i *agile.Issue, seconds int64, known time.Time,
	natures map[string]*Nature) {
	out.Count++
	out.Seconds += seconds
	if seconds == 0 {
		out.WithoutTime++
		out.Untimed = append(out.Untimed, i.Key.Last())
	}
	names := list.Natures(i, known)
	for n, part := range impediment.Split(seconds, len(names)) {
		if natures[names[n]] == nil {
			natures[names[n]] = &Nature{Nature: names[n]}
		}
		natures[names[n]].Count++
		natures[names[n]].Seconds += part
	}
	state, _ := list.Index.StateOf(i.Status.At(known), i.Resolution.At(known))
	out.Issues = append(out.Issues, ImpedimentCost{Key: i.Key.Last(), Summary: i.Summary.At(known), Natures: names,
		Seconds: seconds, State: state})
}

// sumLoggedTime sums all time logged in a window on the team's own issues and sub-tasks, known as of a moment; planned
// is what of it was on other work than impediments.
func sumLoggedTime(x *index.Index, w impediment.Window, known time.Time, impeded map[int64]bool) (all, planned int64) {
	index.EachOwnWorklogWithin(x, w.From, w.To, known, func(_ *agile.Issue, l agile.Worklog) {
		if !w.Holds(l.Started) {
			return
		}
		all += l.Seconds
		if !impeded[l.ID] {
			planned += l.Seconds
		}
	})
	return all, planned
}

// DailyTime returns the time logged for impediments on each local day, as known at a moment.
func DailyTime(t *Team, known time.Time) []Day {
	list, days := t.Impediments, map[calendar.Date]int64{}
	for _, j := range list.All {
		list.EachWorklog(j, known, func(l agile.Worklog) {
			days[calendar.DateOf(l.Started, list.Index.History.Team.Calendar.Zone)] += l.Seconds
		})
	}
	return appendDays(nil, days)
}

// appendDays appends the days with time, in their order.
func appendDays(out []Day, days map[calendar.Date]int64) []Day {
	for date, seconds := range days {
		if seconds > 0 {
			out = append(out, Day{date.String(), seconds})
		}
	}
	sorting.By(out, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	return out
}

// Unexpected is the work of a window that nobody had planned: impediments and call-outs, each once.
type Unexpected struct {
	Count   int    `json:"count"`   // impediments, and call-outs that are none of them
	Seconds *int64 `json:"seconds"` // logged on impediments and counted of call-outs; nil where no time is known

	// BudgetUsed is what of it counts in the budget: time of impediments, and of call-outs where the budget includes
	// on-call; nil without a budget, and where no time is known.
	BudgetUsed *int64 `json:"budget_used_seconds"`
	// IncludesOnCall says that call-outs count in the budget.
	IncludesOnCall bool `json:"-"`
}

// AddUnexpected fills in the call-outs from a moment to another that is not over, and what they and the impediments of
// that time come to: for a team without sprints, whose unexpected work is told by weeks.
func AddUnexpected(t *Team, s *Sprint, from, to time.Time) {
	addUnexpected(t, s, impediment.Window{From: from, To: to}, to)
}

// recentDays is how many days a team without sprints looks back on impediments and call-outs.
const recentDays = 28

// RecentImpediments measures the impediments of a team without sprints in the last four weeks, which begin at from.
func RecentImpediments(t *Team, at time.Time) (i *Impediments, from time.Time) {
	zone := t.Index.History.Team.Calendar.Zone
	from = calendar.DateOf(at, zone).Add(1 - recentDays).Midnight(zone)
	return t.ImpedimentsIn(from, at), from
}

// RecentUnexpected measures what [RecentImpediments] does and the call-outs of those days, in the place of a sprint: it
// tells nothing else.
func RecentUnexpected(t *Team, at time.Time) *Sprint {
	impediments, from := RecentImpediments(t, at)
	s := &Sprint{SprintHead: SprintHead{State: agile.Active, Start: &from}, At: at.UTC(),
		Impediments: impediments}
	AddUnexpected(t, s, from, at)
	gradeUnexpected(t, s, impediment.Window{From: from, To: at}, at)
	return s
}

// addUnexpected fills in the call-outs of a sprint, and what they and its impediments come to.
func addUnexpected(t *Team, s *Sprint, w impediment.Window, at time.Time) {
	if t.Unexpected == nil {
		return
	}
	s.OnCall = t.Unexpected.In(w, at)
	s.Unexpected = sumUnexpected(s.Impediments, s.OnCall)
	s.Unexpected.IncludesOnCall = t.Index.History.Team.Sprint.BudgetIncludes == agile.WithOnCall
	if s.Impediments.BudgetSeconds != nil && !s.Impediments.TimeUnknown {
		used := BudgetUsed(t, s)
		s.Unexpected.BudgetUsed = &used
	}
}

func sumUnexpected(i *Impediments, o *unexpected.Figures) *Unexpected {
	out := &Unexpected{Count: i.Count + o.Beside}
	if !i.TimeUnknown {
		seconds := i.Seconds + o.CountedSeconds
		out.Seconds = &seconds
	}
	return out
}

// BudgetUsed returns the seconds of a sprint that count in its budget: time of impediments, and of call-outs where the
// team's budget includes on-call.
func BudgetUsed(t *Team, s *Sprint) int64 {
	used := s.Impediments.Seconds
	if s.Unexpected != nil && s.Unexpected.IncludesOnCall {
		used += s.OnCall.CountedSeconds
	}
	return used
}
