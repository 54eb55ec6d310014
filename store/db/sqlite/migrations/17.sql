
-- An epic that an issue names by its key alone, as on Data Center, is joined to the issue that has, or had, that key.
CREATE TABLE epic_link (key TEXT NOT NULL, child INTEGER NOT NULL, PRIMARY KEY (key, child)) WITHOUT ROWID;
CREATE INDEX epic_link_child ON epic_link (child, key);
CREATE TABLE epic_key (key TEXT NOT NULL, issue INTEGER NOT NULL, PRIMARY KEY (key, issue)) WITHOUT ROWID;
CREATE INDEX epic_key_issue ON epic_key (issue, key);
CREATE VIEW relation (parent, child) AS SELECT parent, child FROM link
	UNION ALL SELECT k.issue, l.child FROM epic_link l JOIN epic_key k ON k.key = l.key;
INSERT INTO epic_link SELECT DISTINCT lower(json_extract(e.value, '$[3]')), t.issue
	FROM (SELECT issue, events FROM timeline WHERE json_valid(events)) t, json_each(t.events) e
	WHERE json_extract(e.value, '$[0]') = 'epiclink' AND json_extract(e.value, '$[3]') GLOB '*[^0-9]*';
INSERT INTO epic_key SELECT DISTINCT lower(json_extract(e.value, '$[3]')), t.issue
	FROM (SELECT issue, events FROM timeline WHERE json_valid(events)) t, json_each(t.events) e
	WHERE json_extract(e.value, '$[0]') = 'key' AND json_extract(e.value, '$[3]') <> '' AND NOT EXISTS (
		SELECT 1 FROM (SELECT json_extract(o.value, '$[0]') AS field, json_extract(o.value, '$[3]') AS value,
			row_number() OVER (PARTITION BY json_extract(o.value, '$[0]') ORDER BY o.key DESC) AS place
			FROM json_each(t.events) o)
		WHERE place = 1 AND (field = 'parent' AND value <> '0' OR field = 'epiclink' AND value <> ''));
UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
	WHERE name = 'version' AND EXISTS (SELECT 1 FROM epic_link);
UPDATE generation SET complete = CASE WHEN complete = value THEN v.now ELSE complete END,
	value = v.now, rest = v.now, scope = v.now
	FROM (SELECT CAST(m.value AS INTEGER) AS now FROM meta m WHERE m.name = 'version') v
	WHERE EXISTS (SELECT 1 FROM epic_link);
