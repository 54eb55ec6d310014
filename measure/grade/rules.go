package grade

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
)

// ruleBasis says what figures of the time before rest on a rule that changed.
var ruleBasis = map[agile.SubjectCode]Basis{
	agile.SubjectRuleFilter:      OnAll &^ (OnDates | OnCallouts),
	agile.SubjectRuleTeam:        OnAll &^ (OnDates | OnCallouts),
	agile.SubjectRuleImpediment:  OnMarks | OnTime,
	agile.SubjectRuleQuery:       OnMarks | OnTime,
	agile.SubjectRuleDependency:  OnMarks,
	agile.SubjectRuleQuarter:     OnQuarters,
	agile.SubjectRuleFirstMonth:  OnQuarters,
	agile.SubjectRuleHistory:     OnPast,
	agile.SubjectRuleDaysOff:     OnDates | OnPast,
	agile.SubjectRuleGrace:       OnEstimates | OnPace,
	agile.SubjectRuleHours:       OnDates | OnPast,
	agile.SubjectRuleWaiting:     OnColumns,
	agile.SubjectRuleDone:        OnWork | OnEstimates | OnPace | OnColumns,
	agile.SubjectRuleColumns:     OnColumns,
	agile.SubjectRuleBoard:       OnPast | OnColumns,
	agile.SubjectRuleEstimate:    OnEstimates | OnPace,
	agile.SubjectRuleNatureField: OnMarks,
	agile.SubjectRuleTypes:       OnAll &^ (OnDates | OnCallouts),
	agile.SubjectRuleVersions:    OnQuarters,

	agile.SubjectRuleInitiative:     OnInitiatives,
	agile.SubjectRuleUntouched:      OnUntouched,
	agile.SubjectRuleCapacity:       OnCapacity,
	agile.SubjectRuleBudget:         OnBudget,
	agile.SubjectRuleBudgetIncludes: OnBudget,
}

// ruleWords word a rule that changed, as it was until a moment; each %s is an argument.
var ruleWords = map[agile.SubjectCode]string{
	agile.SubjectRuleFilter:      "jql_filter was another one",
	agile.SubjectRuleTeam:        "the value of the Team field was %s and is %s now",
	agile.SubjectRuleImpediment:  "impediments had other labels or types",
	agile.SubjectRuleQuery:       "impediment.jql was another one",
	agile.SubjectRuleDependency:  "dependencies had other labels",
	agile.SubjectRuleQuarter:     "epics told their quarter otherwise",
	agile.SubjectRuleFirstMonth:  "quarter.first_month was %s and is %s now",
	agile.SubjectRuleHistory:     "sprint.history was %s and is %s now",
	agile.SubjectRuleDaysOff:     "other days were off (%s)",
	agile.SubjectRuleGrace:       "planning_grace was %s and is %s now",
	agile.SubjectRuleHours:       "the working hours were %s and are %s now",
	agile.SubjectRuleWaiting:     "other statuses were waiting",
	agile.SubjectRuleDone:        "what is to do, doing and done was told otherwise (%s)",
	agile.SubjectRuleColumns:     "the columns of the board were others (%s)",
	agile.SubjectRuleBoard:       "the board was %s and is %s now",
	agile.SubjectRuleEstimate:    "the field that estimates was %s and is %s now",
	agile.SubjectRuleNatureField: "the field of natures was %s and is %s now",
	agile.SubjectRuleTypes:       "issue types were epics, ordinary or sub-tasks otherwise (%s)",
	agile.SubjectRuleVersions:    "versions had other names (%s)",

	agile.SubjectRuleInitiative:     "initiative.label was another one",
	agile.SubjectRuleUntouched:      "flow.untouched was %s and is %s now",
	agile.SubjectRuleCapacity:       "sprint.capacity was %s and is %s now",
	agile.SubjectRuleBudget:         "sprint.budget was %s and is %s now",
	agile.SubjectRuleBudgetIncludes: "sprint.budget_includes was %s and is %s now",
}

// addRule adds that a rule was another one in a part of the time of which figures tell.
func (r *Reasons) addRule(list *impediment.List, on Basis, reach Reach, g agile.Gap) {
	past := OnPast | OnPace | reach.Past.Rests
	basis := ruleBasis[g.Subject.Code] & on
	if basis == 0 {
		return
	}
	from := reach.From
	if g.Subject.Code == agile.SubjectRuleFirstMonth && reach.Begun != nil {
		from = earlierOf(from, reach.Begun(g.Subject.Args[0]))
	}
	if g.Subject.Code == agile.SubjectRuleUntouched { // what is untouched is told of the moment alone
		from = reach.Until
	}
	if !heldWithin(g, from, reach.Until) {
		basis &= past
	}
	if reach.Past.From.IsZero() || !heldWithin(g, reach.Past.From, reach.Past.Until) {
		basis &^= past
	}
	if basis != 0 {
		r.Add(basis, Partial, "%s", ruleText(list.Index.History.Fields, g))
	}
}

// heldWithin tells whether a rule held at some moment of a span of time, both ends of which belong to it.
func heldWithin(g agile.Gap, from, until time.Time) bool {
	return from.Before(g.Since) && !until.Before(g.From)
}

func earlierOf(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// ruleText writes a rule that changed as a sentence, fields by their names.
func ruleText(fields map[string]agile.Field, g agile.Gap) string {
	args := []any{}
	for _, arg := range g.Subject.Args {
		if name := fields[arg].Name; name != "" {
			arg = name
		}
		if arg == "" {
			arg = "none"
		}
		args = append(args, arg)
	}
	what := subjectText(g.Subject)
	if format, known := ruleWords[g.Subject.Code]; known {
		what = fmt.Sprintf(format, args[:strings.Count(format, "%s")]...)
	}
	when := "until " + g.Since.UTC().Format(momentForm)
	if !g.From.IsZero() {
		when = "between " + strings.TrimSuffix(g.From.UTC().Format(momentForm), " UTC") + " and " +
			g.Since.UTC().Format(momentForm)
	}
	return fmt.Sprintf("%s %s: that time is counted by the present rule", when, what)
}

// momentForm is how a reason writes a moment.
const momentForm = "2006-01-02 15:04 UTC"
