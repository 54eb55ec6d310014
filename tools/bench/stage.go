package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"jerem/tools/bench/fakejira"
)

// playJira is the command that plays a Jira until its input ends. It prints its address first.
func playJira(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("play-jira", flag.ContinueOnError)
	issues := flags.Int("issues", 1000, "of all projects")
	projects := flags.Int("projects", 1, "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return serveUntilStopped(ctx, out, func(address string) http.Handler {
		return fakejira.New(fakejira.Options{Issues: *issues, Projects: *projects, Address: address}).Handler()
	})
}

// serveUntilStopped serves at a free port of this machine, and prints the address when it is ready. It ends with its
// input, so that none is left behind where who started it is killed.
func serveUntilStopped(ctx context.Context, out io.Writer, handler func(address string) http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	server := &http.Server{Handler: handler(address), ReadHeaderTimeout: time.Minute}
	fmt.Fprintln(out, address)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		server.Close()
	}()
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// helper is a process of this program that serves something.
type helper struct {
	process
	address string
}

// startHelper starts a helper and waits until it is ready.
func (b *bench) startHelper(ctx context.Context, args ...string) (*helper, error) {
	h := &helper{}
	h.cmd = exec.CommandContext(ctx, b.self, args...)
	h.cmd.Stderr = b.log
	out, failed := h.cmd.StdoutPipe()
	_, err := h.cmd.StdinPipe() // it stays open as long as this process
	if err := errors.Join(failed, err); err != nil {
		return nil, err
	}
	if err := h.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		h.stopProcess()
		return nil, fmt.Errorf("%s: %w", args[0], err)
	}
	h.address = strings.TrimSpace(line)
	return h, nil
}

// stage is a played Jira and what a Jerem needs to read it.
type stage struct {
	bench    *bench
	jira     *helper
	sink     *helper   // nil without one
	database *postgres // nil for a store in a file
	projects int
	config   string // paths
	store    string
	listen   string
	lines    map[string]string // of the configuration
}

// newStage starts a Jira of so many issues and writes a configuration for it.
func (b *bench) newStage(ctx context.Context, issues, projects int) (*stage, error) {
	jira, err := b.startHelper(ctx, "play-jira", "-issues", strconv.Itoa(issues), "-projects", strconv.Itoa(projects))
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(b.folder, "stage-")
	if err != nil {
		jira.stopProcess()
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		jira.stopProcess()
		return nil, err
	}
	s := &stage{bench: b, jira: jira, projects: projects, listen: "127.0.0.1:" + port,
		config: filepath.Join(folder, "config.yml"), store: filepath.Join(folder, "jerem.db"),
		lines: map[string]string{}}
	s.setKey("jira.rate", "0")
	s.setKey("runner.period", "1s")
	s.setKey("runner.refresh", "24h")
	return s, s.writeConfig()
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// setKey sets a key of the configuration that is written next.
func (s *stage) setKey(key, value string) { s.lines[key] = value }

func (s *stage) writeConfig() error {
	var b strings.Builder
	place := "store.path: " + s.store
	if s.database != nil {
		place = "store.url: " + s.database.url
	}
	fmt.Fprintf(&b, "jira.url: %s\njira.username: me@example.org\njira.password: x\n%s\nserver.listen: %s\n"+
		"log.format: json\n", s.jira.address, place, s.listen)
	for key, value := range s.lines {
		fmt.Fprintf(&b, "%s: %s\n", key, value)
	}
	if s.sink != nil {
		fmt.Fprintf(&b, "metrics.url: %s\nmetrics.token: x\n", s.sink.address)
	}
	b.WriteString("projects:\n")
	for _, key := range fakejira.ProjectKeys(s.projects) {
		fmt.Fprintf(&b, "  - name: %s\n", key)
	}
	return os.WriteFile(s.config, []byte(b.String()), 0o600)
}

// addSink starts a Warp 10 that discards what it takes; with the path of a file, what it takes is written there.
func (s *stage) addSink(ctx context.Context, keep ...string) (err error) {
	if s.sink != nil {
		s.sink.stopProcess()
	}
	if s.sink, err = s.bench.startHelper(ctx, append([]string{"sink"}, keep...)...); err != nil {
		return err
	}
	return s.writeConfig()
}

// useServer starts a PostgreSQL in which the store is from then on.
func (s *stage) useServer(ctx context.Context) (err error) {
	if s.database, err = s.bench.startPostgres(ctx); err != nil {
		return err
	}
	return s.writeConfig()
}

// stopAll stops what the stage started.
func (s *stage) stopAll() {
	s.jira.stopProcess()
	if s.sink != nil {
		s.sink.stopProcess()
	}
	if s.database != nil {
		s.database.stopServer()
	}
	os.RemoveAll(filepath.Dir(s.config))
}

// runJerem runs a command of the program that is measured.
func (s *stage) runJerem(ctx context.Context, args ...string) (processUsage, string, error) {
	return runToEnd(ctx, s.bench.jerem, append([]string{"--config", s.config}, args...)...)
}

// runBare downloads everything and keeps nothing.
func (s *stage) runBare(ctx context.Context) (processUsage, error) {
	used, _, err := runToEnd(ctx, s.bench.self, "bare", s.jira.address,
		strings.Join(fakejira.ProjectKeys(s.projects), ","))
	return used, err
}

// startServer starts the program that is measured with its pages.
func (s *stage) startServer(ctx context.Context) (*process, error) {
	p, err := startProcess(ctx, s.bench.jerem, "--config", s.config, "serve")
	if err == nil {
		p.database = s.database
	}
	return p, err
}

// collectFirst reads everything for the first time, in a store that is kept.
func (s *stage) collectFirst(ctx context.Context) error {
	_, _, err := s.runJerem(ctx, "collect")
	return err
}

// postJira asks one of the played Jira's own addresses.
func (s *stage) postJira(ctx context.Context, place string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.jira.address+place, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if into == nil {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// takeCounts tells what the Jira was asked since the last time.
func (s *stage) takeCounts(ctx context.Context) (fakejira.Counts, error) {
	var counts fakejira.Counts
	err := s.postJira(ctx, "/bench/counts", &counts)
	return counts, err
}

// changed is what a change of issues changed.
type changed struct {
	Changed int   `json:"changed"`
	Bytes   int64 `json:"bytes"` // of what a bulk read tells of them
}

// changeIssues changes issues in Jira.
func (s *stage) changeIssues(ctx context.Context, issues int, what whatChanges) (changed, error) {
	var c changed
	err := s.postJira(ctx, "/bench/change?issues="+strconv.Itoa(issues)+"&of="+what.of, &c)
	return c, err
}

// getPage asks for a page, and returns how long that took.
func (s *stage) getPage(ctx context.Context, path string) (time.Duration, error) {
	begun := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.listen+path, nil)
	if err != nil {
		return 0, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if res.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: status %d", path, res.StatusCode)
	}
	return time.Since(begun), err
}

// waitFor asks for a page until it is there, and returns how long after the start of the process that was.
func (s *stage) waitFor(ctx context.Context, p *process, path string) (time.Duration, error) {
	for {
		if _, err := s.getPage(ctx, path); err == nil {
			return time.Since(p.begun), nil
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
		if time.Since(p.begun) > 10*time.Minute {
			return 0, fmt.Errorf("%s is not there after ten minutes", path)
		}
	}
}
