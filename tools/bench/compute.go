package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/outlook"
	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/store"
)

// computations are the CPU seconds of what is computed of a team, on one processor, and of their limits.
type computations struct {
	Cold, Warm     time.Duration // a forecast with its record, of a team of which nothing was asked, and asked again
	ForecastDraws  time.Duration // the numbers that its trials draw at least
	Index          time.Duration // what all figures look up of the history
	Series, Text   time.Duration // all series but those of forecasts, and their points written as text
	Forecasts      time.Duration // the series of forecasts of quarters and sprints
	Simulations    time.Duration // the numbers that their trials draw at least
	Asked          int           // how many forecasts they tell
	Points         int
	Calibration    time.Duration // of a team of three years of which nothing is known yet
	CalibrateDraws time.Duration // the numbers that its trials draw at least
}

// measureCompute measures what is computed of a large team: it is this tree that computes, whatever program is named.
func measureCompute(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newStage(ctx, b.sizes.team, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	_, told, err := runToEnd(ctx, b.self, "compute", s.config, s.store)
	if err != nil {
		return nil, err
	}
	var c computations
	if err := json.Unmarshal([]byte(told), &c); err != nil {
		return nil, err
	}
	besides := func(what string, took time.Duration, limit string, least time.Duration, goal string) row {
		return row{what, writeDuration(took), limit + " " + writeDuration(least), goal,
			took.Seconds() / least.Seconds()}
	}
	team := fmt.Sprintf("of %d issues", b.sizes.team)
	return []row{
		besides("forecast of a quarter with its record "+team+", nothing asked before, CPU", c.Cold, "its draws",
			c.ForecastDraws, "≤ 200 ms"),
		besides("the same asked again a minute later, CPU", c.Warm, "its draws", c.ForecastDraws, "≤ 50 ms"),
		besides(fmt.Sprintf("every series %s but forecasts, %.1f million points, CPU", team, float64(c.Points)/1e6),
			c.Series, "writing them", c.Text, "≤ 1 s"),
		besides("what they look up of the history, CPU", c.Index, "writing them", c.Text, "–"),
		besides(fmt.Sprintf("series of %d forecasts of quarters and sprints, CPU", c.Asked), c.Forecasts, "their draws",
			c.Simulations, "–"),
		besides("calibration of a new team of three years, CPU", c.Calibration, "its draws", c.CalibrateDraws, "≤ 2 s"),
	}, nil
}

// computeFigures is the command that computes figures of the first team of a configuration, out of a store, and prints
// what that took.
func computeFigures(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return errors.New("compute CONFIGURATION STORE")
	}
	runtime.GOMAXPROCS(1)
	team, err := loadFirstTeam(ctx, args[0], args[1])
	if err != nil {
		return err
	}
	quarter := team.QuarterAt(team.Now())
	ask := func(at time.Time) {
		if _, wrong := outlook.Ask(team, outlook.Question{Quarter: &quarter}, at); wrong != nil {
			err = wrong
		}
	}
	var c computations
	c.Cold = cpuOf(func() { ask(team.Now().Add(-time.Minute)) })
	c.Warm = cpuOf(func() { ask(team.Now()) })
	c.ForecastDraws = cpuOf(func() { drawNumbers(10_000 * drawsOfTrial) })
	var fresh *measure.Team // of which nothing was asked
	c.Index = cpuOf(func() { fresh = measure.Of(team.History()) })
	var pieces []series.Series
	c.Series = cpuOf(func() { pieces = gatherSeries(fresh, func(class string) bool { return !isForecast(class) }) })
	c.Text = cpuOf(func() { err = errors.Join(err, series.WriteGTS(io.Discard, slices.Values(pieces))) })
	for i := range pieces {
		c.Points += len(pieces[i].Points)
	}
	// the other series are made besides
	both := cpuOf(func() { pieces = gatherSeries(measure.Of(team.History()), isForecast) })
	c.Forecasts = both - c.Index - c.Series
	for i := range pieces {
		if strings.HasSuffix(pieces[i].Class, ".p50") && pieces[i].Labels["sprint"] != "current" {
			c.Asked += len(pieces[i].Points)
		}
	}
	c.Simulations = cpuOf(func() { drawNumbers(c.Asked * 10_000 * drawsOfTrial) })
	days := make(forecast.Throughput, threeYears)
	for n := range days {
		days[n] = float64(rand.IntN(6))
	}
	c.Calibration = cpuOf(func() { forecast.Calibrate(forecast.Replay(days), forecast.Shipped()) })
	c.CalibrateDraws = cpuOf(func() { drawNumbers(replaysOfThreeYears * 1_000 * drawsOfTrial) })
	return errors.Join(err, json.NewEncoder(out).Encode(c))
}

// gatherSeries returns the series of some classes.
func gatherSeries(team *measure.Team, wanted func(class string) bool) (out []series.Series) {
	for part := range timeseries.Parts(context.Background(), team, team.Now(), wanted) {
		out = append(out, part...)
	}
	return out
}

// isForecast tells whether a class is one of those of section 4b of what figures mean.
func isForecast(class string) bool { return strings.Contains(class, ".forecast.") }

const (
	// threeYears is the number of their working days.
	threeYears = 780
	// replaysOfThreeYears is as of how many days the past of three years is replayed: each tenth from the 250th.
	replaysOfThreeYears = (threeYears - 250) / 10
	// drawsOfTrial is how many blocks of days a trial of three months draws.
	drawsOfTrial = 13
)

// loadFirstTeam reads the first team of a configuration out of a store.
func loadFirstTeam(ctx context.Context, config, path string) (*measure.Team, error) {
	read, err := setup.ReadConfig(ctx, config, os.Getenv)
	if err != nil {
		return nil, err
	}
	teams, err := read.AgileTeams()
	if err != nil {
		return nil, err
	}
	kept, err := store.OpenRead(ctx, path)
	if err != nil {
		return nil, err
	}
	defer kept.Close()
	history, err := kept.Teams.History(ctx, teams[0])
	if err != nil {
		return nil, err
	}
	return measure.Of(history), nil
}

// cpuOf returns the CPU seconds of a function.
func cpuOf(compute func()) time.Duration {
	begun := processorTime()
	compute()
	return processorTime() - begun
}

// processorTime returns the CPU seconds of this process so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used) // of this process it is always told
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// drawNumbers draws numbers and adds them up, which is the least that a simulation does.
func drawNumbers(count int) (sum float64) {
	random := rand.New(rand.NewPCG(1, 2))
	for range count {
		sum += random.Float64()
	}
	return sum
}

// measureSize measures the program as it is released, beside the least that Go's server of pages takes.
func measureSize(ctx context.Context, b *bench) ([]row, error) {
	least := filepath.Join(b.folder, "least")
	if err := os.MkdirAll(least, 0o755); err != nil {
		return nil, err
	}
	const source = "package main\n\nimport \"net/http\"\n\nfunc main() { _ = http.ListenAndServe(\":0\", nil) }\n"
	if err := os.WriteFile(filepath.Join(least, "main.go"), []byte(source), 0o600); err != nil {
		return nil, err
	}
	program, err := sizeOfBuild(ctx, filepath.Join(b.folder, "released"), "./cmd/jerem")
	if err != nil {
		return nil, err
	}
	smallest, err := sizeOfBuild(ctx, filepath.Join(b.folder, "smallest"), filepath.Join(least, "main.go"))
	if err != nil {
		return nil, err
	}
	return []row{{"program as it is released, which an image holds alone", writeMegabytes(program),
		"net/http " + writeMegabytes(smallest), "≤ 40 MB", float64(program) / float64(smallest)}}, nil
}

func writeMegabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// sizeOfBuild builds a program as releases are built, and returns its size.
func sizeOfBuild(ctx context.Context, path, what string) (int64, error) {
	build := exec.CommandContext(ctx, "go", "run", "./release", "program", path, what)
	if text, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go run ./release program %s: %w\n%s", what, err, text)
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
