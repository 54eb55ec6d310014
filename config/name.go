package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jerem/config/schema"
)

// longestTeamName is how many letters the name of a team has at most: it stands in addresses and labels of series.
const longestTeamName = 100

// reservedNames are names that an address cannot hold.
var reservedNames = []string{".", ".."}

// teamNameFault tells what is wrong with the name of a team, "" where nothing is, and what to do.
func teamNameFault(name string) (message, hint string) {
	switch {
	case strings.ContainsFunc(name, schema.IsInvisible):
		return "holds a line break or another sign that nobody sees", "write it in letters, digits and spaces"
	case strings.ContainsAny(name, "\"`{}\\"):
		return "holds one of \" ` { } \\, which the formats of series cannot hold plainly",
			"give the team a label in letters, digits and spaces"
	case slices.Contains(reservedNames, name):
		return "cannot be the name of a team: no address holds it", "write it in letters, digits and spaces"
	case utf8.RuneCountInString(name) > longestTeamName:
		return fmt.Sprintf("is longer than %d letters", longestTeamName), "give the team a shorter label"
	}
	return "", ""
}

// nameTeam gives a team its name, the label or else the project as written; not ok where no team can have it.
func nameTeam(l *schema.Loader, team *Team, label string, t *tree) bool {
	key := "label"
	if team.Name = strings.TrimSpace(label); team.Name == "" {
		key, team.Name = "name", team.Project
	}
	message, hint := teamNameFault(team.Name)
	if message == "" {
		return team.Name != "" // a name with a fault of its own was told
	}
	l.AddError(t.Given[key], t.Prefix+key, message, hint)
	return false
}
