-- What changed the past of a team after the fact: issues deleted or matched otherwise, time logged that was corrected
-- or deleted, sprints deleted. id is the issue or the sprint, found the reading that found it, body the rest as JSON.
CREATE TABLE past_change (team TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, id BIGINT NOT NULL,
	found BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (team, kind, id, found));
CREATE INDEX past_change_id ON past_change (id);
