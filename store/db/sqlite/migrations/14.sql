
ALTER TABLE issue ADD COLUMN types TEXT NOT NULL DEFAULT '';
UPDATE issue SET types = coalesce((SELECT group_concat(type, ' ') FROM (
	SELECT DISTINCT json_extract(e.value, '$[3]') AS type FROM timeline t, json_each(t.events) e
	WHERE t.issue = issue.id AND json_extract(e.value, '$[0]') = 'type' ORDER BY type)), '')
	WHERE (SELECT json_valid(events) FROM timeline WHERE issue = issue.id);
DROP INDEX issue_of_project;
CREATE INDEX issue_of_project ON issue (project, types);
