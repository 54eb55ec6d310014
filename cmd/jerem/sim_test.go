package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"jerem/jirasim"
	"jerem/jirasim/world"
)

// TestSimPrints: the story of a world is written as --scenario reads it; another seed is another story.
func TestSimPrints(t *testing.T) {
	out, errs, code := call(t, nil, "sim", "--world", "cloud", "--seed", "7", "--print")
	if code != 0 || out != string(world.New(7).Story()) {
		t.Fatalf("code %d: %.200s", code, errs)
	}
	if _, err := jirasim.LoadScenario("printed", []byte(out)); err != nil {
		t.Errorf("it cannot be read: %.500s", err)
	}
	if other, _, _ := call(t, nil, "sim", "--world", "cloud", "--print"); other != string(world.New(world.DefaultSeed).Story()) || other == out {
		t.Error("without a seed it is not the company of the demo")
	}
}

// TestSimWorld: a world is served with its clock at the moment that is asked for.
func TestSimWorld(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, []string{"sim", "--world", "cloud", "--listen", "127.0.0.1:0", "--speed", "0", "--at", "2026-10-12T10:00:00Z"},
			func(string) string { return "" }, nil, writer, io.Discard)
		writer.Close()
	})
	line := make([]byte, 256)
	n, err := reader.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, reader)
	address, _, _ := bytes.Cut(line[:n], []byte("\n"))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, string(address)+"/rest/api/3/serverInfo", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(simEmail, simToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if !strings.Contains(string(body), `"2026-10-12T12:00:00.000+0200"`) {
		t.Errorf("its clock is not where it was put: %s", body)
	}
	stop()
	done.Wait()
	if failed != nil {
		t.Error(failed)
	}
}

// TestSimRefuses: what cannot be played is refused as wrong usage, with what there is.
func TestSimRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"sim":                               "--world cloud, --scenario FILE or --data DIR",
		"sim --world acme":                  `there is no such company (known: cloud)`,
		"sim --world acme --print":          `there is no such company (known: cloud)`,
		"sim --print":                       "name it with --world cloud",
		"sim --world cloud --scenario FILE": "can't be used together",
		"sim --world cloud --seed x":        "--seed",
		"demo --speed=-1":                   "time does not run backwards",
	} {
		_, errs, code := call(t, nil, strings.Fields(args)...)
		if code != 2 || !strings.Contains(errs, want) {
			t.Errorf("%s: code %d, %s; want 2 and %q", args, code, errs, want)
		}
	}
}
