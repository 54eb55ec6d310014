package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"jerem/agile"
)

// History returns all that is known of a team's work: the issues that its project ever held, those
// of other projects that figures need, and its sprints: see PutSprints. A zone that the team does not set is that of the
// reading account. The error is NotRead for a team that was never read.
func (s *Store) History(ctx context.Context, team agile.Team) (*agile.History, error) {
	var h *agile.History
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.compareSmall(ctx, tx, team.Name); err != nil {
			return err
		}
		state, had, err := teamState(ctx, tx, team.Name)
		if err != nil {
			return err
		}
		s.overlay(&state)
		if !had || state.Until.IsZero() {
			return notRead(team.Name, state.Why)
		}
		h = &agile.History{Team: team, ProjectID: state.ProjectID, Until: state.Until, Matches: state.Matches}
		steps := []func(context.Context, *sql.Tx, TeamState, *agile.History) error{
			readZone, readSets, readBoard, readSprints, s.readIssues, readWorklogs, readImpeded, readGaps,
		}
		for _, step := range steps {
			if err := step(ctx, tx, state, h); err != nil {
				return err
			}
		}
		return s.compareScope(ctx, tx, state)
	})
	if err != nil {
		return nil, err
	}
	return h, nil
}

func readZone(ctx context.Context, tx *sql.Tx, _ TeamState, h *agile.History) error {
	if h.Team.Calendar.Zone != nil {
		return nil
	}
	var name string
	if err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&name); err != nil {
		return err
	}
	h.Team.Calendar.Zone = time.UTC
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		h.Team.Calendar.Zone = zone
	}
	return nil
}

func readSets(ctx context.Context, tx *sql.Tx, _ TeamState, h *agile.History) error {
	h.Statuses, h.Types = map[string]agile.Status{}, map[string]agile.Type{}
	err := rows(ctx, tx, `SELECT id, name, category FROM status`, nil, func(scan func(...any) error) error {
		var st agile.Status
		var category string
		err := scan(&st.ID, &st.Name, &category)
		st.Category = agile.Category(category)
		h.Statuses[st.ID] = st
		return err
	})
	if err != nil {
		return err
	}
	err = rows(ctx, tx, `SELECT id, name FROM status_name ORDER BY id, name`, nil, func(scan func(...any) error) error {
		var id, name string
		err := scan(&id, &name)
		st := h.Statuses[id]
		st.Names = append(st.Names, name)
		h.Statuses[id] = st
		return err
	})
	if err != nil {
		return err
	}
	err = rows(ctx, tx, `SELECT id, name, level FROM type`, nil, func(scan func(...any) error) error {
		var t agile.Type
		err := scan(&t.ID, &t.Name, &t.Level)
		h.Types[t.ID] = t
		return err
	})
	if err != nil {
		return err
	}
	return readFields(ctx, tx, h)
}

func readFields(ctx context.Context, tx *sql.Tx, h *agile.History) error {
	h.Fields = map[string]agile.Field{}
	return rows(ctx, tx, `SELECT id, name, number, option FROM field`, nil, func(scan func(...any) error) error {
		var f agile.Field
		err := scan(&f.ID, &f.Name, &f.Number, &f.Option)
		h.Fields[f.ID] = f
		return err
	})
}

func readBoard(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	if state.Board == 0 {
		return nil
	}
	b := &agile.Board{ID: state.Board}
	var kind, columns string
	err := tx.QueryRowContext(ctx, `SELECT name, kind, estimate, columns FROM board WHERE id = ?1`, state.Board).Scan(&b.Name, &kind, &b.Estimate, &columns)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	b.Kind = agile.BoardKind(kind)
	h.Board = b
	return unfit(json.Unmarshal([]byte(columns), &b.Columns))
}

func readSprints(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	query := sprintVersions + ` WHERE id IN (SELECT sprint FROM team_sprint WHERE team = ?1) ORDER BY id, seen`
	return rows(ctx, tx, query, []any{state.Name}, func(scan func(...any) error) error {
		id, origin, v, err := scanVersion(scan)
		if err != nil {
			return err
		}
		if n := len(h.Sprints); n == 0 || h.Sprints[n-1].ID != id {
			h.Sprints = append(h.Sprints, agile.Sprint{ID: id})
		}
		last := &h.Sprints[len(h.Sprints)-1]
		last.OriginBoard, last.Versions = origin, append(last.Versions, v)
		return nil
	})
}

// scopeQuery selects the issues of a team: its project's, past ones too, and the others of its state;
// then their parents and children, and the children of those.
const scopeQuery = `
WITH home(id) AS (SELECT issue FROM issue_project WHERE project = ?1 UNION SELECT issue FROM team_other WHERE team = ?2),
near(id) AS (SELECT id FROM home UNION SELECT l.child FROM link l JOIN home ON l.parent = home.id UNION SELECT l.parent FROM link l JOIN home ON l.child = home.id),
wide(id) AS (SELECT id FROM near UNION SELECT l.child FROM link l JOIN near ON l.parent = near.id)
`

func (s *Store) readIssues(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	byID := map[int64]*agile.Issue{}
	args := []any{state.ProjectID, state.Name}
	err := rows(ctx, tx, scopeQuery+`SELECT i.id, i.created, i.updated, i.joints, i.resolved, i.recategorized FROM issue i WHERE i.id IN wide ORDER BY i.id`, args, func(scan func(...any) error) error {
		i := &agile.Issue{Numbers: map[string]agile.Timeline[agile.Number]{}, Options: map[string]agile.Timeline[[]string]{}, Relatives: map[int64]string{}}
		var created, updated, resolved, recategorized int64
		var joints string
		if err := scan(&i.ID, &created, &updated, &joints, &resolved, &recategorized); err != nil {
			return err
		}
		i.Created, i.Updated = fromMicros(created), fromMicros(updated)
		i.Resolved, i.Recategorized = fromMicros(resolved), fromMicros(recategorized)
		broken, err := readJoints(joints)
		i.Broken = broken
		byID[i.ID] = i
		h.Issues = append(h.Issues, i)
		return unfit(err)
	})
	if err != nil {
		return err
	}
	sums := map[int64]*checksum{}
	err = rows(ctx, tx, scopeQuery+`SELECT e.issue, e.field, e.at, e.ord, e.value FROM issue i JOIN event e ON e.project = i.project AND e.issue = i.id WHERE i.id IN wide ORDER BY e.issue, e.seq`,
		args, func(scan func(...any) error) error {
			var id int64
			var e event
			if err := scan(&id, &e.field, &e.at, &e.order, &e.value); err != nil {
				return err
			}
			if sums[id] == nil {
				sums[id] = &checksum{}
			}
			sums[id].event(e)
			return unfit(decode(byID[id], e))
		})
	if err != nil {
		return err
	}
	return compareTimelines(ctx, tx, args, sums)
}

func readWorklogs(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	return rows(ctx, tx, scopeQuery+`SELECT id, issue, created, started, seconds FROM worklog WHERE issue IN wide ORDER BY id`, []any{state.ProjectID, state.Name}, func(scan func(...any) error) error {
		l, err := scanWorklog(scan)
		h.Worklogs = append(h.Worklogs, l)
		return err
	})
}

func readImpeded(ctx context.Context, tx *sql.Tx, state TeamState, h *agile.History) error {
	h.Impeded = map[int64]agile.Timeline[bool]{}
	return rows(ctx, tx, `SELECT issue, at, value FROM team_impeded WHERE team = ?1 ORDER BY issue, at`, []any{state.Name}, func(scan func(...any) error) error {
		var id, at int64
		var value bool
		err := scan(&id, &at, &value)
		h.Impeded[id] = append(h.Impeded[id], agile.Step[bool]{From: fromMicros(at), Value: value})
		return err
	})
}
