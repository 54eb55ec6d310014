package flow

import (
	"fmt"

	"jerem/chart/inline"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// ruleWords say what each rule asks for, and of which issues.
var ruleWords = map[string][2]string{
	flow.RuleDoneWithoutProgress:     {"Passed through in progress before done", "finished issues"},
	flow.RuleUntouched:               {"Touched in the last working days", "issues in progress"},
	flow.RuleImpedimentWithoutTime:   {"Closed with time logged", "finished impediments"},
	flow.RuleEstimatedAfterStart:     {"Estimated before the start, not after", "issues begun"},
	flow.RuleInSprintWithoutEstimate: {"Has an estimate", "issues of active sprints"},
}

// mostNamedIssues is how many exceptions a rule names beside its share; the explanation lists all.
const mostNamedIssues = 4

// fillRules lists the rules of a ticket's lifecycle: how many keep each, and which do not.
func (v *page) fillRules() {
	for n, rule := range v.F.Lifecycle {
		said := ruleWords[rule.Rule]
		e := onpage.RuleKept(v.team, v.F, rule, said[0], said[1])
		line := ruleLine{Name: said[0], Of: said[1], Share: e.Shown.Value, Explain: fmt.Sprintf("flow-rule-%d", n),
			More: max(0, len(rule.Issues)-mostNamedIssues)}
		switch {
		case rule.Count == nil:
			line.Why = "says nothing: the team counts issues"
		case e.Value == nil:
			line.Why = "no such issue"
		default:
			line.Bar = frame.HTML(inline.Meter(*e.Value, nil, "f-exp"))
		}
		for _, key := range rule.Issues[:min(len(rule.Issues), mostNamedIssues)] {
			line.Issues = append(line.Issues, frame.Choice{Name: key, Address: frame.IssueAddress(v.base, key, v.keep)})
		}
		opened := drawer.Of(line.Explain, e, v.jira)
		opened.LimitRows(v.File("rules.csv"))
		v.Rules, v.Explains = append(v.Rules, line), append(v.Explains, opened)
	}
	e, kept, all := onpage.RulesKept(v.F)
	said := fmt.Sprintf("Rules are kept %d of %s", kept, format.Plural(all, "time"))
	v.RuleReading = frame.OpenFigures(said, [2]string{fmt.Sprint(kept), "flow-kept"},
		[2]string{fmt.Sprint(all), "flow-kept"})
	v.Explains = append(v.Explains, drawer.Of("flow-kept", e, v.jira))
}
