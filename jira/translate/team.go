package translate

import (
	"jerem/agile"
	"jerem/jira/document"
)

// rewindTeam rewinds the field that tells which of the site's teams works on an issue. Each value is the name of the
// team and its id: a team that was renamed is found by either. Names are those that this issue tells last.
func (t *translator) rewindTeam(field string, v document.Value) agile.Timeline[[]string] {
	names := map[string]string{} // by id
	for _, c := range t.source.changes[field] {
		names[c.item.From], names[c.item.To] = c.item.FromString, c.item.ToString
	}
	var current []string
	for _, o := range v.Options {
		names[o.ID] = o.Name
		current = append(current, o.Name, o.ID)
	}
	named := func(id, text string) []string {
		switch {
		case id == "" && text == "":
			return nil
		case names[id] != "":
			text = names[id]
		}
		return []string{text, id}
	}
	return rewindField(t, field, agile.FieldTeam, current, func(c change) (from, to []string) {
		return named(c.item.From, c.item.FromString), named(c.item.To, c.item.ToString)
	})
}
