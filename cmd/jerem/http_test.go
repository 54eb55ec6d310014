package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/setup"
	jirasim "jerem/sim/jira"
)

// TestStopWithStalledViewer: a viewer who does not read keeps no stop from being clean.
func TestStopWithStalledViewer(t *testing.T) {
	skipSlow(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	writing, served := make(chan struct{}), make(chan error, 1)
	endless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(writing)
		for {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	go func() { served <- setup.ServeHTTP(ctx, l, endless, slog.New(slog.DiscardHandler)) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-writing
	stop()
	if err := <-served; err != nil {
		t.Errorf("the stop ends with %v", err)
	}
}

// TestListenOpenly: an address that other machines reach is refused with the line to add; a file of the older bot is
// warned and works.
func TestListenOpenly(t *testing.T) {
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	text, err := os.ReadFile(demoFile(t, jira))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		add     string
		args    []string
		refused bool
	}{
		{"server.listen: ':0'\n", nil, true}, {"server.listen: 0.0.0.0:0\n", nil, true},
		{"server.listen: '[::]:0'\n", nil, true}, {"server.listen: 192.0.2.1:0\n", nil, true},
		{"", []string{"--listen", ":0"}, true}, {"api.listen: ':0'\n", []string{"--listen", "0.0.0.0:0"}, true},
		{"server.listen: ':0'\naccess.open: false\n", nil, true},
		{"api.listen: ':0'\n", nil, false}, {"server.listen: ':0'\naccess: {open: true}\n", nil, false},
		{"server.listen: localhost:0\n", nil, false}, {"server.listen: '[::1]:0'\n", nil, false},
	} {
		config := filepath.Join(t.TempDir(), "config.yml")
		if err := os.WriteFile(config, []byte(string(text)+c.add), 0o600); err != nil {
			t.Fatal(err)
		}
		e, log := commandIn(t, config)
		o, err := e.OpenInstance(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(c.args) > 0 {
			o.Config.Server.Listen, o.Config.Server.ListenKey = c.args[1], c.args[0]
		}
		err = serving.CheckListenAddress(o)
		o.Store.Close()
		if (err != nil) != c.refused || err != nil && !strings.Contains(err.Error(), "access.open: true") {
			t.Errorf("%q %v: %v", c.add, c.args, err)
		}
		if warned := strings.Contains(log.String(), "access.open: true"); warned != (c.add == "api.listen: ':0'\n" &&
			c.args == nil) {
			t.Errorf("%q %v: warned %v", c.add, c.args, warned)
		}
	}
	config := filepath.Join(t.TempDir(), "config.yml")
	if err := os.WriteFile(config, []byte(string(text)+"server.listen: ':0'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", config, "serve"); code != exitUsage ||
		!strings.Contains(errs, "access.open: true") {
		t.Errorf("code %d, %s", code, errs)
	}
}

// commandIn is the surroundings of a command, and what it logs.
func commandIn(t *testing.T, config string) (*setup.Environment, *strings.Builder) {
	t.Helper()
	var log strings.Builder
	e := &setup.Environment{Ctx: t.Context(), Getenv: func(string) string { return "" }, Stdout: io.Discard,
		Stderr: &log}
	e.Flags.Config = config
	return e, &log
}
