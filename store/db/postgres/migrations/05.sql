-- What readers in SQL find: figures of teams as JSON, in rows that are written anew where they differ. The views take
-- them apart; their names and columns are told in docs/sql.md, and stay.
CREATE TABLE view_row (
	team TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL, body TEXT NOT NULL, PRIMARY KEY (team, kind, key));
CREATE VIEW jerem_team AS SELECT team, CAST(b ->> 'as_of' AS timestamptz) AS as_of, b ->> 'unit' AS unit
	FROM view_row, CAST(body AS json) b WHERE kind = 'team';
CREATE VIEW jerem_sprint AS SELECT team, CAST(b ->> 'id' AS bigint) AS sprint_id, b ->> 'name' AS name,
	b ->> 'state' AS state, CAST(b ->> 'start' AS timestamptz) AS started,
	CAST(b ->> 'end' AS timestamptz) AS planned_end, CAST(b ->> 'complete' AS timestamptz) AS completed_at,
	b ->> 'unit' AS unit, CAST(b #>> '{ledger,commitment}' AS double precision) AS commitment,
	CAST(b #>> '{ledger,added}' AS double precision) AS added,
	CAST(b #>> '{ledger,removed}' AS double precision) AS removed,
	CAST(b #>> '{ledger,reestimated}' AS double precision) AS reestimated,
	CAST(b #>> '{ledger,completed}' AS double precision) AS ledger_completed,
	CAST(b #>> '{ledger,reopened}' AS double precision) AS reopened,
	CAST(b #>> '{ledger,remaining}' AS double precision) AS remaining,
	CAST(b ->> 'completed' AS double precision) AS completed,
	CAST(b ->> 'completed_outside' AS double precision) AS completed_outside,
	CAST(b ->> 'scope' AS double precision) AS scope, CAST(b ->> 'kept' AS double precision) AS kept,
	CAST(b #>> '{todo,estimate}' AS double precision) AS todo,
	CAST(b #>> '{doing,estimate}' AS double precision) AS doing,
	CAST(b #>> '{done,estimate}' AS double precision) AS done, CAST(b ->> 'unestimated' AS bigint) AS unestimated,
	CAST(b ->> 'dependency' AS bigint) AS dependencies, CAST(b #>> '{impediments,count}' AS bigint) AS impediments,
	CAST(b #>> '{impediments,seconds}' AS bigint) AS impediment_seconds,
	b #>> '{quality,grade}' AS grade, b #>> '{quality,reasons}' AS reasons
	FROM view_row, CAST(body AS json) b WHERE kind = 'sprint';
CREATE VIEW jerem_sprint_event AS SELECT r.team, CAST(r.key AS bigint) AS sprint_id, e.number,
	CAST(e.value ->> 'time' AS timestamptz) AS time, e.value ->> 'issue' AS issue, e.value ->> 'kind' AS kind,
	CAST(e.value ->> 'delta' AS double precision) AS delta,
	CAST(e.value ->> 'remaining' AS double precision) AS remaining
	FROM view_row r, json_array_elements(CAST(r.body AS json)) WITH ORDINALITY AS e(value, number)
	WHERE r.kind = 'sprint event';
CREATE VIEW jerem_epic AS SELECT r.team, r.key AS quarter, e.value ->> 'key' AS epic, e.value ->> 'summary' AS summary,
	e.value ->> 'initiative' AS initiative, CAST(e.value ->> 'total' AS double precision) AS total,
	CAST(e.value ->> 'done' AS double precision) AS done, CAST(e.value ->> 'doing' AS double precision) AS doing,
	CAST(e.value ->> 'todo' AS double precision) AS todo, CAST(e.value ->> 'issues' AS bigint) AS issues,
	CAST(e.value ->> 'unestimated' AS bigint) AS unestimated, CAST(e.value ->> 'dependency' AS bigint) AS dependencies,
	CAST(CAST(e.value ->> 'carried_over' AS boolean) AS integer) AS carried_over
	FROM view_row r, json_array_elements(CAST(r.body AS json)) AS e(value) WHERE r.kind = 'epic';
CREATE VIEW jerem_impediment AS SELECT r.team, CAST(r.key AS bigint) AS sprint_id, e.value ->> 'key' AS issue,
	e.value ->> 'summary' AS summary, e.value ->> 'natures' AS natures,
	CAST(e.value ->> 'seconds' AS bigint) AS seconds, e.value ->> 'state' AS state
	FROM view_row r, json_array_elements(CAST(r.body AS json)) AS e(value) WHERE r.kind = 'impediment';
CREATE VIEW jerem_series AS SELECT r.team, CAST(r.body AS json) ->> 'class' AS class,
	CAST(r.body AS json) ->> 'labels' AS labels, CAST(e.value ->> 0 AS bigint) AS time_us,
	CASE WHEN json_typeof(e.value -> 1) = 'number' THEN CAST(e.value ->> 1 AS double precision) END AS value,
	CASE WHEN json_typeof(e.value -> 1) = 'string' THEN e.value ->> 1 END AS text
	FROM view_row r, json_array_elements(CAST(r.body AS json) -> 'points') AS e(value) WHERE r.kind = 'series';
