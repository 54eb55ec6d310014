
-- What a gap is of was an English phrase; it is a code with its arguments.
UPDATE gap SET subject = CASE source || ' ' || code
	WHEN 'scope unreadable' THEN CASE subject
		WHEN 'the time zone of the account' THEN json_array('time_zone') ELSE json_array('name', subject) END
	WHEN 'scope lost' THEN CASE subject
		WHEN 'which issues matched the impediment query' THEN json_array('impeded_issues')
		ELSE json_array('name', subject) END
	WHEN 'scope shrunk' THEN CASE
		WHEN subject LIKE '_% matches far fewer issues'
			THEN json_array('filter_collapsed', substr(subject, 1, length(subject) - length(' matches far fewer issues')))
		ELSE json_array('name', subject) END
	WHEN 'board shrunk' THEN CASE
		WHEN subject = 'its configuration is empty' THEN json_array('board_configuration')
		WHEN subject GLOB 'board [0-9]* is not listed' THEN json_array('board_unlisted',
			substr(subject, 7, length(subject) - length('board  is not listed')))
		ELSE json_array('name', subject) END
	WHEN 'board missing' THEN CASE subject
		WHEN 'issues stand in sprints of a board that is not the project''s' THEN json_array('foreign_sprints')
		WHEN 'no issue of the project ever stood in the sprints of this board' THEN json_array('foreign_board')
		ELSE json_array('name', subject) END
	WHEN 'sprints lost' THEN CASE subject
		WHEN 'former versions' THEN json_array('sprint_versions')
		WHEN 'those of former boards' THEN json_array('former_board_sprints')
		ELSE json_array('name', subject) END
	WHEN 'sprints moved' THEN CASE
		WHEN subject GLOB '[0-9]* sprints are the team''s from earlier readings alone'
			THEN json_array('earlier_sprints', substr(subject, 1, instr(subject, ' ') - 1))
		ELSE json_array('name', subject) END
	WHEN 'issues missing' THEN CASE subject
		WHEN 'no issue of the project is listed' THEN json_array('no_issues') ELSE json_array('name', subject) END
	WHEN 'issues shrunk' THEN CASE
		WHEN subject GLOB '[0-9]* of [0-9]* are not listed' THEN json_array('issues_unlisted',
			substr(subject, 1, instr(subject, ' ') - 1),
			substr(subject, instr(subject, ' of ') + 4, instr(subject, ' are ') - instr(subject, ' of ') - 4))
		ELSE json_array('name', subject) END
	WHEN 'worklogs unreadable' THEN CASE
		WHEN subject GLOB '[0-9]* worklogs without an issue'
			THEN json_array('orphaned_worklogs', substr(subject, 1, instr(subject, ' ') - 1))
		WHEN issue <> 0 THEN json_array('worklog', subject)
		ELSE json_array('name', subject) END
	ELSE CASE
		WHEN source = 'sprints' AND code = 'refused' AND subject = 'Jira tells none for this board'
			THEN json_array('board_sprints')
		WHEN source = 'sprints' AND code = 'shrunk' AND subject = 'the board lists none' THEN json_array('sprints_unlisted')
		WHEN source = 'sprints' AND code = 'shrunk' AND subject GLOB 'sprint [0-9]* is gone' THEN json_array('sprint_gone',
			substr(subject, 8, length(subject) - length('sprint  is gone')))
		WHEN source = 'sprints' AND code IN ('shrunk', 'unreadable') AND subject GLOB '?*Date of sprint [0-9]*'
			THEN json_array('sprint_date', substr(subject, 1, instr(subject, ' ') - 1),
				substr(subject, instr(subject, ' of sprint ') + length(' of sprint ')))
		WHEN code = 'refused' AND subject GLOB 'status [0-9]*' THEN json_array('http_status', substr(subject, 8))
		WHEN code = 'refused' AND subject = 'the answer is not Jira''s' THEN json_array('not_jira')
		WHEN code = 'refused' AND subject IN ('unreachable', 'not_jira', 'unauthorized', 'forbidden', 'not_found',
			'bad_request', 'gone', 'rate_limited', 'failing', 'too_deep') THEN json_array('problem', subject)
		ELSE json_array('name', subject) END
	END WHERE subject <> '';
