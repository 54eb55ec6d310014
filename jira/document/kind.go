package document

import (
	"math"
	"strings"

	"jerem/jira/wire"
)

// Kind is how the values and changes of a field are to be read. What has no kind is never
// asked for: it could hold a person or free text.
type Kind string

// The kinds of a field.
const (
	KindNumber   Kind = "number"
	KindSeconds  Kind = "seconds" // Jira's own time tracking
	KindText     Kind = "text"    // the summary and dates
	KindOptions  Kind = "options"
	KindParts    Kind = "parts" // components, versions: one change for each that comes or goes
	KindLabels   Kind = "labels"
	KindOne      Kind = "one" // status, type, resolution, priority, project
	KindParent   Kind = "parent"
	KindSprint   Kind = "sprint"
	KindEpicLink Kind = "epiclink"
	KindFlag     Kind = "flag"
	KindTeam     Kind = "team" // which of the site's teams works on it; read where a team is configured by it
)

// kindOf decides by the schema how a field is read, "" for one that is never asked for.
func kindOf(f wire.Field) Kind {
	if f.Schema == nil {
		return ""
	}
	s := f.Schema
	if !f.Custom {
		return kindOfSystemField(f.ID, s.Type, s.Items)
	}
	switch s.Custom {
	case wire.AgilePrefix + "gh-sprint":
		return KindSprint
	case wire.AgilePrefix + "gh-epic-link":
		return KindEpicLink
	case wire.CustomPrefix + "labels":
		return KindLabels
	case wire.AgilePrefix + "gh-epic-status", wire.CustomPrefix + "userpicker", wire.CustomPrefix + "multiuserpicker":
		return ""
	}
	if isTeam(f) {
		return KindTeam
	}
	if isFlag(f) {
		return KindFlag
	}
	return kindOfType(s.Type, s.Items)
}

// isTeam says whether a field is the one by which Atlassian's teams own issues.
func isTeam(f wire.Field) bool {
	return f.Custom && strings.HasSuffix(f.Schema.Custom, "atlassian-team")
}

// isFlag says whether a field is the flag: a set of check boxes of that name in any language, or of the boards' own
// kind.
func isFlag(f wire.Field) bool {
	if own, ok := strings.CutPrefix(f.Schema.Custom, wire.AgilePrefix); ok {
		return strings.Contains(own, "flag")
	}
	isNamed := strings.EqualFold(f.Name, "Flagged") || strings.EqualFold(f.Plain, "Flagged")
	return f.Schema.Custom == wire.CustomPrefix+"multicheckboxes" && isNamed
}

func kindOfSystemField(id, typ, items string) Kind {
	switch id {
	case "summary":
		return KindText
	case "status", "issuetype", "resolution", "priority", "project":
		return KindOne
	case "parent":
		return KindParent
	case "labels":
		return KindLabels
	case "timeoriginalestimate", "timeestimate", "timespent":
		return KindSeconds
	case "lastViewed", "workratio", "aggregatetimeoriginalestimate", "aggregatetimeestimate", "aggregatetimespent":
		return "" // of the reader, or derived: a sum over sub-tasks would count twice
	}
	return kindOfType(typ, items)
}

func kindOfType(typ, items string) Kind {
	switch {
	case typ == "number":
		return KindNumber
	case typ == "date", typ == "datetime":
		return KindText
	case typ == "option", typ == "option-with-child", typ == "array" && items == "option":
		return KindOptions
	case typ == "version", typ == "array" && (items == "version" || items == "component"):
		return KindParts
	}
	return ""
}

// maxNumber is the largest amount of a number field that is believed: up to it every whole number is exact, and
// sums of any history stay finite. maxSeconds is that of time tracking and of time logged: a hundred years.
const (
	maxNumber  = 1e15
	maxSeconds = 100 * 366 * 24 * 3600
)

// Holds says whether a number is one that a field of a kind can hold.
func (k Kind) Holds(x float64) bool {
	if k == KindSeconds {
		return x >= 0 && x <= maxSeconds
	}
	return math.Abs(x) <= maxNumber
}
