
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
