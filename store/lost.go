package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"jerem/agile"
)

// lostPasts selects, for each table that keeps a past which Jira does not tell again, the teams that lose by damaged
// rows; ?1 is the list of their keys. What the next reading brings back by itself is no loss: a sprint that the team's
// board lists, and a field's present name. All else is read again as of now, and no less is known than a new store
// would know.
var lostPasts = map[string]struct {
	source  agile.Source
	subject string
	teams   string
}{
	"sprint": {agile.SourceSprints, "former versions", `SELECT DISTINCT team AS name FROM team_sprint
		WHERE EXISTS (SELECT 1 FROM json_each(?1) WHERE substr(value, 1, instr(value, ',') - 1) = CAST(sprint AS TEXT))`},
	"team_sprint": {agile.SourceSprints, "those of former boards", `SELECT t.name FROM team t, json_each(?1) k
		WHERE substr(k.value, 1, length(quote(t.name)) + 1) = quote(t.name) || ',' AND NOT EXISTS
			(SELECT 1 FROM board_sprint b WHERE b.board = t.board AND k.value = quote(t.name) || ',' || b.sprint)`},
	"team_impeded": {agile.SourceScope, "which issues matched the impediment query", `SELECT t.name FROM team t, json_each(?1) k
		WHERE substr(k.value, 1, length(quote(t.name)) + 1) = quote(t.name) || ','`},
	"field_name": {agile.SourceFields, "", `SELECT t.name FROM team t, json_each(?1) k
		WHERE NOT EXISTS (SELECT 1 FROM field f WHERE k.value = quote(f.id) || ',' || quote(f.name))`},
}

// noteLost notes a gap of each team that loses what it knew of the past by damaged rows of a table. It is called before
// they are taken out.
func noteLost(ctx context.Context, tx *sql.Tx, table string, keys []string) error {
	lost, ok := lostPasts[table]
	if !ok {
		return nil
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO gap (team, source, code, subject, issue, key, since)
		SELECT name, ?2, ?3, ?4, 0, '', until FROM team WHERE name IN (%s) ON CONFLICT DO NOTHING`, lost.teams),
		string(list), string(lost.source), string(agile.GapLost), lost.subject)
	return err
}

// DamageNoted tells of which tables rows were taken out and not read again yet; histories are refused meanwhile.
func (s *Store) DamageNoted(ctx context.Context) (tables []string, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		tables = nil
		query := `SELECT DISTINCT part FROM damaged ORDER BY part`
		return rows(ctx, tx, query, nil, func(scan func(...any) error) error {
			var table string
			err := scan(&table)
			tables = append(tables, table)
			return err
		})
	})
	return tables, err
}
