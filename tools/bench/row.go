package main

import (
	"fmt"
	"slices"
	"time"
)

const tableHead = "| what | figure | limit | goal | ratio | command |\n|---|---|---|---|---|---|"

// row is a line of the table.
type row struct {
	what, figure string
	limit        string // what the machine could do at best in the same run, "" where it is no measurement
	goal         string
	ratio        float64 // of the figure to the limit, 0 where there is none
}

func (r row) markdownRow(command string) string {
	ratio := "–"
	if r.ratio != 0 {
		ratio = fmt.Sprintf("%.2f", r.ratio)
	}
	limit := r.limit
	if limit == "" {
		limit = "–"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | `bench %s` |", r.what, r.figure, limit, r.goal, ratio, command)
}

// writeDuration writes a duration with three digits.
func writeDuration(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
	}
	return fmt.Sprintf("%.2f ms", d.Seconds()*1000)
}

// writeBytes writes an amount of memory.
func writeBytes(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f kB", float64(n)/1e3)
}

// quantileOf returns the value below which a share of the list lies.
func quantileOf(list []time.Duration, share float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}
