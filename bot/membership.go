package bot

import (
	"context"
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/store"
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
	ids, err := r.ids(ctx, inProject(t.project.Key, jql))
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", key, jql, err)
	}
	set := map[int64]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set, nil
}

// inProject narrows a query of the configuration to a project, for a reading and for a check. Its order cannot stand in
// parentheses and does not matter; one that is an order alone matches all.
func inProject(key, jql string) string {
	condition := withoutOrder(jql)
	if condition == "" {
		return "project = " + quote(key)
	}
	return fmt.Sprintf("project = %s AND (%s)", quote(key), condition)
}

// withoutOrder cuts the order off a query, wherever it stands outside of quotes.
func withoutOrder(jql string) string {
	quoted, word := byte(0), 0 // the quote that is open; where the present word begins
	lastWord, lastAt := "", 0
	for i := 0; i <= len(jql); i++ {
		switch {
		case i < len(jql) && quoted != 0 && jql[i] == '\\':
			i++
		case i < len(jql) && quoted != 0:
			if jql[i] == quoted {
				quoted, word = 0, i+1
			}
		case i < len(jql) && (jql[i] == '"' || jql[i] == '\''):
			quoted, lastWord = jql[i], ""
		case i == len(jql) || strings.ContainsRune(" \t\r\n()", rune(jql[i])):
			now := jql[word:min(i, len(jql))]
			if strings.EqualFold(now, "by") && strings.EqualFold(lastWord, "order") {
				return strings.TrimSpace(jql[:lastAt])
			}
			if now != "" {
				lastWord, lastAt = now, word
			}
			word = i + 1
		}
	}
	return strings.TrimSpace(jql)
}
