package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"jerem/problem"
	"jerem/store/db"
)

const mismatchHint = "Run jerem rebuild; where that does not help, restore the database from a backup."

// remedies are what the server's errors mean for the store, by the code of the error, or by its class of two digits:
// see the appendix "PostgreSQL Error Codes" of its manual. The server's own words follow the message.
var remedies = map[string]struct {
	code          problem.Code
	message, hint string
}{
	"08": {db.Unreachable, "the connection was lost",
		"Look at the server and the network."},
	"28": {db.Unreachable, "the server refuses the login", "Check role and password in store.url, and pg_hba.conf."},
	"3D000": {db.Unreachable, "there is no such database",
		"Create it: CREATE DATABASE jerem OWNER jerem; or correct store.url."},
	"42501": {db.Unwritable, "the role may not do that",
		"Give it a database of its own (CREATE DATABASE jerem OWNER jerem), or GRANT USAGE, CREATE on its schema."},
	"22": {db.Mismatch, "it holds a value that nobody of us wrote", mismatchHint},
	"25006": {db.Unwritable, "the server only reads",
		"Name the primary server in store.url, not a standby; where it is the primary, look at " +
			"default_transaction_read_only."},
	"53100": {db.Full, "the disk of the server is full",
		"Make room; what was kept before is safe."},
	"53300": {db.Unreachable, "the server takes no more connections",
		"Raise what its words name: max_connections of the server, or CONNECTION LIMIT of the role or the database."},
	"53":  {db.Unreachable, "the server has not enough resources", "Look at its memory and its limits."},
	"57P": {db.Unreachable, "the server is stopped or just starts", "Look at the server."},
	"25P03": {db.Locked, "the write was held up for too long, and given up",
		"Nothing of it stays; try again in a moment."},
	"58": {db.Unwritable, "its disk fails", "Look at the server's disk and log."},
	"XX001": {db.Damaged, "a page of it is damaged",
		"Restore the database from a backup, or drop it: everything is read again from Jira."},
	"XX002": {db.Damaged, "an index of it is damaged", "Run REINDEX DATABASE, then jerem collect."},
}

// problemOf makes a problem of what the server or the driver says of a store.
func problemOf(place string, err error) error {
	told := ProblemOf("store "+place, err)
	var known *problem.Problem
	if told == nil || errors.As(told, &known) || errors.Is(told, context.Canceled) {
		return told
	}
	return fmt.Errorf("store %s: %w", place, told)
}

// ProblemOf makes a problem of what the server or the driver says of what is kept there, which the subject names. What
// is a problem already, and what they do not say, comes back as it is.
func ProblemOf(subject string, err error) error {
	var own *problem.Problem
	var told *pgconn.PgError
	var unread pgx.ScanArgError
	switch {
	case err == nil || errors.As(err, &own) || errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &told):
		return toldProblem(subject, told, err)
	case errors.Is(err, db.ErrMismatch) || errors.As(err, &unread):
		return &problem.Problem{Code: db.Mismatch, Cause: err,
			Message: subject + ": holds rows that cannot be read: something else changed them",
			Hint:    mismatchHint}
	case secrecyDetail(err) != "":
		return &problem.Problem{Code: db.Unreachable, Cause: err,
			Message: subject + ": the server answers, and no secret connection to it comes about: " +
				secrecyDetail(err),
			Hint: "Correct sslmode and sslrootcert in store.url, or the server's certificate."}
	case isNetwork(err):
		return &problem.Problem{Code: db.Unreachable, Cause: err,
			Message: subject + ": the server cannot be reached" + networkDetail(err),
			Hint:    "Check host and port in store.url, and that the server runs."}
	}
	return err
}

// SchemaProblem tells that a schema, which the subject names, could not be made; any error but the server's comes back
// as it is.
func SchemaProblem(subject, schema string, err error) error {
	var told *pgconn.PgError
	if !errors.As(err, &told) {
		return err
	}
	return &problem.Problem{Code: db.Unwritable, Cause: err,
		Message: fmt.Sprintf("%s: it cannot be made (%s)", subject, told.Message),
		Hint: "Where the role of store.url may make none, have the owner of the database make it: CREATE SCHEMA " +
			schema + " AUTHORIZATION ROLE."}
}

// toldProblem makes a problem of an error that the server told.
func toldProblem(subject string, told *pgconn.PgError, err error) error {
	for _, length := range []int{5, 3, 2} {
		known, ok := remedies[told.Code[:min(length, len(told.Code))]]
		if ok {
			return &problem.Problem{Code: known.code, Hint: known.hint, Cause: err,
				Message: fmt.Sprintf("%s: %s (%s)", subject, known.message, told.Message)}
		}
	}
	return err
}

// isNetwork tells whether an error is of the way to the server.
func isNetwork(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.Is(err, errConnectionLost) || isSilence(err) || errors.As(err, &connect) ||
		errors.As(err, &network) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		strings.Contains(err.Error(), "unexpected EOF")
}

// isSilence tells whether an error is of a server that answers nothing.
func isSilence(err error) bool { return errors.Is(err, errUnanswered) || errors.Is(err, errNoneFree) }

// secrecyDetail tells why a server that answers is not trusted, or takes no TLS; "" where it is something else. The
// driver tells the second by a text alone.
func secrecyDetail(err error) string {
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &untrusted):
		return untrusted.Err.Error()
	case strings.Contains(err.Error(), "server refused TLS connection"):
		return "it takes no TLS, and sslmode wants it"
	}
	return ""
}

// networkDetail is what the network says of itself, without the words of the driver around it.
func networkDetail(err error) string {
	if isSilence(err) {
		return ": " + err.Error()
	}
	var operation *net.OpError
	if errors.As(err, &operation) {
		return ": " + operation.Err.Error()
	}
	return ""
}
