// Package web serves the pages and the JSON API. It reads the store and never calls Jira: a page
// shows what is known, and says since when.
//
// routes.go holds every route on one screen; docs/api.md is the contract of the JSON API.
package web

import (
	"jerem/web/source"
	"log/slog"
)

// Server answers for a set of teams out of one store.
type Server struct {
	teams *source.Teams
	log   *slog.Logger
	hosts map[string]bool // names that are answered besides loopback; nil for any

	instance     string // tells the answers of this process from those of another
	answers      answerCache
	computations *computations
	requestSlots chan struct{} // of requests at once
}
