package jira

import (
	"regexp"
	"slices"
	"strings"

	"jerem/agile"
)

// cascade finds the options in the words in which a change of a cascading select tells them.
var cascade = regexp.MustCompile(`:\s*([^:()]+?)\s*\((\d+)\)`)

// options rewinds a select. Changes tell ids and names; a name may hold a comma, so names are taken
// from where they stand alone.
func (t *translator) options(field string, v value) agile.Timeline[[]string] {
	known := map[string]string{}
	for _, c := range t.changes[field] {
		for _, side := range [][2]string{{c.From, c.FromString}, {c.To, c.ToString}} {
			if ids := idList(side[0]); len(ids) == 1 && side[1] != "" {
				known[ids[0]] = side[1]
			}
		}
	}
	for _, o := range v.Options {
		known[o.ID] = o.Name
	}
	sides := func(ids, text string) []string { return optionNames(idList(ids), text, known) }
	list := read(t, field, func(c change) ([]string, []string) {
		return sides(c.From, c.FromString), sides(c.To, c.ToString)
	})
	return rewound(t, field, field, names(v.Options), list)
}

func optionNames(ids []string, text string, known map[string]string) []string {
	if m := cascade.FindAllStringSubmatch(text, -1); len(m) > 0 && strings.Contains(text, "alues:") {
		var levels []string
		for _, one := range m {
			levels = append(levels, one[1])
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

// parts rewinds a field whose history tells one part that came or went at a time: components and
// versions. The sets are rebuilt backwards from the present one.
func (t *translator) parts(field string, v value) agile.Timeline[[]string] {
	known := map[string]string{}
	for _, c := range t.changes[field] {
		known[c.From], known[c.To] = c.FromString, c.ToString
	}
	var current []string
	for _, o := range v.Options {
		known[o.ID] = o.Name
		current = append(current, o.ID)
	}
	name := func(ids []string) []string {
		var out []string
		for _, id := range ids {
			out = append(out, known[id])
		}
		return out
	}
	changes := t.changes[field]
	list := make([]agile.Change[[]string], len(changes))
	set := current
	for n := len(changes) - 1; n >= 0; n-- {
		c := changes[n]
		list[n] = agile.Change[[]string]{At: c.at, Order: c.order, To: name(set)}
		set = t.undo(field, set, c)
		list[n].From = name(set)
	}
	return rewound(t, field, field, name(current), list)
}

// undo takes one change of a set back.
func (t *translator) undo(field string, set []string, c change) []string {
	set = slices.Clone(set)
	if c.To != "" {
		at := slices.Index(set, c.To)
		if at < 0 {
			t.breaks(field, 1)
		} else {
			set = slices.Delete(set, at, at+1)
		}
	}
	if c.From != "" {
		if slices.Contains(set, c.From) {
			t.breaks(field, 1)
		} else {
			set = append(set, c.From)
		}
	}
	return set
}
