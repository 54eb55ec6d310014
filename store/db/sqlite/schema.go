package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"jerem/problem"
	"jerem/store/db"
)

// migrations make the schema of each version out of the one before. They are only ever added to: a file that
// passed a version never meets it again. TestFrozenMigrations holds each to what it was when it was released.
//
// Versions 1 and 2 were released in two forms each, without and with the tables posted and field_name; version 6
// brings both forms together.
var migrations = []string{`
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('version', '1'), ('zone', '');

CREATE TABLE issue (
	id INTEGER PRIMARY KEY, project TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
	broken INTEGER NOT NULL, raw BLOB, raw_version INTEGER NOT NULL);
CREATE TABLE event (
	project TEXT NOT NULL, issue INTEGER NOT NULL, seq INTEGER NOT NULL,
	field TEXT NOT NULL, at INTEGER NOT NULL, ord INTEGER NOT NULL, value TEXT NOT NULL,
	PRIMARY KEY (project, issue, seq)) WITHOUT ROWID;
CREATE TABLE issue_project (project TEXT NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (project, issue)) WITHOUT ROWID;
CREATE TABLE link (parent INTEGER NOT NULL, child INTEGER NOT NULL, PRIMARY KEY (parent, child)) WITHOUT ROWID;
CREATE INDEX link_child ON link (child, parent);
CREATE TABLE worklog (id INTEGER PRIMARY KEY, issue INTEGER NOT NULL, created INTEGER NOT NULL, started INTEGER NOT NULL, seconds INTEGER NOT NULL);
CREATE INDEX worklog_issue ON worklog (issue);

CREATE TABLE status (id TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE status_name (id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id, name)) WITHOUT ROWID;
CREATE TABLE type (id TEXT PRIMARY KEY, name TEXT NOT NULL, level INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE field (id TEXT PRIMARY KEY, name TEXT NOT NULL, number INTEGER NOT NULL, option INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE board (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, estimate TEXT NOT NULL, columns TEXT NOT NULL);
CREATE TABLE board_sprint (board INTEGER NOT NULL, sprint INTEGER NOT NULL, PRIMARY KEY (board, sprint)) WITHOUT ROWID;
CREATE TABLE sprint (
	id INTEGER NOT NULL, seen INTEGER NOT NULL, origin INTEGER NOT NULL, name TEXT NOT NULL, goal TEXT NOT NULL, state TEXT NOT NULL,
	start INTEGER NOT NULL, planned INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (id, seen)) WITHOUT ROWID;

CREATE TABLE team (
	name TEXT PRIMARY KEY, project TEXT NOT NULL, project_id TEXT NOT NULL, board INTEGER NOT NULL, until INTEGER NOT NULL,
	filtered INTEGER NOT NULL, settings TEXT NOT NULL, behind INTEGER NOT NULL, why TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE team_other (team TEXT NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (team, issue)) WITHOUT ROWID;
CREATE TABLE team_match (team TEXT NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (team, issue)) WITHOUT ROWID;
CREATE TABLE team_impeded (team TEXT NOT NULL, issue INTEGER NOT NULL, at INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (team, issue, at)) WITHOUT ROWID;
CREATE TABLE cursor (sink TEXT NOT NULL, team TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sink, team)) WITHOUT ROWID;
`, `
ALTER TABLE issue ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
`, `
CREATE TABLE unreadable (issue INTEGER PRIMARY KEY, key TEXT NOT NULL, why TEXT NOT NULL);
`, `
CREATE TABLE gap (
	team TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, subject TEXT NOT NULL, issue INTEGER NOT NULL, key TEXT NOT NULL,
	since INTEGER NOT NULL, PRIMARY KEY (team, source, code, subject, issue)) WITHOUT ROWID;
CREATE INDEX gap_issue ON gap (issue);
INSERT INTO gap SELECT t.name, 'issues', 'unreadable', '', u.issue, u.key, t.until FROM unreadable u JOIN team t
	ON u.key LIKE t.project || '-%';
DROP TABLE unreadable;
CREATE INDEX issue_project_issue ON issue_project (issue);
CREATE INDEX team_other_issue ON team_other (issue);
CREATE INDEX team_match_issue ON team_match (issue);
CREATE INDEX team_impeded_issue ON team_impeded (issue);
CREATE INDEX issue_of_project ON issue (project);
CREATE TABLE team_sprint (team TEXT NOT NULL, sprint INTEGER NOT NULL, PRIMARY KEY (team, sprint)) WITHOUT ROWID;
`, `
ALTER TABLE issue ADD COLUMN joints TEXT NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN resolved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issue ADD COLUMN recategorized INTEGER NOT NULL DEFAULT 0;
`, `
CREATE TABLE IF NOT EXISTS posted (sink TEXT NOT NULL, team TEXT NOT NULL, series BLOB NOT NULL, PRIMARY KEY (sink, team));
CREATE TABLE IF NOT EXISTS field_name (id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id, name)) WITHOUT ROWID;
`, `
CREATE TABLE row_sum (part TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (part, key)) WITHOUT ROWID;
CREATE TABLE damaged (part TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (part, team)) WITHOUT ROWID;
`, `
CREATE TABLE sink_series (
	id INTEGER PRIMARY KEY, sink TEXT NOT NULL, team TEXT NOT NULL, key TEXT NOT NULL,
	taken TEXT NOT NULL, taken_step INTEGER NOT NULL, taken_until INTEGER NOT NULL,
	tried TEXT NOT NULL, tried_step INTEGER NOT NULL, tried_until INTEGER NOT NULL, through INTEGER NOT NULL,
	UNIQUE (sink, team, key));
CREATE TABLE sink_pieces (series INTEGER NOT NULL, digest TEXT NOT NULL, pieces BLOB NOT NULL, PRIMARY KEY (series, digest));
CREATE TABLE sink_owed (
	series INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, since INTEGER NOT NULL,
	PRIMARY KEY (series, first, last)) WITHOUT ROWID;
CREATE TABLE sink_bound (sink TEXT PRIMARY KEY, past INTEGER NOT NULL, future INTEGER NOT NULL) WITHOUT ROWID;
`, `
INSERT INTO team_sprint SELECT t.name, b.sprint FROM team t JOIN board_sprint b ON b.board = t.board
	WHERE EXISTS (SELECT 1 FROM sprint s WHERE s.id = b.sprint AND s.origin = t.board)
	OR NOT EXISTS (SELECT 1 FROM sprint s JOIN board_sprint o ON o.sprint = s.id AND o.board = t.board WHERE s.origin = t.board);
`, `
CREATE TABLE generation (team TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO generation SELECT name, (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'version') FROM team;
`, `
CREATE TABLE document (issue INTEGER PRIMARY KEY, version INTEGER NOT NULL, raw BLOB NOT NULL);
INSERT INTO document SELECT id, raw_version, raw FROM issue WHERE raw IS NOT NULL;
CREATE TABLE timeline (issue INTEGER PRIMARY KEY, events TEXT NOT NULL);
INSERT INTO timeline SELECT e.issue, '[' || group_concat(json_array(e.field, e.at, e.ord, e.value), ',' ORDER BY e.seq) || ']'
	FROM event e JOIN issue i ON i.id = e.issue AND i.project = e.project GROUP BY e.issue;
DROP TABLE event;
ALTER TABLE issue DROP COLUMN raw;
ALTER TABLE issue DROP COLUMN raw_version;
CREATE INDEX issue_read ON issue (read);
CREATE INDEX gap_subject ON gap (source, code, subject);
CREATE INDEX team_sprint_sprint ON team_sprint (sprint);
`, `
CREATE TABLE version (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
`, `
ALTER TABLE issue ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX issue_changed ON issue (changed);
ALTER TABLE generation ADD COLUMN rest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN settings TEXT NOT NULL DEFAULT '';
UPDATE generation SET rest = value, scope = value, complete = value,
	settings = coalesce((SELECT t.settings FROM team t WHERE t.name = team), '');
`, `
ALTER TABLE issue ADD COLUMN types TEXT NOT NULL DEFAULT '';
UPDATE issue SET types = coalesce((SELECT group_concat(type, ' ') FROM (
	SELECT DISTINCT json_extract(e.value, '$[3]') AS type FROM timeline t, json_each(t.events) e
	WHERE t.issue = issue.id AND json_extract(e.value, '$[0]') = 'type' ORDER BY type)), '')
	WHERE (SELECT json_valid(events) FROM timeline WHERE issue = issue.id);
DROP INDEX issue_of_project;
CREATE INDEX issue_of_project ON issue (project, types);
`}

func schemaVersion(ctx context.Context, pool *sql.DB) (version int, err error) {
	err = pool.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version)
	return version, err
}

// checkVersion refuses a file of another version than this one.
func checkVersion(path string, version int) error {
	switch {
	case version > len(migrations):
		return &problem.Problem{Code: db.Newer, Message: fmt.Sprintf("store %s: a newer jerem wrote it", path),
			Hint: "Run the newer version, or set another store.path."}
	case version < len(migrations):
		return &problem.Problem{Code: db.NotAStore, Hint: "Run jerem collect first.",
			Message: fmt.Sprintf("store %s: it holds nothing yet, or is of an older version", path)}
	}
	return nil
}

// migrateFile brings the file to the present version, all of it or nothing.
func migrateFile(s *Database, ctx context.Context) error {
	if err := checkOurs(ctx, s.path, s.write); err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.write)
	if err != nil {
		return err
	}
	if version > len(migrations) {
		return checkVersion(s.path, version)
	}
	if version < len(migrations) {
		if err := migrateFrom(s, ctx, version); err != nil {
			return err
		}
	}
	return stampFile(ctx, s.write)
}

// presentForm is the version from which on documents and timelines are rows of their own, each with its checksum. Files
// before it are told in older.go.
const presentForm = 11

// migrateFrom runs the migrations after a version, once the pages of the file are sound. In a file from before
// presentForm what does not match is taken out, and all rows get new checksums. Else what does not match is found by
// the next reading as before.
func migrateFrom(s *Database, ctx context.Context, version int) error {
	if version > 0 {
		if err := soundOrReindexed(ctx, s.path, s.write); err != nil {
			return err
		}
	}
	started, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer started.Rollback()
	if version < presentForm {
		if err := takeOutOlderDamage(ctx, started); err != nil {
			return err
		}
	}
	before, err := tablesOf(ctx, started)
	if err != nil {
		return err
	}
	var found db.Findings
	if version >= presentForm {
		if found, err = db.CompareTables(ctx, db.NewTx(started, nil), before); err != nil {
			return err
		}
	}
	for _, migration := range migrations[version:] {
		if _, err := started.ExecContext(ctx, migration); err != nil {
			return err
		}
	}
	if err := stampVersion(ctx, started); err != nil {
		return err
	}
	tables, err := tablesOf(ctx, started)
	if err != nil {
		return err
	}
	if version < presentForm {
		err = writeAllSums(ctx, db.NewTx(started, nil), tables)
	} else {
		err = rewriteSums(ctx, db.NewTx(started, nil), before, tables, found)
	}
	if err != nil {
		return err
	}
	return started.Commit()
}

// stampVersion has the file say that it is ours, and of which version.
func stampVersion(ctx context.Context, tx *sql.Tx) error {
	stamps := fmt.Sprintf(`PRAGMA user_version = %d; PRAGMA application_id = %d`, len(migrations), applicationID)
	_, err := tx.ExecContext(ctx, stamps)
	return err
}

// stampFile has the file say that it is ours.
func stampFile(ctx context.Context, pool *sql.DB) error {
	var id int
	if err := pool.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil || id == applicationID {
		return err
	}
	_, err := pool.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
	return err
}
