// Package web serves the pages and the JSON API. It reads the store and never calls Jira: a page
// shows what is known, and says since when.
//
// routes.go holds every route on one screen; docs/api.md is the contract of the JSON API.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

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

	mu     sync.Mutex
	cached map[string]*cached

	born    string // tells the answers of this process from those of another
	answers answers
}

// cached is a team's history made ready, as of one cycle of reading. Who makes it ready holds the
// lock: others wait instead of doing the same.
type cached struct {
	mu      sync.Mutex
	settled int64
	team    *measure.Team
}

// NewServer returns the handler of all pages and the API. jiraURL is only used in links; the collectors
// are shown at /metrics beside the figures.
func NewServer(s *store.Store, teams []agile.Team, jiraURL string, log *slog.Logger, collectors ...prometheus.Collector) http.Handler {
	server := &Server{store: s, teams: teams, jira: jiraURL, log: log, cached: map[string]*cached{}, born: strconv.FormatInt(time.Now().UnixNano(), 36)}
	return server.routes(collectors)
}

// Problem is an error as the API and the pages tell it.
type Problem struct {
	Status  int    `json:"-"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Error returns the message.
func (p *Problem) Error() string { return p.Message }

func problem(status int, code, hint, format string, args ...any) *Problem {
	return &Problem{Status: status, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// problemOf turns any error into one that can be told.
func (s *Server) problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var kept *store.Error
	if errors.As(err, &kept) {
		if kept.Code == store.NotRead {
			return problem(http.StatusServiceUnavailable, "not_read_yet", "The next cycle tries again by itself; jerem check tells more.", "%s", once(kept.Message))
		}
		return problem(http.StatusInternalServerError, string(kept.Code), kept.Hint, "%s", kept.Message)
	}
	s.log.Error("request failed", "error", err)
	return problem(http.StatusInternalServerError, "internal", "The log of the process tells more.", "this could not be answered")
}

// once drops the name of a team where a message says it twice.
func once(message string) string {
	if name, rest, ok := strings.Cut(message, ": was not read yet: "); ok {
		return name + ": was not read yet: " + strings.TrimPrefix(rest, name+": ")
	}
	return message
}

// team finds a configured team by its name.
func (s *Server) config(name string) (agile.Team, error) {
	names := make([]string, 0, len(s.teams))
	for _, t := range s.teams {
		if t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return agile.Team{}, problem(http.StatusNotFound, "unknown_team", "The teams are: "+strings.Join(names, ", ")+".", "there is no team %q", name)
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
