package index

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/recall"
)

// UntoldSprints is the time in which an ordinary issue stood in sprints that Jira does not tell any more: up to when
// it became a sub-task. Since then its Sprint field shows those of its parent, and no change tells what stood there
// before.
type UntoldSprints struct {
	Issue       int64
	From, Until time.Time // from its creation until it became a sub-task, excluded
}

// EachUntoldSprints lists the issues whose former sprints are not told, by their ids.
func EachUntoldSprints(x *Index) []UntoldSprints {
	type key struct{}
	return recall.Value(x.memo, key{}, func() (all []UntoldSprints) {
		for _, i := range x.History.Issues {
			if hasUntoldSprints(x, i) {
				all = append(all, UntoldSprints{i.ID, i.Created, becameSubtask(x, i)})
			}
		}
		slices.SortFunc(all, func(a, b UntoldSprints) int { return cmp.Compare(a.Issue, b.Issue) })
		return all
	})
}

// hasUntoldSprints tells whether the sprints that an issue shows are its parent's, while no change tells in which ones
// it stood when it was an ordinary issue.
func hasUntoldSprints(x *Index, i *agile.Issue) bool {
	return len(i.Sprints) == 1 && len(i.Sprints[0].Value) > 0 && len(i.Type) > 1 &&
		x.Level(i.Type.Last()) < 0 && x.Level(i.Type[0].Value) >= 0
}

// becameSubtask returns when an issue that was created as another one first was a sub-task.
func becameSubtask(x *Index, i *agile.Issue) time.Time {
	n := slices.IndexFunc(i.Type, func(s agile.Step[string]) bool { return x.Level(s.Value) < 0 })
	return i.Type[n].From
}
