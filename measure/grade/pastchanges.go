package grade

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/naming"
	"jerem/measure/words"
	"jerem/sorting"
)

// pastChangeWords word the changes of a kind, of one thing and of several: %[1]s is their count, %[2]s the moment of
// the reading that found them.
var pastChangeWords = map[agile.PastChangeKind]struct{ thing, one, several string }{
	agile.IssueDeleted: {"issue",
		"%[1]s that was counted until %[2]s is deleted, or hidden from the account that reads",
		"%[1]s that were counted until %[2]s are deleted, or hidden from the account that reads"},
	agile.IssueLeft: {"issue",
		"%[1]s that was counted until %[2]s matches jql_filter no more",
		"%[1]s that were counted until %[2]s match jql_filter no more"},
	agile.IssueCame: {"issue",
		"%[1]s that was not counted until %[2]s matches jql_filter, and is counted in the time before too",
		"%[1]s that were not counted until %[2]s match jql_filter, and are counted in the time before too"},
	agile.IssueUnlisted: {"issue",
		"%[1]s of another project is known from earlier readings alone, for no question lists it any more",
		"%[1]s of other projects are known from earlier readings alone, for no question lists them any more"},
	agile.IssueRestored: {"issue",
		"%[1]s that was counted until %[2]s by a history that Jira tells no more",
		"%[1]s that were counted until %[2]s by histories that Jira tells no more"},
	agile.TimeCorrected: {"issue",
		"time logged on %[1]s was corrected or deleted after the fact, as found at %[2]s",
		"time logged on %[1]s was corrected or deleted after the fact, as found at %[2]s"},
	agile.SprintLeft: {"sprint",
		"%[1]s that was counted until %[2]s is deleted, or the team's no more",
		"%[1]s that were counted until %[2]s are deleted, or the team's no more"},
}

// AddPastChanges adds that figures which rest on something had a part of what changed after the fact, so that they are
// others than were told then.
func (r *Reasons) AddPastChanges(on Basis, changes []agile.PastChange) {
	byKind := map[agile.PastChangeKind][]agile.PastChange{}
	for _, c := range changes {
		byKind[c.Kind] = append(byKind[c.Kind], c)
	}
	for _, kind := range []agile.PastChangeKind{agile.IssueDeleted, agile.IssueLeft, agile.IssueCame,
		agile.IssueUnlisted, agile.IssueRestored, agile.TimeCorrected, agile.SprintLeft} {
		if list := byKind[kind]; len(list) > 0 {
			r.Add(on, Partial, "%s", pastChangeText(kind, list))
		}
	}
}

// pastChangeText writes changes of a kind as a sentence.
func pastChangeText(kind agile.PastChangeKind, changes []agile.PastChange) string {
	var names []string
	var last time.Time
	several := false
	for _, c := range changes {
		names = append(names, c.Name)
		several = several || !last.IsZero() && !c.Found.Equal(last)
		if c.Found.After(last) {
			last = c.Found
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	sorting.By(names, naming.CompareKeys)
	until := last.UTC().Format("2006-01-02 15:04 UTC")
	if several {
		until += " at the latest"
	}
	w := pastChangeWords[kind]
	text := w.several
	if len(names) == 1 {
		text = w.one
	}
	return fmt.Sprintf(text, words.Count(len(names), w.thing), until) + ": " + listKeys(names)
}
