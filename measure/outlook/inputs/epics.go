package inputs

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
)

// QuarterScope returns what is left of the epics of a quarter; it is due on the quarter's last day.
func (w TeamWork) QuarterScope(name roadmap.QuarterName, without []string, at time.Time) Scope {
	members := w.Team.Roadmap.EpicsOf(name, at)
	span := w.Team.Roadmap.Span(name)
	carried := map[int64]roadmap.Member{}
	epics := []int64{}
	for _, m := range members {
		if !hasAnyKey(w.Team.Index, m.Issue, without) {
			epics = append(epics, m.Issue.ID)
			carried[m.Issue.ID] = m
		}
	}
	s := w.epicScope(epics, at, func(epic, issue int64) bool {
		return w.Team.Roadmap.Takes(carried[epic], span, issue, at)
	})
	s.Deadline = &span.Last
	s.NotDone = w.whyEpicsAreNotDone(s, epics, at)
	if len(members) == 0 {
		s.NotDone = "no epic belongs to " + name.String()
	}
	return s
}

// CheckEpics tells of the first of some keys that names no epic: to leave it out would change nothing, unseen.
func (w TeamWork) CheckEpics(keys []string) error {
	for _, key := range keys {
		if i, ok := w.Team.Lookup(key); !ok || w.Team.Index.Level(i.Type.Last()) != 1 {
			return fmt.Errorf("%s is no epic that is known of team %s: it cannot be left out", key,
				w.Team.Index.History.Team.Name)
		}
	}
	return nil
}

// hasAnyKey tells whether one of some keys is or was that of an issue.
func hasAnyKey(x *index.Index, i *agile.Issue, keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool {
		found, ok := x.Lookup(key)
		return ok && found.ID == i.ID
	})
}

// EpicInTurn returns what is left until an epic is done: epics are taken one after the other, so what remains of those
// before it in its quarter comes first. It is due with its quarter.
func (w TeamWork) EpicInTurn(epic *agile.Issue, without []string, at time.Time) Scope {
	epics := []int64{epic.ID}
	var deadline *calendar.Date
	if quarter, ok := DueQuarter(w.Team.Roadmap, epic, at); ok {
		_, last := w.Team.Roadmap.Dates(quarter)
		deadline = &last
		var all []int64
		for _, m := range w.Team.Roadmap.EpicsOf(quarter, at) {
			if m.Issue.ID == epic.ID || !hasAnyKey(w.Team.Index, m.Issue, without) {
				all = append(all, m.Issue.ID)
			}
		}
		turns := w.epicsAt(at).Order(all)
		epics = turns[:slices.Index(turns, epic.ID)+1]
	}
	s := w.ScopeInTurn(epics, []int64{epic.ID}, at)
	s.Deadline = deadline
	return s
}

// ScopeInTurn returns what is left until those asked for of a list of epics are done, which are taken in the order of
// the list.
func (w TeamWork) ScopeInTurn(epics, asked []int64, at time.Time) Scope {
	s, own := w.epicScope(epics, at, nil), w.epicScope(asked, at, nil)
	s.Done, s.NotDone = own.Done, w.whyEpicsAreNotDone(own, asked, at)
	if own.Remaining == 0 && own.Unestimated == 0 {
		s.Remaining, s.Unestimated = 0, 0 // what is asked for is done, whatever is left before it
		return s
	}
	s.Earlier = amount.Tidy(s.Remaining - own.Remaining)
	return s
}

// DueQuarter returns the quarter in which an epic is due: the first one of its quarters that is not over, else the
// last.
func DueQuarter(r *roadmap.Roadmap, epic *agile.Issue, at time.Time) (roadmap.QuarterName, bool) {
	quarters := r.QuartersOf(epic, at)
	for _, q := range quarters {
		if r.Span(q).To.After(at) {
			return q, true
		}
	}
	if len(quarters) == 0 {
		return roadmap.QuarterName{}, false
	}
	return quarters[len(quarters)-1], true
}
