package web

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// bigStory is a team with many issues over three years: a sprint every two weeks, sixty epics of the
// last quarter, each issue with an estimate, its states and some time logged.
func bigStory(issues int) []byte {
	var b strings.Builder
	b.WriteString("A big team.\n-- site --\nurl https://jira.example\nzone UTC\nclock 2026-11-25 12:00\n-- board 1 " +
		"scrum BIG \"Big\" --\ncolumn \"To Do\": open\ncolumn \"In Progress\": doing\ncolumn \"Done\": " +
		"done\n-- sprints --\n")
	first := time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC)
	const sprints = 76
	day := func(n, d, hour int) string {
		return first.AddDate(0, 0, 14*n+d).Format("2006-01-02 ") + fmt.Sprintf("%02d:00", hour)
	}
	for n := range sprints {
		closed := "closed " + day(n, 11, 17)
		if n == sprints-1 {
			closed = ""
		}
		fmt.Fprintf(&b, "%d \"Sprint %d\" %s .. %s %s created %s\n", n+1, n+1, day(n, 0, 9), day(n, 11, 17), closed,
			day(n, -3, 9))
	}
	for e := range 60 {
		fmt.Fprintf(&b, "-- BIG-%d Epic \"Epic %d of the quarter, with a title that goes on for a while\" "+
			"--\n2023-12-01 10:00 created labels=Q4-26,Project_P%d\n", e+1, e+1, e%12)
	}
	for i := range issues {
		n := i * sprints / issues
		epic := i%60 + 1
		label := ""
		if i%9 == 0 {
			label = " labels=impediment"
		}
		fmt.Fprintf(&b, "-- BIG-%d Story \"Story %d\" --\n%s created points=%d sprint=%d epic=BIG-%d%s\n", i+100, i,
			day(n, -2, 10), i%8+1, n+1, epic, label)
		if i%5 < 4 {
			fmt.Fprintf(&b, "%s status=doing\n%s status=done log 2h\n", day(n, 1+i%4, 11), day(n, 2+i%9, 15))
		}
	}
	return []byte(b.String())
}

// BenchmarkPages measures the pages of a team with ten thousand issues and three years, after the first
// request has made its history ready.
func BenchmarkPages(b *testing.B) {
	h := serve(b, bigStory(10_000), team("Big", "BIG"))
	for _, address := range []string{"/", "/teams/Big", "/teams/Big/roadmap", "/teams/Big/roadmap?at=2026-11-01",
		"/api/v1/teams/Big/quarters/Q4-26", "/metrics"} {
		b.Run(address, func(b *testing.B) {
			get(b, h, "/teams/Big")
			b.ReportAllocs()
			sep := "?"
			if strings.Contains(address, "?") {
				sep = "&"
			}
			for n := 0; b.Loop(); n++ {
				// each question is a new one
				if code, body, _ := get(b, h, fmt.Sprintf("%s%sn=%d", address, sep, n)); code != 200 {
					b.Fatalf("%d %.200s", code, body)
				}
			}
		})
	}
	b.Run("asked again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			get(b, h, "/teams/Big/roadmap")
		}
	})
}
