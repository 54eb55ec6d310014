package check

import (
	"fmt"
	"jerem/agile"
	"regexp"
	"slices"
	"strings"
)

// otherQuarters are ways to write a quarter that the configuration can express, the default first.
var otherQuarters = []*regexp.Regexp{
	regexp.MustCompile(`^Q([1-4])-(\d{2})$`),
	regexp.MustCompile(`(?i)^Q([1-4])[-_.]?(\d{2})$`),
	regexp.MustCompile(`(?i)^Q([1-4])[-_.]?20(\d{2})$`),
	regexp.MustCompile(`(?i)^([1-4])Q[-_.]?(?:20)?(\d{2})$`),
}

// yearFirst is a quarter whose year comes first, which the configuration cannot express.
var yearFirst = regexp.MustCompile(`(?i)^(?:FY)?(?:20)?\d{2}[-_.]?Q[1-4]$`)

// checkQuarters says what the labels of epics tell: quarters and initiatives.
func (c *checker) checkQuarters() {
	quarters, initiatives, without := tally{}, tally{}, 0
	for _, e := range c.sample.epics {
		in := false
		for _, l := range e.Labels.Last() {
			if c.conf.Quarter.Label != nil && c.conf.Quarter.Label.MatchString(l) {
				quarters[l]++
				in = true
			}
			if name := c.conf.Initiative.NameIn(l); name != "" {
				initiatives[name]++
			}
		}
		if !in {
			without++
		}
	}
	f := Finding{
		OK: true,
		Details: map[string]any{
			"epics":           len(c.sample.epics),
			"quarters":        quarters,
			"without_quarter": without,
			"initiatives":     initiatives,
		},
	}
	switch {
	case len(c.sample.epics) == 0:
		f.Found, f.Hint = "there are no epics: no roadmap", "Put issues into epics, and give each epic a label "+
			"such as Q4-26, to see the quarter."
	case len(quarters) == 0:
		f.Found = countNoun(len(c.sample.epics), "epic", sampleMore) + ", none with a quarter's label: no roadmap"
		f.Hint = "Give each epic the label of its quarter, such as Q4-26."
		suggestQuarter(&f, c.sample.epics)
	default:
		f.Found = fmt.Sprintf(
			"%s: %s; %d without a quarter",
			countNoun(len(c.sample.epics), "epic", sampleMore),
			quarters.rankedText(4),
			without,
		)
		if len(initiatives) > 0 {
			f.Found += "; initiatives: " + initiatives.rankedText(4)
		}
	}
	c.addFinding("quarters", f)
}

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

// suggestQuarter looks for labels that seem to be quarters in another spelling.
func suggestQuarter(f *Finding, epics []*agile.Issue) {
	for _, other := range append(slices.Clone(otherQuarters), yearFirst) {
		seen := tally{}
		for _, e := range epics {
			for _, l := range e.Labels.Last() {
				if other.MatchString(l) {
					seen[l]++
				}
			}
		}
		if len(seen) == 0 {
			continue
		}
		f.Found += "; but these look like quarters: " + seen.rankedText(4)
		if other == yearFirst {
			f.Hint = "The year must come after the quarter: add labels such as Q4-26 to these epics in Jira."
			return
		}
		f.Hint = ""
		f.Settings = []Setting{
			{"quarter.label", "'" + other.String() + "'", "as the epics are labelled: " + seen.rankedText(2)},
		}
		return
	}
}

// impedimentWords are the words by which teams call what comes unexpected; a label or type holds one of them.
var impedimentWords = regexp.MustCompile(
	`(?i)impedim|unplanned|interrupt|incident|outage|hotfix|support|firefight|toil|blocker|escalation|` +
		`^run$|^bugs?$|^imprevus?$|unexpected`,
)

// checkImpediments counts what the configuration calls an impediment or, where there is none, looks
// for what may be called so.
func (c *checker) checkImpediments() {
	if c.sample.badQuery != nil {
		f := failedFinding("", "", c.sample.badQuery)
		f.Hint = "Correct impediment.jql: Jira must take it in a search."
		c.addFinding("impediments", f)
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
	c.addFinding("impediments", f)
}

// suggestImpediments proposes labels, else types, that look like impediments.
func suggestImpediments(f *Finding, labels, types tally) {
	switch {
	case len(labels) > 0:
		f.Found += "; but labels look like it: " + labels.rankedText(4)
		f.Settings = append(
			f.Settings,
			Setting{
				"impediment.labels",
				yamlList(labels.rankedWords()),
				"if these are the unexpected: " + labels.rankedText(3),
			},
		)
	case len(types) > 0:
		f.Found += "; but issue types look like it: " + types.rankedText(4)
		f.Settings = append(
			f.Settings,
			Setting{
				"impediment.types",
				yamlList(types.rankedWords()),
				"if these are the unexpected: " + types.rankedText(3),
			},
		)
	}
}
