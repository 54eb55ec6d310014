package jira

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jerem/problem"
)

// Dialect is which of the two kinds of Jira answers.
type Dialect string

// The two kinds.
const (
	Cloud      Dialect = "cloud"
	DataCenter Dialect = "datacenter"
)

// api stands before the paths of the platform's interface, whose version depends on the dialect.
const api = "/rest/api/N"

func (d Dialect) root() string {
	if d == DataCenter {
		return "/rest/api/2"
	}
	return "/rest/api/3"
}

// dialect returns which Jira it is, as far as that is known: Cloud until then.
func (c *Client) dialect() Dialect {
	if kind, ok := c.kind.Load().(Dialect); ok {
		return kind
	}
	return Cloud
}

// discover asks once which Jira it is.
func (c *Client) discover(ctx context.Context) (Dialect, error) {
	if kind, ok := c.kind.Load().(Dialect); ok {
		return kind, nil
	}
	c.asking.Lock()
	defer c.asking.Unlock()
	if kind, ok := c.kind.Load().(Dialect); ok {
		return kind, nil
	}
	_, err := c.Server(ctx)
	return c.dialect(), err
}

// ServerInfo says what kind of Jira answers, and its clock.
type ServerInfo struct {
	Time       time.Time
	Dialect    Dialect
	Deployment string // Cloud or Server, as it calls itself
	Version    string
}

// Server asks what answers there. Version 2 of the interface is everywhere; a gateway may let only
// version 3 through.
func (c *Client) Server(ctx context.Context) (ServerInfo, error) {
	kind, known := c.kind.Load().(Dialect)
	if known {
		return c.serverInfo(ctx, kind.root())
	}
	info, err := c.serverInfo(ctx, DataCenter.root())
	if problem.Is(err, NotFound) || problem.Is(err, NotJira) || problem.Is(err, Gone) {
		if other, failed := c.serverInfo(ctx, Cloud.root()); failed == nil {
			info, err = other, nil
		}
	}
	if err == nil {
		c.kind.Store(info.Dialect)
	}
	return info, err
}

func (c *Client) serverInfo(ctx context.Context, root string) (ServerInfo, error) {
	var w struct {
		Deployment string `json:"deploymentType"`
		Version    string `json:"version"`
		Time       any    `json:"serverTime"`
	}
	place := root + "/serverInfo"
	if err := c.get(ctx, place, nil, &w); err != nil {
		return ServerInfo{}, err
	}
	at, ok := parseTime(w.Time)
	if !ok {
		return ServerInfo{}, c.invalid(place, "it tells no serverTime")
	}
	info := ServerInfo{at, DataCenter, w.Deployment, w.Version}
	if strings.EqualFold(w.Deployment, "cloud") {
		info.Dialect = Cloud
	}
	return info, nil
}

// invalid says that an answer contradicts itself.
func (c *Client) invalid(place, what string) error {
	place = strings.Replace(place, api, c.dialect().root(), 1)
	return &problem.Problem{
		Code: InvalidResponse, Message: fmt.Sprintf("jira %s: %s: %s", c.host(), place, c.foreign(what)),
		Hint: "Something between, or another kind of server, answers for Jira.",
	}
}
