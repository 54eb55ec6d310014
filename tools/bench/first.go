package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"time"
)

// measureFirst measures first readings of sizes that grow tenfold, each beside the bare download of the same pages.
func measureFirst(ctx context.Context, b *bench) (rows []row, err error) {
	var before time.Duration
	for n, issues := range b.sizes.first {
		took, more, err := b.measureFirstOf(ctx, issues)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
		if n > 0 {
			grown := math.Log(float64(issues) / float64(b.sizes.first[n-1]))
			exponent := math.Log(float64(took)/float64(before)) / grown
			rows = append(rows, row{what: fmt.Sprintf("first reading, CPU from %d to %d issues grows with the power",
				b.sizes.first[n-1], issues), figure: fmt.Sprintf("%.2f", exponent), goal: "≤ 1.05"})
		}
		before = took
	}
	return rows, nil
}

// measureFirstOf measures a first reading, and returns its CPU seconds too.
func (b *bench) measureFirstOf(ctx context.Context, issues int) (time.Duration, []row, error) {
	s, err := b.newStage(ctx, issues, 1)
	if err != nil {
		return 0, nil, err
	}
	defer s.stopAll()
	if _, err := s.runBare(ctx); err != nil { // the first one warms what serves it
		return 0, nil, err
	}
	if _, err := s.takeCounts(ctx); err != nil {
		return 0, nil, err
	}
	used, _, err := s.runJerem(ctx, "collect", "--no-views")
	if err != nil {
		return 0, nil, err
	}
	counts, err := s.takeCounts(ctx)
	if err != nil {
		return 0, nil, err
	}
	bare, err := s.runBare(ctx)
	if err != nil {
		return 0, nil, err
	}
	views, _, err := s.runJerem(ctx, "collect")
	if err != nil {
		return 0, nil, err
	}
	info, err := os.Stat(s.store)
	if err != nil {
		return 0, nil, err
	}
	what, most := fmt.Sprintf("first reading of %d issues", issues), "–"
	if issues >= 100_000 { // the questions for boards and lists weigh little
		most = "≤ 3.2"
	}
	return used.cpu, []row{
		{what + ", wall", writeDuration(used.wall), "bare " + writeDuration(bare.wall), "≤ 1.5 ×",
			used.wall.Seconds() / bare.wall.Seconds()},
		{what + ", CPU", writeDuration(used.cpu), "bare " + writeDuration(bare.cpu), "≤ 2.2 ×",
			used.cpu.Seconds() / bare.cpu.Seconds()},
		{what: what + ", memory", figure: writeBytes(used.rss), goal: "≤ 200 MiB"},
		{what: what + ", rows of the views after it, CPU", figure: writeDuration(views.cpu), goal: "–"},
		{what: what + ", rows of the views after it, memory", figure: writeBytes(views.rss), goal: "–"},
		{what: what + ", requests a 1,000 issues",
			figure: fmt.Sprintf("%.2f", float64(counts.Requests)*1000/float64(issues)), goal: most},
		{what: what + ", store", figure: writeBytes(info.Size()), goal: "–"},
	}, nil
}

// measureRate measures a first reading at a rate of requests: the rate is the limit, and the bare download.
func measureRate(ctx context.Context, b *bench) ([]row, error) {
	issues, rate := 10_000, 10
	if b.sizes.small {
		issues, rate = 2_000, 5
	}
	s, err := b.newStage(ctx, issues, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	s.setKey("jira.rate", fmt.Sprint(rate))
	if err := s.writeConfig(); err != nil {
		return nil, err
	}
	if _, err := s.runBare(ctx); err != nil {
		return nil, err
	}
	bare, err := s.runBare(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.takeCounts(ctx); err != nil {
		return nil, err
	}
	used, _, err := s.runJerem(ctx, "collect")
	if err != nil {
		return nil, err
	}
	counts, err := s.takeCounts(ctx)
	if err != nil {
		return nil, err
	}
	waits := max(0, float64(counts.Requests-rate)/float64(rate))
	limit := time.Duration(waits*float64(time.Second)) + bare.wall
	return []row{{fmt.Sprintf("first reading of %d issues at %d requests a second, wall", issues, rate),
		writeDuration(used.wall), fmt.Sprintf("%d requests + bare %s", counts.Requests, writeDuration(limit)), "≤ 1 ×",
		used.wall.Seconds() / limit.Seconds()}}, nil
}

// measureRefresh measures what a refresh of many teams asks, and whether it delays the readings of changes.
func measureRefresh(ctx context.Context, b *bench) ([]row, error) {
	teams, refresh, cycles := b.sizes.teams, 30*time.Second, 75
	if b.sizes.small {
		refresh, cycles = 10*time.Second, 25
	}
	s, err := b.newStage(ctx, teams*20, teams)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	s.setKey("runner.refresh", refresh.String())
	s.setKey("jira.rate", "10")
	if err := s.writeConfig(); err != nil {
		return nil, err
	}
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	p, err := s.startServer(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stopProcess()
	first, err := p.nextCycle(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.takeCounts(ctx); err != nil {
		return nil, err
	}
	begun := time.Now()
	var took []time.Duration
	for range cycles {
		c, err := p.nextCycle(ctx)
		if err != nil {
			return nil, err
		}
		took = append(took, c.Took)
	}
	periods := float64(time.Since(begun)) / float64(refresh)
	counts, err := s.takeCounts(ctx)
	if err != nil {
		return nil, err
	}
	asked := float64(counts.Requests-3*cycles) / periods / float64(teams)
	what := fmt.Sprintf("refresh of %d teams", teams)
	return []row{
		{what: what + ", requests a team and period", figure: fmt.Sprintf("%.2f", asked), goal: "≤ 1.3"},
		{what: what + ", the longest reading of changes", figure: writeDuration(quantileOf(took, 1)),
			limit: "median " + writeDuration(quantileOf(took, 0.5)), goal: "not delayed",
			ratio: quantileOf(took, 1).Seconds() / quantileOf(took, 0.5).Seconds()},
		{what: fmt.Sprintf("first cycle of %d teams after a start", teams), figure: fmt.Sprintf("%d requests, %s",
			first.Requests, writeDuration(first.Took)), goal: "–"},
	}, nil
}
