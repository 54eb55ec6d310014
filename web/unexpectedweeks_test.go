package web

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jerem/testrun"
)

// weekCells are the hours of the unexpected by week on a roadmap: the place of what opens them, by what and week.
func weekCells(t *testing.T, page, kind string) []string {
	t.Helper()
	_, rows, found := strings.Cut(page, `id="unexpected-weeks"`)
	if !found {
		return nil
	}
	rows, _, _ = strings.Cut(rows, "</table>")
	var out []string
	for n, cell := range regexp.MustCompile(`href="#explain-`+kind+`-(\d+)">([^<]*)<`).FindAllStringSubmatch(rows, -1) {
		if cell[1] != fmt.Sprint(n) || !strings.Contains(page, `id="explain-`+kind+"-"+cell[1]+`"`) {
			t.Errorf("%s of week %d opens nothing", kind, n)
		}
		out = append(out, cell[2])
	}
	return out
}

// TestUnexpectedByWeek: the roadmap tells the hours of impediments of each week as its file does, and where somebody is
// on call those of call-outs that no impediment accounts for; each opens its days.
func TestUnexpectedByWeek(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	postAlert(t, g, "a", "disk", "2026-11-18T02:07:00Z", "2026-11-18T03:11:00Z")
	postAlert(t, g, "b", "cpu", "2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z")
	const address = "/teams/Kubernetes/roadmap?quarter=Q4-26"
	_, page, _ := g.ask(t, "vera", address)
	_, file, _ := g.ask(t, "vera", "/teams/Kubernetes/quarters/Q4-26/weekly.csv")
	weeks := table(t, file)
	impeded, called := weekCells(t, page, "impeded"), weekCells(t, page, "called")
	if len(weeks) < 5 || len(impeded) != len(weeks) || len(called) != len(weeks) {
		t.Fatalf("%d weeks, of %d the page tells impediments, of %d call-outs", len(weeks), len(impeded), len(called))
	}
	some := 0
	for n, week := range weeks {
		seconds, err := strconv.Atoi(week["impediment_seconds"])
		if err != nil {
			t.Fatal(err)
		}
		if seconds > 0 {
			some++
		}
		if want := fmt.Sprintf("%.1f", float64(seconds)/3600); impeded[n] != want {
			t.Errorf("%s: %s hours of impediments, the file says %s", week["week"], impeded[n], want)
		}
		want := "0.0"
		if week["week"] == "2026-W47" {
			want = "1.5"
		}
		if called[n] != want {
			t.Errorf("%s: %s hours of call-outs, want %s", week["week"], called[n], want)
		}
	}
	if some == 0 {
		t.Error("no week has impediments: nothing is compared")
	}
	_, page, _ = newGated(t, nil).ask(t, "ada", address)
	if len(weekCells(t, page, "impeded")) != len(weeks) || weekCells(t, page, "called") != nil {
		t.Error("where nobody is on call the weeks tell something else than impediments")
	}
}
