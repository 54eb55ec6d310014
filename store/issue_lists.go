package store

import (
	"context"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/pastchanges"
)

// OfProject returns the issues that stand in a project now.
func (s Issues) OfProject(ctx context.Context, projectID string) (ids []int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(
			ctx,
			`SELECT id FROM issue WHERE project = $1 ORDER BY id`,
			[]any{projectID},
			func(scan db.Scan) error {
				var id int64
				err := scan(&id)
				ids = append(ids, id)
				return err
			},
		)
	})
	return ids, err
}

// OfOtherProjects returns the issues that stand in another project now and concern a team: its project held
// them once, or they stand in its sprints and epics. The values are the ids of their projects.
func (s Issues) OfOtherProjects(ctx context.Context, team, projectID string) (projects map[int64]string, err error) {
	projects = map[int64]string{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, project FROM issue WHERE project <> $2 AND
			(id IN (SELECT issue FROM issue_project WHERE project = $2)
			OR id IN (SELECT issue FROM team_other WHERE team = $1))`, []any{team,
			projectID}, func(scan db.Scan) error {
			var id int64
			var project string
			err := scan(&id, &project)
			projects[id] = project
			return err
		})
	})
	return projects, err
}

// ChildrenOf returns the issues that ever stood under some others that are kept: as sub-tasks, or in an epic.
func (s Issues) ChildrenOf(ctx context.Context, ids []int64) (children []int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT DISTINCT child FROM relation WHERE parent IN `+db.Listed+` ORDER BY child`,
			[]any{db.Numbers(ids)}, func(scan db.Scan) error {
				var id int64
				err := scan(&id)
				children = append(children, id)
				return err
			})
	})
	return children, err
}

// NoteUnlisted notes which issues of other projects that concern a team are known from earlier readings alone, as a
// reading found that listed all that is asked for.
func (s Issues) NoteUnlisted(ctx context.Context, team, projectID string, found time.Time,
	listed map[int64]bool,
) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return pastchanges.NoteUnlisted(ctx, tx, team, projectID, found, listed)
	})
}

// UpdatedAt returns when issues were last changed, as far as they are kept.
func (s Issues) UpdatedAt(ctx context.Context, ids []int64) (map[int64]time.Time, error) {
	known := map[int64]time.Time{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		query := `SELECT id, updated FROM issue WHERE id IN ` + db.Listed
		return tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
			var id, updated int64
			err := scan(&id, &updated)
			known[id] = encoding.FromMicros(updated)
			return err
		})
	})
	return known, err
}

// ReadSince returns the issues that were read since a moment of Jira's clock.
func (s Issues) ReadSince(ctx context.Context, since time.Time) (map[int64]bool, error) {
	read := map[int64]bool{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id FROM issue WHERE read >= $1`, []any{encoding.Micros(since)},
			func(scan db.Scan) error {
				var id int64
				err := scan(&id)
				read[id] = true
				return err
			})
	})
	return read, err
}

// CountReadBefore has issues that were read at a moment of Jira's clock, or later, count as read before it: where that
// clock stood still, or went back, they would count among those that a reading from that moment on reads.
func (s Issues) CountReadBefore(ctx context.Context, moment time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		at := encoding.Micros(moment)
		_, err := tx.Exec(ctx, `UPDATE issue SET read = $1 WHERE read >= $2`, at-1, at)
		return err
	})
}

// IDs returns the issues that are kept, and when the first of them was created.
func (s Issues) IDs(ctx context.Context) (known map[int64]bool, first time.Time, err error) {
	known = map[int64]bool{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, created FROM issue`, nil, func(scan db.Scan) error {
			var id, created int64
			if err := scan(&id, &created); err != nil {
				return err
			}
			known[id] = true
			if t := encoding.FromMicros(created); first.IsZero() || t.Before(first) {
				first = t
			}
			return nil
		})
	})
	return known, first, err
}

// Newest returns when the issues of the highest ids were created, by id, n of them at most.
func (s Issues) Newest(ctx context.Context, n int) (created map[int64]time.Time, err error) {
	created = map[int64]time.Time{}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT id, created FROM issue ORDER BY id DESC LIMIT $1`, []any{n},
			func(scan db.Scan) error {
				var id, at int64
				err := scan(&id, &at)
				created[id] = encoding.FromMicros(at)
				return err
			})
	})
	return created, err
}
