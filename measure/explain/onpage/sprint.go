package onpage

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/measure/grade"
	"jerem/measure/words"
)

// The figures that the page of a sprint alone tells: of the sprints that were closed before it, and of its budget.
const (
	PastKept        = "past.kept"
	PastCommitted   = "past.sum.committed"
	PastCompleted   = "past.sum.completed"
	PastOfKept      = "past.sum.kept"
	PastImpediments = "past.impediments"
	PastSayDo       = "past.mean.say_do"
	PastCompletion  = "past.mean.completion"
	PastVelocity    = "past.velocity"
	LeftOfBudget    = "budget.left"
)

const (
	// PastShown is how many closed sprints the page of a sprint lists.
	PastShown = 6
	// MostlyKept is the share of a commitment from which a closed sprint kept most of it.
	MostlyKept = .8
)

// pastSums and pastMeans are the sums and the means over several closed sprints, by the names of the figures.
var (
	pastSums = map[string]struct {
		title, what string
		amount      func(*measure.Sprint) float64
	}{
		PastCommitted: {"Committed in past sprints", "commitment",
			func(s *measure.Sprint) float64 { return s.Ledger.Commitment }},
		PastCompleted: {"Completed in past sprints", "completed",
			func(s *measure.Sprint) float64 { return *s.Completed }},
		PastOfKept: {"Kept in past sprints", "kept", func(s *measure.Sprint) float64 { return *s.Kept }},
	}
	pastMeans = map[string]struct {
		title, formula string
		share          func(*measure.Sprint) *float64
	}{
		PastSayDo: {"Say/do of past sprints", "kept ÷ commitment",
			func(s *measure.Sprint) *float64 { return s.Completion.Kept }},
		PastCompletion: {"Completion of past sprints", "completed ÷ commitment",
			func(s *measure.Sprint) *float64 { return s.Completion.OfCommitment }},
	}
)

// IsOfSprint tells whether the page of a sprint alone tells a figure of that name.
func IsOfSprint(figure string) bool {
	switch figure {
	case PastKept, PastImpediments, PastVelocity, LeftOfBudget:
		return true
	}
	return pastSums[figure].what != "" || pastMeans[figure].formula != ""
}

// Sprint opens a figure that the page of a sprint alone tells, and computes no other; false where the page tells
// nothing of it.
func Sprint(team *measure.Team, sp *measure.Sprint, figure string) (e explanation.Explanation, ok bool) {
	if figure == LeftOfBudget {
		if i := sp.Impediments; i == nil || i.BudgetSeconds == nil || i.TimeUnknown {
			return e, false
		}
		return BudgetLeft(sp), true
	}
	return PastSprints(team, sp, ClosedBefore(team, sp, sp.At, PastShown), figure)
}

// PastSprints opens a figure of the sprints that were closed before one; false where there are too few of them.
func PastSprints(team *measure.Team, sp *measure.Sprint, closed []*measure.Sprint, figure string) (
	e explanation.Explanation, ok bool) {
	switch figure {
	case PastKept:
		e, ok = SprintsKept(team, closed, MostlyKept), len(closed) > 0
	case PastVelocity:
		e, ok = velocityBefore(team, sp)
	case PastImpediments:
		e, ok = SprintsTime(team, closed)
		ok = ok && len(closed) > 1
	}
	if sum := pastSums[figure]; sum.what != "" && len(closed) > 1 {
		e, ok = SprintsSum(team, closed, figure, sum.title, sum.what, sum.amount), true
	}
	if mean := pastMeans[figure]; mean.formula != "" && len(closed) > 1 {
		e, ok = SprintsMean(team, closed, figure, mean.title, mean.formula, mean.share)
	}
	e.At = sp.At
	return e, ok
}

// velocityBefore opens the velocity with which a sprint began.
func velocityBefore(team *measure.Team, sp *measure.Sprint) (e explanation.Explanation, ok bool) {
	if sp.Start == nil {
		return e, false
	}
	v, ok := measure.VelocityAt(team, *sp.Start)
	if !ok {
		return e, false
	}
	return SprintRates(team, v), true
}

// ClosedBefore returns the sprints closed before one, the last first: at most so many, all of them with -1.
func ClosedBefore(team *measure.Team, sp *measure.Sprint, at time.Time, most int) []*measure.Sprint {
	var closed []*measure.Sprint
	heads := team.Sprints(at)
	names := measure.DistinctNames(heads)
	for n := len(heads) - 1; n >= 0; n-- {
		h := heads[n]
		if h.State != agile.Closed || h.ID == sp.ID || h.Start == nil || sp.Start == nil || h.Start.After(*sp.Start) {
			continue
		}
		if len(closed) == most {
			break
		}
		if one, err := team.Sprint(h.ID, at); err == nil && one.Ledger != nil {
			one.Name = names[h.ID]
			closed = append(closed, one)
		}
	}
	return closed
}

// qualityOfSprints grades a figure over several sprints as the worst of theirs, which say why themselves.
func qualityOfSprints(sprints []*measure.Sprint, figure string) grade.Quality {
	out, doubted := grade.Quality{Grade: grade.Whole, Reasons: []string{}}, 0
	for _, one := range sprints {
		if of := one.QualityOf(figure); of.Grade != grade.Whole {
			out.Grade, doubted = lowerGrade(out.Grade, of.Grade), doubted+1
		}
	}
	if doubted > 0 {
		of := words.Count(len(sprints), "sprint")
		out.Reasons = append(out.Reasons,
			fmt.Sprintf("the figures of %d of %s are not complete: their own pages say why", doubted, of))
	}
	return out
}
