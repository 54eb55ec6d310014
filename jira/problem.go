package jira

import (
	"context"
	"errors"
	"fmt"

	"jerem/agile"
	"jerem/jira/transport"
	"jerem/problem"
)

// Config says where a Jira is and how to ask it.
type Config = transport.Config

// Dialect is which of the two kinds of Jira answers.
type Dialect = transport.Dialect

// The two kinds of Jira.
const (
	Cloud      = transport.Cloud
	DataCenter = transport.DataCenter
)

// The kinds of trouble with a Jira, see transport.
const (
	Unreachable     = transport.Unreachable
	NotJira         = transport.NotJira
	Unauthorized    = transport.Unauthorized
	Forbidden       = transport.Forbidden
	NotFound        = transport.NotFound
	BadRequest      = transport.BadRequest
	Gone            = transport.Gone
	Limited         = transport.Limited
	Failing         = transport.Failing
	TooDeep         = transport.TooDeep
	InvalidResponse = transport.InvalidResponse
)

// Once returns a context whose requests are not repeated where Jira fails: for one who asks in another way then. A rate
// limit is waited for all the same.
func Once(ctx context.Context) context.Context { return transport.Once(ctx) }

// GapOf says what is lacking where a source beside the issues (worklogs, boards, sprints, statuses, types) failed with
// an error while others answer: everything else is read all the same. It goes by status and kind of the trouble, never
// by what Jira says. ok is false where nothing answered at all, or the error is no trouble of Jira's.
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
