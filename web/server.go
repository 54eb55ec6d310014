// Package web serves the pages and the JSON API. It reads the store and never calls Jira: a page
// shows what is known, and says since when.
//
// routes.go holds every route on one screen; docs/api.md is the contract of the JSON API.
package web

import (
	"context"
	"log/slog"
	"sync"

	"jerem/agile"
	"jerem/measure"
	"jerem/store"
)

// Server answers for a set of teams out of one store.
type Server struct {
	store *store.Store
	teams []agile.Team
	jira  string // base address of Jira, for links
	log   *slog.Logger
	live  func() Live
	hosts map[string]bool // names that are answered besides loopback; nil for any

	mu     sync.Mutex
	cached map[string]*cached
	faults map[string]Trouble // addresses that cannot be answered

	born         string // tells the answers of this process from those of another
	answers      answers
	computations *computations
	places       chan struct{} // of requests at once
}

// cached is a team's history made ready, as of one cycle of reading. Who makes it ready holds the
// lock: others wait instead of doing the same.
type cached struct {
	mu      sync.Mutex
	settled int64
	team    *measure.Team
}

// config finds a configured team by its name.
func (s *Server) config(name string) (agile.Team, error) {
	for _, t := range s.teams {
		if t.Name == name {
			return t, nil
		}
	}
	return agile.Team{}, s.unknownTeam(name)
}

// team returns a team's history made ready, computed once for each cycle of reading:
// while one writes, the figures of the last one stand.
func (s *Server) team(ctx context.Context, name string) (*measure.Team, error) {
	conf, err := s.config(name)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	have := s.cached[name]
	if have == nil {
		have = &cached{}
		s.cached[name] = have
	}
	s.mu.Unlock()
	have.mu.Lock()
	defer have.mu.Unlock()
	settled, err := s.store.Settled(ctx)
	if err != nil {
		return nil, err
	}
	if have.team != nil && have.settled == settled {
		return have.team, nil
	}
	h, err := s.store.History(ctx, conf)
	if err != nil {
		return nil, err
	}
	have.settled, have.team = settled, measure.Of(h)
	return have.team, nil
}
