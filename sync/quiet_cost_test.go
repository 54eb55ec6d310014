package sync

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/sync/synctest"
)

// TestOverlapCostsLittle: what the overlap lists again unchanged is neither unpacked nor translated again: a cycle that
// lists fifty such issues takes few allocations more for each of them than one that lists none.
func TestOverlapCostsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("it counts allocations of many cycles")
	}
	const listed, each = 50, 80 // to unpack and translate a document takes twice as many
	var story strings.Builder
	story.WriteString("-- site --\nclock 2026-10-06 12:00\n-- board 1 scrum K8S \"Kubernetes\" --\n-- sprints --\n" +
		"1 \"One\" 2026-10-05 09:00 .. 2026-10-16 17:00\n")
	for n := range listed {
		fmt.Fprintf(&story, "-- K8S-%d Story \"Work\" --\n2026-10-01 10:00 created points=3 sprint=1\n"+
			"2026-10-06 11:59 points=5\n", n+1)
	}
	conf := synctest.Team("K8S", 0)
	r, c := livingRig(t, story.String(), conf)
	r.reader.Refresh = 1 << 40
	r.collect(t, conf)
	cycle := func() {
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	c.Set(c.Now().Add(time.Minute))
	again := testing.AllocsPerRun(20, cycle)
	c.Set(c.Now().Add(time.Hour))
	cycle()
	c.Set(c.Now().Add(time.Hour))
	none := testing.AllocsPerRun(20, cycle)
	if extra := (again - none) / listed; extra > each {
		t.Errorf("%.0f allocations for each issue that is listed again, want at most %d; %.0f for a cycle that lists "+
			"none", extra, each, none)
	} else {
		t.Logf("%.0f allocations for each issue, %.0f for a cycle", extra, none)
	}
}

// TestQuietCycleReadsNoIssues: a cycle in which nothing happened reads nothing of the issues that are kept: it takes as
// many allocations with four hundred of them as with ten.
func TestQuietCycleReadsNoIssues(t *testing.T) {
	if testing.Short() {
		t.Skip("it counts allocations of many cycles")
	}
	cost := func(issues int) float64 {
		var story strings.Builder
		story.WriteString("-- site --\nclock 2026-10-06 12:00\n-- board 1 scrum K8S \"Kubernetes\" " +
			"--\n-- sprints --\n1 \"One\" 2026-10-05 09:00 .. 2026-10-16 17:00\n-- K8S-1 Epic \"Plan\" --\n" +
			"2026-10-01 10:00 created labels=Q4-26\n")
		for n := range issues {
			fmt.Fprintf(&story, "-- K8S-%d Story \"Work\" --\n2026-10-01 10:00 created points=3 sprint=1 epic=K8S-1\n",
				n+2)
		}
		conf := synctest.Team("K8S", 0)
		r, c := livingRig(t, story.String(), conf)
		r.reader.Refresh = 1 << 40
		r.collect(t, conf)
		c.Set(c.Now().Add(time.Hour))
		r.collect(t, conf)
		return testing.AllocsPerRun(20, func() {
			if _, err := r.reader.Collect(t.Context(), false); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := cost(10), cost(400)
	if extra := (many - few) / 390; extra > 8 { // the played Jira itself looks at each of them
		t.Errorf("a quiet cycle takes %.1f allocations for each issue that is kept", extra)
	}
}
