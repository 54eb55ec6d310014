package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/cutoff"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/links"
)

// Loaded is a team as it is kept, with the generation of what is kept.
type Loaded struct {
	History    *agile.History
	Generation int64
	Partly     bool // a reading of the team goes on, or ended early: the history ends with the last complete one

	// What Refresh found, compared with what it was given.
	Anew    bool    // all was read anew; the rest says nothing then
	Changed []int64 // issues that came or differ, in ascending order, time logged on them included
	Rest    bool    // anything else differs: gaps, sprints, board, sets, settings
}

// Load reads a team whole. While a reading of it goes on, or where one ended early, what it kept so far is left out:
// the team is as its last complete reading found it, but for what has no history. The error is NotRead for a team that
// was never read whole.
func (s Teams) Load(ctx context.Context, team agile.Team) (Loaded, error) {
	var out Loaded
	err := db.ReadAhead(ctx, s.db, readWhole(s, team, &out))
	return out, err
}

// readWhole reads a team whole in a transaction; out stays empty where that fails.
func readWhole(s Teams, team agile.Team, out *Loaded) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		g, err := generationOf(ctx, tx, team.Name)
		if err != nil {
			return err
		}
		*out, err = s.loadWhole(ctx, tx, team, g)
		return err
	}
}

func (s Teams) loadWhole(ctx context.Context, tx *db.Tx, team agile.Team, g generationRow) (Loaded, error) {
	h, err := s.readHistory(ctx, tx, team)
	if err != nil {
		return Loaded{}, err
	}
	if g.partlyRead() {
		cutoff.CutHistory(h)
	}
	return Loaded{History: h, Generation: g.value, Partly: g.partlyRead(), Anew: true, Rest: true}, nil
}

// Refresh returns a team as it is now, given what it was: only what changed since is read, and the rest is shared with
// what was given, which stays as it is. While a reading goes on it is what was given: parts of a reading are no team.
// What was computed of an issue that is not among Changed is still right, where Rest and Anew are false.
func (s Teams) Refresh(ctx context.Context, team agile.Team, was Loaded) (Loaded, error) {
	out, goesOn, err := s.GoOn(ctx, team, was)
	if err != nil || goesOn {
		return out, err
	}
	return s.LoadAnew(ctx, team)
}

// LoadAnew reads a team whole that GoOn told so of.
func (s Teams) LoadAnew(ctx context.Context, team agile.Team) (out Loaded, err error) {
	err = s.db.Read(ctx, readWhole(s, team, &out))
	return out, err
}

// manyChanged is how many issues have to differ, and half of the team besides, for the team to be read whole: after an
// upgrade all do.
const manyChanged = 5_000

// GoOn is Refresh where a team goes on from what it was. It is false where all is to be read anew: who holds what it
// was lets that go first, for a large team must not stand in memory twice.
func (s Teams) GoOn(ctx context.Context, team agile.Team, was Loaded) (out Loaded, goesOn bool, err error) {
	if was.History == nil {
		out, err = s.Load(ctx, team)
		return out, true, err
	}
	goesOn = true
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		g, err := generationOf(ctx, tx, team.Name)
		if err != nil {
			return err
		}
		switch {
		case g.partlyRead() && g.complete != 0 && (!was.Partly || g.value == was.Generation):
			out = unchangedHistory(was, was.History)
		case was.Partly || g.scope > was.Generation || g.value == 0 || g.partlyRead():
			goesOn = false
		case g.value == was.Generation:
			h := *was.History
			h.Team, h.Until = resolvedTeam(team, was.History), g.until
			out = unchangedHistory(was, &h)
		default:
			out, goesOn, err = s.loadChanges(ctx, tx, team, was, g)
		}
		return err
	})
	if err != nil {
		return Loaded{}, false, err
	}
	return out, goesOn, nil
}

// unchangedHistory is what was loaded with nothing that differs.
func unchangedHistory(was Loaded, h *agile.History) Loaded {
	return Loaded{History: h, Generation: was.Generation, Partly: was.Partly}
}

// resolvedTeam is a team with the zone that its history was loaded with, where it sets none.
func resolvedTeam(team agile.Team, was *agile.History) agile.Team {
	if team.Calendar.Zone == nil {
		team.Calendar.Zone = was.Team.Calendar.Zone
	}
	return team
}

// generationRow is a team's row of that table, and when it was read.
type generationRow struct {
	value, rest, scope, complete int64
	until                        time.Time
}

// partlyRead tells whether something was kept since the last complete reading.
func (g generationRow) partlyRead() bool { return g.value != g.complete }

// generationOf reads the generation of a team; it is zero for one that was never read. The error is NotRead for one
// whose figures are withheld.
func generationOf(ctx context.Context, tx *db.Tx, team string) (g generationRow, err error) {
	var until int64
	var why string
	err = tx.QueryRow(ctx, `SELECT g.value, g.rest, g.scope, g.complete, t.until, t.why FROM generation g
		JOIN team t ON t.name = g.team WHERE g.team = $1`, team).
		Scan(&g.value, &g.rest, &g.scope, &g.complete, &until, &why)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return generationRow{}, nil
	case err == nil && isWithheld(why):
		return g, notRead(team, why)
	}
	g.until = encoding.FromMicros(until)
	return g, err
}

// loadChanges reads what changed of a team.
func (s Teams) loadChanges(
	ctx context.Context,
	tx *db.Tx,
	team agile.Team,
	was Loaded,
	g generationRow,
) (out Loaded, goesOn bool, err error) {
	h, state, err := changedFrame(s, ctx, tx, team, was, g)
	if err != nil {
		return Loaded{}, false, err
	}
	changed, err := changedIssues(ctx, tx, state, knownIssues(was.History.Issues), was.Generation)
	if err != nil {
		return Loaded{}, false, err
	}
	if len(changed) > max(manyChanged, len(was.History.Issues)/2) {
		return Loaded{}, false, nil
	}
	h.Issues, h.Worklogs = was.History.Issues, was.History.Worklogs
	if len(changed) > 0 {
		if err := replaceIssues(ctx, tx, s.db.Tables(), h, changed); err != nil {
			return Loaded{}, false, err
		}
	}
	if err := readGaps(ctx, tx, state, h); err != nil {
		return Loaded{}, false, err
	}
	return Loaded{History: h, Generation: g.value, Changed: changed, Rest: g.rest > was.Generation},
		true, nil
}

// changedFrame returns what a history holds beside issues, time logged and gaps: what is kept of it where the team
// changed by issues alone.
func changedFrame(s Teams, ctx context.Context, tx *db.Tx, team agile.Team, was Loaded,
	g generationRow) (*agile.History, TeamState, error) {
	if g.rest > was.Generation {
		return s.readFrame(ctx, tx, team)
	}
	return goOnFrame(s.db, ctx, tx, team, was.History)
}

// knownIssues are issues in ascending order of id.
type knownIssues []*agile.Issue

// withID returns the issue of an id, nil where it is not known.
func (k knownIssues) withID(id int64) *agile.Issue {
	if n, known := agile.PlaceOf(k, id); known {
		return k[n]
	}
	return nil
}

// changedIssues returns the issues of a team that changed since a generation, and those that came to it meanwhile.
func changedIssues(
	ctx context.Context,
	tx *db.Tx,
	state TeamState,
	known knownIssues,
	since int64,
) ([]int64, error) {
	all, err := numberSet(ctx, tx, `SELECT id FROM issue WHERE changed > $1`, since)
	if err != nil {
		return nil, err
	}
	changed, grown := map[int64]bool{}, map[int64]bool{} // grown: by which others may come
	for id := range all {
		if known.withID(id) != nil {
			changed[id] = true
		} else {
			grown[id] = true
		}
	}
	if err := addGrown(ctx, tx, state, known, changed, grown); err != nil {
		return nil, err
	}
	if len(grown) > 0 {
		come, err := comeByLinks(ctx, tx, state, slices.Collect(maps.Keys(grown)))
		if err != nil {
			return nil, err
		}
		for id := range come {
			if known.withID(id) == nil {
				changed[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(changed)), nil
}

// addGrown adds those of the changed issues that have links which they had not: others may come by them. Those of other
// projects that are the team's are among them, for they may have been less before.
func addGrown(
	ctx context.Context,
	tx *db.Tx,
	state TeamState,
	known knownIssues,
	changed, grown map[int64]bool,
) error {
	kept, err := links.ReadKept(ctx, tx, slices.Collect(maps.Keys(changed)))
	if err != nil {
		return err
	}
	for id := range changed {
		if state.Others[id] || links.LacksAny(links.OfIssue(known.withID(id)), kept[id]) {
			grown[id] = true
		}
	}
	return nil
}

// comeByLinks returns those of some issues, and of those that may belong to a team by them, which are a team's.
func comeByLinks(ctx context.Context, tx *db.Tx, state TeamState, ids []int64) (map[int64]bool, error) {
	asked, err := numberSet(ctx, tx, `
		WITH grown(id) AS `+db.Listed+`,
		next(id) AS (
			SELECT id FROM grown
			UNION SELECT parent FROM relation WHERE child IN (SELECT id FROM grown)
			UNION SELECT child FROM relation WHERE parent IN (SELECT id FROM grown))
		SELECT id FROM next UNION SELECT child FROM relation WHERE parent IN (SELECT id FROM next)`, db.Numbers(ids))
	if err != nil {
		return nil, err
	}
	near, err := nearTeam(ctx, tx, state, slices.Collect(maps.Keys(asked)))
	if err != nil {
		return nil, err
	}
	parents, err := parentsOf(ctx, tx, slices.Collect(maps.Keys(asked)))
	if err != nil {
		return nil, err
	}
	for id := range asked {
		if !near[id] && !slices.ContainsFunc(parents[id], func(p int64) bool { return near[p] }) {
			delete(asked, id)
		}
	}
	return asked, nil
}

// nearTeam returns which of some issues and of their parents are a team's, or a parent or a child of one: the issues
// near of homeQuery, seen from the other end.
func nearTeam(ctx context.Context, tx *db.Tx, state TeamState, ids []int64) (map[int64]bool, error) {
	return numberSet(ctx, tx, `
		WITH asked(id) AS `+db.Listed+`,
		up(id) AS (SELECT id FROM asked UNION SELECT parent FROM relation WHERE child IN (SELECT id FROM asked)),
		pair(id, other) AS (
			SELECT id, id FROM up
			UNION SELECT child, parent FROM relation WHERE child IN (SELECT id FROM up)
			UNION SELECT parent, child FROM relation WHERE parent IN (SELECT id FROM up))
		SELECT id FROM pair WHERE EXISTS (
			SELECT 1 FROM issue_project p WHERE p.project = $2 AND p.issue = pair.other)
		OR EXISTS (SELECT 1 FROM team_other o WHERE o.team = $3 AND o.issue = pair.other)`,
		db.Numbers(ids), state.ProjectID, state.Name)
}

// parentsOf returns the parents that issues ever had.
func parentsOf(ctx context.Context, tx *db.Tx, ids []int64) (map[int64][]int64, error) {
	parents := map[int64][]int64{}
	query := `SELECT child, parent FROM relation WHERE child IN ` + db.Listed
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var child, parent int64
		err := scan(&child, &parent)
		parents[child] = append(parents[child], parent)
		return err
	})
	return parents, err
}

// replaceIssues reads issues and the time logged on them, in place of what a history holds of them.
func replaceIssues(ctx context.Context, tx *db.Tx, tables []db.Table, h *agile.History, ids []int64) error {
	issues, err := readIssues(ctx, tx, tables, db.Numbers(ids))
	if err != nil {
		return err
	}
	logs, err := readWorklogs(ctx, tx, tables, db.Numbers(ids))
	if err != nil {
		return err
	}
	h.Issues, h.Worklogs = replaceKnown(h.Issues, issues, ids), replaceLogs(h.Worklogs, logs, ids)
	return nil
}

// replaceKnown returns issues with others in place of those of some ids; all are in ascending order.
func replaceKnown(list, added []*agile.Issue, ids []int64) []*agile.Issue {
	out := make([]*agile.Issue, 0, len(list)+len(added))
	for _, id := range ids {
		n, known := agile.PlaceOf(list, id)
		out, list = append(out, list[:n]...), list[n:]
		if known {
			list = list[1:]
		}
		if len(added) > 0 && added[0].ID == id {
			out, added = append(out, added[0]), added[1:]
		}
	}
	if out = append(out, list...); len(out) == 0 {
		return nil
	}
	return out
}

// replaceLogs returns time logged, in ascending order of ids, with what is logged on some issues replaced. It is the
// given list where nothing of it is another: most changes log no time.
func replaceLogs(list, added []agile.Worklog, ids []int64) []agile.Worklog {
	among := make(map[int64]bool, len(ids))
	for _, id := range ids {
		among[id] = true
	}
	var former []agile.Worklog
	for _, l := range list {
		if among[l.Issue] {
			former = append(former, l)
		}
	}
	if slices.Equal(former, added) {
		return list
	}
	out := make([]agile.Worklog, 0, len(list)-len(former)+len(added))
	for _, l := range list {
		for len(added) > 0 && added[0].ID < l.ID {
			out, added = append(out, added[0]), added[1:]
		}
		if !among[l.Issue] {
			out = append(out, l)
		}
	}
	if out = append(out, added...); len(out) == 0 {
		return nil
	}
	return out
}
