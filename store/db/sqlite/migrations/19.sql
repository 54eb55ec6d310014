-- Amounts of work are REAL in every row: whole ones were INTEGER, so that a quotient of two of them was cut off.
DROP VIEW jerem_sprint;
DROP VIEW jerem_sprint_event;
DROP VIEW jerem_epic;
DROP VIEW jerem_series;
CREATE VIEW jerem_sprint AS SELECT team, json_extract(body, '$.id') AS sprint_id,
	json_extract(body, '$.name') AS name, json_extract(body, '$.state') AS state,
	json_extract(body, '$.start') AS started, json_extract(body, '$.end') AS planned_end,
	json_extract(body, '$.complete') AS completed_at, json_extract(body, '$.unit') AS unit,
	CAST(json_extract(body, '$.ledger.commitment') AS REAL) AS commitment,
	CAST(json_extract(body, '$.ledger.added') AS REAL) AS added,
	CAST(json_extract(body, '$.ledger.removed') AS REAL) AS removed,
	CAST(json_extract(body, '$.ledger.reestimated') AS REAL) AS reestimated,
	CAST(json_extract(body, '$.ledger.completed') AS REAL) AS ledger_completed,
	CAST(json_extract(body, '$.ledger.reopened') AS REAL) AS reopened,
	CAST(json_extract(body, '$.ledger.remaining') AS REAL) AS remaining,
	CAST(json_extract(body, '$.completed') AS REAL) AS completed,
	CAST(json_extract(body, '$.completed_outside') AS REAL) AS completed_outside,
	CAST(json_extract(body, '$.scope') AS REAL) AS scope, CAST(json_extract(body, '$.kept') AS REAL) AS kept,
	CAST(json_extract(body, '$.todo.estimate') AS REAL) AS todo,
	CAST(json_extract(body, '$.doing.estimate') AS REAL) AS doing,
	CAST(json_extract(body, '$.done.estimate') AS REAL) AS done, json_extract(body, '$.unestimated') AS unestimated,
	json_extract(body, '$.dependency') AS dependencies, json_extract(body, '$.impediments.count') AS impediments,
	json_extract(body, '$.impediments.seconds') AS impediment_seconds, json_extract(body, '$.quality.grade') AS grade,
	json_extract(body, '$.quality.reasons') AS reasons
	FROM view_row WHERE kind = 'sprint';
CREATE VIEW jerem_sprint_event AS SELECT r.team, CAST(r.key AS INTEGER) AS sprint_id, e.key + 1 AS number,
	json_extract(e.value, '$.time') AS time, json_extract(e.value, '$.issue') AS issue,
	json_extract(e.value, '$.kind') AS kind, CAST(json_extract(e.value, '$.delta') AS REAL) AS delta,
	CAST(json_extract(e.value, '$.remaining') AS REAL) AS remaining
	FROM view_row r, json_each(r.body) e WHERE r.kind = 'sprint event';
CREATE VIEW jerem_epic AS SELECT r.team, r.key AS quarter, json_extract(e.value, '$.key') AS epic,
	json_extract(e.value, '$.summary') AS summary, json_extract(e.value, '$.initiative') AS initiative,
	CAST(json_extract(e.value, '$.total') AS REAL) AS total, CAST(json_extract(e.value, '$.done') AS REAL) AS done,
	CAST(json_extract(e.value, '$.doing') AS REAL) AS doing, CAST(json_extract(e.value, '$.todo') AS REAL) AS todo,
	json_extract(e.value, '$.issues') AS issues, json_extract(e.value, '$.unestimated') AS unestimated,
	json_extract(e.value, '$.dependency') AS dependencies, json_extract(e.value, '$.carried_over') AS carried_over
	FROM view_row r, json_each(r.body) e WHERE r.kind = 'epic';
CREATE VIEW jerem_series AS SELECT r.team, json_extract(r.body, '$.class') AS class,
	json_extract(r.body, '$.labels') AS labels, json_extract(e.value, '$[0]') AS time_us,
	CASE WHEN json_type(e.value, '$[1]') IN ('integer', 'real')
		THEN CAST(json_extract(e.value, '$[1]') AS REAL) END AS value,
	CASE WHEN json_type(e.value, '$[1]') = 'text' THEN json_extract(e.value, '$[1]') END AS text
	FROM view_row r, json_each(r.body, '$.points') e WHERE r.kind = 'series';
