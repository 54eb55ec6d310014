package storytest

import (
	"fmt"
	"time"

	"jerem/agile"
)

// BigHistory is three years of a team: 10,000 issues of twenty changes, 78 sprints, 60 epics, a tenth
// of the issues impediments with worklogs.
func BigHistory() *agile.History { return BigHistoryOf(10_000) }

// BigHistoryOf is [BigHistory] with another number of issues in the same time.
func BigHistoryOf(issues int64) *agile.History {
	h := NewHistory()
	start := time.Date(2023, 1, 2, 9, 0, 0, 0, time.UTC)
	h.Until = start.AddDate(3, 0, 0)
	for n := range int64(78) {
		from := start.AddDate(0, 0, int(n)*14)
		h.Sprints = append(h.Sprints, agile.Sprint{ID: n + 1,
			Versions: []agile.SprintVersion{{Name: fmt.Sprint("S", n), State: agile.Closed, Start: from,
				End: from.AddDate(0, 0, 11), Complete: from.AddDate(0, 0, 12)}}})
	}
	for n := range issues {
		at := start.Add(time.Duration(n) * 20_000 * time.Hour / time.Duration(issues))
		sprint := n*78/issues + 1
		i := &agile.Issue{ID: n + 1000, Created: at, Key: agile.Constant(at, fmt.Sprint("K-", n)),
			Summary: agile.Constant(at, "work"), Project: agile.Constant(at, "10"),
			Type: agile.Constant(at, "story"), Status: agile.Constant(at, "1"), Resolution: agile.Constant(at,
				""), Sprints: agile.Constant(at, []int64{sprint}),
			Parent: agile.Constant(at, n*59/issues+1), Labels: agile.Constant(at,
				[]string(nil))}
		points := agile.Constant(at, agile.Number{Value: 3, Known: true})
		for c := range 9 {
			i.Status = append(i.Status,
				agile.Step[string]{From: agile.MomentOf(at.Add(time.Duration(c) * 10 * time.Hour)),
					Order: 2*c + 1,
					Value: []string{"1", "3", "6"}[c%3]})
			points = append(points,
				agile.Step[agile.Number]{From: agile.MomentOf(at.Add(time.Duration(c) * 9 * time.Hour)),
					Order: 2*c + 2,
					Value: agile.Number{Value: float64(c), Known: true}})
		}
		i.Numbers.Put(EstimateField, points)
		if n%10 == 0 {
			i.Labels = agile.Constant(at, []string{"impediment"})
			for l := range int64(5) {
				h.Worklogs = append(h.Worklogs, agile.Worklog{ID: n*10 + l, Issue: i.ID,
					Created: at.Add(time.Duration(l) * 20 * time.Hour),
					Started: at.Add(time.Duration(l) * 19 * time.Hour), Seconds: 3600})
			}
		}
		h.Issues = append(h.Issues, i)
	}
	for n := range int64(60) {
		h.Issues = append(h.Issues, &agile.Issue{ID: n + 1, Created: start,
			Key: agile.Constant(start, fmt.Sprint("E-", n)), Summary: agile.Constant(start,
				"epic"), Project: agile.Constant(start, "10"),
			Type: agile.Constant(start, "epic"), Status: agile.Constant(start, "1"), Labels: agile.Constant(start,
				quarterLabels(n))})
	}
	return h
}

// quarterLabels spreads epics over twelve quarters; every other one is carried over into the next.
func quarterLabels(n int64) []string {
	label := func(q int64) string { return fmt.Sprintf("Q%d-%d", q%4+1, 23+q/4) }
	if n%2 == 0 {
		return []string{label(n / 5)}
	}
	return []string{label(n / 5), label(n/5 + 1)}
}
