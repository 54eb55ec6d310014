package translate

import (
	"regexp"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
)

// cascadeLevel finds the options in the words in which a change of a cascading select tells them.
var cascadeLevel = regexp.MustCompile(`:\s*([^:()]+?)\s*\((\d+)\)`)

// rewindOptions rewinds a select. Changes tell ids and names; a name may hold a comma, so names are taken
// from where they stand alone.
func (t *translator) rewindOptions(field string, v document.Value) agile.Timeline[[]string] {
	known := map[string]string{} // names by id
	for _, c := range t.source.changes[field] {
		for _, side := range [][2]string{{c.item.From, c.item.FromString}, {c.item.To, c.item.ToString}} {
			if ids := idList(side[0]); len(ids) == 1 && side[1] != "" {
				known[ids[0]] = side[1]
			}
		}
	}
	for _, o := range v.Options {
		known[o.ID] = o.Name
	}
	return rewindField(t, field, field, optionNames(v.Options), func(c change) (from, to []string) {
		return selectedNames(idList(c.item.From), c.item.FromString, known),
			selectedNames(idList(c.item.To), c.item.ToString, known)
	})
}

// selectedNames returns the names of the options on one side of a change, of which known tells some by id.
func selectedNames(ids []string, text string, known map[string]string) []string {
	if m := cascadeLevel.FindAllStringSubmatch(text, -1); len(m) > 0 && strings.Contains(text, "alues:") {
		var levels []string
		for _, level := range m {
			levels = append(levels, level[1])
		}
		return []string{strings.Join(levels, " - ")}
	}
	switch {
	case strings.TrimSpace(text) == "" && len(ids) == 0:
		return nil
	case len(ids) == 0:
		return []string{text}
	}
	parts := strings.Split(text, ",")
	var out []string
	for n, id := range ids {
		switch {
		case known[id] != "":
			out = append(out, known[id])
		case len(ids) == 1:
			out = append(out, text)
		case len(parts) == len(ids):
			out = append(out, strings.TrimSpace(parts[n]))
		default:
			out = append(out, id)
		}
	}
	return out
}

// addParts adds a field whose history tells one part that came or went at a time: components and versions.
func (t *translator) addParts(i *agile.Issue, field string, v document.Value) {
	ids, known := t.rewindParts(field, v), versionNames(t.source, field)
	names := make(agile.Timeline[[]string], len(ids))
	for n, step := range ids {
		names[n] = agile.Step[[]string]{From: step.From, Order: step.Order}
		for _, id := range step.Value {
			names[n].Value = append(names[n].Value, known[id])
		}
	}
	i.Options.Put(field, names)
	if field == agile.FieldFixVersions {
		i.FixVersions = ids
	}
}

// versionNames returns the latest names that a document tells of the parts of a field, by id.
func versionNames(s *source, field string) map[string]string {
	known := map[string]string{}
	for _, c := range s.changes[field] {
		known[c.item.From], known[c.item.To] = c.item.FromString, c.item.ToString
	}
	for _, o := range s.content.Fields[field].Options {
		known[o.ID] = o.Name
	}
	delete(known, "") // the other side of a change
	return known
}

// rewindParts rewinds the ids of parts. The sets are rebuilt backwards from the present one.
func (t *translator) rewindParts(field string, v document.Value) agile.Timeline[[]string] {
	changes := t.source.changes[field]
	var current []string
	for _, o := range v.Options {
		current = append(current, o.ID)
	}
	list := make([]agile.Change[[]string], len(changes))
	set := current
	for n := len(changes) - 1; n >= 0; n-- {
		c := changes[n]
		before, broken := undoPart(set, *c.item)
		t.addBroken(field, broken)
		list[n] = agile.Change[[]string]{At: c.at, Order: c.order, From: before, To: set}
		set = before
	}
	return rewindTimeline(t, rewinding[[]string]{
		field: field, name: field, current: current, changes: list,
		until: t.source.updated, equal: isSame[[]string],
	})
}

// undoPart takes one change of a set back, and counts what of it does not fit the set.
func undoPart(set []string, i document.Item) (before []string, broken int) {
	before = slices.Clone(set)
	if i.To != "" {
		at := slices.Index(before, i.To)
		if at < 0 {
			broken++
		} else {
			before = slices.Delete(before, at, at+1)
		}
	}
	if i.From != "" {
		if slices.Contains(before, i.From) {
			broken++
		} else {
			before = append(before, i.From)
		}
	}
	return before, broken
}
