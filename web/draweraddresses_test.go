package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jerem/testrun"
)

// pastWorld is a company whose quarter is over: a team with closed sprints and epics that came late, and one without
// sprints whose impediments took time.
const pastWorld = `
-- site --
url https://jira.example
zone Europe/Paris
clock 2027-01-20 14:00

-- board 1 scrum PLAN "Planned" --
estimate customfield_10036
column "To Do": open
column "In Progress": doing
column "Done": done

-- board 2 kanban FLOW "Flow" --
column "To Do": open
column "In Progress": doing
column "Done": done

-- sprints --
11 "Sprint 11" 2026-11-16 09:00 .. 2026-11-27 17:00 created 2026-11-09 10:00 closed 2026-11-27 17:00
12 "Sprint 12" 2026-11-30 09:00 .. 2026-12-11 17:00 created 2026-11-09 10:00 closed 2026-12-11 17:00
13 "Sprint 13" 2027-01-11 09:00 .. 2027-01-22 17:00 created 2026-11-09 10:00
14 "Nothing in it" 2027-01-11 09:00 .. 2027-01-22 17:00 created 2026-11-09 10:00

-- PLAN-1 Epic "Plans" --
2026-09-03 10:00 created labels=Q4-26,Project_Cloud
-- PLAN-2 Story "First" --
2026-10-02 10:00 created points=3 sprint=11 epic=PLAN-1
2026-11-17 10:00 status=doing
2026-11-18 10:00 status=done
-- PLAN-3 Story "Second" --
2026-10-02 10:00 created points=5 sprint=12 epic=PLAN-1 labels=impediment
2026-12-01 10:00 status=doing
2026-12-02 12:00 log 2h
2026-12-03 10:00 status=done
-- PLAN-4 Epic "No initiative" --
2026-09-03 10:00 created labels=Q4-26
-- PLAN-5 Story "Third" --
2026-10-02 10:00 created points=2 sprint=13 epic=PLAN-4
2027-01-12 10:00 status=done

-- FLOW-1 Story "Flows" --
2026-11-02 10:00 created
2027-01-12 10:00 status=doing
2027-01-18 10:00 status=done
-- FLOW-2 Story "Impeded" --
2027-01-04 10:00 created labels=impediment
2027-01-12 10:00 log 3h
-- FLOW-3 Story "Nothing logged" --
2027-01-05 10:00 created labels=impediment
`

// TestDrawersByThemselves: whatever a page opens stands at an address of its own with the value, the formula and the
// notes that it has there, for people, as a table and for programs: of sprints, quarters, flows and teams without
// sprints, of the present, of a past day and of a quarter that is over.
func TestDrawersByThemselves(t *testing.T) {
	if testing.Short() {
		t.Skip("every drawer of some thirty pages is opened")
	}
	const team, past, kanban = "/teams/Kubernetes", "/teams/Team%20PLAN", "/teams/Team%20FLOW"
	found := map[string]int{}
	drawersByThemselves(t, found, reader(t, serve(t, story(t), company()...)), team, team+"?at=2026-11-10",
		team+"/sprints/22", team+"/sprints/21?at=2026-11-10", team+"/roadmap", team+"/roadmap?at=2026-11-10",
		team+"/roadmap?sort=-odds", team+"/roadmap?epics=K8S-1300,K8S-1301", team+"/roadmap?quarter=Q3-26",
		team+"/flow", team+"/flow?at=2026-11-10", team+"/flow?from=2026-10-01&to=2026-11-01", network, databases,
		"/teams/Observability")
	drawersByThemselves(t, found, reader(t, serve(t, []byte(pastWorld), sparseTeams()[:2]...)), past,
		past+"/sprints/12", past+"/sprints/14",
		past+"/roadmap?quarter=Q4-26", past+"/roadmap?quarter=Q4-26&at=2027-01-05",
		past+"/roadmap?quarter=Q4-26&at=2026-12-28", past+"/roadmap", past+"/flow", kanban, kanban+"?at=2027-01-14",
		kanban+"/roadmap", kanban+"/flow")
	g := newCalledTeam(t)
	for _, one := range []string{"Kubernetes", "Observability"} {
		for _, person := range []string{"ada", "bob"} {
			g.send(t, "eve", "POST", "/api/v1/oncall/callouts", `{"team": "`+one+`", "person": "`+person+`",
				"started": "2026-11-18T03:00:00+01:00", "ended": "2026-11-18T04:30:00+01:00", "because": "other"}`)
		}
	}
	drawersByThemselves(t, found, func(address string) (int, string) {
		status, body, _ := g.ask(t, "eve", address)
		return status, body
	}, team, team+"?at=2026-11-19", team+"/roadmap", "/teams/Observability", "/teams/Observability?at=2026-11-19",
		"/oncall", "/oncall/k8s", "/oncall/review")
	for _, kind := range []string{"epics", "epic", "epics-late", "weeks-below", "week", "impeded", "called",
		"initiative", "told-dates", "told", "came", "chosen", "mix-type", "reach", "price-oncall", "price-callouts",
		"budget-left",
		"past-kept", "past-saydo", "past-velocity", "past-impediments", "flow-cfd", "flow-rule", "flow-kept",
		"flow-cycle", "impediments", "unplanned", "callouts", "callout-time", "rule", "duty-gaps"} {
		if found[kind] == 0 {
			t.Errorf("no %s is opened: %v", kind, slices.Sorted(maps.Keys(found)))
		}
	}
}

// reader asks a server.
func reader(t *testing.T, h http.Handler) func(address string) (int, string) {
	return func(address string) (int, string) {
		status, body, _ := get(t, h, address)
		return status, body
	}
}

// TestAddressesTellNoMoreThanPages: a team that somebody does not see has no figure at an address either, and one that
// has sprints none of the last four weeks, which its pages do not tell.
func TestAddressesTellNoMoreThanPages(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	for _, figure := range []string{"came&quarter=Q3-26", "epics_late&quarter=Q4-26", "weeks_below&quarter=Q4-26",
		"initiative_done&quarter=Q4-26&initiative=Cloud", "epics_together&quarter=Q4-26&epics=K8S-1300",
		"epic&quarter=Q4-26&epic=K8S-1300", "price.oncall.days&quarter=Q4-26", "past.kept&sprint=23",
		"budget.left&sprint=23", "kept", "cfd.arrivals", "four_weeks.oncall.callouts",
		"four_weeks.impediments.seconds"} {
		for _, form := range []string{"/explain", "/explain.csv", "/api/v1/explain"} {
			hidden := form + "?team=Secret&figure=" + figure
			status, body, _ := g.ask(t, "bob", strings.Replace(hidden, "Secret", "Secret%20team", 1))
			_, other, _ := g.ask(t, "bob", strings.Replace(hidden, "Secret", "Secret%20none", 1))
			if status != http.StatusNotFound || form == "/api/v1/explain" &&
				strings.ReplaceAll(body, "Secret team", "Secret none") != other {
				t.Errorf("%s: %d %s, of a team that is none %s", hidden, status, body, other)
			}
		}
	}
	for _, at := range []string{"", "&at=2026-11-19"} {
		address := "/api/v1/explain?team=Kubernetes&figure=four_weeks.oncall.callouts" + at
		if status, body, _ := g.ask(t, "eve", address); status != http.StatusNotFound {
			t.Errorf("%s: %d %s", address, status, body)
		}
	}
}

// partsOfDrawer are the texts of a drawer, or of a figure by itself, that both have.
var partsOfDrawer = regexp.MustCompile(
	`(?s)<p class="formula">(.*?)</p>(.*?)(?:<h3>Behind it</h3>|<p class="note links">)`)

// aloneOnly is what a figure by itself tells beside its drawer.
var aloneOnly = regexp.MustCompile(`<p class="note">Over the inputs, for programs: .*?</p>`)

// drawersByThemselves holds every drawer of some pages to its address, and counts them by what they open.
func drawersByThemselves(t *testing.T, found map[string]int, ask func(address string) (int, string), pages ...string) {
	t.Helper()
	for _, from := range pages {
		status, page := ask(from)
		if status != http.StatusOK {
			t.Errorf("%s: %d", from, status)
		}
		for _, drawer := range strings.Split(page, `class="drawer"`)[1:] {
			told := portfolioDrawer.FindStringSubmatch(drawer)
			if told == nil || told[3] == "" {
				t.Errorf("%s: no address of its own in %.60q", from, drawer)
				continue
			}
			found[strings.TrimRight(told[1], "-0123456789")]++
			holdDrawer(t, ask, from, drawer, told)
		}
	}
}

// holdDrawer holds a drawer to what stands at its address.
func holdDrawer(t *testing.T, ask func(address string) (int, string), from, drawer string, told []string) {
	t.Helper()
	id, value, address := told[1], strings.TrimSpace(told[2]), html.UnescapeString(told[3])
	code, alone := ask(address)
	if code != http.StatusOK || !strings.Contains(alone, ": <b>"+value+"</b>") {
		t.Errorf("%s: %s opens %q, %s answers %d without it", from, id, value, address, code)
		return
	}
	alone = aloneOnly.ReplaceAllString(mainOf(t, alone), "")
	here, there := partsOfDrawer.FindStringSubmatch(drawer), partsOfDrawer.FindStringSubmatch(alone)
	if strings.HasPrefix(id, "odds-team-") || strings.HasPrefix(id, "odds-initiative-") {
		there = here // a row of the portfolio leads on to the odds of its forecast, which tell more
	}
	for n := 1; here != nil && there != nil && n < len(here); n++ {
		if a, b := strings.TrimSpace(here[n]), strings.TrimSpace(there[n]); a != b {
			t.Errorf("%s: %s tells %q, %s tells %q", from, id, a, address, b)
		}
	}
	if here == nil || there == nil {
		t.Errorf("%s: %s or %s has no formula", from, id, address)
	}
	file := strings.Replace(address, "/explain?", "/explain.csv?", 1)
	tableCode, table := ask(file)
	if tableCode != http.StatusOK || !strings.HasPrefix(table, "figure,term,") {
		t.Errorf("%s: %s is %d %.80s", from, file, tableCode, table)
		return
	}
	code, answer := ask("/api/v1" + address)
	for _, fault := range faultsOfAnswer(code, answer, value, html.UnescapeString(alone), table) {
		t.Errorf("%s: programs are answered %s at %s", from, fault, address)
	}
}

// numberShown is a value that a page shows as a number.
var numberShown = regexp.MustCompile(`^[−-]?[0-9][0-9  ]*(\.[0-9]+)?$`)

// faultsOfAnswer says where what programs are answered of a figure parts from its page and from its table.
func faultsOfAnswer(code int, answer, shown, page, table string) (faults []string) {
	var told struct {
		Value   any
		Formula struct{ Words, Numbers string }
		Inputs  []any
	}
	if err := json.Unmarshal([]byte(answer), &told); code != http.StatusOK || err != nil {
		return []string{fmt.Sprintf("%d %.80s", code, answer)}
	}
	for _, text := range []string{told.Formula.Words, told.Formula.Numbers} {
		if !strings.Contains(page, text) {
			faults = append(faults, fmt.Sprintf("%q, which the page does not tell,", text))
		}
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if want := len(rows) - 1; err != nil || len(told.Inputs) != want {
		faults = append(faults, fmt.Sprintf("%d inputs of %d (%v)", len(told.Inputs), want, err))
	}
	value, isNumber := told.Value.(float64)
	if !isNumber || !numberShown.MatchString(shown) {
		return faults
	}
	plain := strings.NewReplacer("−", "-", "\u202f", "", " ", "").Replace(shown)
	want, err := strconv.ParseFloat(plain, 64)
	_, decimals, _ := strings.Cut(plain, ".")
	close := func(x float64) bool { return math.Abs(x-want) <= .51*math.Pow10(-len(decimals)) }
	if err != nil || !close(value) && !close(value/3600) && !close(value*100) { // hours of seconds, per cent of a share
		faults = append(faults, fmt.Sprintf("%v for %s (%v)", value, shown, err))
	}
	return faults
}

// TestFigureLeadsOn: a figure of past sprints leads to them, and an address of a sprint that is none to its team.
func TestFigureLeadsOn(t *testing.T) {
	h := serve(t, story(t), company()...)
	const figure = "/explain?team=Kubernetes&figure=past.kept&sprint="
	_, page, _ := get(t, h, figure+"23")
	if !strings.Contains(page, `<a class="key" href="/teams/Kubernetes/sprints/22">`) {
		t.Errorf("past sprints are not led to: %s", mainOf(t, page))
	}
	code, none, _ := get(t, h, figure+"999")
	if code != http.StatusNotFound || !strings.Contains(none, `<a href="/teams/Kubernetes">Kubernetes: sprint</a>`) {
		t.Errorf("%d, the team of a sprint that is none is not led to: %s", code, mainOf(t, none))
	}
}
