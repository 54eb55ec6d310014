package jira

import (
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// status rewinds the status. Some changes tell a name without an id: it is looked up among the
// names that this other changes tell, else it stands for itself as "name:…".
func (t *translator) status() agile.Timeline[string] {
	ids := t.learnStatuses()
	id := func(id, name string) string {
		if id != "" || name == "" {
			return id
		}
		if known, ok := ids[strings.ToLower(name)]; ok {
			return known
		}
		t.statuses["name:"+name] = name
		return "name:" + name
	}
	list := read(t, "status", func(c change) (string, string) { return id(c.From, c.FromString), id(c.To, c.ToString) })
	until := t.dated(list, "resolutiondate", "statuscategorychangedate")
	return rewoundBy(t, "status", agile.FieldStatus, until, t.one("status"), list, same[string])
}

// learnStatuses notes the names of statuses as the issue tells them, and returns the ids by name in lower case.
func (t *translator) learnStatuses() map[string]string {
	ids := map[string]string{}
	learn := func(id, name string) {
		if id != "" && name != "" {
			t.statuses[id] = name
			ids[strings.ToLower(name)] = id
		}
	}
	for _, c := range t.changes["status"] {
		learn(c.From, c.FromString)
		learn(c.To, c.ToString)
	}
	if o := t.d.Fields["status"].Options; len(o) > 0 {
		learn(o[0].ID, o[0].Name)
	}
	return ids
}

// resolution rewinds the resolution. One that is set and that no change set began when the issue tells.
func (t *translator) resolution() agile.Timeline[string] {
	current := t.one("resolution")
	list := read(t, "resolution", byID)
	until := t.dated(list, "resolutiondate")
	if len(list) == 0 && current != "" && until.After(t.created.Add(twice)) && until.Equal(t.date("resolutiondate")) {
		t.breaks(agile.FieldResolution, 1)
		return agile.Timeline[string]{{From: t.created}, {From: until, Value: current}}
	}
	return rewoundBy(t, "resolution", agile.FieldResolution, until, current, list, same[string])
}

// dated returns from when on a present value holds to which no change leads: the first of some dates of the
// issue that lies between the last change and the last update, else that update.
func (t *translator) dated(list []agile.Change[string], dates ...string) time.Time {
	last := t.created
	for _, c := range list {
		if c.At.After(last) {
			last = c.At
		}
	}
	for _, field := range dates {
		at := t.date(field)
		if !at.IsZero() && !at.Before(last) && !at.After(t.updated) {
			return at
		}
	}
	return t.updated
}

// statusNames lists every name of a status that the document tells, in the order of the changes.
func (t *translator) statusNames() []StatusName {
	seen := map[StatusName]bool{}
	var out []StatusName
	put := func(id, name string) {
		s := StatusName{id, name}
		if id != "" && name != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, c := range t.changes["status"] {
		put(c.From, c.FromString)
		put(c.To, c.ToString)
	}
	for _, id := range slices.Sorted(maps.Keys(t.statuses)) {
		put(id, t.statuses[id])
	}
	return out
}
