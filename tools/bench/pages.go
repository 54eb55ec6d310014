package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// printRows is what sqlite3 prints beside a page: all that is kept of the issues of a team.
const printRows = `SELECT * FROM issue JOIN timeline ON timeline.issue = issue.id`

// measurePages measures the page of a large team.
func measurePages(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.startServing(ctx, b.sizes.team, 1, false)
	if err != nil {
		return nil, err
	}
	defer func() { s.stopServing() }()
	const page = "/teams/BIG"
	rows, err := s.measurePage(ctx, fmt.Sprintf("team page of %d issues", b.sizes.team), page, "≤ 50 ms", "≤ 100 ms")
	if err != nil {
		return rows, err
	}
	s.process.stopProcess()
	floor, _, err := runToEnd(ctx, "sqlite3", "-csv", s.stage.store, printRows)
	if err != nil {
		return rows, err
	}
	if s.process, err = s.stage.startServer(ctx); err != nil {
		return rows, err
	}
	if _, err := s.stage.waitFor(ctx, s.process, "/healthz"); err != nil {
		return rows, err
	}
	first, err := s.askPage(ctx, page)
	what := fmt.Sprintf("team page of %d issues, first after a start", b.sizes.team)
	return append(rows,
		row{what, writeDuration(first.took), "sqlite3 " + writeDuration(floor.wall), "≤ 2 ×",
			first.took.Seconds() / floor.wall.Seconds()},
		row{what + ", CPU", writeDuration(first.cpu), "sqlite3 " + writeDuration(floor.cpu), "≤ 2 ×",
			first.cpu.Seconds() / floor.cpu.Seconds()}), err
}

func noError() error { return nil }

// measurePage asks for a page after quiet cycles, and after cycles with changes.
func (s *serving) measurePage(ctx context.Context, what, page, quiet, changed string) ([]row, error) {
	if _, err := s.stage.getPage(ctx, page); err != nil { // the first one after a start is measured elsewhere
		return nil, err
	}
	afterQuiet, err := s.timesOf(ctx, page, noError)
	if err != nil {
		return nil, err
	}
	afterChanges, err := s.timesOf(ctx, page, func() error {
		_, err := s.stage.changeIssues(ctx, changedAtOnce, anyIssues)
		return err
	})
	changes := fmt.Sprintf("after %d changes", changedAtOnce)
	return []row{
		{what: what + ", p95 after a quiet cycle", figure: writeDuration(p95Of(afterQuiet)), goal: quiet},
		{what: what + ", after a quiet cycle, CPU", figure: writeDuration(medianCPU(afterQuiet)), goal: quiet},
		{what: what + ", p95 " + changes, figure: writeDuration(p95Of(afterChanges)), goal: changed},
		{what: what + ", " + changes + ", CPU", figure: writeDuration(medianCPU(afterChanges)), goal: changed},
	}, err
}

// askedPage is what a page took: how long its viewer waited, and the CPU seconds of the program meanwhile.
type askedPage struct{ took, cpu time.Duration }

// askPage asks for a page.
func (s *serving) askPage(ctx context.Context, page string) (askedPage, error) {
	begin, err := s.process.readConsumption()
	if err != nil {
		return askedPage{}, err
	}
	took, err := s.stage.getPage(ctx, page)
	if err != nil {
		return askedPage{}, err
	}
	end, err := s.process.readConsumption()
	return askedPage{took, end.cpu - begin.cpu}, err
}

// p95Of is how long the slowest but one in twenty viewers waited.
func p95Of(pages []askedPage) time.Duration {
	var times []time.Duration
	for _, page := range pages {
		times = append(times, page.took)
	}
	return quantileOf(times, 0.95)
}

// medianCPU is the CPU time of a page in the middle.
func medianCPU(pages []askedPage) time.Duration {
	var times []time.Duration
	for _, page := range pages {
		times = append(times, page.cpu)
	}
	return quantileOf(times, 0.5)
}

// timesOf asks for a page after each of some cycles, before which something is done.
func (s *serving) timesOf(ctx context.Context, page string, before func() error) ([]askedPage, error) {
	var out []askedPage
	for range s.stage.bench.sizes.samples {
		if _, err := s.process.skipCycles(ctx); err != nil {
			return nil, err
		}
		if err := before(); err != nil {
			return nil, err
		}
		if _, err := s.process.nextCycle(ctx); err != nil {
			return nil, err
		}
		asked, err := s.askPage(ctx, page)
		if err != nil {
			return nil, err
		}
		out = append(out, asked)
	}
	return out, nil
}

// measureRoadmap measures the roadmap of a large team.
func measureRoadmap(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.startServing(ctx, b.sizes.team, 1, false)
	if err != nil {
		return nil, err
	}
	defer s.stopServing()
	return s.measurePage(ctx, fmt.Sprintf("roadmap of %d issues", b.sizes.team), "/teams/BIG/roadmap", "–", "–")
}

// measurePortfolio measures the page of many teams.
func measurePortfolio(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.startServing(ctx, b.sizes.teams*b.sizes.ofEach, b.sizes.teams, false)
	if err != nil {
		return nil, err
	}
	defer s.stopServing()
	return s.measurePage(ctx, fmt.Sprintf("portfolio of %d teams of %d", b.sizes.teams, b.sizes.ofEach), "/",
		"≤ 100 ms", "≤ 200 ms")
}

// viewers ask for one page at once.
const viewers = 50

// measureHerd measures the CPU of many viewers of a page that changed, beside that of one.
func measureHerd(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.startServing(ctx, b.sizes.team, 1, false)
	if err != nil {
		return nil, err
	}
	defer s.stopServing()
	var costs [2]time.Duration
	var slowest []time.Duration
	const rounds = 3
	for range rounds {
		for n, count := range []int{1, viewers} {
			cpu, times, err := s.cpuOfViewers(ctx, count)
			if err != nil {
				return nil, err
			}
			costs[n] += cpu / rounds
			if n == 1 {
				slowest = append(slowest, quantileOf(times, 0.95))
			}
		}
	}
	return []row{{fmt.Sprintf("%d viewers of a cold page of %d issues, CPU (p95 %s)", viewers, b.sizes.team,
		writeDuration(quantileOf(slowest, 0.5))), writeDuration(costs[1]), "one viewer " + writeDuration(costs[0]),
		"≤ 1.2 ×", costs[1].Seconds() / costs[0].Seconds()}}, nil
}

// cpuOfViewers has a page asked for at once by some viewers after it changed.
func (s *serving) cpuOfViewers(ctx context.Context, count int) (time.Duration, []time.Duration, error) {
	if _, err := s.process.skipCycles(ctx); err != nil {
		return 0, nil, err
	}
	if _, err := s.stage.changeIssues(ctx, changedAtOnce, anyIssues); err != nil {
		return 0, nil, err
	}
	if _, err := s.process.nextCycle(ctx); err != nil {
		return 0, nil, err
	}
	begin, err := s.process.readConsumption()
	if err != nil {
		return 0, nil, err
	}
	times, errs := make([]time.Duration, count), make([]error, count)
	var all sync.WaitGroup
	for n := range count {
		all.Go(func() { times[n], errs[n] = s.stage.getPage(ctx, "/teams/BIG") })
	}
	all.Wait()
	end, err := s.process.readConsumption()
	return end.cpu - begin.cpu, times, errors.Join(append(errs, err)...)
}
