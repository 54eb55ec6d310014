
-- What changed the past of a team after the fact: issues deleted or matched otherwise, time logged that was corrected
-- or deleted, sprints deleted. id is the issue or the sprint, found the reading that found it, body the rest as JSON.
CREATE TABLE past_change (team TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, found INTEGER NOT NULL,
	body TEXT NOT NULL, PRIMARY KEY (team, kind, id, found)) WITHOUT ROWID;
CREATE INDEX past_change_id ON past_change (id);
