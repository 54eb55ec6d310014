// Package jira reads a Jira: issues with their whole history, boards, sprints, worklogs. Jira's
// words stop here: what leaves is package agile's, and people are removed before anything leaves.
//
// Cloud and Data Center stand behind the same calls; which one answers, it is asked once.
// docs/jira.md says which requests are made and why.
package jira
