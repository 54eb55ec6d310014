package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

const twoTeams = `-- site --
clock 2026-10-20 12:00
-- board 1 scrum K8S "Kubernetes" --
-- board 2 scrum OB "Object storage" --
-- sprints --
21 "Sprint 21" 2026-10-05 09:00 .. 2026-10-23 17:00 board=1
31 "Storage 31" 2026-10-05 09:00 .. 2026-10-23 17:00 board=2
-- K8S-1 Story "Own work" --
2026-10-01 10:00 created points=3 sprint=21
-- OB-1 Story "Theirs" --
2026-10-01 10:00 created points=8 sprint=31
`

func twoTeamsFile(t *testing.T, jira string) string {
	return writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S}, {name: OB}]\nstore: {path: STORE}\nrunner: {period: 1, refresh: 0}\n")
}

// serveFile serves a configuration until the test ends and returns the address of the pages.
func serveFile(t *testing.T, config string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var done sync.WaitGroup
	var failed error
	done.Go(func() {
		failed = run(ctx, []string{"-c", config, "--log-level", "info", "serve", "--listen",
			"127.0.0.1:0"}, func(string) string { return "" }, nil, io.Discard, writer)
		writer.Close()
	})
	t.Cleanup(func() {
		stop()
		done.Wait()
		if failed != nil {
			t.Error(failed)
		}
	})
	var log bytes.Buffer
	for buffer := make([]byte, 4096); ; {
		n, err := reader.Read(buffer)
		if err != nil {
			t.Fatalf("it does not serve: %s", log.String())
		}
		log.Write(buffer[:n])
		if _, rest, ok := strings.Cut(log.String(), "http://"); ok {
			go io.Copy(io.Discard, reader)
			return "http://" + rest[:strings.IndexAny(rest, "/ \n")]
		}
	}
}

// eventually asks for a page until it says something.
func eventually(t *testing.T, address string, says ...string) string {
	t.Helper()
	var page string
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); <-time.After(20 * time.Millisecond) {
		page = fetch(t, address)
		missing := false
		for _, s := range says {
			missing = missing || !strings.Contains(page, s)
		}
		if !missing {
			return page
		}
	}
	t.Fatalf("%s does not say %q but\n%s", address, says, page)
	return ""
}

// TestOneTeamBehind: where one project cannot be read any more its page says since when and why, and the other team's
// goes on; when it can be read again nobody has to do anything.
func TestOneTeamBehind(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	var forbidden atomic.Bool
	var minutes atomic.Int64
	begin := time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)
	jira := serveStory(t, []byte(twoTeams), jirasim.Options{
		Now: func() time.Time { return begin.Add(time.Duration(minutes.Load()) * time.Minute) },
		Fault: func(r *http.Request) *jirasim.Fault {
			minutes.Add(1)
			if forbidden.Load() && strings.Contains(r.URL.Path, "/project/OB") {
				return &jirasim.Fault{Status: http.StatusForbidden,
					Body: `{"errorMessages":["You may not."],"errors":{}}`}
			}
			return nil
		}})
	address := serveFile(t, twoTeamsFile(t, jira))
	eventually(t, address+"/readyz", "ready")
	eventually(t, address+"/teams/OB", "Storage 31")
	forbidden.Store(true)
	page := eventually(t, address+"/teams/OB", `Behind since <span class="nobr">Tue 20 Oct`, "You may not.",
		"permission", "Storage 31")
	if !strings.Contains(page, "nothing will be lost") {
		t.Error("the page does not say what follows")
	}
	eventually(t, address+"/", "OB is behind")
	if page := fetch(t, address+"/teams/K8S"); strings.Contains(page, "Behind since") {
		t.Error("the other team is told behind too")
	}
	before := fetch(t, address+"/api/v1/teams/K8S/sprints/21")
	for until := time.Now().Add(30 * time.Second); fetch(t,
		address+"/api/v1/teams/K8S/sprints/21") == before; <-time.After(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the other team is not read any more")
		}
	}
	forbidden.Store(false)
	for until := time.Now().Add(30 * time.Second); strings.Contains(fetch(t, address+"/teams/OB"),
		"Behind since"); <-time.After(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the team stays behind")
		}
	}
}

// TestServeWithoutJira: where Jira is away from the start, the pages show what is kept, say so, and go on when it is
// back.
func TestServeWithoutJira(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	var away atomic.Bool
	jira := serveStory(t, []byte(twoTeams), jirasim.Options{Fault: func(*http.Request) *jirasim.Fault {
		if away.Load() {
			return &jirasim.Fault{Status: http.StatusNotFound, Body: "<html>maintenance</html>"}
		}
		return nil
	}})
	config := twoTeamsFile(t, jira)
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	away.Store(true)
	address := serveFile(t, config)
	eventually(t, address+"/teams/K8S", "Sprint 21", "Behind since", "Check jira.url")
	if _, errs, code := call(t, nil, "-c", config, "export", "--team", "K8S"); code != 0 {
		t.Errorf("export beside serve: %s", errs)
	}
	_, errs, code := call(t, nil, "-c", config, "collect")
	if code != exitFailed || !strings.Contains(errs, "another jerem writes it") ||
		!strings.Contains(errs, "store.path") {
		t.Errorf("a second instance: code %d, %s", code, errs)
	}
	away.Store(false)
	for until := time.Now().Add(30 * time.Second); strings.Contains(fetch(t, address+"/teams/K8S"),
		"Behind since"); <-time.After(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("Jira is back and the team stays behind")
		}
	}
}

// TestTerminated: a process that is told to end in the midst of a cycle ends well, without another request.
func TestTerminated(t *testing.T) {
	t.Parallel()
	ends := map[int64]os.Signal{1: syscall.SIGTERM, 14: os.Interrupt}
	if !signal.Ignored(syscall.SIGHUP) { // what nohup starts, these tests too, no hangup ends
		ends[9] = syscall.SIGHUP
	}
	for at, by := range ends {
		var asked atomic.Int64
		var process *os.Process
		started := make(chan struct{})
		jira := serveStory(t, []byte(twoTeams), jirasim.Options{Fault: func(r *http.Request) *jirasim.Fault {
			if asked.Add(1) == at {
				<-started
				_, _ = io.Copy(io.Discard, r.Body) // only then the server learns that the request is given up
				_ = process.Signal(by)
				<-r.Context().Done()
			}
			return nil
		}})
		cmd := program(t, "-c", twoTeamsFile(t, jira), "--log-level", "info", "serve", "--listen", "127.0.0.1:0")
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		process = cmd.Process
		close(started)
		if err := cmd.Wait(); err != nil {
			t.Errorf("at request %d: %v\n%s", at, err, out.String())
		}
		if log := out.String(); !strings.Contains(log, "told to end") {
			t.Errorf("at request %d the log does not tell the end:\n%s", at, log)
		}
		if n := asked.Load(); n != at {
			t.Errorf("%d requests, of which the %dth was told to be the last", n, at)
		}
	}
}

// TestDamagedStore: a store that was damaged is moved aside, told, and read again from Jira: the same series come out.
func TestDamagedStore(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	want, _, _ := call(t, nil, "-c", config, "export")
	path := filepath.Join(filepath.Dir(config), "jerem.db")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 4096; n < len(b)-4096; n += 8192 {
		copy(b[n:n+4096], bytes.Repeat([]byte{0xa5}, 4096))
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := call(t, nil, "-c", config, "export")
	if code != exitFailed || !strings.Contains(errs, "is damaged") || !strings.Contains(errs, "jerem collect") {
		t.Errorf("reading a damaged store: code %d, %s", code, errs)
	}
	_, errs, code = call(t, nil, "-c", config, "collect")
	if code != 0 || !strings.Contains(errs, "moved aside") || !strings.Contains(errs, "jerem.db.damaged") {
		t.Errorf("collecting into a damaged store: code %d, %s", code, errs)
	}
	if kept, err := os.ReadFile(path + ".damaged"); err != nil || !bytes.Equal(kept, b) {
		t.Errorf("the damaged file is not kept as it was: %v", err)
	}
	if got, _, _ := call(t, nil, "-c", config, "export"); got != want {
		t.Error("what was read again is not what was known")
	}
}

// TestNoRoom: on a disk that is full the reading ends with a word of it, and goes on from there when there is room.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: no small disk can be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if err := exec.Command("umount", disk).Run(); err != nil {
			t.Error(err)
		}
	})
	jira := serveStory(t, manyIssues(2500), jirasim.Options{})
	roomy := demoFile(t, jira)
	if _, errs, code := call(t, nil, "-c", roomy, "collect"); code != 0 {
		t.Fatal(errs)
	}
	want, _, _ := call(t, nil, "-c", roomy, "export")
	path := filepath.Join(disk, "jerem.db")
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: '"+path+"'}\n")
	_, errs, code := call(t, nil, "-c", config, "collect")
	if code != exitFailed || !strings.Contains(errs, "the disk is full") || !strings.Contains(errs, "Make room") {
		t.Errorf("code %d: %s", code, errs)
	}
	if err := exec.Command("mount", "-o", "remount,size=64m", disk).Run(); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", config, "collect"); code != 0 {
		t.Fatal(errs)
	}
	if got, _, _ := call(t, nil, "-c", config, "export"); got != want {
		t.Error("what was read after the disk was full differs")
	}
}

// TestUnwritableStore: a place where the store cannot stand is refused by name, with the key.
func TestUnwritableStore(t *testing.T) {
	jira := serveStory(t, []byte(twoTeams), jirasim.Options{})
	file := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(file, bytes.Repeat([]byte("Dear reader, "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/nowhere/at/all/jerem.db": "cannot be created",
		t.TempDir(): "is a directory", file: "is no store of jerem"} {
		config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
			"}\nprojects: [{name: K8S}]\nstore: {path: '"+path+"'}\n")
		_, errs, code := call(t, nil, "-c", config, "collect")
		if code != exitFailed || !strings.Contains(errs, path) || !strings.Contains(errs, want) ||
			!strings.Contains(errs, "store.path") {
			t.Errorf("%s: code %d, %s", path, code, errs)
		}
	}
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		t.Error("a file that is none of ours was moved")
	}
}
