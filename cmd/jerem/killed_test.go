package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jerem/jirasim"
)

// program builds the real program, once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "jerem-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "jerem")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return path, nil
})

// TestMain takes the program away again.
func TestMain(m *testing.M) {
	code := m.Run()
	if built {
		path, _ := program()
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

var built bool // somebody asked for the program; tests that run side by side ask before they do

func binary(t *testing.T) string {
	t.Helper()
	built = true
	path, err := program()
	if err != nil {
		t.Fatal(err, path)
	}
	return path
}

// killer is a simulated Jira that kills who asks it, at one request.
type killer struct {
	sync.Mutex
	sim   *jirasim.Server
	part  string // of the address
	nth   int    // of the requests there; 0 to kill nobody
	asked int
	whom  *os.Process
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.Lock()
	if strings.Contains(r.URL.Path, k.part) && k.whom != nil {
		if k.asked++; k.asked == k.nth {
			_ = k.whom.Kill()
			k.Unlock()
			panic(http.ErrAbortHandler) // who asked is gone
		}
	}
	k.Unlock()
	k.sim.ServeHTTP(w, r)
}

// start runs the program before the killer and waits for its end.
func (k *killer) start(t *testing.T, program string, args ...string) (stdout string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), program, args...)
	c.Stdout, c.Stderr = &out, &errs
	k.Lock()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	k.whom = c.Process
	k.Unlock()
	if err = c.Wait(); err != nil {
		t.Log(err, strings.TrimSpace(errs.String()))
	}
	return out.String(), err
}

// TestKilledProcess: the real program is killed while it reads, at any kind of step, and started again:
// the series are the same bytes as those of an undisturbed one, and no chunk that was kept is asked for
// again.
func TestKilledProcess(t *testing.T) {
	program := binary(t)
	site, err := jirasim.LoadScenario("demo", jirasim.DemoScenario())
	if err != nil {
		t.Fatal(err)
	}
	const bulk = "POST /rest/api/3/issue/bulkfetch"
	read := func(t *testing.T, part string, nth int) (series string, chunks int) {
		k := &killer{sim: jirasim.NewServer(site, jirasim.Options{Email: simEmail, Token: simToken}), part: part, nth: nth}
		server := httptest.NewServer(k)
		t.Cleanup(server.Close)
		config := demoFile(t, server.URL)
		if nth > 0 {
			if _, err := k.start(t, program, "-c", config, "collect", "--chunk", "7"); err == nil || k.asked != nth {
				t.Fatalf("it was not killed at request %d, but: %v", nth, err)
			}
		}
		k.nth = 0
		if _, err := k.start(t, program, "-c", config, "collect", "--chunk", "7"); err != nil {
			t.Fatal(err)
		}
		series, err := k.start(t, program, "-c", config, "export")
		if err != nil {
			t.Fatal(err)
		}
		return series, k.sim.Counts()[bulk]
	}
	want, chunks := read(t, "", 0)
	if chunks < 3 || want == "" {
		t.Fatalf("%d chunks are too few to kill between", chunks)
	}
	for _, at := range []struct {
		part string
		nth  int
	}{{"serverInfo", 1}, {"sprint", 1}, {"search", 1}, {"bulkfetch", 1}, {"issue/bulkfetch", 2}, {"changelog/bulkfetch", 3}, {"issue/bulkfetch", chunks}, {"worklog/updated", 1}, {"worklog/list", 1}} {
		t.Run(strings.ReplaceAll(at.part, "/", " ")+string(rune('0'+at.nth)), func(t *testing.T) {
			t.Parallel()
			got, n := read(t, at.part, at.nth)
			if got != want {
				t.Error("the series differ from those of a reading that nothing disturbed")
			}
			if n > chunks+1 { // the one that was under way
				t.Errorf("%d chunks were asked for, %d hold everything", n, chunks)
			}
		})
	}
}
