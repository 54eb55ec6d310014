package moved

import (
	"slices"
	"time"

	"jerem/agile"
)

// joinPastChanges returns what changed either past after the fact, that of the former site while the team was there.
func joinPastChanges(former, present *agile.History, ids identities, cut time.Time) []agile.PastChange {
	out := slices.Clone(present.PastChanges)
	for _, change := range former.PastChanges {
		if change.Found.After(cut) {
			continue
		}
		if change.Kind == agile.SprintLeft {
			change.ID = ids.presentSprint(change.ID)
		} else {
			change.ID = ids.presentIssue(change.ID)
		}
		if change.Issue != nil {
			change.Issue = translateIssue(change.Issue, ids)
		}
		change.Worklogs = slices.Clone(change.Worklogs)
		for n, log := range change.Worklogs {
			change.Worklogs[n].ID, change.Worklogs[n].Issue = -log.ID, ids.presentIssue(log.Issue)
		}
		out = append(out, change)
	}
	return out
}
