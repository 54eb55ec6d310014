package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/testrun"
)

// TestSimPrints: the story of a world is written as --scenario reads it; another seed is another story.
func TestSimPrints(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	out, errs, code := call(t, nil, "sim", "--world", "cloud", "--seed", "7", "--print")
	if code != 0 || out != string(world.New(7).Story()) {
		t.Fatalf("code %d: %.200s", code, errs)
	}
	if _, err := jirasim.LoadScenario("printed", []byte(out)); err != nil {
		t.Errorf("it cannot be read: %.500s", err)
	}
	if other, _, _ := call(t, nil, "sim", "--world", "cloud",
		"--print"); other != string(world.New(world.DefaultSeed).Story()) || other == out {
		t.Error("without a seed it is not the company of the demo")
	}
}

// playSim runs the simulator with its time standing still and returns its address. It is stopped with the test.
func playSim(t *testing.T, flags ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, append([]string{"sim", "--listen", "127.0.0.1:0", "--speed",
			"0"}, flags...), func(string) string { return "" }, nil, writer, io.Discard)
		writer.Close()
	})
	t.Cleanup(func() {
		stop()
		done.Wait()
		if failed != nil {
			t.Error(failed)
		}
	})
	line := make([]byte, 256)
	n, err := reader.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, reader)
	address, _, _ := bytes.Cut(line[:n], []byte("\n"))
	return string(address)
}

// TestSimWorld: a world is served with its clock at the moment that is asked for.
func TestSimWorld(t *testing.T) {
	address := playSim(t, "--world", "cloud", "--at", "2026-10-12T10:00:00Z")
	if info := fetch(t, address+"/rest/api/3/serverInfo"); !strings.Contains(info, `"2026-10-12T12:00:00.000+0200"`) {
		t.Errorf("its clock is not where it was put: %s", info)
	}
}

// TestSimDialects: a world that is read from Cloud and from Data Center is exported alike, to the byte.
func TestSimDialects(t *testing.T) {
	skipSlow(t)
	exported := map[string]string{}
	for dialect, login := range map[string]string{
		"cloud":      "username: " + serving.SimEmail + ", password: " + serving.SimToken,
		"datacenter": "token: " + serving.SimToken,
	} {
		address := playSim(t, "--world", "cloud", "--dialect", dialect)
		dir := t.TempDir()
		file := filepath.Join(dir, "config.yml")
		conf := fmt.Sprintf("jira: {url: %q, %s}\nstore: {path: %q}\nprojects: [{name: K8S}, {name: OB}, {name: "+
			"NET}]\n", address, login, filepath.Join(dir, "jerem.db"))
		if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs, code := call(t, nil, "--config", file, "collect"); code != 0 {
			t.Fatalf("%s: %s", dialect, errs)
		}
		exported[dialect], _, _ = call(t, nil, "--config", file, "export", "--format", "csv")
	}
	if cloud := exported["cloud"]; len(cloud) < 100_000 || cloud != exported["datacenter"] {
		t.Errorf("%d bytes from Cloud, %d from Data Center, and not the same", len(cloud), len(exported["datacenter"]))
	}
}

// TestSimRefuses: what cannot be played is refused as wrong usage, with what there is.
func TestSimRefuses(t *testing.T) {
	for args, want := range map[string]string{
		"sim":                                "--world cloud, --scenario FILE or --data DIR",
		"sim --world acme":                   `there is no such company (known: cloud)`,
		"sim --world acme --print":           `there is no such company (known: cloud)`,
		"sim --print":                        "name it with --world cloud",
		"sim --world cloud --scenario FILE":  "can't be used together",
		"sim --world cloud --seed x":         "--seed",
		"sim --world cloud --dialect server": "--dialect",
		"demo --speed=-1":                    "time does not run backwards",
		"demo --from=2026-11-16":             "name a day from 2026-11-17 to 2027-12-",
		"demo --from=2028-01-03":             "name a day from 2026-11-17 to 2027-12-",
		"demo --from=November":               "name a day from 2026-11-17 to 2027-12-",
		"demo --speed=NaN":                   "time does not run backwards",
		"sim --world cloud --speed=-5":       "write 0 (it stands still)",
		"sim --world cloud --speed=NaN":      "time does not run backwards",
		"sim --world cloud --speed=+Inf":     "time does not run backwards",
		"sim --world cloud --at yesterday":   `--at "yesterday" is not a time`,
		"sim --scenario sim_test.go":         "this is no story",
		"sim --scenario missing.txtar":       "--scenario: open ",
		"sim --data .":                       "--data: ",

		"sim --world cloud --webhook x":                             `--webhook "x" is no address`,
		"sim --world cloud --speed 0 --webhook http://127.0.0.1:1/": "nothing would be posted",
		"sim --data . --speed 1 --webhook http://127.0.0.1:1/hooks": "nothing would be posted",
	} {
		_, errs, code := call(t, nil, strings.Fields(args)...)
		if code != 2 || !strings.Contains(errs, want) {
			t.Errorf("%s: code %d, %s; want 2 and %q", args, code, errs, want)
		}
	}
}
