package access

import "jerem/store/sidefile"

// migrations make the form of a version out of the one before. One that ran on somebody's file is never edited.
var migrations = []string{`
CREATE TABLE token (
	hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL, created INTEGER NOT NULL,
	expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE session (hash TEXT PRIMARY KEY, data BLOB NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires);
CREATE TABLE journal (
	id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, source TEXT NOT NULL,
	args TEXT NOT NULL);
CREATE INDEX journal_at ON journal (at);
CREATE TRIGGER journal_stands BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
`}

// form is that of the file of logins, tokens and the journal; its number reads "JerA".
var form = sidefile.Form{ApplicationID: 0x4a657241, Migrations: migrations}
