package measure

import (
	"slices"
	"time"

	"jerem/agile"
)

// Differences is the account of a sprint against the sprint report that Jira itself shows: the report is computed from
// the history by its rules, and each issue of which ledger and report say different amounts done or removed is named.
type Differences struct {
	At          time.Time             `json:"at"`
	Report      SprintReport          `json:"report"`
	Sums        map[string]ReportSums `json:"sums"`
	Differences []Difference          `json:"differences"` // by key
}

// SprintReport lists the issues of a sprint as Jira's report does, by key.
type SprintReport struct {
	Completed        []ReportIssue `json:"completed"`
	NotCompleted     []ReportIssue `json:"not_completed"`
	CompletedOutside []ReportIssue `json:"completed_outside"`
	Removed          []ReportIssue `json:"removed"`
}

// ReportIssue is an issue with its estimates when it came into the report and at last; nil while unestimated.
type ReportIssue struct {
	Issue   string   `json:"issue"`
	Initial *float64 `json:"initial"`
	Final   *float64 `json:"final"`
}

// ReportSums are the sums of a list.
type ReportSums struct {
	Initial float64 `json:"initial"`
	Final   float64 `json:"final"`
}

// The lists of the report.
const (
	ListCompleted        = "completed"
	ListNotCompleted     = "not_completed"
	ListCompletedOutside = "completed_outside"
	ListRemoved          = "removed"
)

// Difference is an issue of which ledger and report say different amounts.
type Difference struct {
	Issue    string  `json:"issue"`
	Here     []Kind  `json:"here"`     // kinds of its entries in the ledger, in their order
	Report   *string `json:"report"`   // the list it stands in, nil for none
	Estimate float64 `json:"estimate"` // what the report says done, else removed, more than the ledger
	Why      string  `json:"why"`
}

// Why ledger and report part.
const (
	WhyDoneAtStart          = "done_at_start"
	WhyReopened             = "reopened"
	WhyReestimatedAfterDone = "reestimated_after_done"
	WhyLeftDone             = "left_done"
	WhyCameInDone           = "came_in_done"
	WhyRolledOver           = "rolled_over"
)

// Differences computes the account of a sprint as of a moment; nil where the sprint has no ledger.
func (t *Team) Differences(id int64, at time.Time) (*Differences, error) {
	sprint, err := t.Sprint(id, at)
	if err != nil || sprint.Ledger == nil {
		return nil, err
	}
	known := slices.IndexFunc(t.h.Sprints, func(s agile.Sprint) bool { return s.ID == id })
	span := t.span(id, t.h.Sprints[known].At(at), at)
	d := &Differences{At: at.UTC(), Differences: []Difference{}, Sums: map[string]ReportSums{}}
	d.Report = SprintReport{[]ReportIssue{}, []ReportIssue{}, []ReportIssue{}, []ReportIssue{}}
	for _, st := range t.stays(span) {
		list, row := t.reported(span, st)
		d.Report.add(list, row)
		entries := t.entries(span, st)
		if diff, differs := t.difference(span, st, entries, list, row); differs {
			d.Differences = append(d.Differences, diff)
		}
	}
	for name, rows := range d.Report.lists() {
		slices.SortStableFunc(*rows, func(a, b ReportIssue) int { return compareKeys(a.Issue, b.Issue) })
		sums := ReportSums{}
		for _, row := range *rows {
			sums.Initial, sums.Final = sums.Initial+orZero(row.Initial), sums.Final+orZero(row.Final)
		}
		d.Sums[name] = ReportSums{tidy(sums.Initial), tidy(sums.Final)}
	}
	slices.SortStableFunc(d.Differences, func(a, b Difference) int { return compareKeys(a.Issue, b.Issue) })
	return d, nil
}

func (r *SprintReport) lists() map[string]*[]ReportIssue {
	return map[string]*[]ReportIssue{ListCompleted: &r.Completed, ListNotCompleted: &r.NotCompleted,
		ListCompletedOutside: &r.CompletedOutside, ListRemoved: &r.Removed}
}

func (r *SprintReport) add(list string, row ReportIssue) {
	if rows, ok := r.lists()[list]; ok {
		*rows = append(*rows, row)
	}
}

// reported returns the list of the report that holds an issue, "" for none, and its row. What leaves at the completion
// otherwise than by the Sprint field is in no list.
func (t *Team) reported(sp span, st stay) (string, ReportIssue) {
	row := ReportIssue{Issue: t.key(st.issue)}
	entry, exit, ever := st.presence(sp)
	if !ever {
		return "", row
	}
	row.Initial, row.Final = st.estimateAt(entry), st.estimateAt(exit)
	end := st.last()
	switch {
	case !end.in && exit.Equal(sp.end):
		return "", row
	case !end.in:
		return ListRemoved, row
	case end.state != Done:
		return ListNotCompleted, row
	}
	if done, ok := st.doneSince(); ok && !done.at.Before(sp.start) && done.in {
		return ListCompleted, row
	}
	return ListCompletedOutside, row
}

// presence returns the first moment from the start on at which an issue stood in the sprint, and its last exit, the end of
// the span where it is still in; false for one that never was in it then.
func (s stay) presence(sp span) (entry, exit time.Time, ever bool) {
	in := s.until(sp.start).in
	if in {
		entry, exit, ever = sp.start, sp.end, true
	}
	for n, b := range s.beats {
		if !b.at.After(sp.start) || n+1 < len(s.beats) && s.beats[n+1].at.Equal(b.at) {
			continue
		}
		if b.in && !ever {
			entry, ever = b.at, true
		}
		switch {
		case b.in:
			exit = sp.end
		case in:
			exit = b.at
		}
		in = b.in
	}
	return entry, exit, ever
}

// estimateAt returns the estimate that an issue has at a moment, nil while it is unestimated.
func (s stay) estimateAt(at time.Time) *float64 { return estimateOf(s.until(at)) }

// difference compares what the ledger and the report say done and removed of an issue.
func (t *Team) difference(sp span, st stay, entries []Entry, list string, row ReportIssue) (Difference, bool) {
	d := Difference{Issue: row.Issue, Here: []Kind{}}
	if list != "" {
		d.Report = &list
	}
	var done, removed float64
	for _, e := range entries {
		d.Here = append(d.Here, e.Kind)
		switch {
		case e.Kind == Complete, e.Kind == Reopen:
			done -= e.Delta
		case e.Kind == Remove:
			removed = -e.Delta
		}
	}
	if st.last().in { // it came back
		removed = 0
	}
	saidDone, saidRemoved := 0.0, 0.0
	switch list {
	case ListCompleted, ListCompletedOutside:
		saidDone = orZero(row.Final)
	case ListRemoved:
		saidRemoved = orZero(row.Final)
	}
	d.Estimate = tidy(saidDone - done)
	if d.Estimate == 0 {
		d.Estimate = tidy(saidRemoved - removed)
	}
	d.Why = t.whyDifferent(sp, st, d.Here, list)
	return d, d.Estimate != 0
}

// whyDifferent names the reason: the first that holds.
func (t *Team) whyDifferent(sp span, st stay, here []Kind, list string) string {
	start := st.until(sp.start)
	completed := slices.Contains(here, Complete)
	switch {
	case list == "":
		return WhyRolledOver
	case list == ListRemoved:
		return WhyLeftDone
	case slices.Contains(here, Reopen):
		return WhyReopened
	case completed:
		return WhyReestimatedAfterDone
	case start.in && start.state == Done:
		return WhyDoneAtStart
	}
	return WhyCameInDone
}
