package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// measureExport measures the export as CSV beside sqlite3 printing the same lines out of a table.
func measureExport(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newStage(ctx, b.sizes.team, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	lines := filepath.Join(s.bench.folder, "lines.csv")
	used, err := s.exportTo(ctx, lines, "csv")
	if err != nil {
		return nil, err
	}
	table := filepath.Join(s.bench.folder, "lines.db")
	defer os.Remove(table)
	defer os.Remove(lines)
	if _, _, err := runToEnd(ctx, "sqlite3", "-csv", table, ".import "+lines+" line"); err != nil {
		return nil, err
	}
	floor, err := runInto(ctx, io.Discard, os.Stderr, "sqlite3", "-csv", table, "SELECT * FROM line")
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("export of %d issues as CSV", b.sizes.team)
	return []row{
		{what + ", wall", writeDuration(used.wall), "sqlite3 " + writeDuration(floor.wall), "≤ 3 ×",
			used.wall.Seconds() / floor.wall.Seconds()},
		{what + ", CPU", writeDuration(used.cpu), "sqlite3 " + writeDuration(floor.cpu), "–",
			used.cpu.Seconds() / floor.cpu.Seconds()},
		{what: what + ", memory", figure: writeBytes(used.rss), goal: "≤ 150 MiB"},
	}, nil
}

// exportTo exports all series into a file.
func (s *stage) exportTo(ctx context.Context, path, format string) (processUsage, error) {
	file, err := os.Create(path)
	if err != nil {
		return processUsage{}, err
	}
	defer file.Close()
	return runInto(ctx, file, s.bench.log, s.bench.jerem, "--config", s.config, "export", "--format", format)
}

// pointsPosted reads how many points the program says that it posted.
var pointsPosted = regexp.MustCompile(`(\d+) points`)

// measurePush measures posting everything to a sink that discards it, beside gzip and curl sending the same text there.
func measurePush(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newStage(ctx, b.sizes.team, 1)
	if err != nil {
		return nil, err
	}
	defer s.stopAll()
	if b.sizes.small {
		s.setKey("metrics.interval", "4h")
	}
	text := filepath.Join(s.bench.folder, "points.gts")
	defer os.Remove(text)
	if err := s.addSink(ctx, text); err != nil {
		return nil, err
	}
	if err := s.collectFirst(ctx); err != nil {
		return nil, err
	}
	if _, _, err := s.runJerem(ctx, "publish"); err != nil { // for its text
		return nil, err
	}
	if err := s.addSink(ctx); err != nil {
		return nil, err
	}
	used, told, err := s.runJerem(ctx, "publish")
	if err != nil {
		return nil, err
	}
	m := pointsPosted.FindStringSubmatch(told)
	if m == nil {
		return nil, fmt.Errorf("jerem publish tells no points: %q", told)
	}
	points, _ := strconv.ParseFloat(m[1], 64)
	limit, _, err := runToEnd(ctx, "sh", "-c", `gzip -1 < "$1" | curl -s -f --data-binary @- "$2"`, "sh", text,
		s.sink.address+"/api/v0/update")
	if err != nil {
		return nil, err
	}
	return pushRows(points, used, limit), nil
}

func pushRows(points float64, used, limit processUsage) []row {
	what := fmt.Sprintf("push of %.1f million points", points/1e6)
	return []row{
		{what + ", wall", writeDuration(used.wall), "gzip, curl " + writeDuration(limit.wall), "≤ 1.5 ×",
			used.wall.Seconds() / limit.wall.Seconds()},
		{what: what + ", CPU a million", figure: writeDuration(time.Duration(float64(used.cpu) / points * 1e6)),
			goal: "≤ 0.3 s"},
		{what: what + ", memory", figure: writeBytes(used.rss), goal: "≤ 300 MiB"},
	}
}
