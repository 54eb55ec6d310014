package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	"jerem/publish/publishtest"
	"jerem/publish/remotewrite"
	"jerem/series"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/sim/world"
	"jerem/testrun"
)

// boardPanel is what a test reads of a panel: its questions.
type boardPanel struct {
	Title   string
	Targets []struct{ Expr string }
}

// boardsOf runs the command and returns the panels of each board by its file.
func boardsOf(t *testing.T, store string) map[string][]boardPanel {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new", "boards")
	out, errs, code := call(t, nil, "grafana", "--for", store, "--out", dir)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	boards := map[string][]boardPanel{}
	for path := range strings.Lines(out) {
		text, err := os.ReadFile(strings.TrimSpace(path))
		if err != nil {
			t.Fatal(err)
		}
		var board struct{ Panels []boardPanel }
		if err := json.Unmarshal(text, &board); err != nil {
			t.Fatal(err)
		}
		boards[filepath.Base(strings.TrimSpace(path))] = board.Panels
	}
	if len(boards) != 3 {
		t.Fatalf("written: %s", out)
	}
	return boards
}

// postedCompany is a simulated company that was read, posted and is served.
type postedCompany struct {
	t        *testing.T
	pages    string
	victoria string
	warp10   *warp10sim.Server
	teams    map[string]*time.Location
	now      time.Time
	answers  map[string]any // of the API, by path
}

// postCompany reads two teams of the company of the default seed in its first quarter, in which nothing is carried
// over, and posts their whole past.
func postCompany(t *testing.T) *postedCompany {
	t.Helper()
	company := world.New(world.DefaultSeed)
	now := time.Date(2026, 9, 16, 11, 30, 0, 0, time.UTC)
	c := &postedCompany{t: t, victoria: publishtest.VictoriaMetrics(t), warp10: warp10sim.New(), now: now,
		teams: map[string]*time.Location{}, answers: map[string]any{}}
	platform := httptest.NewServer(c.warp10)
	t.Cleanup(platform.Close)
	site, err := company.Site()
	if err != nil {
		t.Fatal(err)
	}
	jira := httptest.NewServer(jirasim.NewServer(site,
		jirasim.Options{Bearer: serving.SimToken, Now: func() time.Time { return now }}))
	t.Cleanup(jira.Close)
	text := "jira: {url: '" + jira.URL + "', token: " + serving.SimToken + ", rate: 0}\nstore: {path: STORE}\n" +
		"runner: {period: 1h}\n" +
		"metrics: {url: '" + platform.URL + "', token: " + warp10sim.Write + "}\n" +
		"sinks: [{name: victoria, type: remotewrite, url: '" + c.victoria + "', backfill: all}]\nprojects:\n"
	for _, team := range company.Teams()[:2] {
		if c.teams[team.Name], err = time.LoadLocation(team.Zone); err != nil {
			t.Fatal(err)
		}
		text += "- {name: " + team.Key + ", label: '" + team.Name + "', calendar: {time_zone: " + team.Zone + "}}\n"
	}
	config := writeConfig(t, text+onCallOf(company.Teams()[:2]))
	shifts := filepath.Join(t.TempDir(), "shifts.csv")
	if err := os.WriteFile(shifts, []byte(calledShifts), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"collect"}, {"oncall", "import", "--csv", shifts}, {"publish"}} {
		if _, errs, code := call(t, nil, append([]string{"--config", config}, command...)...); code != 0 {
			t.Fatalf("%s: exit %d: %s", command, code, errs)
		}
	}
	listen := testrun.FreeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen", listen},
			func(string) string { return "" }, strings.NewReader(""), io.Discard, io.Discard)
	}()
	t.Cleanup(func() { stop(); <-served })
	c.pages = "http://" + listen
	await(t, c.pages+"/readyz", "ready")
	if _, err := publishtest.Get(t.Context(), c.victoria+"/internal/force_flush"); err != nil {
		t.Fatal(err)
	}
	return c
}

// onCallOf is a section on call: three people of each team take turns.
func onCallOf(teams []world.Team) string {
	text := "oncall:\n  people: [{handle: ada}, {handle: ben}, {handle: cleo}, {handle: dan}, {handle: eve}, " +
		"{handle: fay}]\n" +
		"  rotas:\n"
	for n, people := range []string{"[ada, ben, cleo]", "[dan, eve, fay]"} {
		text += fmt.Sprintf("  - {name: r%d, team: '%s', zone: %s, versions: [{from: 2026-08-03, handover: "+
			"'09:00', every: 1d, coverage: always, people: %s}]}\n", n, teams[n].Name, teams[n].Zone, people)
	}
	return text
}

// calledShifts are call-outs of both teams in their present sprint: at night, with rest owed, and by day.
const calledShifts = "person,rota,start,end,kind\n" +
	"ada,r0,2026-09-15T02:10:00Z,2026-09-15T03:10:00Z,callout\n" +
	"ben,r0,2026-09-15T12:00:00Z,2026-09-15T12:20:00Z,callout\n" +
	"dan,r1,2026-09-16T01:00:00Z,2026-09-16T02:30:00Z,callout\n"

// told returns what the API answers under a path.
func (c *postedCompany) told(path string) any {
	c.t.Helper()
	if known, ok := c.answers[path]; ok {
		return known
	}
	body, err := publishtest.Get(c.t.Context(), c.pages+"/api/v1/"+path)
	var answer any
	if err == nil {
		err = json.Unmarshal(body, &answer)
	}
	if err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	c.answers[path] = answer
	return answer
}

// field follows names into an answer; nil where there is nothing.
func field(answer any, names string) any {
	for name := range strings.SplitSeq(names, ".") {
		object, _ := answer.(map[string]any)
		answer = object[name]
	}
	return answer
}

// rowOf returns the row of a list in which a field has a value.
func rowOf(list any, name, value string) any {
	rows, _ := list.([]any)
	for _, row := range rows {
		if fmt.Sprint(field(row, name)) == value {
			return row
		}
	}
	return nil
}

// shown is a value that a panel shows: which series it is of, and when that point was posted.
type shown struct {
	metric string // as Prometheus calls it
	labels map[string]string
	value  float64
	at     time.Time
}

// figuresOfMetrics say where the API tells what a metric holds: s of a sprint, q of a quarter, e of an epic, f of a
// forecast, w of the flow, t of its day, and the field; a is a percentile of the ages in progress.
var figuresOfMetrics = map[string]string{
	"jerem_sprint_commitment": "s ledger.commitment", "jerem_sprint_added": "s ledger.added",
	"jerem_sprint_removed": "s ledger.removed", "jerem_sprint_reestimated": "s ledger.reestimated",
	"jerem_sprint_ledger_completed": "s ledger.completed", "jerem_sprint_remaining": "s ledger.remaining",
	"jerem_sprint_storypoints_done": "s done.estimate", "jerem_sprint_storypoints_inprogress": "s doing.estimate",
	"jerem_sprint_impediment_issues": "s impediments.count", "jerem_sprint_impediment_seconds": "s impediments.seconds",
	"jerem_sprint_nature_issues": "n count", "jerem_sprint_nature_seconds": "n seconds",
	"jerem_quarter_estimate": "q total", "jerem_quarter_done": "q done", "jerem_quarter_doing": "q doing",
	"jerem_quarter_todo": "q todo", "jerem_quarter_remaining": "q remaining",
	"jerem_epic_storypoints": "e total", "jerem_epic_storypoints_done": "e done",
	"jerem_epic_storypoints_inprogress": "e doing", "jerem_epic_unestimated": "e unestimated",
	"jerem_epic_dependency":                "e dependency",
	"jerem_forecast_p50_timestamp_seconds": "f dates.p50", "jerem_forecast_p70_timestamp_seconds": "f dates.p70",
	"jerem_forecast_p85_timestamp_seconds": "f dates.p85", "jerem_forecast_p95_timestamp_seconds": "f dates.p95",
	"jerem_forecast_odds_ratio": "f odds", "jerem_forecast_price_workdays": "f price.days",
	"jerem_forecast_calibration_ratio": "f calibration.share",
	"jerem_cycle_time_p50_localdays":   "w cycle_time.p50", "jerem_cycle_time_p70_localdays": "w cycle_time.p70",
	"jerem_cycle_time_p85_localdays": "w cycle_time.p85", "jerem_cycle_time_p95_localdays": "w cycle_time.p95",
	"jerem_in_progress_issues": "w wip.count", "jerem_age_p50_localdays": "a 0.5",
	"jerem_age_p85_localdays": "a 0.85", "jerem_day_throughput_issues": "t issues",
	"jerem_oncall_callouts": "s oncall.callouts", "jerem_oncall_callout_seconds": "s oncall.counted_seconds",
	"jerem_oncall_out_of_hours_callouts": "s oncall.out_of_hours", "jerem_oncall_disturbed_nights": "s oncall.nights",
	"jerem_oncall_rest_seconds": "s oncall.rest_seconds", "jerem_oncall_gap_seconds": "s oncall.gap_seconds",
	"jerem_oncall_actionability_ratio": "s oncall.actionability",
}

// want returns what the API says of a value that a panel shows of a team.
func (c *postedCompany) want(team, quarter string, v shown) any {
	c.t.Helper()
	of, name, _ := strings.Cut(figuresOfMetrics[v.metric], " ")
	base := "teams/" + url.PathEscape(team)
	switch of {
	case "s", "n":
		sprint := field(rowOf(c.told(base+"/sprints"), "state", "active"), "id")
		answer := c.told(fmt.Sprintf("%s/sprints/%v", base, sprint))
		if of == "n" {
			row := rowOf(field(answer, "impediments.by_nature"), "nature", v.labels["nature"])
			if row == nil {
				return 0.0 // a nature that earlier sprints had
			}
			return field(row, name)
		}
		return field(answer, name)
	case "q":
		return field(c.told(base+"/quarters/"+quarter), name)
	case "e":
		return field(rowOf(field(c.told(base+"/quarters/"+quarter), "epics"), "key", v.labels["key"]), name)
	case "f":
		at := v.at.UTC().Format(time.RFC3339)
		return field(c.told(base+"/forecast?quarter="+quarter+"&at="+url.QueryEscape(at)), name)
	}
	flow := c.told(base + "/flow?at=" + url.QueryEscape(v.at.UTC().Format(time.RFC3339)))
	switch of {
	case "w":
		return field(flow, name)
	case "t": // stands at noon, and counts the whole day
		return field(rowOf(field(c.told(base+"/flow"), "throughput"), "date",
			v.at.In(c.teams[team]).Format(time.DateOnly)), name)
	case "a":
		return percentileOfAges(c.t, field(flow, "wip.issues"), name)
	}
	c.t.Errorf("no figure of %s is known", v.metric)
	return nil
}

// percentileOfAges is the age that a share of the issues in progress does not exceed.
func percentileOfAges(t *testing.T, issues any, share string) any {
	t.Helper()
	p, err := strconv.ParseFloat(share, 64)
	if err != nil {
		t.Fatal(err)
	}
	var ages []float64
	for _, issue := range issues.([]any) {
		if age, ok := field(issue, "age").(float64); ok {
			ages = append(ages, age)
		}
	}
	if len(ages) == 0 {
		return nil
	}
	slices.Sort(ages)
	return ages[int(math.Ceil(p*float64(len(ages))))-1]
}

// equal tells whether a value shown is what the API says; dates are days of the team's zone.
func (c *postedCompany) equal(team string, got float64, want any) bool {
	if day, ok := want.(string); ok {
		return time.UnixMilli(int64(got)).In(c.teams[team]).Format(time.DateOnly) == day
	}
	number, ok := want.(float64)
	return ok && math.Abs(number-got) < 1e-6*max(1, math.Abs(number))
}

var metricName = regexp.MustCompile(`jerem_\w+`)

// askVictoria runs a query as of the company's now.
func (c *postedCompany) askVictoria(query string, variables map[string]string) (list []shown) {
	c.t.Helper()
	for name, value := range variables {
		query = strings.ReplaceAll(query, "$"+name, value)
	}
	query = strings.ReplaceAll(query, "$__range", "21d")
	metric := metricName.FindString(query)
	ask := func(q string) map[string]shown {
		out := map[string]shown{}
		for _, r := range publishtest.Query(c.t, c.victoria, q, c.now) {
			out[fmt.Sprint(r.Labels)] = shown{metric: metric, labels: r.Labels, value: r.Value}
		}
		return out
	}
	posted := ask(whenPosted(query))
	for key, v := range ask(query) {
		v.at = time.Unix(int64(posted[key].value), 0)
		list = append(list, v)
	}
	return list
}

var (
	groupingOfQuery = regexp.MustCompile(`max by \([^)]*\)`)
	writtenOfQuery  = regexp.MustCompile(`jerem_\w+\{[^}]*instance=""\}`)
)

// whenPosted asks when the newest point of what a query of a board shows was posted.
func whenPosted(query string) string {
	return groupingOfQuery.FindString(query) + " (tlast_over_time(" + writtenOfQuery.FindString(query) + "[7d]))"
}

// compare asks for what a panel shows, with each team picked, and holds it to the API. It returns how many values it
// compared.
func (c *postedCompany) compare(file string, panel boardPanel, query string,
	ask func(query string, variables map[string]string) []shown) (found int) {
	c.t.Helper()
	quarter := fmt.Sprintf("Q%d-%02d", (int(c.now.Month())+2)/3, c.now.Year()%100)
	for team := range c.teams {
		if !strings.Contains(query, "$team") && found > 0 {
			break // it is asked of all teams at once
		}
		for _, v := range ask(query, map[string]string{"team": team, "sprint": "current", "quarter": quarter}) {
			found++
			whose := cmp.Or(v.labels["team"], team)
			if want := c.want(whose, quarter, v); !c.equal(whose, v.value, want) {
				c.t.Errorf("%s, %s, %s %v: %v is shown, the API says %v", file, panel.Title, query, v.labels, v.value,
					want)
			}
		}
	}
	// no forecast has come to its end yet, and no call-out was judged
	if found == 0 && !strings.Contains(query, "calibration") && !strings.Contains(query, "actionability") {
		c.t.Errorf("%s, %s shows nothing: %s", file, panel.Title, query)
	}
	return found
}

// TestVictoriaBoards: each query of each board, run by a real VictoriaMetrics, returns what the API says, for every
// team of the simulated company; and no panel is empty for all of them. So does each fetch that a board for Warp 10
// makes of a played one; what its scripts do with it, only a real one can run.
func TestVictoriaBoards(t *testing.T) {
	t.Parallel()
	skipSlow(t)
	c := postCompany(t)
	prometheus, warp10 := c.compareAll("prometheus", c.askVictoria), c.compareAll("warp10", c.askWarp10)
	if prometheus < 150 || warp10 < prometheus {
		t.Errorf("%d values of Prometheus' boards compared, %d of Warp 10's", prometheus, warp10)
	}
	c.holdNobodyIsPosted()
}

// onCallHandles are the people of the company's section on call.
var onCallHandles = regexp.MustCompile(`(?i)\b(ada|ben|cleo|dan|eve|fay)\b`)

// holdNobodyIsPosted searches all that was posted to both stores, series of call-outs among it, for people.
func (c *postedCompany) holdNobodyIsPosted() {
	c.t.Helper()
	rec := httptest.NewRecorder()
	c.warp10.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v0/fetch?token="+warp10sim.Read+
		"&format=fulltext&now=9000000000000000&timespan=9000000000000000&selector="+url.QueryEscape("~.*{}"), nil))
	victoria, err := publishtest.Get(c.t.Context(), c.victoria+"/api/v1/export?"+
		url.Values{"match[]": {`{__name__!=""}`}}.Encode())
	if err != nil {
		c.t.Fatal(err)
	}
	for store, posted := range map[string]string{"Warp 10": rec.Body.String(), "VictoriaMetrics": string(victoria)} {
		if len(posted) < 100_000 || !strings.Contains(posted, "oncall") {
			c.t.Errorf("%s tells %d bytes, and nothing of call-outs: the search finds nothing", store, len(posted))
		}
		if found := onCallHandles.FindAllString(posted, 3); len(found) > 0 {
			c.t.Errorf("%s was told of %v", store, found)
		}
	}
}

// compareAll holds all panels of the boards for a store to the API.
func (c *postedCompany) compareAll(store string, ask func(string, map[string]string) []shown) (compared int) {
	c.t.Helper()
	for file, panels := range boardsOf(c.t, store) {
		for _, panel := range panels {
			for _, target := range panel.Targets {
				compared += c.compare(file, panel, target.Expr, ask)
			}
		}
	}
	return compared
}

// TestWarp10BoardScripts: a real Warp 10 runs each script of the boards without an error, also where it finds nothing.
func TestWarp10BoardScripts(t *testing.T) {
	platform, token := os.Getenv("WARP10_URL"), os.Getenv("WARP10_READ_TOKEN")
	if platform == "" || token == "" {
		t.Skip("SKIPPED: scripts of boards were not run: WARP10_URL and WARP10_READ_TOKEN name no platform")
	}
	for file, panels := range boardsOf(t, "warp10") {
		for _, panel := range panels {
			for _, target := range panel.Targets {
				script := "'" + token + "' 'RTOKEN' STORE NOW 'end' STORE 1 d 'interval' STORE 'K8S' 'team' STORE " +
					"'current' 'sprint' STORE 'Q4-26' 'quarter' STORE\n" + target.Expr
				res, err := http.Post(strings.TrimSuffix(platform, "/")+"/api/v0/exec", "text/plain",
					strings.NewReader(script))
				if err != nil {
					t.Fatal(strings.ReplaceAll(err.Error(), token, "TOKEN"))
				}
				res.Body.Close()
				if res.StatusCode != http.StatusOK {
					t.Errorf("%s, %s: %s %s", file, panel.Title, res.Status,
						res.Header.Get("X-Warp10-Error-Message"))
				}
			}
		}
	}
}

// fetchOfScript takes the question out of a script: class, labels, and how far back.
var fetchOfScript = regexp.MustCompile(`^\[ \$RTOKEN '([^']+)' \{(.*) \} \$end (\d+ [hd]|\$interval) \] FETCH`)

// labelOfScript is a label of such a question: a variable or a text that it has to equal.
var labelOfScript = regexp.MustCompile(`'(\w+)' (?:'=' \$(\w+) TOSTRING \+|'=(\w+)')`)

// askWarp10 makes the fetch of a script as of the company's now, and returns the newest value of each series.
func (c *postedCompany) askWarp10(script string, variables map[string]string) (list []shown) {
	c.t.Helper()
	parts := fetchOfScript.FindStringSubmatch(script)
	if parts == nil {
		c.t.Fatalf("no fetch in %s", script)
	}
	var labels []string
	for _, m := range labelOfScript.FindAllStringSubmatch(parts[2], -1) {
		value := m[3]
		if m[2] != "" {
			value = variables[m[2]]
		}
		labels = append(labels, m[1]+"="+url.PathEscape(value))
	}
	span := map[string]int64{"1 h": 1, "25 h": 25, "7 d": 7 * 24,
		"$interval": 24 * 21}[parts[3]] * int64(time.Hour/time.Microsecond)
	rec := httptest.NewRecorder()
	c.warp10.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, fmt.Sprintf(
		"/api/v0/fetch?token=%s&format=fulltext&sortmeta=true&now=%d&timespan=%d&selector=%s", warp10sim.Read,
		c.now.UnixMicro(), span, url.QueryEscape(parts[1]+"{"+strings.Join(labels, ",")+"}")), nil))
	if rec.Code != http.StatusOK {
		c.t.Fatalf("%s: %d %s", script, rec.Code, rec.Body)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(rec.Body.String()) {
		tick, rest, _ := strings.Cut(strings.TrimSpace(line), "// ")
		name, value, _ := strings.Cut(rest, "} ")
		class, text, _ := strings.Cut(name, "{")
		if seen[name] || strings.HasPrefix(class, "jerem.jira.impediment.total.") && strings.HasPrefix(parts[1], "~") {
			continue // newest first; the script leaves the total of natures out
		}
		seen[name] = true
		v := shown{labels: map[string]string{}}
		at, err := strconv.ParseInt(tick, 10, 64)
		if err == nil {
			v.at = time.UnixMicro(at)
			v.value, err = strconv.ParseFloat(value, 64)
		}
		if err != nil {
			c.t.Fatalf("%s: %v", line, err)
		}
		s := series.Series{Class: class, Labels: map[string]string{}}
		for pair := range strings.SplitSeq(text, ",") {
			key, value, _ := strings.Cut(pair, "=")
			if s.Labels[key], err = url.PathUnescape(value); err != nil {
				c.t.Fatal(err)
			}
		}
		for _, l := range remotewrite.MetricOf(&s) {
			v.labels[l.Name] = l.Value
		}
		v.metric = v.labels["__name__"]
		if strings.Contains(script, "1000.0 mapper.mul") {
			v.value *= 1000
		}
		list = append(list, v)
	}
	return list
}
