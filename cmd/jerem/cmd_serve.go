package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"jerem/web"
)

type serveCommand struct {
	Listen string `help:"Address of the pages and the API; server.listen of the configuration, 127.0.0.1:8080 by default." placeholder:"ADDR"`
}

// Run reads, posts and serves until it is stopped.
func (s serveCommand) Run(e *environ) error {
	if s.Listen != "" && !hostPort(s.Listen) {
		return usageError{fmt.Errorf("--listen %q is not host:port: write 127.0.0.1:8080, or :8080 for all interfaces", s.Listen)}
	}
	o, err := e.open(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	if s.Listen != "" {
		o.config.Server.Listen = s.Listen
	}
	return e.serve(o, nil)
}

// serve opens the pages and runs the loop beside them. ready is told the address once it is open.
func (e *environ) serve(o *office, ready func(address string)) error {
	listener, err := listen(e.ctx, o.config.Server.Listen, "server.listen")
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String() + "/"
	o.log.Info("pages are open", "address", address)
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	var loop sync.WaitGroup
	loop.Go(func() {
		if err := o.bot.Run(ctx, o.config.Runner.Period); err != nil && ctx.Err() == nil {
			o.log.Error("the loop ended", "error", err)
		}
	})
	if ready != nil {
		ready(address)
	}
	err = serveHTTP(ctx, listener, web.NewServer(o.store, o.teams, o.config.Jira.URL, o.log, o.collectors()...))
	stop()
	loop.Wait()
	return err
}

// listen opens an address. The error names the key that it comes from.
func listen(ctx context.Context, address, key string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s %s: the port is taken (another jerem may run already; choose another with --listen)", key, address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s %s: this user may not listen there (ports below 1024 need rights; choose another with --listen)", key, address)
	}
	return nil, fmt.Errorf("%s %s: cannot listen there: %w (write it like 127.0.0.1:8080)", key, address, err)
}

// serveHTTP serves until the context ends, then lets open requests finish for a few seconds.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(drain)
}
