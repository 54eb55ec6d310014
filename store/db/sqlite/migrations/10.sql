
CREATE TABLE generation (team TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO generation SELECT name, (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'version') FROM team;
