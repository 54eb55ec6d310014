package jira

import (
	"errors"
	"fmt"

	"jerem/agile"
	"jerem/problem"
)

// GapOf says what is lacking where a source beside the issues (worklogs, boards, sprints, statuses, types) failed with an
// error while others answer: everything else is read all the same. It goes by status and kind of the trouble, never by what
// Jira says. ok is false where nothing answered at all, or the error is no trouble of Jira's.
func GapOf(err error) (code agile.GapCode, subject string, ok bool) {
	var e *problem.Problem
	if !errors.As(err, &e) {
		return "", "", false
	}
	switch e.Code {
	case Unreachable:
		return "", "", false
	case InvalidResponse, NotJira:
		return agile.GapUnreadable, "an answer that cannot be read", true
	}
	if e.Status == 0 {
		return "", "", false
	}
	return agile.GapRefused, fmt.Sprintf("status %d", e.Status), true
}
