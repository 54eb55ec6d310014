package schema

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestName is how many letters a name has at most: it stands in addresses and labels of series.
const longestName = 100

// reservedNames are names that an address cannot hold.
var reservedNames = []string{".", ".."}

// NameFault tells what is wrong with the name of a team, or of what stands in addresses as one does, and what to do; ""
// where nothing is. The remedy is what to do about signs that series cannot hold.
func NameFault(name, remedy string) (message, hint string) {
	switch {
	case strings.ContainsFunc(name, IsInvisible):
		return "holds a line break or another sign that nobody sees", "write it in letters, digits and spaces"
	case strings.ContainsAny(name, "\"`{}\\"):
		return "holds one of \" ` { } \\, which the formats of series cannot hold plainly", remedy
	case slices.Contains(reservedNames, name):
		return "cannot be a name: no address holds it", "write it in letters, digits and spaces"
	case utf8.RuneCountInString(name) > longestName:
		return fmt.Sprintf("is longer than %d letters", longestName), "give it a shorter one"
	}
	return "", ""
}

// ListNames lists names for a message.
func ListNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = QuoteText(name)
	}
	return strings.Join(quoted, ", ")
}

// CheckTeamKnown reports a team that is none of the file.
func CheckTeamKnown(l *Loader, at Position, key, name string, teams []string) {
	if !slices.Contains(teams, name) {
		l.AddError(at, key, fmt.Sprintf("%s is not a team of this file", QuoteText(name)),
			"write the label of an entry of projects, else its name as written; the teams are "+
				ListNames(teams))
	}
}
