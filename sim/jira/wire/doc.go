// Package wire reads and writes values of JSON as Jira has them: ids as numbers or texts, moments in several forms,
// durations in working weeks.
package wire
