package transport

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"jerem/jira/wire"
	"jerem/problem"
)

// Dialect is which of the two kinds of Jira answers.
type Dialect string

// The two kinds.
const (
	Cloud      Dialect = "cloud"
	DataCenter Dialect = "datacenter"
)

// API stands before the paths of the platform's interface; what is sent has the version of the dialect.
const API = "/rest/api/N"

// apiRoot returns what is sent in place of [API].
func (d Dialect) apiRoot() string {
	if d == DataCenter {
		return "/rest/api/2"
	}
	return "/rest/api/3"
}

// dialectProbe keeps which Jira it is, once that is known.
type dialectProbe struct {
	asking sync.Mutex   // one asks
	known  atomic.Value // Dialect
}

func newDialectProbe(configured Dialect) *dialectProbe {
	p := &dialectProbe{}
	if configured != "" {
		p.known.Store(configured)
	}
	return p
}

// lookUp returns which Jira it is, as far as that is known.
func (p *dialectProbe) lookUp() (d Dialect, known bool) {
	d, known = p.known.Load().(Dialect)
	return d, known
}

// Dialect returns which Jira it is, as far as that is known: Cloud until then.
func (c *Client) Dialect() Dialect {
	if d, known := c.dialect.lookUp(); known {
		return d
	}
	return Cloud
}

// DiscoverDialect asks once which Jira it is.
func (c *Client) DiscoverDialect(ctx context.Context) (Dialect, error) {
	if d, known := c.dialect.lookUp(); known {
		return d, nil
	}
	c.dialect.asking.Lock()
	defer c.dialect.asking.Unlock()
	if d, known := c.dialect.lookUp(); known {
		return d, nil
	}
	_, err := c.Server(ctx)
	return c.Dialect(), err
}

// ServerInfo says what kind of Jira answers, and its clock.
type ServerInfo struct {
	Time       time.Time
	Dialect    Dialect
	Deployment string // Cloud or Server, as it calls itself
	Version    string
}

// Server asks what answers there. Version 2 of the interface is everywhere; a gateway may let only version 3 through.
func (c *Client) Server(ctx context.Context) (ServerInfo, error) {
	if d, known := c.dialect.lookUp(); known {
		return c.serverInfo(ctx, d.apiRoot())
	}
	info, err := c.serverInfo(ctx, DataCenter.apiRoot())
	if problem.Is(err, NotFound, NotJira, Gone) {
		if other, failed := c.serverInfo(ctx, Cloud.apiRoot()); failed == nil {
			info, err = other, nil
		}
	}
	if err == nil {
		c.dialect.known.Store(info.Dialect)
	}
	return info, err
}

// infoPlace is what answers for every account, and for none: which Jira it is.
const infoPlace = "/serverInfo"

func (c *Client) serverInfo(ctx context.Context, root string) (ServerInfo, error) {
	var answer struct {
		Deployment string `json:"deploymentType"`
		Version    string `json:"version"`
		Time       any    `json:"serverTime"`
	}
	place := root + infoPlace
	if err := c.Get(ctx, place, nil, &answer); err != nil {
		return ServerInfo{}, err
	}
	at, ok := wire.ParseTime(answer.Time)
	if !ok {
		return ServerInfo{}, c.Invalid(place, "it tells no serverTime")
	}
	info := ServerInfo{Time: at, Dialect: DataCenter, Deployment: answer.Deployment, Version: answer.Version}
	if strings.EqualFold(answer.Deployment, "cloud") {
		info.Dialect = Cloud
	}
	return info, nil
}
