package main

import (
	"context"
	"fmt"
)

// measureStart measures the start with a large store, and the memory while it serves and changes come.
func measureStart(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newStage(ctx, b.sizes.large, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	p, err := s.startServer(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { p.stopProcess() }()
	healthy, err := s.waitFor(ctx, p, "/healthz")
	if err != nil {
		return nil, err
	}
	page, err := s.getPage(ctx, "/teams/BIG")
	if err != nil {
		return nil, err
	}
	served, err := p.readConsumption()
	if err != nil {
		return nil, err
	}
	running := &serving{s, p}
	for range 4 {
		if _, err := running.timesOf(ctx, "/teams/BIG", func() error {
			_, err := s.changeIssues(ctx, changedAtOnce, anyIssues)
			return err
		}); err != nil {
			return nil, err
		}
	}
	changed, err := p.readConsumption()
	what := fmt.Sprintf("start with %d issues", b.sizes.large)
	memory := fmt.Sprintf("memory, one team of %d issues", b.sizes.large)
	return []row{
		{what: what + ", healthz", figure: writeDuration(healthy), goal: "≤ 100 ms"},
		{what: what + ", first page", figure: writeDuration(page), goal: "–"},
		{what: memory + ", after the first page", figure: writeBytes(served.rss), goal: "≤ 600 MiB"},
		{what: memory + ", at most, with changes", figure: writeBytes(changed.peak), limit: writeBytes(served.rss),
			goal: "no doubling, ≤ 600 MiB", ratio: float64(changed.peak) / float64(served.rss)},
	}, err
}
