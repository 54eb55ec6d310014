package pastchanges

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
)

// mostWorklogs is how many worklogs of a deleted issue are kept: with more, the latest ones.
const mostWorklogs = 1000

// NoteDeletedIssues notes of each team whose history holds one of some issues that they are gone, as a reading found.
// It is called before their rows are taken out.
func NoteDeletedIssues(ctx context.Context, tx *db.Tx, found time.Time, ids []int64) error {
	bodies, err := deletedBodies(ctx, tx, ids)
	if err != nil || len(bodies) == 0 {
		return err
	}
	var rows []row
	err = eachTeamOfIssues(ctx, tx, ids, func(h holding) error {
		if b, kept := bodies[h.issue]; kept {
			b.Unmatched = h.unmatched
			rows = append(rows, row{h.team, agile.IssueDeleted, h.issue, b})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return insertRows(ctx, tx, found, rows)
}

// NoteRestoredIssues notes of issues that Jira tells of as of before, as a reading found, what they were until then: by
// id the moment of the creation in microseconds, and the timelines.
func NoteRestoredIssues(ctx context.Context, tx *db.Tx, found time.Time, was map[int64]Restored) error {
	if len(was) == 0 {
		return nil
	}
	var rows []row
	ids := slices.Sorted(maps.Keys(was))
	err := eachTeamOfIssues(ctx, tx, ids, func(h holding) error {
		before := was[h.issue]
		kept, name, err := eventsOfDeleted(before.Events)
		rows = append(rows, row{h.team, agile.IssueRestored, h.issue,
			body{Name: name, Created: before.Created, Events: kept, Unmatched: h.unmatched}})
		return db.Unfit(err)
	})
	if err != nil {
		return err
	}
	return insertRows(ctx, tx, found, rows)
}

// Restored is an issue as it was kept before Jira told of it as of before.
type Restored struct {
	Created int64  // microseconds
	Events  string // its timelines
}

// deletedBodies returns what is kept of issues that are about to go, by id.
func deletedBodies(ctx context.Context, tx *db.Tx, ids []int64) (map[int64]body, error) {
	bodies := map[int64]body{}
	const issues = `SELECT i.id, i.created, t.events FROM issue i JOIN timeline t ON t.issue = i.id WHERE i.id IN ` +
		db.Listed
	err := tx.Each(ctx, issues, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var id, created int64
		var events string
		if err := scan(&id, &created, &events); err != nil {
			return err
		}
		kept, name, err := eventsOfDeleted(events)
		bodies[id] = body{Name: name, Created: created, Events: kept}
		return db.Unfit(err)
	})
	if err != nil {
		return nil, err
	}
	const logs = `SELECT id, issue, created, started FROM worklog WHERE issue IN ` + db.Listed + ` ORDER BY started, id`
	err = tx.Each(ctx, logs, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var issue int64
		var l log
		err := scan(&l.ID, &issue, &l.Created, &l.Started)
		b := bodies[issue]
		b.Worklogs = append(b.Worklogs, l)
		bodies[issue] = b
		return err
	})
	for id, b := range bodies {
		b.Worklogs = b.Worklogs[max(0, len(b.Worklogs)-mostWorklogs):]
		bodies[id] = b
	}
	return bodies, err
}

// keptOfDeleted are the timelines that stay of a deleted issue: what tells in which figures it had a part.
var keptOfDeleted = []string{"key", "project", "type", "status", "resolution", "sprints", "parent", "epiclink",
	"labels",
	agile.FieldFixVersions, agile.FieldDue, "relative", encoding.OptionField(agile.FieldTeam)}

// eventsOfDeleted returns those of the timelines of an issue that stay when it is gone, and its last key.
func eventsOfDeleted(text string) (kept, name string, err error) {
	var events []encoding.Event
	err = encoding.ReadEvents(text, func(e encoding.Event) error {
		if slices.Contains(keptOfDeleted, e.Field) {
			events = append(events, e)
		}
		if e.Field == "key" {
			name = strings.Clone(e.Value)
		}
		return nil
	})
	return encoding.WriteEvents(events), name, err
}

// ForgetReturned forgets that issues are gone that are kept again.
func ForgetReturned(ctx context.Context, tx *db.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	const which = ` FROM past_change WHERE id IN ` + db.Listed + ` AND kind = $2`
	return deleteChanges(ctx, tx, which, db.Numbers(ids), string(agile.IssueDeleted))
}

// ForgetOfIssues forgets what changed of issues that are gone themselves: that they left or came, and their time.
// A team may have known of one of them by that alone.
func ForgetOfIssues(ctx context.Context, tx *db.Tx, ids []int64) error {
	const which = ` FROM past_change WHERE kind IN ('issue_left', 'issue_came', 'issue_unlisted', 'time_corrected')
		AND id IN ` + db.Listed
	return deleteChanges(ctx, tx, which, db.Numbers(ids))
}

// deleteChanges takes out the changes that a condition selects, and raises the generations of their teams.
func deleteChanges(ctx context.Context, tx *db.Tx, which string, args ...any) error {
	var teams []string
	err := tx.Each(ctx, `SELECT DISTINCT team`+which, args, func(scan db.Scan) error {
		var team string
		err := scan(&team)
		teams = append(teams, team)
		return err
	})
	if err != nil || len(teams) == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE`+which, args...); err != nil {
		return err
	}
	return generation.RaiseTeamsNamed(ctx, tx, generation.ByRest, teams)
}
