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
