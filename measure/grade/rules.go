package grade

import (
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/measure/internal/impediment"
)

// ruleBasis says what figures of the time before rest on a rule that changed.
var ruleBasis = map[agile.SubjectCode]Basis{
	agile.SubjectRuleFilter:      OnAll &^ OnDates,
	agile.SubjectRuleTeam:        OnAll &^ OnDates,
	agile.SubjectRuleImpediment:  OnMarks | OnTime,
	agile.SubjectRuleDependency:  OnMarks,
	agile.SubjectRuleQuarter:     OnQuarters,
	agile.SubjectRuleGrace:       OnEstimates | OnPast,
	agile.SubjectRuleHours:       OnDates | OnPast,
	agile.SubjectRuleWaiting:     OnColumns,
	agile.SubjectRuleDone:        OnWork | OnEstimates | OnPast | OnColumns,
	agile.SubjectRuleColumns:     OnColumns,
	agile.SubjectRuleBoard:       OnPast | OnColumns,
	agile.SubjectRuleEstimate:    OnEstimates | OnPast,
	agile.SubjectRuleNatureField: OnMarks,
	agile.SubjectRuleTypes:       OnAll &^ OnDates,
	agile.SubjectRuleVersions:    OnQuarters,
}

// ruleWords word a rule that changed, as it was until a moment; each %s is an argument.
var ruleWords = map[agile.SubjectCode]string{
	agile.SubjectRuleFilter:      "jql_filter was another one",
	agile.SubjectRuleTeam:        "the value of the Team field was %s and is %s now",
	agile.SubjectRuleImpediment:  "impediments had other labels or types",
	agile.SubjectRuleDependency:  "dependencies had other labels",
	agile.SubjectRuleQuarter:     "epics told their quarter otherwise",
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
}

// addRule adds that a rule was another one in a part of the time of which figures tell.
func (r *Reasons) addRule(list *impediment.List, on Basis, reach Reach, g agile.Gap) {
	basis := ruleBasis[g.Subject.Code] & on
	if !reach.From.Before(g.Since) {
		basis &= OnPast
	}
	if reach.Past.IsZero() || !reach.Past.Before(g.Since) {
		basis &^= OnPast
	}
	if basis != 0 {
		r.Add(basis, Partial, "%s", ruleText(list.Index.History.Fields, g))
	}
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
	return fmt.Sprintf("until %s %s: that time is counted by the present rule",
		g.Since.UTC().Format("2006-01-02 15:04 UTC"), what)
}
