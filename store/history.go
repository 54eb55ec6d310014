package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/checksums"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/metadata"
	"jerem/store/pastchanges"
)

// History returns all that is known of a team's work: the issues that its project ever held, those
// of other projects that figures need, and its sprints: see Sprints.Put. A zone that the team does not set is that of
// the reading account. The error is NotRead for a team that was never read.
func (s Teams) History(ctx context.Context, team agile.Team) (*agile.History, error) {
	loaded, err := s.Load(ctx, team)
	return loaded.History, err
}

// readHistory reads a history whole.
func (s Teams) readHistory(ctx context.Context, tx *db.Tx, team agile.Team) (*agile.History, error) {
	h, state, err := s.readFrame(ctx, tx, team)
	if err != nil {
		return nil, err
	}
	scope, err := scopeOf(ctx, tx, state.ProjectID, state.Name)
	if err != nil {
		return nil, err
	}
	ids := db.Numbers(scope)
	if h.Worklogs, err = readWorklogs(ctx, tx, s.db.Tables(), ids); err != nil {
		return nil, err
	}
	if h.Issues, err = readIssues(ctx, tx, s.db.Tables(), ids); err != nil {
		return nil, err
	}
	return h, readGaps(ctx, tx, state, h)
}

// readFrame reads what a history holds beside issues, time logged and gaps.
func (s Teams) readFrame(ctx context.Context, tx *db.Tx, team agile.Team) (*agile.History, TeamState, error) {
	if err := checksums.CompareShared(ctx, tx, s.db.Tables(), team.Name); err != nil {
		return nil, TeamState{}, err
	}
	state, err := readState(s.db, ctx, tx, team.Name)
	if err != nil {
		return nil, state, err
	}
	h := &agile.History{Team: team, ProjectID: state.ProjectID, Until: state.Until, Matches: state.Matches,
		DaysOff: state.DaysOffSeen}
	if h.PastChanges, err = pastchanges.Read(ctx, tx, team.Name); err != nil {
		return nil, state, err
	}
	for _, step := range []func(context.Context, *db.Tx, TeamState, *agile.History) error{
		readZone, readSets, readBoard, readSprints, readImpeded,
	} {
		if err := step(ctx, tx, state, h); err != nil {
			return nil, state, err
		}
	}
	return h, state, nil
}

// goOnFrame is readFrame where nothing but issues changed since a history was read: it shares what that one holds.
func goOnFrame(d db.Database, ctx context.Context, tx *db.Tx, team agile.Team,
	was *agile.History) (*agile.History, TeamState, error) {
	if err := checksums.CompareState(ctx, tx, d.Tables(), team.Name); err != nil {
		return nil, TeamState{}, err
	}
	state, err := readState(d, ctx, tx, team.Name)
	h := *was
	h.Team, h.Until, h.Gaps = resolvedTeam(team, was), state.Until, nil
	return &h, state, err
}

// readState reads the state of a team; the error is NotRead for one that was never read.
func readState(d db.Database, ctx context.Context, tx *db.Tx, team string) (TeamState, error) {
	state, had, err := teamState(ctx, tx, team)
	if err != nil {
		return state, err
	}
	addUnwritten(d, state.Until, &state.Behind, &state.Why)
	if !had || state.Until.IsZero() {
		return state, notRead(team, state.Why)
	}
	return state, nil
}

func readZone(ctx context.Context, tx *db.Tx, _ TeamState, h *agile.History) error {
	if h.Team.Calendar.Zone != nil {
		return nil
	}
	var name string
	if err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&name); err != nil {
		return err
	}
	h.Team.Calendar.Zone = time.UTC
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		h.Team.Calendar.Zone = zone
	}
	return nil
}

func readSets(ctx context.Context, tx *db.Tx, _ TeamState, h *agile.History) error {
	h.Statuses, h.Types = map[string]agile.Status{}, map[string]agile.Type{}
	err := tx.Each(ctx, `SELECT id, name, category FROM status`, nil, func(scan db.Scan) error {
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
	err = tx.Each(ctx, `SELECT id, name FROM status_name ORDER BY id, name`, nil, func(scan db.Scan) error {
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
	err = tx.Each(ctx, `SELECT id, name, level FROM type`, nil, func(scan db.Scan) error {
		var t agile.Type
		err := scan(&t.ID, &t.Name, &t.Level)
		h.Types[t.ID] = t
		return err
	})
	if err != nil {
		return err
	}
	if h.Versions, err = metadata.ReadVersions(ctx, tx); err != nil {
		return err
	}
	return metadata.ReadFields(ctx, tx, h)
}

func readBoard(ctx context.Context, tx *db.Tx, state TeamState, h *agile.History) error {
	if state.Board == 0 {
		return nil
	}
	b := &agile.Board{ID: state.Board}
	var kind, columns string
	err := tx.QueryRow(
		ctx,
		`SELECT name, kind, estimate, columns FROM board WHERE id = $1`,
		state.Board,
	).Scan(
		&b.Name,
		&kind,
		&b.Estimate,
		&columns,
	)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	b.Kind = agile.BoardKind(kind)
	h.Board = b
	return db.Unfit(json.Unmarshal([]byte(columns), &b.Columns))
}

func readSprints(ctx context.Context, tx *db.Tx, state TeamState, h *agile.History) error {
	query := sprintVersions + ` WHERE id IN (SELECT sprint FROM team_sprint WHERE team = $1) ORDER BY id, seen`
	return tx.Each(ctx, query, []any{state.Name}, func(scan db.Scan) error {
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

// homeQuery selects the issues that are a team's own, its project's, past ones too, and the others of its state, as one
// list; and their parents and children as another. A union of them in SQL would sort all of them three times.
const homeQuery = `
WITH home(id) AS NOT MATERIALIZED (SELECT issue FROM issue_project WHERE project = $1
	UNION ALL SELECT issue FROM team_other WHERE team = $2),
near(id) AS (SELECT r.child FROM home JOIN relation r ON r.parent = home.id
	UNION ALL SELECT r.parent FROM home JOIN relation r ON r.child = home.id)
SELECT (SELECT ` + db.Collected + ` FROM home), (SELECT ` + db.Collected + ` FROM near)`

// scopeOf returns the issues of a team's history, in ascending order: its own, their parents and children, and the
// children of those.
func scopeOf(ctx context.Context, tx *db.Tx, projectID, team string) ([]int64, error) {
	var homeText, nearText string
	if err := tx.QueryRow(ctx, homeQuery, projectID, team).Scan(&homeText, &nearText); err != nil {
		return nil, err
	}
	home, failed := db.ReadNumbers(homeText)
	near, err := db.ReadNumbers(nearText)
	if err := errors.Join(failed, err); err != nil {
		return nil, err
	}
	var others []int64 // whose children are not among those of its own
	for _, id := range near {
		if _, isOwn := slices.BinarySearch(home, id); !isOwn {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return home, nil
	}
	children, err := idsOf(ctx, tx, `SELECT child FROM relation WHERE parent IN `+db.Listed, db.Numbers(others))
	all := append(append(home, others...), children...)
	slices.Sort(all)
	return slices.Compact(all), err
}

// readIssues reads issues with their timelines, in ascending order of id; ids is a list as db.Numbers writes it. A row
// that does not match its checksum is refused.
func readIssues(ctx context.Context, tx *db.Tx, tables []db.Table, ids string) ([]*agile.Issue, error) {
	query := `SELECT i.id, i.created, i.updated, i.joints, i.resolved, i.recategorized, t.events, ` +
		checksums.MatchingSQL(tables, map[string]string{"issue": "i.", "timeline": "t."}) +
		` FROM issue i LEFT JOIN timeline t ON t.issue = i.id WHERE i.id IN ` + db.Listed + ` ORDER BY i.id`
	var list []*agile.Issue
	decoding := encoding.StartDecoding()
	var id, created, updated, resolved, recategorized int64
	var joints string
	var events sql.NullString // one copy of a text is made, which is decoded
	var fits, unfit bool
	columns := []any{&id, &created, &updated, &joints, &resolved, &recategorized, &events, &fits}
	err := tx.Each(ctx, query, []any{ids}, func(scan db.Scan) error {
		err := scan(columns...)
		if unfit = unfit || !fits; err != nil || unfit {
			return err
		}
		i := &agile.Issue{ID: id, Created: encoding.FromMicros(created)}
		i.Updated = agile.MomentOf(encoding.FromMicros(updated))
		i.Resolved = agile.MomentOf(encoding.FromMicros(resolved))
		i.Recategorized = agile.MomentOf(encoding.FromMicros(recategorized))
		if i.Broken, err = encoding.ReadJoints(joints); err != nil {
			return db.Unfit(err)
		}
		list = append(list, i)
		decoding.Add(i, events.String)
		return nil
	})
	if unread := decoding.Wait(); unread != nil {
		return list, db.Unfit(unread)
	}
	if err == nil && unfit {
		err = checksums.CompareIssues(ctx, tx, tables, ids)
	}
	return list, err
}

// readWorklogs reads the time logged on issues, as readIssues reads these.
func readWorklogs(ctx context.Context, tx *db.Tx, tables []db.Table, ids string) (list []agile.Worklog, err error) {
	query := `SELECT w.id, w.issue, w.created, w.started, w.seconds, ` +
		checksums.MatchingSQL(tables, map[string]string{"worklog": "w."}) +
		` FROM worklog w WHERE w.issue IN ` + db.Listed + ` ORDER BY w.id`
	var fits, unfit bool
	next := worklogScanner(&fits)
	err = tx.Each(ctx, query, []any{ids}, func(scan db.Scan) error {
		l, err := next(scan)
		list, unfit = append(list, l), unfit || !fits
		return err
	})
	if err == nil && unfit {
		return nil, checksums.CompareIssues(ctx, tx, tables, ids)
	}
	return list, err
}

func readImpeded(ctx context.Context, tx *db.Tx, state TeamState, h *agile.History) error {
	h.Impeded = map[int64]agile.Timeline[bool]{}
	return tx.Each(
		ctx,
		`SELECT issue, at, value FROM team_impeded WHERE team = $1 ORDER BY issue, at`,
		[]any{state.Name},
		func(scan db.Scan) error {
			var id, at int64
			var value bool
			err := scan(&id, &at, &value)
			h.Impeded[id] = append(h.Impeded[id], agile.Step[bool]{From: agile.MomentOf(encoding.FromMicros(at)),
				Value: value})
			return err
		},
	)
}
