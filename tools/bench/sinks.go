package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// sinkKind is a kind of sink that is posted to.
type sinkKind struct {
	name      string
	takesPast bool
	start     func(s *stage, ctx context.Context) (stop func(), err error) // and writes the configuration
}

var sinkKinds = []sinkKind{
	{"Warp 10 (played)", true, (*stage).usePlayedWarp10},
	{"VictoriaMetrics", true, (*stage).useVictoriaMetrics},
	{"Prometheus", false, (*stage).usePrometheus},
}

// measureSinks measures each kind of sink beside the played Warp 10: posting the whole past, where it takes that, and
// a cycle with changes. The servers are real ones; what they take themselves is not counted.
func measureSinks(ctx context.Context, b *bench) (rows []row, err error) {
	s, err := b.newStage(ctx, b.sizes.team, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	if b.sizes.small {
		s.setKey("metrics.interval", "4h")
	}
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	var pushLimit, cycleLimit time.Duration
	for _, kind := range sinkKinds {
		pushed, cycle, err := costOfSink(ctx, s, kind)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", kind.name, err)
		}
		if cycleLimit == 0 {
			pushLimit, cycleLimit = pushed.cpu, cycle.cpu
		}
		if kind.takesPast {
			rows = append(rows, row{kind.name + ": push of the past, CPU a million points", writeDuration(pushed.cpu),
				"Warp 10 " + writeDuration(pushLimit), "≤ 1.5 ×", pushed.cpu.Seconds() / pushLimit.Seconds()},
				row{what: kind.name + ": the same, memory", figure: writeBytes(pushed.rss), goal: "≤ 300 MiB"})
		}
		rows = append(rows, row{fmt.Sprintf("%s: cycle with %d changes, CPU", kind.name, changedAtOnce),
			writeDuration(cycle.cpu), "Warp 10 " + writeDuration(cycleLimit), "≤ 1.5 ×",
			cycle.cpu.Seconds() / cycleLimit.Seconds()})
	}
	return rows, nil
}

// costOfSink measures posting the past, of which it returns the CPU of a million points, and cycles with changes.
func costOfSink(ctx context.Context, s *stage, kind sinkKind) (pushed processUsage, cycle cycleCost, err error) {
	stop, err := kind.start(s, ctx)
	if err != nil {
		return pushed, cycle, err
	}
	defer stop()
	if kind.takesPast {
		var told string
		if pushed, told, err = s.runJerem(ctx, "publish"); err != nil {
			return pushed, cycle, err
		}
		m := pointsPosted.FindStringSubmatch(told)
		if m == nil {
			return pushed, cycle, fmt.Errorf("jerem publish tells no points: %q", told)
		}
		points, _ := strconv.ParseFloat(m[1], 64)
		pushed.cpu = time.Duration(float64(pushed.cpu) / points * 1e6)
	}
	p, err := s.startServer(ctx)
	if err != nil {
		return pushed, cycle, err
	}
	defer p.stopProcess()
	running := &serving{s, p}
	if err := running.waitForCalm(ctx); err != nil {
		return pushed, cycle, err
	}
	cycle, err = costOf(ctx, p, min(5, s.bench.sizes.samples), func() error {
		_, err := s.changeIssues(ctx, changedAtOnce, anyIssues)
		return err
	})
	return pushed, cycle, err
}

func (s *stage) usePlayedWarp10(ctx context.Context) (stop func(), err error) {
	stop = func() {
		s.sink.stopProcess()
		s.sink = nil
	}
	return stop, s.addSink(ctx)
}

func (s *stage) useVictoriaMetrics(ctx context.Context) (stop func(), err error) {
	return s.useRemoteWrite(ctx, "all", func(folder, listen string) (program string, args []string) {
		return "victoria-metrics", []string{"-httpListenAddr=" + listen, "-storageDataPath=" + folder,
			"-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms", "-loggerLevel=ERROR"}
	})
}

func (s *stage) usePrometheus(ctx context.Context) (stop func(), err error) {
	return s.useRemoteWrite(ctx, "none", func(folder, listen string) (program string, args []string) {
		config := filepath.Join(folder, "prometheus.yml")
		_ = os.WriteFile(config, []byte("global: {scrape_interval: 1h}\n"), 0o600) // else the server says so
		return "prometheus", []string{"--config.file=" + config, "--storage.tsdb.path=" + filepath.Join(folder, "data"),
			"--web.listen-address=" + listen, "--web.enable-remote-write-receiver", "--log.level=error"}
	})
}

// useRemoteWrite starts a server that takes remote write, and has Jerem post there; what is started is told for a
// folder and an address. Both servers speak version 1 as Debian packs them.
func (s *stage) useRemoteWrite(
	ctx context.Context, backfill string, started func(folder, listen string) (string, []string),
) (stop func(), err error) {
	folder, err := os.MkdirTemp(s.bench.folder, "sink-")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	listen := "127.0.0.1:" + port
	program, args := started(folder, listen)
	server := exec.CommandContext(ctx, program, args...)
	server.Stderr = s.bench.log
	if err := server.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		os.RemoveAll(folder)
		delete(s.lines, "sinks")
	}
	s.setKey("sinks", fmt.Sprintf("[{name: %s, type: remotewrite, url: \"http://%s\", backfill: %s}]", program, listen,
		backfill))
	if err := s.writeConfig(); err != nil {
		stop()
		return nil, err
	}
	for range 600 {
		res, err := http.Get("http://" + listen + "/-/ready")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return stop, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	return nil, fmt.Errorf("%s does not answer", program)
}
