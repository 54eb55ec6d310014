package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// helpers are the commands of what the program that is measured stands on.
var helpers = map[string]func(ctx context.Context, args []string, out io.Writer) error{
	"play-jira": playJira,
	"bare":      downloadBare,
	"sink":      discardPoints,
	"compute":   computeFigures,
}

func run(ctx context.Context, args []string, getenv func(string) string, out, log io.Writer) error {
	if len(args) > 0 && helpers[args[0]] != nil {
		return helpers[args[0]](ctx, args[1:], out)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(log)
	program := flags.String("jerem", "", "the program to be measured; built from this tree where it is not named")
	folder := flags.String("folder", "",
		"where stores are kept while it runs, on a disk; a temporary folder by default")
	flags.Usage = func() { printUsage(flags, log) }
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	chosen, err := chooseBenchmarks(flags.Args())
	if err != nil {
		return err
	}
	b, clean, err := newBench(ctx, *program, *folder, getenv("BENCH") == "small", log)
	if err != nil {
		return err
	}
	defer clean()
	return b.runAll(ctx, chosen, out)
}

func printUsage(flags *flag.FlagSet, log io.Writer) {
	fmt.Fprint(log, "bench [FLAGS] [BENCHMARK...]   measures Jerem beside its limits, and prints a table\n\n"+
		"One row alone: name its benchmark, as in\n"+
		"  go run ./tools/bench quiet\n"+
		"  BENCH=small go run ./tools/bench -jerem bin/jerem first pages\n"+
		"BENCH=small makes everything small, for a few minutes; without it all takes most of an hour.\n\nBenchmarks:\n")
	for _, one := range benchmarks {
		fmt.Fprintf(log, "  %-10s %s\n", one.name, one.about)
	}
	fmt.Fprint(log, "\nFlags:\n")
	flags.PrintDefaults()
}

// benchmark gives some rows of the table.
type benchmark struct {
	name, about string
	measure     func(ctx context.Context, b *bench) ([]row, error)
}

var benchmarks = []benchmark{
	{"first", "the first reading, beside the bare download", measureFirst},
	{"rate", "the first reading at a rate of requests", measureRate},
	{"refresh", "boards, sprints and lists of many teams, asked for again", measureRefresh},
	{"quiet", "a cycle in which nothing happened, with and without a sink", measureQuiet},
	{"grid", "a cycle at a step of the grid of living series", measureGrid},
	{"changes", "a cycle with a hundred changed issues", measureChanges},
	{"pages", "the page of a team after a quiet cycle, after changes, after a start", measurePages},
	{"roadmap", "the roadmap of a large team", measureRoadmap},
	{"portfolio", "the page of many teams", measurePortfolio},
	{"herd", "fifty viewers of a page that nobody asked for before", measureHerd},
	{"export", "the export as CSV, beside sqlite3 printing the same lines", measureExport},
	{"push", "posting the whole past, beside gzip and curl", measurePush},
	{"postgres", "readings, cycles and an export with a store in PostgreSQL, beside SQLite", measurePostgres},
	{"sinks", "posting to each kind of sink: Warp 10 played, VictoriaMetrics, Prometheus", measureSinks},
	{"compute", "forecasts, series and calibration of a large team", measureCompute},
	{"size", "the program as it is released", measureSize},
	{"start", "the start with a large store, and memory while it serves", measureStart},
}

// chooseBenchmarks finds benchmarks by name; all where none is named.
func chooseBenchmarks(names []string) ([]benchmark, error) {
	if len(names) == 0 {
		return benchmarks, nil
	}
	var out []benchmark
	for _, name := range names {
		n := slices.IndexFunc(benchmarks, func(b benchmark) bool { return b.name == name })
		if n < 0 {
			return nil, fmt.Errorf("there is no benchmark %q: --help lists them", name)
		}
		out = append(out, benchmarks[n])
	}
	return out, nil
}

// bench is what all benchmarks share.
type bench struct {
	jerem  string // the program that is measured
	self   string // this program
	folder string
	sizes  sizes
	log    io.Writer
}

// sizes are how large everything is.
type sizes struct {
	small         bool
	first         []int // issues of first readings
	team, large   int   // issues of a usual and of a large team
	teams, ofEach int   // teams of a portfolio, and issues of each
	samples       int   // how often a page is asked for, and how many cycles are measured
}

var (
	fullSizes  = sizes{false, []int{1_000, 10_000, 100_000}, 20_000, 100_000, 100, 200, 20}
	smallSizes = sizes{true, []int{1_000, 5_000}, 1_000, 5_000, 10, 50, 4}
)

func newBench(ctx context.Context, program, folder string, small bool, log io.Writer) (*bench, func(), error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	work, err := os.MkdirTemp(folder, "jerem-bench-")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { os.RemoveAll(work) }
	b := &bench{jerem: program, self: self, folder: work, sizes: fullSizes, log: log}
	if small {
		b.sizes = smallSizes
	}
	if program == "" {
		b.jerem = filepath.Join(work, "jerem")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.jerem, "./cmd/jerem")
		if text, err := build.CombinedOutput(); err != nil {
			clean()
			return nil, nil, fmt.Errorf("go build ./cmd/jerem: %w\n%s", err, text)
		}
	}
	if b.jerem, err = filepath.Abs(b.jerem); err != nil {
		clean()
		return nil, nil, err
	}
	return b, clean, nil
}

// runAll measures, and prints rows as they come. One that fails is told; the others go on.
func (b *bench) runAll(ctx context.Context, chosen []benchmark, out io.Writer) error {
	fmt.Fprintf(out, "%s\n", tableHead)
	var failed []string
	for _, one := range chosen {
		fmt.Fprintf(b.log, "measuring %s\n", one.name)
		rows, err := one.measure(ctx, b)
		for _, r := range rows {
			fmt.Fprintln(out, r.markdownRow(one.name))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = append(failed, one.name)
			fmt.Fprintf(b.log, "%s: %v\n", one.name, err)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("not measured: %s", strings.Join(failed, ", "))
	}
	return nil
}
