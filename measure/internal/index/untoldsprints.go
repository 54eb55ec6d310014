package index

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// UntoldSprints lists the issues of the team's scope that may have stood in a sprint between two moments without
// anything that tells it: they were ordinary ones then, and show the sprints of a parent since. They are marked, so
// that what is told of a moment does not depend on what they became after it.
func UntoldSprints(x *Index, from, to time.Time) (list []*agile.Issue) {
	type key struct{}
	marked := Recall(x, key{}, func() (marked []*agile.Issue) {
		for _, i := range x.History.Issues {
			if i.Broken[agile.UntoldSprints] > 0 {
				marked = append(marked, i)
			}
		}
		return marked
	})
	for _, i := range marked {
		at := calendar.LaterOf(from, i.Created)
		if wasOrdinary(x, i, at, to) && x.InScope(i, at) {
			list = append(list, i)
		}
	}
	return list
}

// wasOrdinary tells whether an issue was neither a sub-task nor an epic at some time between two moments.
func wasOrdinary(x *Index, i *agile.Issue, from, to time.Time) bool {
	for n, step := range i.Type {
		isFormer := n+1 < len(i.Type) && !i.Type[n+1].From.After(from)
		if !isFormer && !step.From.After(to) && x.Level(step.Value) == 0 {
			return true
		}
	}
	return false
}
