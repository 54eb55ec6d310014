// Package sprint is the wing of a team's sprint: its page, the account against Jira's own report, and their files.
package sprint
