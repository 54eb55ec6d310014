package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/testrun"
	"jerem/web/webtest"
)

// sparseWorld is a company in which much is missing: teams without an epic in a quarter that others have, without a
// sprint, without an estimate, without a board, on a Kanban board, and one that never finished anything.
const sparseWorld = `
-- site --
url https://jira.example
zone Europe/Paris
clock 2026-11-23 14:00

-- board 1 scrum PLAN "Planned" --
estimate customfield_10036
column "To Do": open
column "In Progress": doing
column "Done": done

-- board 2 kanban FLOW "Flow" --
column "To Do": open
column "Done": done

-- board 3 scrum NONE "No sprint yet" --
estimate customfield_10036
column "To Do": open
column "Done": done

-- board 4 scrum BARE "No estimates" --
estimate customfield_10036
column "To Do": open
column "Done": done

-- sprints --
11 "Sprint 11" 2026-11-16 09:00 .. 2026-11-27 17:00 created 2026-11-09 10:00
12 "Sprint 12" 2026-11-30 09:00 .. 2026-12-11 17:00 created 2026-11-09 10:00
41 "Bare 1" 2026-11-16 09:00 .. 2026-11-20 17:00 board=4 created 2026-11-09 10:00

-- PLAN-1 Epic "Plans" --
2026-08-03 10:00 created labels=Q4-26,Q1-27,Project_Cloud
-- PLAN-2 Story "First" --
2026-11-02 10:00 created points=3 sprint=11 epic=PLAN-1
2026-11-17 10:00 status=doing
2026-11-18 10:00 status=done
-- PLAN-3 Story "Second" --
2026-11-02 10:00 created points=5 sprint=11 epic=PLAN-1 labels=impediment
2026-11-17 10:00 status=doing
2026-11-18 12:00 log 2h

-- FLOW-1 Story "Flows" --
2026-11-02 10:00 created
2026-11-18 10:00 status=done

-- NONE-1 Epic "Cloud too" --
2026-11-02 10:00 created labels=Q4-26,Project_Cloud
-- NONE-2 Story "Waits" --
2026-11-02 10:00 created epic=NONE-1

-- BARE-1 Story "No estimate" --
2026-11-02 10:00 created sprint=41
2026-11-17 10:00 status=doing
-- BARE-2 Story "No estimate either" --
2026-11-02 10:00 created sprint=41
2026-11-17 10:00 status=doing
2026-11-18 10:00 status=done
`

// sparseTeams are the teams of the sparse world; the last one has an empty project.
func sparseTeams() (teams []agile.Team) {
	for _, key := range []string{"PLAN", "FLOW", "NONE", "BARE"} {
		teams = append(teams, webtest.Team("Team "+key, key))
	}
	return teams
}

// TestExplainedAddressesAnswer: every address of an explanation that an answer or a page names can be opened, for teams
// of which little is known too.
func TestExplainedAddressesAnswer(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, []byte(sparseWorld), sparseTeams()...)
	moments := []string{"2026-10-05", "", "2026-11-17T12:00:00Z"}
	if testing.Short() {
		moments = moments[:1]
	}
	named := map[string]string{} // by address, where it was found first
	for _, address := range answersOf(t, h) {
		for _, at := range moments {
			asked := addressAsOf(address, at)
			status, body, _ := get(t, h, asked)
			if status != http.StatusOK {
				continue
			}
			for _, to := range addressesIn(body) {
				if named[to] == "" {
					named[to] = asked
				}
			}
			if strings.Contains(body, "<html") {
				holdFragments(t, asked, body)
			}
		}
	}
	if len(named) < 500 {
		t.Errorf("only %d addresses are named", len(named))
	}
	for to, from := range named {
		if status, body, _ := get(t, h, to); status != http.StatusOK {
			t.Errorf("%s names %s: %d %s", from, to, status, body)
		}
	}
}

// addressAsOf is an address as of a moment.
func addressAsOf(address, at string) string {
	switch {
	case at == "":
		return address
	case strings.Contains(address, "?"):
		return address + "&at=" + url.QueryEscape(at)
	}
	return address + "?at=" + url.QueryEscape(at)
}

// answersOf lists the answers and pages of all teams, of quarters that some team has and some has not.
func answersOf(t *testing.T, h http.Handler) (out []string) {
	t.Helper()
	quarters := []string{"Q3-26", "Q4-26", "Q1-27", "Q2-27"}
	for _, quarter := range quarters {
		out = append(out, "/?quarter="+quarter, "/api/v1/portfolio?quarter="+quarter,
			"/api/v1/forecast?initiative=Cloud&quarter="+quarter)
	}
	for _, team := range sparseTeams() {
		page, api := "/teams/"+url.PathEscape(team.Name), "/api/v1/teams/"+url.PathEscape(team.Name)
		out = append(out, page, page+"/flow", page+"/issues/"+team.Project+"-1", api+"/flow",
			api+"/flow?from=2026-11-01&to=2026-11-20", api+"/forecast?remaining=5", api+"/forecast?by=2026-12-24",
			api+"/forecast?epic="+team.Project+"-1", api+"/mix?quarters=4")
		for _, quarter := range quarters {
			out = append(out, page+"/roadmap?quarter="+quarter, api+"/quarters/"+quarter,
				api+"/forecast?quarter="+quarter)
		}
		for _, id := range []string{"11", "12", "41"} {
			out = append(out, page+"/sprints/"+id, api+"/sprints/"+id, api+"/sprints/"+id+"?with=2026-11-18",
				page+"/sprints/"+id+"?with=2026-11-18", api+"/sprints/"+id+"/differences", api+"/forecast?sprint="+id)
		}
	}
	return out
}

var explainAddress = regexp.MustCompile("(?:/api/v1)?/explain\\?[^\"'<> ]*")

// addressesIn finds the addresses of explanations in an answer or a page.
func addressesIn(body string) []string {
	unescaped := strings.NewReplacer("&amp;", "&", `\u0026`, "&", "&#43;", "+").Replace(body)
	return explainAddress.FindAllString(unescaped, -1)
}

var fragment = regexp.MustCompile(`href="#(explain-[^"]+)"`)

// holdFragments holds that what a page opens in itself is there.
func holdFragments(t *testing.T, address, body string) {
	t.Helper()
	for _, m := range fragment.FindAllStringSubmatch(body, -1) {
		if !strings.Contains(body, `id="`+m[1]+`"`) {
			t.Errorf("%s opens %s, which is not there", address, m[1])
		}
	}
}
