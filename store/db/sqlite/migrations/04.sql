
CREATE TABLE gap (
	team TEXT NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, subject TEXT NOT NULL, issue INTEGER NOT NULL, key TEXT NOT NULL,
	since INTEGER NOT NULL, PRIMARY KEY (team, source, code, subject, issue)) WITHOUT ROWID;
CREATE INDEX gap_issue ON gap (issue);
INSERT INTO gap SELECT t.name, 'issues', 'unreadable', '', u.issue, u.key, t.until FROM unreadable u JOIN team t
	ON u.key LIKE t.project || '-%';
DROP TABLE unreadable;
CREATE INDEX issue_project_issue ON issue_project (issue);
CREATE INDEX team_other_issue ON team_other (issue);
CREATE INDEX team_match_issue ON team_match (issue);
CREATE INDEX team_impeded_issue ON team_impeded (issue);
CREATE INDEX issue_of_project ON issue (project);
CREATE TABLE team_sprint (team TEXT NOT NULL, sprint INTEGER NOT NULL, PRIMARY KEY (team, sprint)) WITHOUT ROWID;
