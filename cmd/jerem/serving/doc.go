// Package serving holds the commands that run until they are stopped: serve, demo and sim. The demo is sim and serve in
// one process: a company that package sim/world plays, read and shown like any other.
//
// The way of serve: the configuration becomes an instance (cmd/jerem/setup), the address of the pages is checked before
// anything is read, and then three things run side by side until the context ends: the bot's cycles, the server of
// pages and API, and what else has a clock of its own (messages of on-call, digests). Cycles that end for a fault are
// told in the log, and pages go on with what is kept.
//
//	err := serving.Serve{Listen: "127.0.0.1:8080"}.Run(e) // nil after SIGTERM
//
// Pages are open before the store is checked and before anything was read; what is not known yet says so. Among
// several instances on one PostgreSQL leases decide who does what (leases.go); all of them serve.
//
// An example: --listen 8080 is a wrong use and told before the store is opened; --listen :8080 serves all interfaces,
// where the check of the address says what that needs.
package serving
