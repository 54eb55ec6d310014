package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
	"jerem/store/pastchanges"
)

// Sprints keeps the sprints of teams, with every version of them that was seen.
type Sprints struct{ db db.Database }

// BoardSprints is what a reading knows of the sprints of a team and of its board.
type BoardSprints struct {
	Team   string
	Board  int64
	Listed []int64      // those that the board lists
	Mine   []int64      // those that are the team's
	Seen   []SprintSeen // what was read of any of them
}

// Put keeps the sprints of a team and those that its board lists, seen at a moment: a version more for each that
// changed.
func (s Sprints) Put(ctx context.Context, seen time.Time, now BoardSprints) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := numberSet(ctx, tx, `SELECT sprint FROM team_sprint WHERE team = $1`, now.Team)
		if err != nil {
			return err
		}
		if err := putSprints(ctx, tx, seen, now.Seen); err != nil {
			return err
		}
		listed, err := numberSet(ctx, tx, `SELECT sprint FROM board_sprint WHERE board = $1`, now.Board)
		if err != nil {
			return err
		}
		if !sameNumbers(listed, now.Listed) {
			if err := replaceNumbers(ctx, tx, `board_sprint`, `board`, now.Board, now.Listed); err != nil {
				return err
			}
		}
		if sameNumbers(was, now.Mine) {
			return nil
		}
		if err := noteSprintsGone(ctx, tx, seen, was, now); err != nil {
			return err
		}
		if err := replaceNumbers(ctx, tx, `team_sprint`, `team`, now.Team, now.Mine); err != nil {
			return err
		}
		return generation.RaiseTeam(ctx, tx, generation.ByRest, now.Team)
	})
}

// noteSprintsGone notes which of the sprints that were a team's are its own no more, and forgets it of those that are
// again.
func noteSprintsGone(ctx context.Context, tx *db.Tx, seen time.Time, was map[int64]bool, now BoardSprints) error {
	if err := pastchanges.ForgetReturnedSprints(ctx, tx, now.Team, now.Mine); err != nil {
		return err
	}
	var gone []SprintSeen
	for id := range was {
		if !slices.Contains(now.Mine, id) {
			gone = append(gone, SprintSeen{ID: id})
		}
	}
	versions, err := lastVersions(ctx, tx, gone)
	if err != nil {
		return err
	}
	return pastchanges.NoteSprintsLeft(ctx, tx, now.Team, seen, versions)
}

// sameNumbers tells whether a list holds what a set holds.
func sameNumbers(set map[int64]bool, list []int64) bool {
	seen := map[int64]bool{}
	for _, n := range list {
		seen[n] = true
	}
	return maps.Equal(set, seen)
}

// replaceNumbers keeps the sprints of one owner in place of those known.
func replaceNumbers(ctx context.Context, tx *db.Tx, table, column string, owner any, sprints []int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE `+column+` = $1`, owner); err != nil {
		return err
	}
	rows := make([][]any, len(sprints))
	for n, id := range sprints {
		rows[n] = []any{owner, id}
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO `+table+` (`+column+`, sprint)`, `ON CONFLICT DO NOTHING`, rows)
	return err
}

func numberSet(ctx context.Context, tx *db.Tx, query string, args ...any) (map[int64]bool, error) {
	set := map[int64]bool{}
	err := tx.Each(ctx, query, args, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		set[id] = true
		return err
	})
	return set, err
}

// OfTeam returns the sprints that were a team's at its last reading, with their last versions, and which ones its board
// listed then.
func (s Sprints) OfTeam(
	ctx context.Context,
	team string,
	board int64,
) (mine []SprintSeen, listed map[int64]bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		mine = nil
		if listed, err = numberSet(ctx, tx, `SELECT sprint FROM board_sprint WHERE board = $1`, board); err != nil {
			return err
		}
		query := sprintVersions + ` WHERE id IN (SELECT sprint FROM team_sprint WHERE team = $1) ORDER BY id, seen`
		return tx.Each(ctx, query, []any{team}, func(scan db.Scan) error {
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

// WithIssuesOf returns the sprints in which an issue that a project ever held ever stood.
func (s Sprints) WithIssuesOf(ctx context.Context, projectID string) (map[int64]bool, error) {
	stood, decoder := map[int64]bool{}, encoding.NewDecoder()
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		query := `SELECT t.events FROM issue_project p JOIN timeline t ON t.issue = p.issue WHERE p.project = $1`
		return tx.Each(ctx, query, []any{projectID}, func(scan db.Scan) error {
			var events string
			if err := scan(&events); err != nil {
				return err
			}
			return db.Unfit(encoding.ReadEvents(events, func(e encoding.Event) error {
				if e.Field != "sprints" {
					return nil
				}
				ids, err := decoder.ReadIDs(e.Value)
				for _, id := range ids {
					stood[id] = true
				}
				return err
			}))
		})
	})
	return stood, err
}

// SprintSeen is a sprint as a reading saw it.
type SprintSeen struct {
	ID, OriginBoard int64
	agile.SprintVersion
}

// putSprints keeps a version more of each sprint that changed, and raises the generations of those who have one.
func putSprints(ctx context.Context, tx *db.Tx, seen time.Time, sprints []SprintSeen) error {
	last, err := lastVersions(ctx, tx, sprints)
	if err != nil {
		return err
	}
	var rows [][]any
	var changed []int64
	for _, sp := range lastOfEach(sprints, func(sp SprintSeen) int64 { return sp.ID }) {
		if old, had := last[sp.ID]; had && sameVersion(old, sp.SprintVersion) {
			continue
		}
		changed = append(changed, sp.ID)
		rows = append(rows, []any{sp.ID, encoding.Micros(seen), sp.OriginBoard, sp.Name, sp.Goal, string(sp.State),
			encoding.Micros(sp.Start), encoding.Micros(sp.End), encoding.Micros(sp.Complete)})
	}
	if len(changed) == 0 {
		return nil
	}
	_, err = tx.InsertRows(
		ctx,
		`INSERT INTO sprint (id, seen, origin, name, goal, state, start, planned, complete)`,
		`ON CONFLICT (id, seen) DO UPDATE SET origin = excluded.origin,
		name = excluded.name, goal = excluded.goal, state = excluded.state, start = excluded.start,
		planned = excluded.planned, complete = excluded.complete`,
		rows,
	)
	if err != nil {
		return err
	}
	return generation.RaiseTeamsOfSprints(ctx, tx, changed)
}

// ForgetGoals takes the goals out of all versions of all sprints.
func (s Sprints) ForgetGoals(ctx context.Context) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var ids []int64
		err := tx.Each(ctx, `SELECT DISTINCT id FROM sprint WHERE goal <> ''`, nil, func(scan db.Scan) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE sprint SET goal = '' WHERE goal <> ''`); err != nil {
			return err
		}
		return generation.RaiseTeamsOfSprints(ctx, tx, ids)
	})
}

// lastOfEach returns what comes last of each key in a list, in the order of the list.
func lastOfEach[T any, K comparable](list []T, key func(T) K) (out []T) {
	at := map[K]int{}
	for _, one := range list {
		if n, twice := at[key(one)]; twice {
			out[n] = one
			continue
		}
		at[key(one)] = len(out)
		out = append(out, one)
	}
	return out
}

// sameVersion compares what a version says, not when it was seen.
func sameVersion(a, b agile.SprintVersion) bool {
	return a.Name == b.Name && a.Goal == b.Goal && a.State == b.State &&
		encoding.Micros(a.Start) == encoding.Micros(b.Start) &&
		encoding.Micros(a.End) == encoding.Micros(b.End) && encoding.Micros(a.Complete) == encoding.Micros(b.Complete)
}

// lastVersions reads the youngest version of each of some sprints, by id.
func lastVersions(ctx context.Context, tx *db.Tx, sprints []SprintSeen) (map[int64]agile.SprintVersion, error) {
	ids := make([]int64, len(sprints))
	for n, sp := range sprints {
		ids[n] = sp.ID
	}
	last := map[int64]agile.SprintVersion{}
	query := sprintVersions + ` WHERE id IN ` + db.Listed + ` ORDER BY id, seen`
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		id, _, v, err := scanVersion(scan)
		last[id] = v
		return err
	})
	return last, err
}

const sprintVersions = `SELECT id, seen, origin, name, goal, state, start, planned, complete FROM sprint`

func scanVersion(scan db.Scan) (id, origin int64, v agile.SprintVersion, err error) {
	var seen, start, end, complete int64
	var state string
	err = scan(&id, &seen, &origin, &v.Name, &v.Goal, &state, &start, &end, &complete)
	v.State = agile.SprintState(state)
	v.Seen, v.Start = encoding.FromMicros(seen), encoding.FromMicros(start)
	v.End, v.Complete = encoding.FromMicros(end), encoding.FromMicros(complete)
	return id, origin, v, err
}
