package explain

import (
	"fmt"
	"math"
	"slices"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// sprint gathers what the explanations of a sprint share.
type sprint struct {
	words   explanation.TeamWords
	figures *measure.Sprint
}

// Sprint opens every figure of a sprint, in the order of the catalogue; of one without a ledger what stands in it.
func Sprint(team *measure.Team, sp *measure.Sprint) []explanation.Explanation {
	s := sprint{explanation.WordsOf(team), sp}
	var list []explanation.Explanation
	if sp.Ledger != nil {
		list = append(s.explainLedger(), s.explainCompleted(), s.explainCompletedOutside(), s.explainScope(),
			s.explainKept())
		list = append(list, s.explainShares()...)
	}
	list = append(list, s.explainStates()...)
	list = append(list, s.explainCounts()...)
	if sp.Impediments != nil {
		list = append(list, s.explainImpediments()...)
	}
	for i := range list {
		e := &list[i]
		e.At, e.Quality = sp.At, sp.QualityOf(e.Figure.Name)
		if e.Unit == catalogue.UnitEstimate {
			e.Unit = string(sp.Unit)
		}
	}
	return list
}

// amountsOfSprint are the figures that measure nothing in a sprint without amounts.
var amountsOfSprint = []string{"ledger.remaining", "ledger.commitment", "completed", "scope", "kept"}

// TellNoAmounts shows why a sprint has no amounts in the place of those that are 0 for it, as its page does.
func TellNoAmounts(sp *measure.Sprint, list []explanation.Explanation) {
	if sp.Ledger == nil {
		return
	}
	why := sp.WhyNoAmounts()
	for i := range list {
		if e := &list[i]; why != "" && slices.Contains(amountsOfSprint, e.Figure.Name) {
			e.Shown.Value, e.Shown.Unit = "–", why
			e.Notes = append(e.Notes, "Nothing is estimated above 0: the sum is told, but measures nothing.")
		}
	}
}

// kindWords says what an entry of the ledger is.
var kindWords = map[measure.Kind]string{
	measure.Commit: "in the sprint at its start, not done", measure.Add: "added", measure.Remove: "removed",
	measure.Reestimate: "re-estimated", measure.Complete: "completed", measure.Reopen: "reopened",
}

// beginEstimate begins the explanation of an amount in the team's unit.
func (s sprint) beginEstimate(name string, value float64) explanation.Explanation {
	e := explanation.Begin(catalogue.OfSprint, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.words.FormatAmount(value), s.words.UnitName()
	return e
}

// explainLedger opens the sums of the ledger.
func (s sprint) explainLedger() []explanation.Explanation {
	l := s.figures.Ledger
	return []explanation.Explanation{
		s.explainCommitment(),
		s.explainEntries("ledger.added", l.Added, measure.Add, 1),
		s.explainEntries("ledger.removed", l.Removed, measure.Remove, -1),
		s.explainEntries("ledger.reestimated", l.Reestimated, measure.Reestimate, 1),
		s.explainEntries("ledger.completed", l.Completed, measure.Complete, -1),
		s.explainEntries("ledger.reopened", l.Reopened, measure.Reopen, 1),
		s.explainRemaining(),
	}
}

func (s sprint) explainCommitment() explanation.Explanation {
	e := s.explainEntries("ledger.commitment", s.figures.Ledger.Commitment, measure.Commit, 1)
	e.Notes = []string{"It never changes afterwards."}
	return e
}

// explainEntries opens the sum of the ledger's entries of a kind; sign turns what the ledger takes off into a positive
// sum.
func (s sprint) explainEntries(name string, value float64, kind measure.Kind, sign float64) explanation.Explanation {
	e := s.beginEstimate(name, value)
	var terms []string
	for _, entry := range s.figures.Ledger.Entries {
		if entry.Kind != kind {
			continue
		}
		delta := sign * entry.Delta
		terms = append(terms, s.words.FormatPart(delta))
		e.Issues = append(e.Issues, entry.Issue)
		input := s.inputOfEntry(entry, delta)
		input.Shown = s.words.FormatPart(delta)
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers = explanation.Sum(terms, s.words.FormatPart(value))
	return e
}

// inputOfEntry is the input that an entry of the ledger makes.
func (s sprint) inputOfEntry(entry measure.Entry, delta float64) explanation.Input {
	at := entry.Time
	return explanation.Input{
		Term:   string(entry.Kind),
		Time:   &at,
		When:   s.words.FormatMoment(at),
		Issue:  entry.Issue,
		What:   kindWords[entry.Kind],
		Value:  &delta,
		Shown:  s.words.FormatSignedPart(delta),
		Listed: true,
	}
}

func (s sprint) explainRemaining() explanation.Explanation {
	l := s.figures.Ledger
	e := s.beginEstimate("ledger.remaining", l.Remaining)
	part := s.words.FormatPart
	e.Numbers = explanation.WithSigns(fmt.Sprintf("%s + %s − %s + %s − %s + %s = %s", part(l.Commitment), part(l.Added),
		part(l.Removed), part(l.Reestimated), part(l.Completed), part(l.Reopened), part(l.Remaining)))
	todo, doing := s.figures.ToDo.Estimate, s.figures.Doing.Estimate
	e.Notes = append(
		e.Notes,
		fmt.Sprintf("Counted a second way: to do %s and doing %s, the issues in the sprint that are not "+
			"done, are %s. Both ways agree at each event.",
			s.words.FormatPart(todo), s.words.FormatPart(doing), s.words.CountPart(todo+doing)),
	)
	for _, entry := range l.Entries {
		input := s.inputOfEntry(entry, entry.Delta)
		input.Listed = entry.Kind != measure.Commit // the explanation of the commitment lists them
		e.Inputs = append(e.Inputs, input)
	}
	for _, issue := range s.figures.Issues {
		if issue.State != measure.Done {
			e.Issues = append(e.Issues, issue.Key)
		}
	}
	return e
}

// pointsOf is what an issue counts in the sums.
func (s sprint) pointsOf(issue measure.SprintIssue) float64 {
	switch {
	case issue.Estimate != nil:
		return *issue.Estimate
	case s.words.Unit == agile.Issues:
		return 1
	}
	return 0
}

// inputsOfIssues makes inputs of those issues of the sprint that are taken.
func (s sprint) inputsOfIssues(
	term string,
	take func(measure.SprintIssue) bool,
) (inputs []explanation.Input, terms, keys []string) {
	for _, issue := range s.figures.Issues {
		if !take(issue) {
			continue
		}
		points := s.pointsOf(issue)
		terms, keys = append(terms, s.words.FormatPart(points)), append(keys, issue.Key)
		inputs = append(
			inputs,
			explanation.Input{
				Term:   term,
				Issue:  issue.Key,
				What:   issue.Summary,
				Value:  &points,
				Shown:  s.words.FormatPart(points),
				Listed: true,
			},
		)
	}
	return inputs, terms, keys
}

func isCompleted(issue measure.SprintIssue) bool { return issue.Completed }
func isOpen(issue measure.SprintIssue) bool      { return issue.State != measure.Done }

func (s sprint) explainCompleted() explanation.Explanation {
	e := s.beginEstimate("completed", *s.figures.Completed)
	e.Shown.Unit = "of " + s.words.CountAmount(*s.figures.Scope)
	var terms []string
	e.Inputs, terms, e.Issues = s.inputsOfIssues("completed", isCompleted)
	e.Numbers = explanation.Sum(terms, s.words.FormatPart(*s.figures.Completed))
	e.Notes = reconciliationNotes(s.words, s.figures.Reconciliation)
	e.Inputs = append(e.Inputs, reconciliationEvents(s.words, s.figures.Reconciliation)...)
	e.Beside = reconciliationNumbers(s.figures.Reconciliation)
	return e
}

func (s sprint) explainCompletedOutside() explanation.Explanation {
	e := s.beginEstimate("completed_outside", *s.figures.CompletedOutside)
	var terms []string
	e.Inputs, terms, e.Issues = s.inputsOfIssues(
		"outside",
		func(i measure.SprintIssue) bool { return i.State == measure.Done && !i.Completed },
	)
	e.Numbers = explanation.Sum(terms, s.words.FormatPart(*s.figures.CompletedOutside))
	return e
}

func (s sprint) explainScope() explanation.Explanation {
	e := s.beginEstimate("scope", *s.figures.Scope)
	open := s.figures.ToDo.Estimate + s.figures.Doing.Estimate
	e.Numbers = s.words.FormatPart(
		*s.figures.Completed,
	) + " + " + s.words.FormatPart(
		open,
	) + " = " + s.words.FormatPart(
		*s.figures.Scope,
	)
	completed, _, keys := s.inputsOfIssues("completed", isCompleted)
	rest, _, openKeys := s.inputsOfIssues("open", isOpen)
	e.Inputs, e.Issues = hideInputs(append(completed, rest...)), append(keys, openKeys...)
	return e
}

// hideInputs takes inputs off the list that people see.
func hideInputs(inputs []explanation.Input) []explanation.Input {
	for i := range inputs {
		inputs[i].Listed = false
	}
	return inputs
}

func (s sprint) explainKept() explanation.Explanation {
	e := s.beginEstimate("kept", *s.figures.Kept)
	commitment := s.figures.Ledger.Commitment
	e.Shown.Unit = "of " + s.words.CountAmount(commitment) + " committed"
	e.Numbers = s.words.FormatPart(
		*s.figures.Kept,
	) + " of " + s.words.FormatPart(
		commitment,
	) + " = " + words.Percent(
		s.figures.Completion.Kept,
	)
	e.Notes = []string{"Also called say/do. What was added later does not count here."}
	completed := map[string]bool{}
	for _, issue := range s.figures.Issues {
		completed[issue.Key] = issue.Completed && issue.Committed
	}
	for _, entry := range s.figures.Ledger.Entries {
		if entry.Kind == measure.Commit && completed[entry.Issue] {
			input := s.inputOfEntry(entry, entry.Delta)
			input.Term, input.Listed, input.What = "kept", false, "committed and completed"
			e.Inputs, e.Issues = append(e.Inputs, input), append(e.Issues, entry.Issue)
		}
	}
	return e
}

// explainShares opens the four shares of the completion.
func (s sprint) explainShares() []explanation.Explanation {
	c, l := s.figures.Completion, s.figures.Ledger
	unplanned := s.explainRatio(
		"completion.unplanned",
		c.Unplanned,
		"unplanned",
		partOfWhole(c.Unplanned, *s.figures.Completed),
		"completed",
		*s.figures.Completed,
	)
	inputs, _, keys := s.inputsOfIssues(
		"unplanned",
		func(i measure.SprintIssue) bool { return i.Completed && !i.Committed },
	)
	unplanned.Inputs, unplanned.Issues = append(inputs, unplanned.Inputs[1]), keys
	return []explanation.Explanation{
		s.explainRatio(
			"completion.of_commitment",
			c.OfCommitment,
			"completed",
			*s.figures.Completed,
			"commitment",
			l.Commitment,
		),
		s.explainRatio("completion.of_scope", c.OfScope, "completed", *s.figures.Completed, "scope", *s.figures.Scope),
		s.explainRatio("completion.kept", c.Kept, "kept", *s.figures.Kept, "commitment", l.Commitment),
		unplanned,
	}
}

// partOfWhole is the part of a whole that a share tells, without the noise of the division.
func partOfWhole(share *float64, whole float64) float64 {
	if share == nil {
		return 0
	}
	return math.Round(*share*whole*1e6) / 1e6
}

// explainRatio opens a share of two amounts.
func (s sprint) explainRatio(
	name string,
	value *float64,
	a string, x float64,
	b string, y float64,
) explanation.Explanation {
	e := explanation.Begin(catalogue.OfSprint, name)
	e.Value, e.Shown.Value = value, words.Percent(value)
	e.Numbers = s.words.FormatPart(x) + " ÷ " + s.words.FormatPart(y) + " = " + words.Percent(value)
	e.Inputs = []explanation.Input{
		{Term: a, What: a, Value: &x, Shown: s.words.FormatPart(x), Listed: true},
		{Term: b, What: b, Value: &y, Shown: s.words.FormatPart(y), Listed: true},
	}
	return e
}

// explainStates opens what is to do, in progress and done, in estimate and in issues.
func (s sprint) explainStates() []explanation.Explanation {
	var amounts, counts []explanation.Explanation
	for _, one := range []struct {
		name  string
		state measure.State
		work  measure.Work
	}{
		{"todo", measure.ToDo, s.figures.ToDo},
		{"doing", measure.Doing, s.figures.Doing},
		{"done", measure.Done, s.figures.Done},
	} {
		inputs, terms, keys := s.inputsOfIssues(one.name,
			func(i measure.SprintIssue) bool { return i.State == one.state })
		e := s.beginEstimate(one.name+".estimate", one.work.Estimate)
		e.Inputs, e.Issues, e.Numbers = inputs, keys, explanation.Sum(terms, s.words.FormatPart(one.work.Estimate))
		amounts = append(amounts, e)
		counts = append(counts, s.explainCount(one.name+".issues", one.work.Issues, one.name, keys))
	}
	return append(amounts, counts...)
}

// explainCount opens a number of issues.
func (s sprint) explainCount(name string, n int, term string, keys []string) explanation.Explanation {
	e := explanation.Begin(catalogue.OfSprint, name)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&n), fmt.Sprint(n), "issues"
	e.Numbers = fmt.Sprintf("%d of %d", n, len(s.figures.Issues))
	e.Inputs, e.Issues = explanation.OnesOf(term, keys), keys
	return e
}

// explainCounts opens the issues without an estimate and those that wait.
func (s sprint) explainCounts() []explanation.Explanation {
	var list []explanation.Explanation
	if s.figures.Unestimated != nil {
		var keys []string
		e := s.explainCount("unestimated", *s.figures.Unestimated, "unestimated", nil)
		for _, issue := range s.figures.Issues {
			if issue.Unestimated {
				keys = append(keys, issue.Key)
				e.Inputs = append(
					e.Inputs,
					explanation.Input{Term: "unestimated", Issue: issue.Key, What: issue.Summary,
						Value:  explanation.Number(1),
						Listed: true},
				)
			}
		}
		e.Issues = keys
		e.Notes = []string{"0 is an estimate. An issue without one counts 0 in every sum, so the sums are lower " +
			"bounds."}
		list = append(list, e)
	}
	var waiting []string
	for _, issue := range s.figures.Issues {
		if issue.Dependency {
			waiting = append(waiting, issue.Key)
		}
	}
	return append(list, s.explainCount("dependency", s.figures.Dependency, "dependency", waiting))
}
