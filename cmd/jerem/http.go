package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
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

// serveHTTP serves until the context ends, then lets open requests finish for a few seconds; whoever does not take an
// answer by then is cut off, which is no failure. What single connections fail by is told at the level of debugging: a
// viewer who goes away is no trouble.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return serveTLS(ctx, l, h, nil, log)
}

// serveTLS is serveHTTP by HTTPS where there is a certificate.
func serveTLS(ctx context.Context, l net.Listener, h http.Handler, c *certificate, log *slog.Logger) error {
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
