package flow

import (
	"fmt"

	"jerem/chart/inline"
	"jerem/measure/explain/onpage"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// mostNamedIssues is how many exceptions a rule names beside its share; the explanation lists all.
const mostNamedIssues = 4

// fillRules lists the rules of a ticket's lifecycle: how many keep each, and which do not.
func (v *page) fillRules() {
	for n, rule := range v.F.Lifecycle {
		title, of := onpage.RuleWords(rule.Rule)
		e := onpage.RuleKept(v.team, v.F, rule)
		line := ruleLine{Name: title, Of: of, Share: e.Shown.Value, Explain: fmt.Sprintf("flow-rule-%d", n),
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
		v.Rules = append(v.Rules, line)
		opened := drawer.Of(line.Explain, e, v.jira)
		opened.LimitRows(v.File("rules.csv"))
		addAddressed(v, opened)
	}
	e, kept, all := onpage.RulesKept(v.F)
	said := fmt.Sprintf("Rules are kept %d of %s", kept, format.Plural(all, "time"))
	v.RuleReading = frame.OpenFigures(said, [2]string{fmt.Sprint(kept), "flow-kept"},
		[2]string{fmt.Sprint(all), "flow-kept"})
	addAddressed(v, drawer.Of("flow-kept", e, v.jira))
}

// addAddressed adds what opens a figure of the flow, with its address.
func addAddressed(v *page, opened frame.Explanation) {
	list := []frame.Explanation{opened}
	v.Explains = append(v.Explains, drawer.Addressed(list, v.team, v.F.At, "from", v.F.From, "to", v.F.To)...)
}
