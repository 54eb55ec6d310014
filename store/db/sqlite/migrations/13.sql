
ALTER TABLE issue ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX issue_changed ON issue (changed);
ALTER TABLE generation ADD COLUMN rest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN settings TEXT NOT NULL DEFAULT '';
UPDATE generation SET rest = value, scope = value, complete = value,
	settings = coalesce((SELECT t.settings FROM team t WHERE t.name = team), '');
