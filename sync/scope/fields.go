package scope

import (
	"cmp"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
)

// NamedFields are the fields that a team's board and configuration name, by id or name: the estimate, the nature, what
// tells quarters. They are needed before all others.
func NamedFields(fields document.Fieldset, conf agile.Team, board *agile.Board) (names []string) {
	if board != nil && board.Estimate != "" {
		names = append(names, board.Estimate)
	}
	switch nature := conf.Impediment.Nature; {
	case nature == "" && FieldName(fields, conf.Impediment.DefaultNature) != conf.Impediment.DefaultNature:
		names = append(names, conf.Impediment.DefaultNature)
	case nature != "" && !strings.HasPrefix(strings.ToLower(nature), "label:"):
		names = append(names, nature)
	}
	if conf.Works != "" {
		names = append(names, cmp.Or(document.TeamField(fields), "Team"))
	}
	if field := conf.Quarter.Field(); field != agile.FieldLabels { // labels are read always
		names = append(names, field)
	}
	return names
}

// FieldName tells a field by its name, by its id where none is known.
func FieldName(fields document.Fieldset, id string) string {
	for _, f := range fields.Fields() {
		if f.ID == id && f.Name != "" {
			return f.Name
		}
	}
	return id
}
