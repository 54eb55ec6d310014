package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"

	"jerem/config"

	"jerem/bot"
	"jerem/problem"
	"jerem/store"
	"jerem/web"
	"jerem/web/guard"
	"jerem/web/source"
)

type serveCommand struct {
	Listen string `help:"${serve_listen}" placeholder:"ADDR"`
}

// Run reads, posts and serves until it is stopped.
func (s serveCommand) Run(e *environ) error {
	if s.Listen != "" && !config.IsHostPort(s.Listen) {
		return usageError{fmt.Errorf("--listen %q is not host:port: write 127.0.0.1:8080, or :8080 for all interfaces",
			s.Listen)}
	}
	o, err := e.openOffice(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	if s.Listen != "" {
		o.config.Server.Listen, o.config.Server.ListenKey = s.Listen, "--listen"
	}
	if err := o.mayListen(); err != nil {
		return err
	}
	return e.serveOffice(o, nil)
}

// serveOffice opens the pages and runs the loop beside them. ready is told the address once it is open.
func (e *environ) serveOffice(o *office, ready func(address string)) error {
	listener, err := openListener(e.ctx, o.config.Server.Listen, "server.listen")
	if err != nil {
		return err
	}
	visitors, closeVisitors, err := o.access(e.ctx)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer closeVisitors()
	secured, err := o.certificate()
	if err != nil {
		_ = listener.Close()
		return err
	}
	scheme := "http"
	if secured != nil {
		scheme = "https"
	}
	address := scheme + "://" + listener.Addr().String() + "/"
	o.log.Info("pages are open", "address", address)
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	o.reader.Progress = o.bot.Live.Progressed
	var loop sync.WaitGroup
	loop.Go(func() {
		o.warnIfMoved()
		if err := o.bot.Run(ctx, o.config.Runner.Period); err != nil && ctx.Err() == nil {
			o.log.Error("the loop ended", "error", err)
		}
	})
	if ready != nil {
		ready(address)
	}
	err = serveTLS(ctx, listener, web.New(o.webOptions(visitors)), secured, o.log)
	stop()
	loop.Wait()
	return err
}

// openListener opens an address. The error names the key that it comes from.
func openListener(ctx context.Context, address, key string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s %s: the port is taken (another jerem may run already; choose another with --listen)",
			key, address)
	case errors.Is(err, syscall.EACCES):
		return nil,
			fmt.Errorf(
				"%s %s: this user may not listen there (ports below 1024 need rights; choose another with --listen)",
				key,
				address,
			)
	}
	return nil, fmt.Errorf("%s %s: cannot listen there: %w (write it like 127.0.0.1:8080)", key, address, err)
}

// mayListen refuses an address that other machines reach unless people log in, or everybody may look. A file
// of the older bot, which knows no such key, goes on working and is warned at each start.
func (o *office) mayListen() error {
	server := o.config.Server
	if o.config.Access.Mode != config.AccessOff || o.config.Access.Open || !guard.ListensToAll(server.Listen) {
		return nil
	}
	if server.ListenKey == "api.listen" {
		o.log.Warn(
			"other machines can reach the pages, and nobody has to log in: write access.open: true into the "+
				"configuration if that is meant, or server.listen: 127.0.0.1:8080",
			"api.listen",
			server.Listen,
		)
		return nil
	}
	return usageError{
		fmt.Errorf(
			"%s %s: other machines can reach it, and nobody has to log in; add this line to the configuration if "+
				"everybody may look: access.open: true, or have people log in by access.mode: proxy or oidc",
			orDefault(server.ListenKey, "server.listen"),
			server.Listen,
		),
	}
}

// certificate is what the pages are served with, nil for plain HTTP.
func (o *office) certificate() (*certificate, error) {
	if o.config.Server.TLS.Cert == "" {
		return nil, nil
	}
	return openCertificate(o.config.Server.TLS.Cert, o.config.Server.TLS.Key, o.log)
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// webOptions is what the pages are made of.
func (o *office) webOptions(a web.Access) web.Options {
	return web.Options{Access: a, Version: versionText(), Store: o.store, Teams: o.teams, Jira: o.config.Jira.URL, Log: o.log,
		Collectors: o.processCollectors(),
		URL:        o.config.Server.URL, Listen: o.config.Server.Listen, Hosts: o.config.Server.Hosts,
		Live: o.liveState, Computed: o.bot.Computed}
}

// liveState tells the pages what the loop knows and the store may not.
func (o *office) liveState() source.Live {
	var out source.Live
	for _, t := range o.bot.Live.Troubles() {
		out.Troubles = append(out.Troubles, shownTrouble(t))
	}
	if r := o.bot.Live.Reading(); r != nil {
		out.Reading = &source.Reading{What: "issues", Done: r.Done, Total: r.Total, Since: r.Since}
	}
	return out
}

func shownTrouble(t bot.Trouble) source.Trouble {
	shown := source.Trouble{
		Team:  t.Team,
		Part:  source.PartReading,
		Since: t.Since,
		Why:   strings.TrimPrefix(t.Err.Error(), "team "+t.Team+": "),
	}
	switch kept := problem.Of(t.Err, "store"); {
	case kept != nil && kept.Code != store.NotRead:
		shown.Part = source.PartStore
	case t.Posting:
		shown.Part = source.PartPosting
		shown.Why = "sink " + t.Sink + ": " + shown.Why
	}
	shown.Next = "Each cycle tries again by itself; nothing will be lost or counted twice."
	if t.Person {
		shown.Next = "Somebody has to mend what is named here; until then each cycle fails by it; nothing will be " +
			"lost or counted twice."
	}
	return shown
}
