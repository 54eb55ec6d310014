package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// processUsage is what a process took from its start to its end.
type processUsage struct {
	wall, cpu time.Duration
	rss       int64 // at most, in bytes
}

// runToEnd runs a program and returns what it took and what it printed.
func runToEnd(ctx context.Context, name string, args ...string) (processUsage, string, error) {
	var out, trouble bytes.Buffer
	used, err := runInto(ctx, &out, &trouble, name, args...)
	if err != nil {
		err = fmt.Errorf("%s %s: %w: %s", filepath.Base(name), strings.Join(args, " "), err,
			lastLines(trouble.String()))
	}
	return used, out.String(), err
}

// runInto runs a program whose output goes somewhere.
func runInto(ctx context.Context, out, trouble io.Writer, name string, args ...string) (processUsage, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = out, trouble
	begun := time.Now()
	err := cmd.Run()
	used := processUsage{wall: time.Since(begun)}
	if cmd.ProcessState != nil {
		used.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			used.rss = usage.Maxrss << 10
		}
	}
	return used, err
}

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}

// process is a program that runs until it is stopped.
type process struct {
	cmd      *exec.Cmd
	database *postgres // whose consumption counts too; nil for none
	begun    time.Time
	cycles   chan cycle // of a program that serves
	mu       sync.Mutex
	lines    []string // the last lines of what it logged
}

// cycle is a cycle of reading that ended, as the log tells it.
type cycle struct {
	Message  string        `json:"msg"`
	Requests int           `json:"requests"`
	Issues   int           `json:"issues"`
	Took     time.Duration `json:"took"`
}

// startProcess starts a program. What it logs is read for cycles.
func startProcess(ctx context.Context, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, name, args...), cycles: make(chan cycle, 10_000)}
	log, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	p.begun = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go p.readLog(log)
	return p, nil
}

func (p *process) readLog(log io.Reader) {
	defer close(p.cycles)
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c cycle
		if json.Unmarshal(lines.Bytes(), &c) == nil && c.Message == "cycle" {
			p.cycles <- c
		}
		p.mu.Lock()
		p.lines = append(p.lines[max(0, len(p.lines)-20):], lines.Text())
		p.mu.Unlock()
	}
}

// nextCycle waits for the end of the next cycle that has not been seen.
func (p *process) nextCycle(ctx context.Context) (cycle, error) {
	select {
	case <-ctx.Done():
		return cycle{}, ctx.Err()
	case c, more := <-p.cycles:
		if !more {
			p.mu.Lock()
			defer p.mu.Unlock()
			return c, fmt.Errorf("it ended: %s", lastLines(strings.Join(p.lines, "\n")))
		}
		return c, nil
	}
}

// skipCycles forgets the cycles that have ended, and waits for one more.
func (p *process) skipCycles(ctx context.Context) (cycle, error) {
	for len(p.cycles) > 0 {
		if _, err := p.nextCycle(ctx); err != nil {
			return cycle{}, err
		}
	}
	return p.nextCycle(ctx)
}

// stopProcess ends the process and waits until it has.
func (p *process) stopProcess() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// consumption is what a running process took so far.
type consumption struct {
	cpu       time.Duration
	written   int64 // bytes, to files and connections
	log       int64 // bytes, that the server of the store wrote into its write-ahead log
	rss, peak int64
}

func (p *process) readConsumption() (consumption, error) {
	root := fmt.Sprintf("/proc/%d/", p.cmd.Process.Pid)
	tasks, err := filepath.Glob(root + "task/*/schedstat")
	if err != nil {
		return consumption{}, err
	}
	var c consumption
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // the thread ended
		}
		nanoseconds, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(nanoseconds, 10, 64)
		c.cpu += time.Duration(n)
	}
	if c.written, err = readProc(root+"io", "wchar:"); err != nil {
		return c, err
	}
	if c.rss, err = readProc(root+"status", "VmRSS:"); err != nil {
		return c, err
	}
	c.peak, err = readProc(root+"status", "VmHWM:")
	if err != nil {
		return c, err
	}
	c.rss, c.peak = c.rss<<10, c.peak<<10
	besides, err := p.database.readConsumption()
	c.cpu, c.written, c.log = c.cpu+besides.cpu, c.written+besides.written, besides.log
	return c, err
}

// readProc reads a number that stands behind a name in a file of /proc.
func readProc(path, name string) (int64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, name); found {
			return strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		}
	}
	return 0, fmt.Errorf("%s does not tell %s", path, name)
}
