package repair

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/problem"
	"jerem/store/db"
	"jerem/store/encoding"
)

// lostPasts selects, for each table that keeps a past which Jira does not tell again, the teams that lose by damaged
// rows; $1 is the list of their keys. What the next reading brings back by itself is no loss: a sprint that the team's
// board lists, and a field's present name. All else is read again as of now, and no less is known than a new store
// would know.
var lostPasts = map[string]struct {
	source  agile.Source
	subject agile.Subject
	teams   string
}{
	"sprint": {agile.SourceSprints, agile.NewSubject(agile.SubjectSprintVersions),
		`SELECT DISTINCT team AS name FROM team_sprint
		WHERE EXISTS (SELECT 1 FROM json_each($1)
			WHERE substr(value, 1, instr(value, ',') - 1) = CAST(sprint AS TEXT))`},
	"team_sprint": {agile.SourceSprints, agile.NewSubject(agile.SubjectFormerBoardSprints),
		`SELECT t.name FROM team t, json_each($1) k
		WHERE substr(k.value, 1, length(quote(t.name)) + 1) = quote(t.name) || ',' AND NOT EXISTS
			(SELECT 1 FROM board_sprint b WHERE b.board = t.board AND k.value = quote(t.name) || ',' || b.sprint)`},
	"team_impeded": {
		agile.SourceScope,
		agile.NewSubject(agile.SubjectImpededIssues),
		`SELECT t.name FROM team t, json_each($1) k
		WHERE substr(k.value, 1, length(quote(t.name)) + 1) = quote(t.name) || ','`,
	},
	"past_change": {
		agile.SourceScope,
		agile.NewSubject(agile.SubjectPastChanges),
		`SELECT t.name FROM team t, json_each($1) k
		WHERE substr(k.value, 1, length(quote(t.name)) + 1) = quote(t.name) || ','`,
	},
	"field_name": {agile.SourceFields, agile.Subject{}, `SELECT t.name FROM team t, json_each($1) k
		WHERE NOT EXISTS (SELECT 1 FROM field f WHERE k.value = quote(f.id) || ',' || quote(f.name))`},
}

// noteLost notes a gap of each team that loses what it knew of the past by damaged rows of a table. It is called before
// they are taken out.
func noteLost(ctx context.Context, tx *db.Tx, table string, keys []string) error {
	lost, ok := lostPasts[table]
	if !ok {
		return nil
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, fmt.Sprintf(`INSERT INTO gap (team, source, code, subject, issue, key, since)
		SELECT name, $2, $3, $4, 0, '', until FROM team WHERE name IN (%s) ON CONFLICT DO NOTHING`, lost.teams),
		string(list), string(lost.source), string(agile.GapLost), encoding.EncodeSubject(lost.subject))
	return err
}

// Noted tells of which tables rows were taken out and not read again yet; histories are refused meanwhile.
func (s Repair) Noted(ctx context.Context) (tables []string, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		tables = nil
		query := `SELECT DISTINCT part FROM damaged ORDER BY part`
		return tx.Each(ctx, query, nil, func(scan db.Scan) error {
			var table string
			err := scan(&table)
			tables = append(tables, table)
			return err
		})
	})
	return tables, err
}

// Underivable says that something was taken out that no document brings back: now, or of some tables before.
func (s Repair) Underivable(d Damage, noted []string) error {
	what := d.String()
	if what == "" {
		what = strings.Join(noted, ", ")
	}
	return &problem.Problem{Code: db.Mismatch, Hint: "Run jerem collect, or let jerem serve go on.",
		Message: fmt.Sprintf(
			"store %s: rows were damaged and taken out (%s), and only Jira can tell them again",
			s.db.Place(),
			what,
		)}
}
