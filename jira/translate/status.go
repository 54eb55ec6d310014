package translate

import (
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// StatusName is a name that a status has or had. Deleted statuses are known only from histories.
type StatusName struct{ ID, Name string }

// statusBook holds the statuses that a document tells: ids by their last name in lower case, and the names in the order
// in which they are told.
type statusBook struct {
	ids   map[string]string
	last  map[string]string // the last name of each id
	names []StatusName      // of both sides of the changes, in their order
}

func newStatusBook(s *source) *statusBook {
	b := &statusBook{ids: map[string]string{}, last: map[string]string{}}
	for _, c := range s.changes["status"] {
		b.addName(c.item.From, c.item.FromString)
		b.addName(c.item.To, c.item.ToString)
	}
	if o := s.content.Fields["status"].Options; len(o) > 0 && o[0].ID != "" && o[0].Name != "" {
		b.last[o[0].ID] = o[0].Name
		b.ids[strings.ToLower(o[0].Name)] = o[0].ID
	}
	return b
}

// addName notes a name of a status that a change tells.
func (b *statusBook) addName(id, name string) {
	if id == "" || name == "" {
		return
	}
	b.last[id] = name
	b.ids[strings.ToLower(name)] = id
	b.names = append(b.names, StatusName{id, name})
}

// resolveID returns the id of a status as a change tells it. A name without an id is looked up among the names that are
// known; else it stands for itself as "name:…", and is noted.
func (b *statusBook) resolveID(id, name string) string {
	if id != "" || name == "" {
		return id
	}
	if known, ok := b.ids[strings.ToLower(name)]; ok {
		return known
	}
	b.last["name:"+name] = name
	return "name:" + name
}

// allNames returns every name of a status that the document tells, each once: those of the changes in their order, then
// the last names by id.
func (b *statusBook) allNames() []StatusName {
	all := slices.Clone(b.names)
	for _, id := range slices.Sorted(maps.Keys(b.last)) {
		all = append(all, StatusName{id, b.last[id]})
	}
	seen := map[StatusName]bool{}
	return slices.DeleteFunc(all, func(n StatusName) bool {
		told := seen[n]
		seen[n] = true
		return told
	})
}

// rewindStatus rewinds the rewindStatus. A present one to which no change leads began when the issue was resolved, or
// when its category changed.
func (t *translator) rewindStatus(book *statusBook) agile.Timeline[string] {
	list := changesBy(t.source, "status", func(c change) (from, to string) {
		return book.resolveID(c.item.From, c.item.FromString), book.resolveID(c.item.To, c.item.ToString)
	})
	return rewindTimeline(t, rewinding[string]{
		field: "status", name: agile.FieldStatus, current: t.source.firstID("status"), changes: list,
		until: t.source.presentSince(list, "resolutiondate", "statuscategorychangedate"), equal: isSame[string],
	})
}

// rewindResolution rewinds the rewindResolution. One that is set and that no change set began when the issue tells.
func (t *translator) rewindResolution() agile.Timeline[string] {
	current, resolved := t.source.firstID("resolution"), t.source.parseDate("resolutiondate")
	list := changesBy(t.source, "resolution", idSides)
	until := t.source.presentSince(list, "resolutiondate")
	wasSetLater := until.After(t.source.created.Add(sameChange)) && until.Equal(resolved)
	if len(list) == 0 && current != "" && wasSetLater {
		t.addBroken(agile.FieldResolution, 1)
		return agile.Timeline[string]{{From: t.source.created}, {From: until, Value: current}}
	}
	return rewindTimeline(t, rewinding[string]{
		field: "resolution", name: agile.FieldResolution, current: current, changes: list,
		until: until, equal: isSame[string],
	})
}

// presentSince returns from when on a present value holds to which no change leads: the first of some dates of the
// issue that lies between the last change and the last update, else that update.
func (s *source) presentSince(list []agile.Change[string], dates ...string) time.Time {
	last := s.created
	for _, c := range list {
		if c.At.After(last) {
			last = c.At
		}
	}
	for _, field := range dates {
		at := s.parseDate(field)
		if !at.IsZero() && !at.Before(last) && !at.After(s.updated) {
			return at
		}
	}
	return s.updated
}
