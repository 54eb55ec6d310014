package jira

import (
	"context"

	"jerem/jira/transport"
)

// Config says where a Jira is and how to ask it.
type Config = transport.Config

// OAuth is the credential of a service account.
type OAuth = transport.OAuth

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

// LimitedBy tells how often answers had requests rest by a limit, and how long.
type LimitedBy = transport.LimitedBy

// Once returns a context whose requests are not repeated where Jira fails: for one who asks in another way then. A rate
// limit is waited for all the same.
func Once(ctx context.Context) context.Context { return transport.Once(ctx) }
