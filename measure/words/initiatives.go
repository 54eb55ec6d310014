package words

import (
	"regexp"
	"strings"

	"jerem/agile"
)

// OfInitiatives returns a sentence that says which label of an epic names its initiative: what the label begins with
// where the rule says no more than that, else the whole expression.
func OfInitiatives(rule agile.InitiativeRule) string {
	if rule.Label == nil {
		return "No label names an initiative: initiative.label is empty."
	}
	expression := rule.Label.String()
	start, anchored := strings.CutPrefix(expression, "^")
	start, whole := strings.CutSuffix(start, "(.+)$")
	if anchored && whole && start != "" && regexp.QuoteMeta(start) == start {
		return "An initiative is named by a label that begins with " + start + "."
	}
	return "An initiative is named by the group of a label that matches " + expression + "."
}
