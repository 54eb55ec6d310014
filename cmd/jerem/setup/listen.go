package setup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// How long a viewer may take, and how much a request may say before it is read at all. An answer is given as long as
// it is taken: see package web.
const (
	headerLongest  = 10 * time.Second
	requestLongest = 30 * time.Second
	answerLongest  = 3 * time.Minute // of what sets no time of its own
	idleLongest    = 2 * time.Minute
	headerBytes    = 64 << 10
	drainLongest   = 5 * time.Second
)

// ServeHTTP serves until the context ends, then lets open requests finish for a few seconds; whoever does not take an
// answer by then is cut off, which is no failure. What single connections fail by is told at the level of debugging: a
// viewer who goes away is no trouble.
func ServeHTTP(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return ServeTLS(ctx, l, h, nil, log)
}

// ServeTLS is ServeHTTP by HTTPS where there is a certificate.
func ServeTLS(ctx context.Context, l net.Listener, h http.Handler, c *Certificate, log *slog.Logger) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerLongest, ReadTimeout: requestLongest,
		WriteTimeout: answerLongest,
		IdleTimeout:  idleLongest, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	serve := func() error { return server.Serve(l) }
	if c != nil {
		server.TLSConfig = c.tlsConfig()
		serve = func() error { return server.ServeTLS(l, "", "") }
	}
	go func() { failed <- serve() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainLongest)
	defer cancel()
	if err := server.Shutdown(drain); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	} else if err != nil {
		return err
	}
	return nil
}

// OpenListener opens an address. The error names the key that it comes from.
func OpenListener(ctx context.Context, address, key string) (net.Listener, error) {
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
