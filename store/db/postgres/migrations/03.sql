-- An epic that an issue names by its key alone, as on Data Center, is joined to the issue that has, or had, that key.
CREATE TABLE epic_link (key TEXT COLLATE "C" NOT NULL, child BIGINT NOT NULL, PRIMARY KEY (key, child));
CREATE INDEX epic_link_child ON epic_link (child, key);
CREATE TABLE epic_key (key TEXT COLLATE "C" NOT NULL, issue BIGINT NOT NULL, PRIMARY KEY (key, issue));
CREATE INDEX epic_key_issue ON epic_key (issue, key);
CREATE VIEW relation (parent, child) AS SELECT parent, child FROM link
	UNION ALL SELECT k.issue, l.child FROM epic_link l JOIN epic_key k ON k.key = l.key;
INSERT INTO epic_link SELECT DISTINCT lower(e.value ->> 3), t.issue
	FROM timeline t CROSS JOIN json_array_elements(CAST(t.events AS json)) e
	WHERE e.value ->> 0 = 'epiclink' AND e.value ->> 3 ~ '[^0-9]';
INSERT INTO epic_key SELECT DISTINCT lower(e.value ->> 3), t.issue
	FROM timeline t CROSS JOIN json_array_elements(CAST(t.events AS json)) e
	WHERE e.value ->> 0 = 'key' AND e.value ->> 3 <> '' AND NOT EXISTS (
		SELECT 1 FROM (SELECT DISTINCT ON (o.value ->> 0) o.value ->> 0 AS field, o.value ->> 3 AS value
			FROM json_array_elements(CAST(t.events AS json)) WITH ORDINALITY AS o(value, place)
			WHERE o.value ->> 0 IN ('parent', 'epiclink') ORDER BY o.value ->> 0, o.place DESC) latest
		WHERE field = 'parent' AND latest.value <> '0' OR field = 'epiclink' AND latest.value <> '');
UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT)
	WHERE name = 'version' AND EXISTS (SELECT 1 FROM epic_link);
UPDATE generation SET complete = CASE WHEN complete = value THEN v.now ELSE complete END,
	value = v.now, rest = v.now, scope = v.now
	FROM (SELECT CAST(m.value AS BIGINT) AS now FROM meta m WHERE m.name = 'version') v
	WHERE EXISTS (SELECT 1 FROM epic_link);
