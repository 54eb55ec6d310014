
-- What readers in SQL find: figures of teams as JSON, in rows that are written anew where they differ. The views take
-- them apart; their names and columns are told in docs/sql.md, and stay.
CREATE TABLE view_row (
	team TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
	PRIMARY KEY (team, kind, key)) WITHOUT ROWID;
CREATE VIEW jerem_team AS SELECT team, json_extract(body, '$.as_of') AS as_of, json_extract(body, '$.unit') AS unit
	FROM view_row WHERE kind = 'team';
CREATE VIEW jerem_sprint AS SELECT team, json_extract(body, '$.id') AS sprint_id, json_extract(body, '$.name') AS name,
	json_extract(body, '$.state') AS state, json_extract(body, '$.start') AS started,
	json_extract(body, '$.end') AS planned_end, json_extract(body, '$.complete') AS completed_at,
	json_extract(body, '$.unit') AS unit, json_extract(body, '$.ledger.commitment') AS commitment,
	json_extract(body, '$.ledger.added') AS added, json_extract(body, '$.ledger.removed') AS removed,
	json_extract(body, '$.ledger.reestimated') AS reestimated,
	json_extract(body, '$.ledger.completed') AS ledger_completed,
	json_extract(body, '$.ledger.reopened') AS reopened, json_extract(body, '$.ledger.remaining') AS remaining,
	json_extract(body, '$.completed') AS completed, json_extract(body, '$.completed_outside') AS completed_outside,
	json_extract(body, '$.scope') AS scope, json_extract(body, '$.kept') AS kept,
	json_extract(body, '$.todo.estimate') AS todo, json_extract(body, '$.doing.estimate') AS doing,
	json_extract(body, '$.done.estimate') AS done, json_extract(body, '$.unestimated') AS unestimated,
	json_extract(body, '$.dependency') AS dependencies, json_extract(body, '$.impediments.count') AS impediments,
	json_extract(body, '$.impediments.seconds') AS impediment_seconds,
	json_extract(body, '$.quality.grade') AS grade, json_extract(body, '$.quality.reasons') AS reasons
	FROM view_row WHERE kind = 'sprint';
CREATE VIEW jerem_sprint_event AS SELECT r.team, CAST(r.key AS INTEGER) AS sprint_id, e.key + 1 AS number,
	json_extract(e.value, '$.time') AS time, json_extract(e.value, '$.issue') AS issue,
	json_extract(e.value, '$.kind') AS kind, json_extract(e.value, '$.delta') AS delta,
	json_extract(e.value, '$.remaining') AS remaining
	FROM view_row r, json_each(r.body) e WHERE r.kind = 'sprint event';
CREATE VIEW jerem_epic AS SELECT r.team, r.key AS quarter, json_extract(e.value, '$.key') AS epic,
	json_extract(e.value, '$.summary') AS summary, json_extract(e.value, '$.initiative') AS initiative,
	json_extract(e.value, '$.total') AS total, json_extract(e.value, '$.done') AS done,
	json_extract(e.value, '$.doing') AS doing, json_extract(e.value, '$.todo') AS todo,
	json_extract(e.value, '$.issues') AS issues, json_extract(e.value, '$.unestimated') AS unestimated,
	json_extract(e.value, '$.dependency') AS dependencies, json_extract(e.value, '$.carried_over') AS carried_over
	FROM view_row r, json_each(r.body) e WHERE r.kind = 'epic';
CREATE VIEW jerem_impediment AS SELECT r.team, CAST(r.key AS INTEGER) AS sprint_id,
	json_extract(e.value, '$.key') AS issue, json_extract(e.value, '$.summary') AS summary,
	json_extract(e.value, '$.natures') AS natures, json_extract(e.value, '$.seconds') AS seconds,
	json_extract(e.value, '$.state') AS state
	FROM view_row r, json_each(r.body) e WHERE r.kind = 'impediment';
CREATE VIEW jerem_series AS SELECT r.team, json_extract(r.body, '$.class') AS class,
	json_extract(r.body, '$.labels') AS labels, json_extract(e.value, '$[0]') AS time_us,
	CASE WHEN json_type(e.value, '$[1]') IN ('integer', 'real') THEN json_extract(e.value, '$[1]') END AS value,
	CASE WHEN json_type(e.value, '$[1]') = 'text' THEN json_extract(e.value, '$[1]') END AS text
	FROM view_row r, json_each(r.body, '$.points') e WHERE r.kind = 'series';
