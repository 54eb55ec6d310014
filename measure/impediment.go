package measure

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// Impediments are the unexpected tasks of a window of time, known as of the moment asked.
type Impediments struct {
	Count         int      `json:"count"`               // opened or worked on in the window
	Seconds       int64    `json:"seconds"`             // logged in the window, by the moment of the work
	WithoutTime   int      `json:"without_time"`        // counted, with no time logged in the window
	Untimed       []string `json:"without_time_issues"` // their keys
	BudgetSeconds *int64   `json:"budget_seconds"`      // allowed in a sprint; nil without a budget
	LoggedSeconds int64    `json:"logged_seconds"`      // all time logged in the window on the team's issues, impediments included
	Unplanned     *float64 `json:"unplanned"`           // Seconds / LoggedSeconds; nil where nothing is logged on other work
	ByNature      []Nature `json:"by_nature"`
	Daily         []Day    `json:"daily"` // days with time only
	Issues        []Toll   `json:"issues"`

	// TimeUnknown says that time logged was never read: whatever is told in time is then no figure, and null in JSON.
	// Count holds those that were opened, for who was only worked on is not known.
	TimeUnknown bool `json:"-"`
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
		untold.Issues = append(untold.Issues, map[string]any{"key": t.Key, "summary": t.Summary, "natures": t.Natures, "seconds": nil, "state": t.State})
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

// Toll is what one impediment took in a window.
type Toll struct {
	Key     string   `json:"key"`
	Summary string   `json:"summary"`
	Natures []string `json:"natures"`
	Seconds int64    `json:"seconds"`
	State   State    `json:"state"`
}

// UnknownNature is the nature of an impediment that tells none.
const UnknownNature = "unknown"

// SeedNature is the field that the older bot read natures from.
const SeedNature = "customfield_11028"

// window is a stretch of time: its start is included, its end only while it is open.
type window struct {
	from, to time.Time
	closed   bool
}

func (w window) holds(t time.Time) bool {
	return !t.Before(w.from) && (t.Before(w.to) || !w.closed && t.Equal(w.to))
}

// trouble is an issue that is an impediment at some time, and when.
type trouble struct {
	issue   *agile.Issue
	impeded agile.Timeline[bool]
}

// findTroubles finds the impediments of the whole past.
func (t *Team) findTroubles() {
	t.troubleOf = map[int64]trouble{}
	for _, i := range t.h.Issues {
		tl := t.impeded(i)
		if slices.ContainsFunc(tl, func(s agile.Step[bool]) bool { return s.Value }) {
			t.trouble = append(t.trouble, trouble{i, tl})
			t.troubleOf[i.ID] = trouble{i, tl}
		}
	}
}

// impeded returns when an issue was an impediment: in the team's scope, and carrying a label, of a
// type, or matching the JQL that the team configured.
func (t *Team) impeded(i *agile.Issue) agile.Timeline[bool] {
	rule := t.h.Team.Impediment
	c := &marker{}
	collect(c, i.Project, false, false)
	collect(c, i.Type, false, false)
	collect(c, i.Labels, false, false)
	for _, s := range t.h.Impeded[i.ID] { // dated by readings, after all changes of their moment
		c.marks = append(c.marks, mark{at: s.From, order: afterAll})
	}
	var tl agile.Timeline[bool]
	for _, m := range c.sorted(i.Created) {
		is := t.mine(i, i.Project.AtOrder(m.at, m.order)) &&
			(slices.ContainsFunc(i.Labels.AtOrder(m.at, m.order), func(l string) bool { return containsFold(rule.Labels, l) }) ||
				t.typeIn(i.Type.AtOrder(m.at, m.order), rule.Types) ||
				t.h.Impeded[i.ID].At(m.at))
		if n := len(tl); n > 0 && tl[n-1].From.Equal(m.at) {
			tl[n-1].Value = is // changes of one moment count as one
			continue
		}
		tl = append(tl, agile.Step[bool]{From: m.at, Value: is})
	}
	return tl
}

// afterAll is the order of what comes after all changes of a moment.
const afterAll = int(^uint(0) >> 1)

func (t *Team) typeIn(id string, types []string) bool {
	return slices.Contains(types, id) || containsFold(types, t.h.Types[id].Name)
}

// between tells whether the issue was an impediment at some moment from one to another, both included.
func (j trouble) between(from, to time.Time) bool {
	if to.Before(from) {
		return false
	}
	if j.impeded.At(from) {
		return true
	}
	return slices.ContainsFunc(j.impeded, func(s agile.Step[bool]) bool {
		return s.Value && s.From.After(from) && !s.From.After(to)
	})
}

// opened tells whether the issue became an impediment in a window, by a moment.
func (j trouble) opened(w window, by time.Time) bool {
	was := false
	for _, s := range j.impeded {
		if s.Value && !was && w.holds(s.From) && !s.From.After(by) {
			return true
		}
		was = s.Value
	}
	return false
}

// logs calls each for the work that counts with an impediment as known at a moment: its own, and
// that of its sub-tasks that are no impediments themselves.
func (t *Team) logs(j trouble, known time.Time, each func(worked)) {
	for _, l := range t.worklogs[j.issue.ID] {
		if !l.Created.After(known) && j.between(l.Started, known) {
			each(l)
		}
	}
	for _, child := range t.children[j.issue.ID] {
		for _, l := range t.worklogs[child] {
			if !l.Created.After(known) && t.subtaskOf(t.issues[child], j.issue.ID, l.Started) &&
				!t.troubleOf[child].between(l.Started, known) && j.between(l.Started, known) {
				each(l)
			}
		}
	}
}

// subtaskOf tells whether an issue was a sub-task of another at a moment; work before its creation
// counts as done at it.
func (t *Team) subtaskOf(i *agile.Issue, parent int64, at time.Time) bool {
	if at.Before(i.Created) {
		at = i.Created
	}
	return i.Parent.At(at) == parent && t.level(i.Type.At(at)) < 0
}

// natures returns why an impediment came, as of a moment; one that tells nothing is unknown.
func (t *Team) natures(i *agile.Issue, at time.Time) []string {
	if prefix, ok := strings.CutPrefix(t.h.Team.Impediment.Nature, "label:"); ok {
		var out []string
		for _, l := range i.Labels.At(at) {
			if n, ok := strings.CutPrefix(l, prefix); ok && n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		return orUnknown(out)
	}
	return orUnknown(i.Options[t.natureField()].At(at))
}

func orUnknown(natures []string) []string {
	if len(natures) == 0 {
		return []string{UnknownNature}
	}
	return natures
}

// natureField returns the id of the field that holds natures, "" without one.
func (t *Team) natureField() string {
	switch name := t.h.Team.Impediment.Nature; {
	case name == "":
		if t.h.Fields[SeedNature].Option {
			return SeedNature
		}
		return ""
	case strings.EqualFold(name, "component"), strings.EqualFold(name, "components"):
		return "components"
	case t.h.Fields[name].ID != "":
		return name
	default:
		found := ""
		for id, f := range t.h.Fields {
			if f.Option && strings.EqualFold(f.Name, name) && (found == "" || id < found) {
				found = id
			}
		}
		return found
	}
}

// split divides seconds into n whole shares; the first ones take the rest.
func split(seconds int64, n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = seconds / int64(n)
		if int64(i) < seconds%int64(n) {
			out[i]++
		}
	}
	return out
}

// impediments measures a window, known as of a moment.
func (t *Team) impediments(w window, known time.Time) *Impediments {
	out := &Impediments{TimeUnknown: t.timeUnknown, Untimed: []string{}, ByNature: []Nature{}, Daily: []Day{}, Issues: []Toll{}}
	natures, days, impeded := map[string]*Nature{}, map[string]int64{}, map[int64]bool{}
	for _, j := range t.trouble {
		seconds, worked := int64(0), false
		t.logs(j, known, func(l agile.Worklog) {
			if w.holds(l.Started) {
				seconds, worked, impeded[l.ID] = seconds+l.Seconds, true, true
				days[calendar.DateOf(l.Started, t.h.Team.Calendar.Zone).String()] += l.Seconds
			}
		})
		if !worked && !j.opened(w, known) {
			continue
		}
		out.add(t, j.issue, seconds, known, natures)
	}
	for date, seconds := range days {
		if seconds > 0 {
			out.Daily = append(out.Daily, Day{date, seconds})
		}
	}
	slices.SortFunc(out.Daily, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	for _, n := range natures {
		out.ByNature = append(out.ByNature, *n)
	}
	slices.SortFunc(out.ByNature, func(a, b Nature) int {
		return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(b.Count, a.Count), strings.Compare(a.Nature, b.Nature))
	})
	slices.SortStableFunc(out.Issues, func(a, b Toll) int { return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), compareKeys(a.Key, b.Key)) })
	slices.SortFunc(out.Untimed, compareKeys)
	var planned int64
	out.LoggedSeconds, planned = t.logged(w, known, impeded)
	if planned > 0 {
		out.Unplanned = share(float64(out.Seconds), float64(out.LoggedSeconds))
	}
	return out
}

// add enters one impediment into the sums.
func (out *Impediments) add(t *Team, i *agile.Issue, seconds int64, known time.Time, natures map[string]*Nature) {
	out.Count++
	out.Seconds += seconds
	if seconds == 0 {
		out.WithoutTime++
		out.Untimed = append(out.Untimed, i.Key.Last())
	}
	names := t.natures(i, known)
	for n, part := range split(seconds, len(names)) {
		if natures[names[n]] == nil {
			natures[names[n]] = &Nature{Nature: names[n]}
		}
		natures[names[n]].Count++
		natures[names[n]].Seconds += part
	}
	state, _ := t.states.of(i.Status.At(known), i.Resolution.At(known))
	out.Issues = append(out.Issues, Toll{Key: i.Key.Last(), Summary: i.Summary.At(known), Natures: names, Seconds: seconds, State: state})
}

// logged sums all time logged in a window on the team's own issues and sub-tasks, known as of a moment; planned is what
// of it was on other work than impediments.
func (t *Team) logged(w window, known time.Time, impeded map[int64]bool) (all, planned int64) {
	for id, logs := range t.worklogs {
		i, ok := t.issues[id]
		if !ok {
			continue
		}
		for _, l := range logs {
			own := t.mine(i, i.Project.At(maxTime(l.Started, i.Created)))
			if !own || !w.holds(l.Started) || l.Created.After(known) {
				continue
			}
			all += l.Seconds
			if !impeded[l.ID] {
				planned += l.Seconds
			}
		}
	}
	return all, planned
}

// Daily returns the time logged for impediments on each local day, as known at a moment.
func (t *Team) Daily(known time.Time) []Day {
	days := map[string]int64{}
	for _, j := range t.trouble {
		t.logs(j, known, func(l agile.Worklog) {
			days[calendar.DateOf(l.Started, t.h.Team.Calendar.Zone).String()] += l.Seconds
		})
	}
	var out []Day
	for date, seconds := range days {
		if seconds > 0 {
			out = append(out, Day{date, seconds})
		}
	}
	slices.SortFunc(out, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	return out
}
