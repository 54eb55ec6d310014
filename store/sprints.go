package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// BoardSprints is what a reading knows of the sprints of a team and of its board.
type BoardSprints struct {
	Team   string
	Board  int64
	Listed []int64      // those that the board lists
	Mine   []int64      // those that are the team's
	Seen   []SprintSeen // what was read of any of them
}

// PutSprints keeps the sprints of a team and those that its board lists, seen at a moment: a version more for each that
// changed. It returns the earliest moment whose figures may have changed, zero for none.
func (s *Store) PutSprints(ctx context.Context, seen time.Time, now BoardSprints) (time.Time, error) {
	var c Changes
	err := s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c = Changes{}
		was, err := numberSet(ctx, tx, `SELECT sprint FROM team_sprint WHERE team = ?1`, now.Team)
		if err != nil {
			return err
		}
		for _, sp := range now.Seen {
			if err := putSprint(ctx, tx, seen, sp, was[sp.ID] || !slices.Contains(now.Mine, sp.ID), &c); err != nil {
				return err
			}
		}
		if err := replaceNumbers(ctx, tx, `board_sprint`, `board`, now.Board, now.Listed); err != nil {
			return err
		}
		if err := replaceNumbers(ctx, tx, `team_sprint`, `team`, now.Team, now.Mine); err != nil {
			return err
		}
		more := slices.ContainsFunc(now.Mine, func(id int64) bool { return !was[id] })
		for _, id := range now.Mine {
			delete(was, id)
		}
		if more || len(was) > 0 {
			if err := raiseTeam(ctx, tx, now.Team); err != nil {
				return err
			}
		}
		for _, id := range slices.Sorted(maps.Keys(was)) { // no longer the team's
			if old, _, err := lastVersion(ctx, tx, id); err != nil {
				return err
			} else if !old.Start.IsZero() {
				c.touch(micros(old.Start))
			}
		}
		return nil
	})
	return c.Earliest, err
}

// replaceNumbers keeps the sprints of one owner in place of those known.
func replaceNumbers(ctx context.Context, tx *sql.Tx, table, column string, owner any, sprints []int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE `+column+` = ?1`, owner); err != nil {
		return err
	}
	for _, id := range sprints {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO `+table+` VALUES (?1, ?2)`, owner, id); err != nil {
			return err
		}
	}
	return nil
}

func numberSet(ctx context.Context, tx *sql.Tx, query string, args ...any) (map[int64]bool, error) {
	set := map[int64]bool{}
	err := rows(ctx, tx, query, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		set[id] = true
		return err
	})
	return set, err
}

// SprintsOf returns the sprints that were a team's at its last reading, with their last versions, and which ones its board
// listed then.
func (s *Store) SprintsOf(ctx context.Context, team string, board int64) (mine []SprintSeen, listed map[int64]bool, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		mine = nil
		if listed, err = numberSet(ctx, tx, `SELECT sprint FROM board_sprint WHERE board = ?1`, board); err != nil {
			return err
		}
		query := sprintVersions + ` WHERE id IN (SELECT sprint FROM team_sprint WHERE team = ?1) ORDER BY id, seen`
		return rows(ctx, tx, query, []any{team}, func(scan func(...any) error) error {
			id, origin, v, err := scanVersion(scan)
			if n := len(mine); n == 0 || mine[n-1].ID != id {
				mine = append(mine, SprintSeen{})
			}
			mine[len(mine)-1] = SprintSeen{id, origin, v}
			return err
		})
	})
	return mine, listed, err
}

// StoodIn returns the sprints in which an issue of a project ever stood.
func (s *Store) StoodIn(ctx context.Context, projectID string) (map[int64]bool, error) {
	stood := map[int64]bool{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		query := `SELECT DISTINCT e.value FROM event e JOIN issue i ON i.id = e.issue AND i.project = e.project
			JOIN issue_project p ON p.issue = i.id WHERE p.project = ?1 AND e.field = 'sprints' AND e.value <> ''`
		return rows(ctx, tx, query, []any{projectID}, func(scan func(...any) error) error {
			var value string
			err := scan(&value)
			for part := range strings.SplitSeq(value, ",") {
				if id, err := strconv.ParseInt(part, 10, 64); err == nil {
					stood[id] = true
				}
			}
			return err
		})
	})
	return stood, err
}
