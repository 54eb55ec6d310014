package flow

import (
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
)

// Span is a stretch of time during which an issue counts in the flow and its start and finish stand: what [Measure]
// finds of it as of any moment of the stretch.
type Span struct {
	From, To time.Time // To is the first moment at which it no longer holds, zero while it goes on
	Start    time.Time // first entry into doing, zero for none
	Finish   time.Time // last entry into done from what is not done; zero while it is not done, or was created so
	Done     bool
}

// Spans returns the spans of all issues up to a moment, those of an issue in order of time.
func Spans(team *measure.Team, now time.Time) []Span {
	out := make([]Span, 0, 2*len(team.Index.History.Issues)) // most have two or fewer
	for _, i := range team.Index.History.Issues {
		out = AppendSpans(out, team.Index, i, team.Index.Histories.Of(i.ID), now)
	}
	return out
}

// AppendSpans appends the spans of an issue with a state history, which may be those of an index that this one goes on
// from.
func AppendSpans(out []Span, x *index.Index, issue *agile.Issue, history index.StateHistory, now time.Time) []Span {
	var span Span // the present one, whether or not it counts
	counts, created := false, true
	for n, b := range history {
		if b.At().After(now) {
			break
		}
		if !history.LastOfMoment(n) {
			continue
		}
		next := Span{From: b.At(), Start: span.Start, Finish: span.Finish, Done: b.State() == workstate.Done}
		if b.State() == workstate.Doing && next.Start.IsZero() {
			next.Start = b.At()
		}
		switch {
		case !next.Done:
			next.Finish = time.Time{}
		case !created && !span.Done:
			next.Finish = b.At()
		}
		created = false
		goesOn := b.InScope() && x.Level(issue.Type.At(b.At())) == 0
		if goesOn == counts && next.Start.Equal(span.Start) && next.Finish.Equal(span.Finish) &&
			next.Done == span.Done {
			continue
		}
		if counts {
			span.To = b.At()
			out = append(out, span)
		}
		span, counts = next, goesOn
	}
	if counts {
		out = append(out, span)
	}
	return out
}

// InProgress tells whether the issue was begun and is not done.
func (s Span) InProgress() bool { return !s.Start.IsZero() && !s.Done }
