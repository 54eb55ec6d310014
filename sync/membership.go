package sync

import (
	"context"
	"fmt"

	"jerem/agile"
	"jerem/store"
	"jerem/sync/scope"
)

// membership asks which issues match a team's filter and its impediment query. That is counted, for an
// issue may begin or cease to match without a change of its own; between refreshes what is known holds.
func (r *reading) membership(ctx context.Context, t *teamReading) error {
	if !t.full && !r.fresh {
		return nil
	}
	known, noted, err := r.knownOf(ctx, t.conf.Name)
	if err != nil {
		return err
	}
	same := t.scoped(known, r.settings(t.conf)) // else another query was asked before
	for _, query := range []struct {
		key, jql string
		before   map[int64]bool
		now      *map[int64]bool
	}{{"jql_filter", t.conf.Filter, known.Matches, &t.matches}, {"impediment.jql", t.conf.Impediment.JQL, known.Impeded, &t.impeded}} {
		found, err := r.matching(ctx, t, query.key, query.jql)
		if err != nil {
			return err
		}
		*query.now = found
		if subject := query.key + " matches far fewer issues"; query.jql != "" && same && collapsed(found, query.before) && !shrunkBefore(noted, agile.SourceScope, subject) {
			*query.now = query.before
			t.gaps = append(t.gaps, store.Gap{Source: agile.SourceScope, Code: agile.GapShrunk, Subject: subject})
			t.doubts = append(t.doubts, fmt.Sprintf("%s matches %d issues and matched %d: these are kept until the next reading says so too", query.key, len(found), len(query.before)))
		}
	}
	return nil
}

// collapsed tells whether most of a set is gone at once.
func collapsed(now, before map[int64]bool) bool {
	return len(now) == 0 && len(before) > 0 || len(before)-len(now) > 10 && 2*len(now) < len(before)
}

func (r *reading) matching(ctx context.Context, t *teamReading, key, jql string) (map[int64]bool, error) {
	if jql == "" {
		return nil, nil
	}
	ids, err := r.ids(ctx, scope.InProject(t.project.Key, jql))
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", key, jql, err)
	}
	set := map[int64]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set, nil
}
