package main

import (
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/store/db/postgres/pgtest"
)

// serverFile is a configuration whose store is a database of a server, with a password that nothing may show.
func serverFile(t *testing.T, jira, url, projects string) string {
	t.Helper()
	url = strings.Replace(url, "jerem@", "jerem:geheim@", 1)
	return writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+"}\n"+
		"projects: ["+projects+"]\nstore: {url: '"+url+"'}\n")
}

// callFine runs the program, which has to end well and to show no password.
func callFine(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := call(t, nil, args...)
	if code != 0 {
		t.Fatalf("%s: code %d\n%s", strings.Join(args, " "), code, errs)
	}
	if strings.Contains(out+errs, "geheim") {
		t.Errorf("%s shows the password:\n%s%s", strings.Join(args, " "), out, errs)
	}
	return out
}

// TestStoreInPostgres: a company that is read into a PostgreSQL server is exported byte for byte as out of a file, by
// every command that opens a store, and a second reading finds nothing new.
func TestStoreInPostgres(t *testing.T) {
	t.Parallel()
	database := pgtest.Database(t)
	var projects []string
	for _, team := range world.New(world.DefaultSeed).Teams() {
		projects = append(projects, "{name: "+team.Key+"}")
	}
	jira := playSim(t, "--world", "cloud")
	list := strings.Join(projects, ", ")
	file := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+"}\n"+
		"projects: ["+list+"]\nstore: {path: STORE}\n")
	server := serverFile(t, jira, database, list)
	skipSlow(t)
	callFine(t, "-c", file, "collect")
	if out := callFine(t, "-c", server, "check"); !strings.Contains(out, "tables will be made by jerem collect") {
		t.Errorf("check before anything is there:\n%s", out)
	}
	callFine(t, "-c", server, "collect")
	want := callFine(t, "-c", file, "export")
	if got := callFine(t, "-c", server, "export"); got != want {
		t.Fatalf("the exports differ: %d bytes out of the file, %d out of the server", len(want), len(got))
	}
	for _, command := range [][]string{{"status", "--json"}, {"rebuild"}} {
		in := callFine(t, append([]string{"-c", file}, command...)...)
		if out := callFine(t, append([]string{"-c", server}, command...)...); out != in {
			t.Errorf("%v out of the file:\n%s\nout of the server:\n%s", command, in, out)
		}
	}
	callFine(t, "-c", server, "collect")
	if got := callFine(t, "-c", server, "export"); got != want {
		t.Error("a second reading and a rebuild change the export")
	}
	if out := callFine(t, "-c", server, "check"); !strings.Contains(out, "can be read and written") {
		t.Errorf("check of a store that is there:\n%s", out)
	}
}

// TestKilledOverPostgres: a process that is killed in the middle of a first reading, and started again, knows in the
// end what one knows that was not disturbed. Its lease is waited for.
func TestKilledOverPostgres(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	story := manyIssues(2500)
	quiet := demoFile(t, serveStory(t, story, jirasim.Options{}))
	callFine(t, "-c", quiet, "collect")
	want := callFine(t, "-c", quiet, "export")
	for _, at := range []int64{1, 2, 3} {
		var first *exec.Cmd
		var bulk atomic.Int64
		started := make(chan struct{})
		jira := serveStory(t, story, jirasim.Options{Fault: func(r *http.Request) *jirasim.Fault {
			if strings.HasSuffix(r.URL.Path, "/issue/bulkfetch") && bulk.Add(1) == at {
				<-started
				_ = first.Process.Kill() // seen by Wait
			}
			return nil
		}})
		config := serverFile(t, jira, pgtest.Database(t), "{name: K8S, label: Kubernetes}")
		first = program(t, "-c", config, "collect")
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		close(started)
		if err := first.Wait(); err == nil {
			t.Fatal("it was not killed")
		}
		callFine(t, "-c", config, "collect")
		if got := callFine(t, "-c", config, "export"); got != want {
			t.Errorf("killed at bulk read %d: the export differs", at)
		}
	}
}

// TestPostgresTroubles: what is wrong with a server is told at once, with a remedy and without the password.
func TestPostgresTroubles(t *testing.T) {
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	for url, want := range map[string]string{
		"postgres://jerem@127.0.0.1:1/jerem":                 "the server cannot be reached",
		pgtest.Address(t) + "nowhere":                        "there is no such database",
		pgtest.Database(t) + "?search_path=none":             "no schema to create tables in",
		strings.Replace(pgtest.Database(t), "jerem", "x", 1): "the server refuses the login",
	} {
		url = strings.Replace(url, "x@", "x:geheim@", 1)
		config := serverFile(t, jira, url, "{name: K8S}")
		for _, command := range []string{"collect", "export", "rebuild", "check"} {
			out, errs, code := call(t, nil, "-c", config, command)
			if code != 1 || strings.Contains(out+errs, "geheim") ||
				!strings.Contains(strings.Join(strings.Fields(out+errs), " "), want) && !readsOnly(command, want) {
				t.Errorf("%s, %s: code %d\n%s%s", url, command, code, out, errs)
			}
		}
	}
}

// readsOnly tells whether a command makes no tables, and so misses no right to make them.
func readsOnly(command, want string) bool {
	return want == "no schema to create tables in" && (command == "export" || command == "rebuild")
}
