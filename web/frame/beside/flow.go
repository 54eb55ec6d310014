package beside

import (
	"cmp"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/flow"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
)

// FlowQuestion asks how the flow of a team differs between two moments.
type FlowQuestion struct {
	Team         *measure.Team
	Shown, Other time.Time
	Days         func(at time.Time) (from, to calendar.Date) // the days that the flow is told of as of a moment
	Keep         string                                      // what the pages of issues keep of the question

	first, last time.Time
}

// Flow holds the flow of a team as of two moments beside itself: what was begun and finished between is its events.
func Flow(q FlowQuestion) *Comparison {
	q.first, q.last = InOrder(q.Shown, q.Other)
	w, name := format.WordsOf(q.Team), q.Team.History().Team.Name
	base := frame.TeamAddress(name)
	leadAt := func(at time.Time) func(string) string {
		from, to := q.Days(at)
		return func(figure string) string {
			return frame.WithQuery("/explain", "figure", figure, "team", name, "from", from.String(), "to", to.String(),
				"at", at.UTC().Format(time.RFC3339))
		}
	}
	issue := func(key string) string { return frame.IssueAddress(base, key, q.Keep) }
	return &Comparison{From: w.Short(q.first), To: w.Short(q.last), Events: q.eventsBetween(w, issue),
		Rows: Figures(q.explainAt(q.first), q.explainAt(q.last), w,
			Leads{Issue: issue, Before: leadAt(q.first), After: leadAt(q.last)})}
}

func (q FlowQuestion) explainAt(at time.Time) []explanation.Explanation {
	from, to := q.Days(at)
	return explain.Flow(q.Team, flow.Measure(q.Team, at, from, to), flow.Late(q.Team, at))
}

// eventsBetween are what was begun and what was finished between the moments, in their order.
func (q FlowQuestion) eventsBetween(w format.Words, issue func(string) string) []Event {
	type step struct {
		at        time.Time
		key, what string
	}
	var steps []step
	add := func(at time.Time, key, what string) {
		if at.After(q.first) && !at.After(q.last) {
			steps = append(steps, step{at, key, what})
		}
	}
	f := flow.Measure(q.Team, q.last, calendar.DateOf(q.first, w.Zone), calendar.DateOf(q.last, w.Zone))
	for _, one := range f.CycleTime.Issues {
		add(one.Start, one.Issue, "begun")
		add(one.Finish, one.Issue, "finished after "+format.Plural(one.Days, "day"))
	}
	for _, one := range f.WIP.Issues {
		add(one.Start, one.Issue, "begun")
	}
	sorting.By(steps, func(a, b step) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.key, b.key)) })
	var out []Event
	for _, s := range steps {
		e := Event{Time: w.Short(s.at), Key: s.key, Address: issue(s.key), What: s.what}
		if i, ok := q.Team.Lookup(s.key); ok {
			e.Title = i.Summary.At(q.last)
		}
		out = append(out, e)
	}
	return out
}
