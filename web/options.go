package web

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/agile"
	"jerem/store"
	"jerem/teams"
	"jerem/web/calloutlink"
	"jerem/web/dutypages"
	"jerem/web/guard"
	"jerem/web/live"
	"jerem/web/oncall"
	"jerem/web/source"
)

// Options is what the pages and the API are made of.
type Options struct {
	Store      *store.Store
	Teams      []agile.Team
	Jira       string // base address of Jira, for links only
	Log        *slog.Logger
	Version    string                 // of the program, "" for one that is being developed
	Collectors []prometheus.Collector // shown at /metrics beside the figures

	// Computed holds the teams that the loop posts, so that each is computed once; nil for a server without a loop.
	Computed *teams.Cache

	// URL is the address that people use, "" for none; its host is answered, and so are Hosts, the address that is
	// listened on, and loopback. AnyHost answers whatever a request names: for tests.
	URL     string
	Listen  string
	Hosts   []string
	AnyHost bool

	// Base is the path below which a proxy leads here, as in "/jerem"; "" for the root.
	Base string

	// Frame lists the origins whose pages may frame the card of a team; empty for any.
	Frame []string

	// Access is who may look; Restricted tells that Teams are not all that there are, but those that a visitor may see.
	Access     Access
	Restricted bool

	// Streams are the places of streams to browsers; nil for a server's own.
	Streams *live.Places

	// Ended is closed when the program ends, so that streams to browsers end; nil for never.
	Ended <-chan struct{}

	// OnCall answers about on-call; nil where nobody is on call.
	OnCall *oncall.API
	// OnCallLinks keep the key of links in messages about on-call; nil for none.
	OnCallLinks calloutlink.Records

	// OnCallCalendars keep the secrets of calendars about on-call; nil for no pages of on-call.
	OnCallCalendars dutypages.Calendars

	// Answering is called when an answer begins to be computed, and what it returns when that ends; nil where nobody
	// is to know.
	Answering func() (ended func())

	// NextState returns what is closed when pages may show something else than before; nil where nobody tells.
	NextState func() <-chan struct{}
	// Live tells what the loop knows and the store does not: asked for each answer, so it must be quick. May be nil.
	Live func() source.Live
}

func (o Options) computedTeams() *teams.Cache {
	if o.Computed == nil {
		return teams.NewCache(o.Store)
	}
	return o.Computed
}

// New returns the handler of all pages and the API.
func New(o Options) http.Handler {
	if o.Access.Gate != nil {
		return base(o.Base).Handler(newVisitors(o))
	}
	s := newServer(o)
	s.oncall = o.openOnCall(s)
	s.callouts = o.openAnswers(s, s.oncall)
	s.duty = o.openDutyPages(s, s.oncall)
	return s.base.Handler(s.guardedRoutes(o.Collectors))
}

// NewServer returns a handler that answers to any host, for tests.
func NewServer(s *store.Store, teams []agile.Team, jiraURL string, log *slog.Logger,
	collectors ...prometheus.Collector) http.Handler {
	return New(Options{Store: s, Teams: teams, Jira: jiraURL, Log: log, Collectors: collectors, AnyHost: true})
}

// answeredHosts are the names of this server, nil for any.
func (o Options) answeredHosts() map[string]bool {
	if o.AnyHost {
		return nil
	}
	return guard.Hosts(o.URL, o.Listen, o.Hosts)
}
