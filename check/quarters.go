package check

import (
	"fmt"
	"regexp"
	"slices"

	"jerem/agile"
	"jerem/measure"
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

// checkQuarters says what the epics tell: quarters and initiatives.
func (c *checker) checkQuarters() {
	told := tallyEpics(c.conf, c.sample.epics)
	f := Finding{
		OK: true,
		Details: map[string]any{
			"epics":           len(c.sample.epics),
			"quarters":        told.quarters,
			"without_quarter": told.without,
			"initiatives":     told.initiatives,
			"not_the_teams":   c.sample.otherEpics,
		},
	}
	words := wordsOfQuarters[c.conf.Quarter.Field()]
	switch {
	case len(c.sample.epics) == 0 && c.sample.otherEpics > 0:
		by, remedy := scopeWords(c.conf)
		f.Found = fmt.Sprintf("none of the project's %s is the team's by %s: no roadmap",
			countNoun(c.sample.otherEpics, "epic", sampleMore), by)
		f.Hint = remedy + ": the issues in them count whether or not they are."
	case len(c.sample.epics) == 0:
		f.Found, f.Hint = "there are no epics: no roadmap", "Put issues into epics, and give each epic "+words.give+
			", to see the quarter."
	case len(told.quarters) == 0:
		f.Found = countNoun(len(c.sample.epics), "epic", sampleMore) + ", none with " + words.none + ": no roadmap"
		f.Hint = "Give each epic " + words.giveEach + "."
		suggestQuarter(&f, c.conf.Quarter, c.sample.epics)
	default:
		f.Found = countNoun(len(c.sample.epics), "epic", sampleMore) + ": " + told.quartersAndInitiatives()
	}
	if len(c.sample.epics) > 0 && c.sample.otherEpics > 0 {
		by, _ := scopeWords(c.conf)
		f.Found += fmt.Sprintf("; %d more of the project not the team's by %s", c.sample.otherEpics, by)
	}
	c.found.addFinding("quarters", f)
}

// epicsTold is what the epics of a sample tell: how many are in each quarter and initiative.
type epicsTold struct {
	quarters, initiatives tally
	without               int // epics in no quarter
}

func tallyEpics(conf agile.Team, epics []*agile.Issue) epicsTold {
	told := epicsTold{quarters: tally{}, initiatives: tally{}}
	for _, e := range epics {
		marks := quarterMarks(conf.Quarter, e)
		for _, mark := range marks {
			told.quarters[mark]++
		}
		if len(marks) == 0 {
			told.without++
		}
		for _, l := range e.Labels.Last() {
			if name := conf.Initiative.NameIn(l); name != "" {
				told.initiatives[name]++
			}
		}
	}
	return told
}

// quartersAndInitiatives names the quarters and initiatives with the most epics.
func (told epicsTold) quartersAndInitiatives() string {
	text := fmt.Sprintf("%s; %d without a quarter", told.quarters.rankedText(4), told.without)
	if len(told.initiatives) > 0 {
		text += "; initiatives: " + told.initiatives.rankedText(4)
	}
	return text
}

// scopeWords say by what issues of the project are the team's, and how its epics become so.
func scopeWords(conf agile.Team) (by, remedy string) {
	const match, give = "jql_filter match the epics too", "the epics the team in their Team field"
	switch {
	case conf.Works == "":
		return "jql_filter", "Let " + match
	case conf.Filter == "":
		return "the Team field", "Give " + give
	}
	return "jql_filter and the Team field", "Let " + match + ", and give " + give
}

// quarterWords say what puts epics into quarters.
type quarterWords struct{ none, give, giveEach string }

// wordsOfQuarters are these words, by the field that tells quarters.
var wordsOfQuarters = map[string]quarterWords{
	agile.FieldLabels: {
		none: "a quarter's label", give: "a label such as Q4-26", giveEach: "the label of its quarter, such as Q4-26",
	},
	agile.FieldFixVersions: {
		none: "a fix version named like a quarter", give: "a fix version named such as Q4-26",
		giveEach: "the version of its quarter in Fix versions, named such as Q4-26",
	},
	agile.FieldDue: {none: "a due date", give: "a due date", giveEach: "the day on which it is due"},
}

// quarterMarks are what puts an epic into quarters by a rule: labels, names of versions, or the quarter of its due
// date.
func quarterMarks(rule agile.QuarterRule, epic *agile.Issue) (marks []string) {
	if rule.By == agile.ByDueDate {
		if q, due := measure.QuarterOfDue(rule, epic.Due.Last()); due {
			marks = append(marks, q.String())
		}
		return marks
	}
	texts := epic.Labels.Last()
	if rule.By == agile.ByFixVersion {
		texts = epic.Options.Of(agile.FieldFixVersions).Last() // their present names
	}
	for _, text := range texts {
		if rule.Label != nil && rule.Label.MatchString(text) {
			marks = append(marks, text)
		}
	}
	return marks
}

// suggestQuarter looks for what tells quarters otherwise: labels or versions in another spelling, or what another value
// of quarter.by would find.
func suggestQuarter(f *Finding, rule agile.QuarterRule, epics []*agile.Issue) {
	if rule.By != agile.ByDueDate && suggestSpelling(f, rule, epics) {
		return
	}
	for _, by := range []agile.QuarterBy{agile.ByLabel, agile.ByFixVersion, agile.ByDueDate} {
		other := agile.QuarterRule{By: by, Label: rule.Label, FirstMonth: rule.FirstMonth}
		if other.Field() == rule.Field() {
			continue
		}
		seen, told := tally{}, 0
		for _, e := range epics {
			marks := quarterMarks(other, e)
			for _, mark := range marks {
				seen[mark]++
			}
			if len(marks) > 0 {
				told++
			}
		}
		if 2*told <= len(epics) {
			continue
		}
		what := map[agile.QuarterBy]string{
			agile.ByLabel: "labels", agile.ByFixVersion: "fix versions", agile.ByDueDate: "due dates",
		}[by]
		f.Found += fmt.Sprintf("; but %s tell quarters: %s", what, seen.rankedText(4))
		f.Hint = ""
		f.Settings = []Setting{{"quarter.by", string(by), "as the epics tell: " + seen.rankedText(2)}}
		return
	}
}

// suggestSpelling looks for labels or versions that seem to be quarters in another spelling.
func suggestSpelling(f *Finding, rule agile.QuarterRule, epics []*agile.Issue) (found bool) {
	for _, spelling := range append(slices.Clone(otherQuarters), yearFirst) {
		seen := tally{}
		for _, e := range epics {
			for _, mark := range quarterMarks(agile.QuarterRule{By: rule.By, Label: spelling}, e) {
				seen[mark]++
			}
		}
		if len(seen) == 0 {
			continue
		}
		f.Found += "; but these look like quarters: " + seen.rankedText(4)
		things, told := "labels", "as the epics are labelled: "
		if rule.By == agile.ByFixVersion {
			things, told = "versions", "as the versions are named: "
		}
		if spelling == yearFirst {
			f.Hint = "The year must come after the quarter: add " + things + " such as Q4-26 to these epics in Jira."
			return true
		}
		f.Hint = ""
		f.Settings = []Setting{{"quarter.label", "'" + spelling.String() + "'", told + seen.rankedText(2)}}
		return true
	}
	return false
}
