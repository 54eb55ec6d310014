package plan

import (
	"fmt"
	"strings"

	"jerem/agile"
)

// Settings are what figures of a team depend on in its configuration, in a form that compares.
type Settings struct {
	scope   string // what decides which issues are read
	figures string // what else figures depend on: they are computed again without a question to Jira
}

// scopeEnd stands between the two, where both are one text.
const scopeEnd = " | "

// SettingsOf returns those of a team, for an account whose clock stands in a zone.
func SettingsOf(t agile.Team, accountZone string) Settings {
	out := Settings{
		scope: fmt.Sprintf("%q %q %q", t.Filter, t.Impediment.JQL, t.Quarter.Label),
		figures: fmt.Sprintf(
			"%s %q %v %v-%v %q %q %q %v %d",
			accountZone,
			t.ClosedStatuses,
			t.Calendar.Zone,
			t.Calendar.Start,
			t.Calendar.End,
			t.Impediment.Labels,
			t.Impediment.Types,
			t.Impediment.Nature,
			t.Sprint.Grace,
			t.Quarter.FirstMonth,
		),
	}
	if t.Quarter.Field() != agile.FieldLabels { // settings that were kept before say nothing of labels
		out.scope += " " + t.Quarter.Field()
	}
	if t.Works != "" {
		out.scope += fmt.Sprintf(" team %q", t.Works)
	}
	if labels := fmt.Sprintf("%v %q", t.Initiative.Label, t.Dependency.Labels); labels != formerLabels {
		out.figures += " " + labels
	}
	if t.Calendar.DaysOff != "" {
		out.figures += fmt.Sprintf(" off %q", t.Calendar.DaysOff)
	}
	if rules := fmt.Sprintf("%v %v %d %q %d", t.Sprint.Budget, t.Sprint.Capacity, t.Sprint.History, t.Flow.Waiting,
		t.Flow.Untouched); rules != formerRules {
		out.figures += " " + rules
	}
	if t.Sprint.BudgetIncludes != "" {
		out.figures += fmt.Sprintf(" budget with %q", t.Sprint.BudgetIncludes)
	}
	return out
}

// formerRules are the rules of sprints and flow of which kept settings said nothing once, as they are by default.
const formerRules = `0s 0s 6 [] 5`

// formerLabels are the labels of initiatives and dependencies that could not be configured once. Settings that were
// kept then say nothing of them, and are those of a team that has them still.
const formerLabels = `^Project_(.+)$ ["dependency"]`

// String is the form in which they are kept.
func (s Settings) String() string { return s.scope + scopeEnd + s.figures }

// sameScope tells whether kept settings decide the same issues.
func (s Settings) sameScope(kept string) bool { return strings.HasPrefix(kept, s.scope+scopeEnd) }
