package check

import (
	"fmt"
	"regexp"
	"strings"
)

// findAlike counts labels and types of the sample that look like impediments.
func (s sample) findAlike() (labels, types tally) {
	written := tally{}
	labels, types = tally{}, tally{}
	for _, i := range s.tasks {
		for _, l := range i.Labels.Last() {
			if impedimentWords.MatchString(l) {
				written[l]++
			}
		}
		if name := s.types[i.Type.Last()].Name; impedimentWords.MatchString(name) {
			types[name]++
		}
	}
	spelling := map[string]string{} // case does not matter; the usual spelling is shown
	for _, l := range written.rankedWords() {
		lower := strings.ToLower(l)
		spelling[lower] = orElse(spelling[lower], l)
		labels[spelling[lower]] += written[l]
	}
	return labels, types
}

// impedimentWords are the words by which teams call what comes unexpected; a label or type holds one of them.
var impedimentWords = regexp.MustCompile(
	`(?i)impedim|unplanned|interrupt|incident|outage|hotfix|support|firefight|toil|blocker|escalation|` +
		`^run$|^bugs?$|^imprevus?$|unexpected`,
)

// checkImpediments counts what the configuration calls an impediment or, where there is none, looks
// for what may be called so.
func checkImpediments(c *checker) {
	if c.sample.badQuery != nil {
		f := FailedFinding("", "", c.sample.badQuery)
		f.Hint = "Correct impediment.jql: Jira must take it in a search."
		c.found.addFinding("impediments", f)
	}
	rule := describeRule(c.conf.Impediment, c.sample.badQuery == nil)
	f := Finding{
		OK:    true,
		Found: fmt.Sprintf("%s by %s", countNoun(len(c.sample.impeded), "issue", sampleMore), rule),
		Details: map[string]any{
			"impediments": len(c.sample.impeded),
			"labels":      c.conf.Impediment.Labels,
			"types":       c.conf.Impediment.Types,
		},
	}
	if len(c.sample.impeded) == 0 {
		f.Found = "none by " + rule
		f.Hint = "Label what comes unexpected in Jira with " + orElse(
			strings.Join(c.conf.Impediment.Labels, " or "),
			"impediment",
		) + ": it is what the pages call the unexpected."
		labels, types := c.sample.findAlike()
		f.Details["labels_alike"], f.Details["types_alike"] = labels, types
		suggestImpediments(&f, labels, types)
	}
	c.found.addFinding("impediments", f)
}

// suggestImpediments proposes labels, else types, that look like impediments.
func suggestImpediments(f *Finding, labels, types tally) {
	found, what, key := labels, "labels", "impediment.labels"
	if len(labels) == 0 {
		found, what, key = types, "issue types", "impediment.types"
	}
	if len(found) == 0 {
		return
	}
	f.Found += "; but " + what + " look like it: " + found.rankedText(4)
	f.Settings = append(f.Settings,
		Setting{key, yamlList(found.rankedWords()), "if these are the unexpected: " + found.rankedText(3)})
}
