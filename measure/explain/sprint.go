package explain

import (
	"fmt"
	"math"

	"jerem/agile"
	"jerem/measure"
)

// sprint gathers what the explanations of a sprint share.
type sprint struct {
	words
	figures *measure.Sprint
}

// Sprint opens every figure of a sprint, in the order of the catalogue; of one that has not begun none.
func Sprint(team *measure.Team, sp *measure.Sprint) []Explanation {
	if sp.Ledger == nil {
		return nil
	}
	s := sprint{wordsOf(team), sp}
	list := s.ledger()
	list = append(list, s.completed(), s.completedOutside(), s.scope(), s.kept())
	list = append(list, s.shares()...)
	list = append(list, s.states()...)
	list = append(list, s.counts()...)
	list = append(list, s.impediments()...)
	for i := range list {
		e := &list[i]
		e.At, e.Quality = sp.At, sp.QualityOf(e.Figure.Name)
		if e.Unit == measure.UnitEstimate {
			e.Unit = string(sp.Unit)
		}
	}
	return list
}

// kindWords says what an entry of the ledger is.
var kindWords = map[measure.Kind]string{
	measure.Commit: "in the sprint at its start, not done", measure.Add: "added", measure.Remove: "removed",
	measure.Reestimate: "re-estimated", measure.Complete: "completed", measure.Reopen: "reopened",
}

// estimate begins the explanation of an amount in the team's unit.
func (s sprint) estimate(name string, value float64) Explanation {
	e := begin(measure.OfSprint, name)
	e.Value, e.Shown.Value, e.Shown.Unit = &value, s.amount(value), s.unitName()
	return e
}

// ledger opens the sums of the ledger.
func (s sprint) ledger() []Explanation {
	l := s.figures.Ledger
	return []Explanation{
		s.commitment(),
		s.entriesOf("ledger.added", l.Added, measure.Add, 1),
		s.entriesOf("ledger.removed", l.Removed, measure.Remove, -1),
		s.entriesOf("ledger.reestimated", l.Reestimated, measure.Reestimate, 1),
		s.entriesOf("ledger.completed", l.Completed, measure.Complete, -1),
		s.entriesOf("ledger.reopened", l.Reopened, measure.Reopen, 1),
		s.remaining(),
	}
}

func (s sprint) commitment() Explanation {
	e := s.entriesOf("ledger.commitment", s.figures.Ledger.Commitment, measure.Commit, 1)
	e.Notes = []string{"It never changes afterwards."}
	return e
}

// entriesOf opens the sum of the ledger's entries of a kind; sign turns what the ledger takes off into a positive sum.
func (s sprint) entriesOf(name string, value float64, kind measure.Kind, sign float64) Explanation {
	e := s.estimate(name, value)
	var terms []string
	for _, entry := range s.figures.Ledger.Entries {
		if entry.Kind != kind {
			continue
		}
		delta := sign * entry.Delta
		terms = append(terms, s.amount(delta))
		e.Issues = append(e.Issues, entry.Issue)
		input := s.entry(entry, delta)
		input.Shown = s.amount(delta)
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers = Sum(terms, s.amount(value))
	return e
}

// entry is the input that an entry of the ledger makes.
func (s sprint) entry(entry measure.Entry, delta float64) Input {
	at := entry.Time
	return Input{Term: string(entry.Kind), Time: &at, When: s.short(at), Issue: entry.Issue, What: kindWords[entry.Kind],
		Value: &delta, Shown: s.signed(delta), Listed: true}
}

func (s sprint) remaining() Explanation {
	l := s.figures.Ledger
	e := s.estimate("ledger.remaining", l.Remaining)
	e.Numbers = fmt.Sprintf("%s + %s − %s + %s − %s + %s = %s", s.amount(l.Commitment), s.amount(l.Added), s.amount(l.Removed),
		s.amount(l.Reestimated), s.amount(l.Completed), s.amount(l.Reopened), s.amount(l.Remaining))
	todo, doing := s.figures.ToDo.Estimate, s.figures.Doing.Estimate
	e.Notes = append(e.Notes, fmt.Sprintf("Counted a second way: to do %s and doing %s, the issues in the sprint that are not "+
		"done, are %s %s. Both ways agree at each event.", s.amount(todo), s.amount(doing), s.amount(todo+doing), s.unitName()))
	for _, entry := range l.Entries {
		input := s.entry(entry, entry.Delta)
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

// points is what an issue counts in the sums.
func (s sprint) points(issue measure.SprintIssue) float64 {
	switch {
	case issue.Estimate != nil:
		return *issue.Estimate
	case s.unit == agile.Issues:
		return 1
	}
	return 0
}

// issues makes inputs of those issues of the sprint that are taken.
func (s sprint) issues(term string, take func(measure.SprintIssue) bool) (inputs []Input, terms, keys []string) {
	for _, issue := range s.figures.Issues {
		if !take(issue) {
			continue
		}
		points := s.points(issue)
		terms, keys = append(terms, s.amount(points)), append(keys, issue.Key)
		inputs = append(inputs, Input{Term: term, Issue: issue.Key, What: issue.Summary, Value: &points, Shown: s.amount(points), Listed: true})
	}
	return inputs, terms, keys
}

func isCompleted(issue measure.SprintIssue) bool { return issue.Completed }
func isOpen(issue measure.SprintIssue) bool      { return issue.State != measure.Done }

func (s sprint) completed() Explanation {
	e := s.estimate("completed", *s.figures.Completed)
	e.Shown.Unit = "of " + s.amount(*s.figures.Scope) + " " + s.unitName()
	var terms []string
	e.Inputs, terms, e.Issues = s.issues("completed", isCompleted)
	e.Numbers = Sum(terms, s.amount(*s.figures.Completed))
	e.Notes = s.reconciliationNotes()
	e.Inputs = append(e.Inputs, s.reconciliationEvents()...)
	return e
}

func (s sprint) completedOutside() Explanation {
	e := s.estimate("completed_outside", *s.figures.CompletedOutside)
	var terms []string
	e.Inputs, terms, e.Issues = s.issues("outside", func(i measure.SprintIssue) bool { return i.State == measure.Done && !i.Completed })
	e.Numbers = Sum(terms, s.amount(*s.figures.CompletedOutside))
	return e
}

func (s sprint) scope() Explanation {
	e := s.estimate("scope", *s.figures.Scope)
	open := s.figures.ToDo.Estimate + s.figures.Doing.Estimate
	e.Numbers = s.amount(*s.figures.Completed) + " + " + s.amount(open) + " = " + s.amount(*s.figures.Scope)
	completed, _, keys := s.issues("completed", isCompleted)
	rest, _, openKeys := s.issues("open", isOpen)
	e.Inputs, e.Issues = unlisted(append(completed, rest...)), append(keys, openKeys...)
	return e
}

// unlisted takes inputs off the list that people see.
func unlisted(inputs []Input) []Input {
	for i := range inputs {
		inputs[i].Listed = false
	}
	return inputs
}

func (s sprint) kept() Explanation {
	e := s.estimate("kept", *s.figures.Kept)
	commitment := s.figures.Ledger.Commitment
	e.Shown.Unit = "of " + s.amount(commitment) + " " + s.unitName() + " committed"
	e.Numbers = s.amount(*s.figures.Kept) + " of " + s.amount(commitment) + " = " + percent(s.figures.Completion.Kept)
	e.Notes = []string{"Also called say/do. What was added later does not count here."}
	completed := map[string]bool{}
	for _, issue := range s.figures.Issues {
		completed[issue.Key] = issue.Completed && issue.Committed
	}
	for _, entry := range s.figures.Ledger.Entries {
		if entry.Kind == measure.Commit && completed[entry.Issue] {
			input := s.entry(entry, entry.Delta)
			input.Term, input.Listed, input.What = "kept", false, "committed and completed"
			e.Inputs, e.Issues = append(e.Inputs, input), append(e.Issues, entry.Issue)
		}
	}
	return e
}

// shares opens the four shares of the completion.
func (s sprint) shares() []Explanation {
	c, l := s.figures.Completion, s.figures.Ledger
	unplanned := s.ratio("completion.unplanned", c.Unplanned, "unplanned", tidied(c.Unplanned, *s.figures.Completed), "completed", *s.figures.Completed)
	inputs, _, keys := s.issues("unplanned", func(i measure.SprintIssue) bool { return i.Completed && !i.Committed })
	unplanned.Inputs, unplanned.Issues = append(inputs, unplanned.Inputs[1]), keys
	return []Explanation{
		s.ratio("completion.of_commitment", c.OfCommitment, "completed", *s.figures.Completed, "commitment", l.Commitment),
		s.ratio("completion.of_scope", c.OfScope, "completed", *s.figures.Completed, "scope", *s.figures.Scope),
		s.ratio("completion.kept", c.Kept, "kept", *s.figures.Kept, "commitment", l.Commitment),
		unplanned,
	}
}

// tidied is the part of a whole that a share tells, without the noise of the division.
func tidied(share *float64, whole float64) float64 {
	if share == nil {
		return 0
	}
	return math.Round(*share*whole*1e6) / 1e6
}

// ratio opens a share of two amounts.
func (s sprint) ratio(name string, value *float64, a string, x float64, b string, y float64) Explanation {
	e := begin(measure.OfSprint, name)
	e.Value, e.Shown.Value = value, percent(value)
	e.Numbers = s.amount(x) + " ÷ " + s.amount(y) + " = " + percent(value)
	e.Inputs = []Input{{Term: a, What: a, Value: &x, Shown: s.amount(x), Listed: true}, {Term: b, What: b, Value: &y, Shown: s.amount(y), Listed: true}}
	return e
}

// states opens what is to do, in progress and done, in estimate and in issues.
func (s sprint) states() []Explanation {
	var amounts, counts []Explanation
	for _, one := range []struct {
		name  string
		state measure.State
		work  measure.Work
	}{{"todo", measure.ToDo, s.figures.ToDo}, {"doing", measure.Doing, s.figures.Doing}, {"done", measure.Done, s.figures.Done}} {
		inputs, terms, keys := s.issues(one.name, func(i measure.SprintIssue) bool { return i.State == one.state })
		e := s.estimate(one.name+".estimate", one.work.Estimate)
		e.Inputs, e.Issues, e.Numbers = inputs, keys, Sum(terms, s.amount(one.work.Estimate))
		amounts = append(amounts, e)
		counts = append(counts, s.count(one.name+".issues", one.work.Issues, one.name, keys))
	}
	return append(amounts, counts...)
}

// count opens a number of issues.
func (s sprint) count(name string, n int, term string, keys []string) Explanation {
	e := begin(measure.OfSprint, name)
	e.Value, e.Shown.Value, e.Shown.Unit = whole(&n), fmt.Sprint(n), "issues"
	e.Numbers = fmt.Sprintf("%d of %d", n, len(s.figures.Issues))
	e.Inputs, e.Issues = ones(term, keys), keys
	return e
}

// counts opens the issues without an estimate and those that wait.
func (s sprint) counts() []Explanation {
	var list []Explanation
	if s.figures.Unestimated != nil {
		var keys []string
		e := s.count("unestimated", *s.figures.Unestimated, "unestimated", nil)
		for _, issue := range s.figures.Issues {
			if issue.Unestimated {
				keys = append(keys, issue.Key)
				e.Inputs = append(e.Inputs, Input{Term: "unestimated", Issue: issue.Key, What: issue.Summary, Value: number(1), Listed: true})
			}
		}
		e.Issues = keys
		e.Notes = []string{"0 is an estimate. An issue without one counts 0 in every sum, so the sums are lower bounds."}
		list = append(list, e)
	}
	var waiting []string
	for _, issue := range s.figures.Issues {
		if issue.Dependency {
			waiting = append(waiting, issue.Key)
		}
	}
	return append(list, s.count("dependency", s.figures.Dependency, "dependency", waiting))
}
