package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jerem/jira"
	"jerem/store"
)

// This file tells what a reading could not have: the grade of every figure that rests on it says so.

// idsPerQuery bounds how many ids stand in one query.
const idsPerQuery = 200

// attribute says to which teams gaps of single issues belong. One that is kept is told by every team whose history
// holds it; of another nothing is known, so it belongs to the teams whose question lists it, to all where that cannot
// be asked.
func (r *reading) attribute(ctx context.Context, gaps []store.Gap) ([]store.Gap, error) {
	if len(gaps) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, g := range gaps {
		ids = append(ids, g.Issue)
	}
	kept, err := r.Store.Updated(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out, foreign []store.Gap
	for _, g := range gaps {
		if _, ok := kept[g.Issue]; ok {
			out = append(out, g)
		} else {
			foreign = append(foreign, g)
		}
	}
	for _, t := range r.well() {
		listed, err := r.listedBy(ctx, t, foreign)
		if err != nil {
			return nil, err
		}
		for _, g := range foreign {
			if listed[g.Issue] {
				g.Team = t.conf.Name
				out = append(out, g)
			}
		}
	}
	return out, nil
}

// listedBy tells which of some issues that are not kept a team's question lists.
func (r *reading) listedBy(ctx context.Context, t *teamReading, gaps []store.Gap) (map[int64]bool, error) {
	listed := map[int64]bool{}
	var unsure []int64
	for _, g := range gaps {
		switch project, _, ok := strings.Cut(g.Key, "-"); {
		case len(r.well()) == 1, ok && project == t.project.Key:
			listed[g.Issue] = true
		default:
			unsure = append(unsure, g.Issue)
		}
	}
	for part := range slices.Chunk(unsure, idsPerQuery) {
		ids, err := r.ids(ctx, fmt.Sprintf("(%s) AND id in (%s) ORDER BY created ASC", r.scopeClause([]*teamReading{t}), numbers(part)))
		if jira.Is(err, jira.BadRequest) { // Data Center refuses ids that it does not know
			ids, err = part, nil
		}
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			listed[id] = true
		}
	}
	return listed, nil
}

// numbers writes ids as a list of JQL.
func numbers(ids []int64) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, fmt.Sprint(id))
	}
	return strings.Join(parts, ", ")
}
