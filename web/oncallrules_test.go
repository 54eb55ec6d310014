package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/testrun"
	"jerem/web/format"
)

// postAlert has the source of the called team tell of an alert of a rule that called cleo and was resolved.
func postAlert(t *testing.T, g gated, id, rule, fired, resolved string) {
	t.Helper()
	for _, event := range []string{
		fmt.Sprintf(`{"id": %q, "state": "firing", "rule": %q, "at": %q, "person": "cleo"}`, id, rule, fired),
		fmt.Sprintf(`{"id": %q, "state": "resolved", "rule": %q, "at": %q}`, id, rule, resolved)} {
		if status, answer := g.send(t, "prod", http.MethodPost, "/hooks/prod", event); status != http.StatusOK {
			t.Fatalf("%s: %d %s", event, status, answer)
		}
	}
}

// TestRulesOpen: every number of an alert rule on the pages of a sprint and of the roadmap opens what it is made of,
// which is on the page and tells the same as the API's explanation of the rule.
func TestRulesOpen(t *testing.T) {
	g := newCalledTeam(t)
	postAlert(t, g, "a", "disk & more", "2026-11-18T02:07:00Z", "2026-11-18T03:11:00Z")
	postAlert(t, g, "b", "cpu", "2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z")
	for address, want := range map[string]int{"/teams/Kubernetes/sprints/23": 8, "/teams/Kubernetes/roadmap": 10} {
		status, page, _ := g.ask(t, "eve", address)
		if status != http.StatusOK {
			t.Fatalf("%s: %d", address, status)
		}
		opened := 0
		for n := range 2 {
			opened += strings.Count(page, fmt.Sprintf(`href="#explain-rule-%d"`, n))
			if !strings.Contains(page, fmt.Sprintf(`id="explain-rule-%d"`, n)) {
				t.Errorf("%s: nothing opens for rule %d", address, n)
			}
		}
		if opened != want {
			t.Errorf("%s: %d numbers of rules open, want %d", address, opened, want)
		}
	}
	_, body, _ := g.ask(t, "eve", "/api/v1/teams/Kubernetes/sprints/23")
	var sprint struct {
		OnCall struct {
			ByRule []struct {
				Rule    string  `json:"rule"`
				Seconds float64 `json:"counted_seconds"`
				Rest    *int64  `json:"rest_seconds"`
			} `json:"by_rule"`
		} `json:"oncall"`
		Explain map[string]string `json:"explain"`
	}
	if err := json.Unmarshal([]byte(body), &sprint); err != nil || len(sprint.OnCall.ByRule) != 2 {
		t.Fatalf("%v: %.300s", err, body)
	}
	for n, r := range sprint.OnCall.ByRule {
		const figure = "oncall.by_rule.counted_seconds"
		_, body, _ := g.ask(t, "eve", sprint.Explain[figure+"."+r.Rule])
		var one struct {
			Value  float64 `json:"value"`
			Inputs []struct {
				Value float64 `json:"value"`
			} `json:"inputs"`
		}
		if err := json.Unmarshal([]byte(body), &one); err != nil {
			t.Fatalf("%v: %s", err, body)
		}
		sum := 0.0
		for _, input := range one.Inputs {
			sum += input.Value
		}
		if one.Value != r.Seconds || sum != r.Seconds || r.Seconds != []float64{3600, 1800}[n] {
			t.Errorf("%s took %g s, its explanation says %g, the days come to %g", r.Rule, r.Seconds, one.Value, sum)
		}
	}
	if rest := sprint.OnCall.ByRule[0].Rest; rest != nil {
		t.Errorf("while the sprint runs the rule of the night owes %d s of rest", *rest)
	}
	status, body, _ := g.ask(t, "eve", "/api/v1/explain?team=Kubernetes&sprint=23&rule=none&figure="+
		"oncall.by_rule.counted_seconds")
	if status != http.StatusBadRequest || !strings.Contains(body, "disk") {
		t.Errorf("a rule that is none: %d %s", status, body)
	}
}

// cellsOf are the cells of the row of a table that a name begins, without links.
func cellsOf(t *testing.T, page, name string) (cells []string) {
	t.Helper()
	_, row, found := strings.Cut(page, ">"+name+"</th>")
	row, _, _ = strings.Cut(row, "</tr>")
	if !found {
		t.Fatalf("no row %q", name)
	}
	for _, cell := range regexp.MustCompile(`(?s)<td[^>]*>(.*?)</td>`).FindAllStringSubmatch(row, -1) {
		cells = append(cells, strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cell[1], "")))
	}
	return cells
}

// TestManyRules: of a source that tells of many alert rules pages list and open those that took most, and one line sums
// up the others; table and answer for other programs have all of them.
func TestManyRules(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	const rules, listed = 48, 20
	fired := time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC)
	for n := range rules {
		start := fired.Add(time.Duration(n) * time.Hour)
		postAlert(t, g, fmt.Sprint("a", n), fmt.Sprintf("rule of number %d", n), start.Format(time.RFC3339),
			start.Add(time.Duration(6+n%40)*time.Minute).Format(time.RFC3339))
	}
	_, body, _ := g.ask(t, "eve", "/api/v1/teams/Kubernetes/sprints/23")
	var sprint struct {
		OnCall struct {
			Counted int64 `json:"counted_seconds"`
			ByRule  []struct {
				Rule     string `json:"rule"`
				Callouts int    `json:"callouts"`
				Seconds  int64  `json:"counted_seconds"`
			} `json:"by_rule"`
		} `json:"oncall"`
	}
	if err := json.Unmarshal([]byte(body), &sprint); err != nil || len(sprint.OnCall.ByRule) != rules {
		t.Fatalf("%d rules, %v: %.300s", len(sprint.OnCall.ByRule), err, body)
	}
	var callouts int
	var whole, seconds int64
	for n, r := range sprint.OnCall.ByRule {
		whole += r.Seconds
		if n >= listed {
			callouts, seconds = callouts+r.Callouts, seconds+r.Seconds
		}
	}
	if whole != sprint.OnCall.Counted || seconds == 0 || callouts != rules-listed {
		t.Errorf("rules took %d of %d s, %d of them are not listed, with %d s", whole, sprint.OnCall.Counted, callouts,
			seconds)
	}
	name := fmt.Sprintf("and %d more rules", rules-listed)
	for _, address := range []string{"/teams/Kubernetes/sprints/23", "/teams/Kubernetes/roadmap"} {
		_, page, _ := g.ask(t, "eve", address)
		want := []string{fmt.Sprint(callouts), "–", format.HoursColumn(seconds), "–"}
		if strings.HasSuffix(address, "roadmap") {
			want = append(want, "–")
		}
		// The dearest ones stand first on a roadmap: others are left out there.
		if cells := cellsOf(t, page, name); len(cells) != len(want) ||
			strings.HasSuffix(address, "23") && !slices.Equal(cells, want) {
			t.Errorf("%s: %q, want %q", address, cells, want)
		}
		if strings.Count(page, `id="explain-rule-`) != listed {
			t.Errorf("%s: %d rules open", address, strings.Count(page, `id="explain-rule-`))
		}
	}
	for address, lines := range map[string]int{"/teams/Kubernetes/sprints/23/callouts.csv": 1 + rules,
		"/teams/Kubernetes/quarters/Q4-26/oncall.csv": 4 + rules} {
		status, table, _ := g.ask(t, "eve", address)
		if got := strings.Count(table, "\n"); status != http.StatusOK || got != lines {
			t.Errorf("%s: %d, %d lines, want %d", address, status, got, lines)
		}
	}
	if _, page, _ := g.ask(t, "eve", "/oncall/review"); !strings.Contains(page, name+": alerts 28, pages 28,") ||
		strings.Count(page, "<h3>rule of number") != listed {
		t.Errorf("the review lists %d rules: %.300s", strings.Count(page, "<h3>rule of number"), page)
	}
}

// TestPortfolioOfOnCall: the portfolio tells of each team that is on call what call-outs cost its plan, as the API's
// forecast of its quarter does, and each number leads to what opens it on the team's roadmap; of no other team.
func TestPortfolioOfOnCall(t *testing.T) {
	g := newCalledTeam(t)
	postAlert(t, g, "a", "disk", "2026-11-18T02:07:00Z", "2026-11-18T03:11:00Z")
	_, page, _ := g.ask(t, "eve", "/")
	_, card, found := strings.Cut(page, `<article class="card" id="oncall">`)
	card, _, _ = strings.Cut(card, "</article>")
	if !found {
		t.Fatal("the portfolio has no card of on-call")
	}
	status, body, _ := g.ask(t, "eve", "/api/v1/teams/Kubernetes/forecast?quarter=Q4-26")
	var forecast struct {
		Price struct {
			OnCall struct {
				Days     *int   `json:"callout_days"`
				Callouts int    `json:"callouts"`
				Rest     *int64 `json:"rest_seconds"`
				Nights   *int
				Why      string
				WhyLoad  string `json:"why_load"`
			} `json:"oncall"`
		} `json:"price"`
	}
	if err := json.Unmarshal([]byte(body), &forecast); status != http.StatusOK || err != nil {
		t.Fatalf("%d %v %.300s", status, err, body)
	}
	o := forecast.Price.OnCall
	if o.Callouts != 1 || o.Rest != nil || o.Nights != nil || !strings.Contains(o.WhyLoad, "whole months") ||
		o.Days != nil || o.Why == "" || !strings.Contains(card, o.Why) {
		t.Fatalf("the forecast tells %+v, the card %s", o, card)
	}
	const roadmap = `<a class="fig" href="/teams/Kubernetes/roadmap?quarter=Q4-26#explain-price-callouts">`
	for label, want := range map[string]string{"call-outs": fmt.Sprint(o.Callouts),
		"days of the date": "–",
		"nights":           "–", "rest, hours": "–"} {
		if cell := `data-l="` + label + `">` + roadmap + want + "</a>"; !strings.Contains(card, cell) {
			t.Errorf("the card does not say %s: %s", cell, card)
		}
	}
	_, told, _ := g.ask(t, "eve", "/teams/Kubernetes/roadmap?quarter=Q4-26")
	if !strings.Contains(told, `id="explain-price-callouts"`) {
		t.Error("what the card leads to is not on the roadmap")
	}
	if strings.Contains(card, "Secret team") {
		t.Errorf("a team for which nobody is on call has a row: %s", card)
	}
	if !strings.Contains(card, `href="/oncall.csv?quarter=Q4-26"`) {
		t.Errorf("the card offers no file: %s", card)
	}
	_, file, _ := g.ask(t, "eve", "/oncall.csv?quarter=Q4-26")
	rows := table(t, file)
	if len(rows) != 2 || rows[1]["team"] != "Observability" || rows[1]["callouts"] != "" || rows[1]["why"] == "" {
		t.Fatalf("the file tells %v", rows)
	}
	for column, want := range map[string]string{"team": "Kubernetes", "callouts": "1", "callout_seconds": "3600",
		"rest_seconds": "", "nights": "", "callout_days": "", "dearest_rule": "", "why": o.Why} {
		if rows[0][column] != want {
			t.Errorf("the file's %s is %q, want %q", column, rows[0][column], want)
		}
	}
	if _, file, _ = newGated(t, nil).ask(t, "ada", "/oncall.csv"); len(table(t, file)) != 0 {
		t.Errorf("where nobody is on call the file tells %s", file)
	}
	if _, page, _ = newGated(t, nil).ask(t, "eve", "/"); strings.Contains(page, `id="oncall"`) {
		t.Error("where nobody is on call there is a card")
	}
}

// TestOnCallCannotBeRead: where what on-call keeps cannot be read, pages, answers, tables and metrics of teams are
// served with what was known before, or without call-outs where nothing was, and say what they lack; on-call's own
// pages say that they cannot be read.
func TestOnCallCannotBeRead(t *testing.T) {
	testrun.SkipInShort(t)
	addresses := []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/sprints/23", "/teams/Kubernetes/roadmap",
		"/teams/Kubernetes/flow", "/teams/Kubernetes/issues/K8S-1300", "/api/v1/teams/Kubernetes/sprints/23",
		"/api/v1/teams/Kubernetes/forecast?quarter=Q4-26", "/api/v1/series?team=Kubernetes", "/metrics",
		"/teams/Kubernetes/sprints/23/callouts.csv", "/teams.csv"}
	const lack = "what on-call tells of call-outs cannot be read"
	for _, isKnown := range []bool{true, false} {
		records := openRecords(t)
		g := newCalledTeamOf(t, records)
		before := map[string]string{}
		if isKnown {
			postAlert(t, g, "a", "disk", "2026-11-18T02:07:00Z", "2026-11-18T03:11:00Z")
			for _, address := range addresses {
				_, before[address], _ = g.ask(t, "eve", address)
			}
		}
		records.Close()
		for _, address := range addresses {
			status, body, _ := g.ask(t, "eve", address)
			if status != http.StatusOK {
				t.Errorf("known %v, %s: %d %.200s", isKnown, address, status, body)
			}
			if strings.HasSuffix(address, "sprints/23") && !strings.Contains(body, lack) {
				t.Errorf("known %v, %s does not say what it lacks", isKnown, address)
			}
			if strings.Contains(address, ".csv") && isKnown && body != before[address] {
				t.Errorf("%s is\n%s\nbefore\n%s", address, body, before[address])
			}
		}
		_, body, _ := g.ask(t, "eve", "/api/v1/teams/Kubernetes/sprints/23")
		if strings.Contains(body, `"callouts"`) != isKnown {
			t.Errorf("known %v: %.300s", isKnown, body)
		}
		if status, _, _ := g.ask(t, "eve", "/oncall"); status != http.StatusServiceUnavailable {
			t.Errorf("/oncall answers %d", status)
		}
	}
}
