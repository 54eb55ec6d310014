package translate

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// StatusName is a name that a status has or had. Deleted statuses are known only from histories.
type StatusName struct{ ID, Name string }

// statusBook holds the statuses that a document tells: the names in the order in which they are told, and the last name
// of each id. Few issues tell more than some.
type statusBook struct {
	names []StatusName // of both sides of the changes, in their order, each once
	told  []StatusName // of the changes and the present one, each once, in the order of their last mention
	last  []StatusName // the last name of each id
}

func newStatusBook(s *source) *statusBook {
	changes := s.changes["status"]
	b := &statusBook{}
	for _, c := range changes {
		b.addChange(c.item.From, c.item.FromString)
		b.addChange(c.item.To, c.item.ToString)
	}
	if o := s.content.Fields["status"].Options; len(o) > 0 {
		b.addName(o[0].ID, o[0].Name)
	}
	return b
}

// addChange notes a name of a status that a change tells.
func (b *statusBook) addChange(id, name string) {
	if one := (StatusName{id, name}); b.addName(id, name) && !slices.Contains(b.names, one) {
		b.names = append(b.names, one)
	}
}

// addName notes a name of a status; false where there is none.
func (b *statusBook) addName(id, name string) bool {
	if id == "" || name == "" {
		return false
	}
	one := StatusName{id, name}
	if at := slices.Index(b.told, one); at >= 0 {
		b.told = slices.Delete(b.told, at, at+1)
	}
	b.told = append(b.told, one)
	b.setLast(one)
	return true
}

// setLast notes the last name of a status.
func (b *statusBook) setLast(one StatusName) {
	at := slices.IndexFunc(b.last, func(n StatusName) bool { return n.ID == one.ID })
	if at < 0 {
		b.last = append(b.last, one)
		return
	}
	b.last[at] = one
}

// resolveID returns the id of a status as a change tells it. A name without an id, in any case, is looked up among the
// names that are known, of which the last one counts; else it stands for itself as "name:…", and is noted.
func (b *statusBook) resolveID(id, name string) string {
	if id != "" || name == "" {
		return id
	}
	lower := strings.ToLower(name)
	for _, known := range slices.Backward(b.told) {
		if strings.ToLower(known.Name) == lower {
			return known.ID
		}
	}
	one := StatusName{"name:" + name, name}
	b.setLast(one)
	return one.ID
}

// allNames returns every name of a status that the document tells, each once: those of the changes in their order, then
// the last names by id.
func (b *statusBook) allNames() []StatusName {
	all := slices.Clone(b.names)
	last := slices.Clone(b.last)
	slices.SortFunc(last, func(x, y StatusName) int { return strings.Compare(x.ID, y.ID) })
	for _, one := range last {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
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
		return agile.Timeline[string]{{From: agile.MomentOf(t.source.created)}, {From: agile.MomentOf(until),
			Value: current}}
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
