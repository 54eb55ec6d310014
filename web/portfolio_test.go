package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/web/format"
)

// table reads a CSV answer into rows by the names of its columns.
func table(t *testing.T, body string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v: %.200s", err, body)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		out = append(out, line)
	}
	return out
}

// TestPortfolioCSV: both tables of the portfolio come as CSV, with the figures that the API has; a team
// that was not read stands there by its name.
func TestPortfolioCSV(t *testing.T) {
	h := serve(t, story(t), append(company(), team("Lost", "NOPE"))...)
	_, page, _ := get(t, h, "/?at=2026-11-20")
	for _, link := range []string{`href="/teams.csv?quarter=Q4-26&amp;at=2026-11-20"`,
		`href="/initiatives.csv?quarter=Q4-26&amp;at=2026-11-20"`} {
		if !strings.Contains(page, link) {
			t.Errorf("the page has no %s", link)
		}
	}
	_, body, _ := get(t, h, "/teams.csv?quarter=Q4-26")
	rows := table(t, body)
	if len(rows) != len(company())+1 || rows[len(rows)-1]["team"] != "Lost" || rows[len(rows)-1]["total"] != "" {
		t.Fatalf("rows: %v", rows)
	}
	_, body, _ = get(t, h, "/api/v1/teams/Kubernetes/quarters/Q4-26")
	var q struct {
		Total, Done, Remaining float64
		SlackDays              *int `json:"slack_days"`
		Epics                  []struct{ Total float64 }
	}
	if err := json.Unmarshal([]byte(body), &q); err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{"unit": "points", "total": fmt.Sprint(q.Total),
		"done": fmt.Sprint(q.Done), "remaining": fmt.Sprint(q.Remaining), "slack_days": format.Cell(q.SlackDays)} {
		if rows[0]["team"] != "Kubernetes" || rows[0][column] != want {
			t.Errorf("%s of %s is %q, want %q", column, rows[0]["team"], rows[0][column], want)
		}
	}
	_, body, _ = get(t, h, "/initiatives.csv?quarter=Q4-26")
	epics := 0
	for _, row := range table(t, body) {
		n := 0
		if _, err := fmt.Sscan(row["epics"], &n); err == nil && row["team"] == "Kubernetes" {
			epics += n
		}
	}
	if epics != len(q.Epics) || epics == 0 {
		t.Errorf("%d epics of Kubernetes, want %d", epics, len(q.Epics))
	}
}

// TestDotBehind: the sign beside the moment is another one while figures are old, on every page.
func TestDotBehind(t *testing.T) {
	h, b := serveBot(t, story(t), company()...)
	pages := []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Kubernetes/issues/K8S-1424"}
	const sign = `class="live behind"`
	for _, address := range pages {
		if _, body, _ := get(t, h, address); strings.Contains(body, sign) || !strings.Contains(body, `class="live"`) {
			t.Errorf("%s: is not behind and says so", address)
		}
	}
	if err := b.Store.Teams.SetBehind(t.Context(), "Kubernetes", time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		"Jira is away"); err != nil {
		t.Fatal(err)
	}
	for _, address := range pages {
		if _, body, _ := get(t, h, address); !strings.Contains(body, sign) {
			t.Errorf("%s: is behind and does not say so", address)
		}
	}
}

// TestBadSpan: series of a span that ends before it begins are refused; a moment that is too far ahead is
// told to be that.
func TestBadSpan(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	if code, body, _ := get(t, h, "/api/v1/series?from=2026-10-02&to=2026-10-01"); code != 400 ||
		!strings.Contains(body, "from is after to") {
		t.Errorf("%d %.200s", code, body)
	}
	if code, body, _ := get(t, h, "/api/v1/teams/Kubernetes/sprints?at=2200-01-01"); code != 400 ||
		!strings.Contains(body, "too far ahead") {
		t.Errorf("%d %.200s", code, body)
	}
}

// TestNumbersOfFiles: what programs read has no exponents, however large; what is unknown is empty.
func TestNumbersOfFiles(t *testing.T) {
	large := 3281400.5
	for want, have := range map[string]string{"3281400": format.PlainNumber(3281400), "3281400.5": format.Cell(&large),
		"0.0000001": format.PlainNumber(1e-7), "-36000000": format.PlainNumber(-3.6e7), "": format.Cell[float64](nil)} {
		if have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
}

// TestPortfolioBeforeAnythingIsKnown: a moment before anything is known of any team has no portfolio and no initiative,
// and says since when something is.
func TestPortfolioBeforeAnythingIsKnown(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, address := range []string{"/api/v1/portfolio?at=2019-01-01",
		"/api/v1/forecast?initiative=Network&at=2019-01-01"} {
		code, body, _ := get(t, h, address)
		if code != 404 || !strings.Contains(body, `"nothing_known"`) || !strings.Contains(body, "at=202") {
			t.Errorf("%s: %d %s", address, code, body)
		}
	}
}
