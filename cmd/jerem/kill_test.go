package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestMain lets a test run the program as a process of its own: with JEREM_TEST_ARGS the test binary is the program.
func TestMain(m *testing.M) {
	if text := os.Getenv("JEREM_TEST_ARGS"); text != "" {
		if err := json.Unmarshal([]byte(text), &os.Args); err != nil {
			panic(err)
		}
		main()
	}
	os.Exit(testrun.Run(m))
}

// program is the program as a process of its own, not yet started.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(append([]string{"jerem"}, args...))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "JEREM_TEST_ARGS="+string(text))
	return cmd
}

// manyIssues is a story of some chunks of issues, each with a little history.
func manyIssues(n int) []byte {
	var b strings.Builder
	b.WriteString("-- site --\nclock 2026-10-20 12:00\n-- board 1 scrum K8S \"Kubernetes\" --\n-- sprints --\n1 " +
		"\"Sprint 1\" 2026-10-05 09:00 .. 2026-10-23 17:00\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "-- K8S-%d Story \"Work\" --\n2026-10-01 %02d:%02d created points=%d "+
			"sprint=1\n2026-10-%02d 10:00 status=done log 1h\n", i, i/60%24, i%60, i%8, 6+i%13)
	}
	return []byte(b.String())
}

// TestKilledWhileCollecting: a process that is killed at any moment of a first reading and started again knows in the
// end what one knows that was not disturbed, and does not ask for what it had kept.
func TestKilledWhileCollecting(t *testing.T) {
	skipSlow(t)
	const issues = 2500 // three bulk reads
	story := manyIssues(issues)
	var asked atomic.Int64
	quiet := demoFile(t, serveStory(t, story,
		jirasim.Options{Fault: func(*http.Request) *jirasim.Fault { asked.Add(1); return nil }}))
	if _, errs, code := call(t, nil, "-c", quiet, "collect"); code != 0 {
		t.Fatal(errs)
	}
	want, _, _ := call(t, nil, "-c", quiet, "export")
	total := int(asked.Load())
	for _, at := range []int{1, total / 3, total / 2, total - 4, total - 2, total - 1, total} {
		t.Run(fmt.Sprintf("request %d of %d", at, total), func(t *testing.T) {
			t.Parallel()
			var first *exec.Cmd
			started := make(chan struct{})
			var n, bulk atomic.Int64
			config := demoFile(t, serveStory(t, story, jirasim.Options{Fault: func(r *http.Request) *jirasim.Fault {
				if strings.HasSuffix(r.URL.Path, "/issue/bulkfetch") {
					bulk.Add(1)
				}
				if int(n.Add(1)) == at {
					<-started
					_ = first.Process.Kill()
				}
				return nil
			}}))
			first = program(t, "-c", config, "collect")
			if err := first.Start(); err != nil {
				t.Fatal(err)
			}
			close(started)
			if err := first.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
				t.Fatalf("the process was not killed: %v", err)
			}
			if out, err := program(t, "-c", config, "collect").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got, errs, code := call(t, nil, "-c", config, "export")
			if code != 0 || got != want {
				t.Errorf("%d bytes, want %d: %s", len(got), len(want), errs)
			}
			if bulk.Load() > 4 {
				t.Errorf("%d bulk reads, of three parts of which one may come twice", bulk.Load())
			}
		})
	}
}
