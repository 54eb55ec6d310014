package query

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
)

const jqlStory = `-- site --
zone Europe/Paris
clock 2026-02-10 12:00
-- fields --
nature customfield_11028 select "Nature of impediment" Support Incident
-- board 1 scrum P "Product, one" --
-- board 2 scrum Q "Other" --
-- sprints --
7 "Sprint 7" 2026-01-05 09:00 .. 2026-01-16 17:00 closed 2026-01-16 17:00
9 "Sprint, with comma" 2026-02-02 09:00 .. 2026-02-13 17:00
11 "Sprint 11"
-- P-1 Epic "Big thing" --
2026-01-01 00:30 created labels=Q1-26
-- P-2 Story "Small \"thing\"" --
2026-01-02 10:00 created sprint=7 epic=P-1 labels=a,b component=console
2026-01-06 10:00 status=done
-- P-3 Bug "Broken" --
2026-01-03 10:00 created sprint=9 labels=b nature=Incident
2026-02-10 11:00 status=doing
-- P-4 Sub-task "Part" --
2026-01-04 10:00 created parent=P-3
-- P-10 Task "Later" --
2026-02-10 10:00 created sprint=11
-- Q-1 Task "Moved away" --
2026-01-05 10:00 created
2026-01-06 10:00 move=P-20
`

func loadStory(t *testing.T) *sitedata.Site {
	t.Helper()
	site, err := sitedata.LoadScenario("story", []byte(jqlStory))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func TestJQL(t *testing.T) {
	site := loadStory(t)
	ms := time.Date(2026, time.February, 10, 9, 0, 0, 0, time.UTC).UnixMilli() // 10:00 in Paris
	for jql, want := range map[string]string{
		`project = P`:                                             "P-1 P-2 P-3 P-4 P-10 P-20",
		`project = "product, one"`:                                "P-1 P-2 P-3 P-4 P-10 P-20",
		`project in (10001, P) AND issuetype = Task`:              "P-10 P-20",
		`project = Q`:                                             "",
		`type in (Bug, "Sub-task")`:                               "P-3 P-4",
		`issuetype != Epic and project = P`:                       "P-2 P-3 P-4 P-10 P-20",
		`issuetype not in (Epic, Task) and project = P`:           "P-2 P-3 P-4",
		`status = "In Progress"`:                                  "P-3",
		`status = 10004 or status = "to do" and type = epic`:      "P-1 P-2",
		`(status = done or status = "to do") and not type = epic`: "P-2 P-4 P-10 P-20",
		`statusCategory = Done`:                                   "P-2",
		`statusCategory in ("In Progress", new)`:                  "P-1 P-3 P-4 P-10 P-20",
		`statusCategory != done`:                                  "P-1 P-3 P-4 P-10 P-20",
		`sprint = 7`:                                              "P-2",
		`sprint in (7, 9)`:                                        "P-2 P-3 P-4",
		`sprint = "Sprint, with comma"`:                           "P-3 P-4",
		`sprint in openSprints()`:                                 "P-3 P-4",
		`sprint in closedSprints() or sprint in futureSprints()`:  "P-2 P-10",
		`sprint not in openSprints()`:                             "P-2 P-10",
		`sprint is empty`:                                         "P-1 P-20",
		`sprint is not EMPTY`:                                     "P-2 P-3 P-4 P-10",
		`sprint = 7 OR sprint IS NULL`:                            "P-1 P-2 P-20",
		`parent = P-1`:                                            "P-2",
		`"Epic Link" = p-1`:                                       "P-2",
		`parent in (10001, P-3)`:                                  "P-2 P-4",
		`parent is empty`:                                         "P-1 P-3 P-10 P-20",
		`labels = b`:                                              "P-2 P-3",
		`labels in (a, Q1-26)`:                                    "P-1 P-2",
		`labels != a`:                                             "P-1 P-3",
		`labels is empty`:                                         "P-4 P-10 P-20",
		`component = console`:                                     "P-2",
		`resolution = Unresolved`:                                 "P-1 P-3 P-4 P-10 P-20",
		`resolution is empty`:                                     "P-1 P-3 P-4 P-10 P-20",
		`resolution = Done`:                                       "P-2",
		`key = P-3`:                                               "P-3",
		`key = Q-1`:                                               "P-20",
		`issue in (p-3, 10001)`:                                   "P-1 P-3",
		`id = 10002`:                                              "P-2",
		`key >= P-3 and key < P-20`:                               "P-3 P-4 P-10",
		`summary ~ thing`:                                         "P-1 P-2",
		`summary ~ "small thing"`:                                 "P-2",
		`summary !~ "thing"`:                                      "P-3 P-4 P-10 P-20",
		`cf[11028] = Incident`:                                    "P-3",
		`"Nature of impediment" is not empty`:                     "P-3",
		`created >= "2026-02-10"`:                                 "P-10",
		`created >= "2026/02/10 10:00"`:                           "P-10",
		`created > "2026/02/10 10:00"`:                            "",
		`created < "2026-01-01 00:31"`:                            "P-1",
		fmt.Sprintf(`created >= %d`, ms):                          "P-10",
		fmt.Sprintf(`created > %d`, ms):                           "",
		fmt.Sprintf(`created <= %d`, ms-1):                        "P-1 P-2 P-3 P-4 P-20",
		`updated >= "-75m"`:                                       "P-3",
		`updated >= -2h`:                                          "P-3 P-10",
		`updated >= startOfDay()`:                                 "P-3 P-10",
		`updated <= now() and created >= "-4w 2d"`:                "P-10",
		`resolved >= "2026-01-06"`:                                "P-2",
		`NOT (labels = b || key = P-1) && project = P`:            "P-4 P-10 P-20",
		`! labels = b and key in (P-1, P-2)`:                      "P-1",
	} {
		got, err := runJQL(site, jql+" ORDER BY key ASC")
		if err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", jql, got, err, want)
		}
	}
}

func runJQL(site *sitedata.Site, jql string) (string, error) {
	zone, _ := time.LoadLocation("Europe/Paris")
	s := &Searcher{Site: site, View: site.ViewAt(site.Clock()), Now: site.Clock(), Zone: zone}
	found, err := s.Run(jql)
	var keys []string
	for _, i := range found {
		keys = append(keys, i.Key)
	}
	return strings.Join(keys, " "), err
}

func TestJQLOrder(t *testing.T) {
	site := loadStory(t)
	for order, want := range map[string]string{
		"":                                     "P-10 P-20 P-4 P-3 P-2 P-1", // the newest first
		"order by key":                         "P-1 P-2 P-3 P-4 P-10 P-20",
		"ORDER BY key DESC":                    "P-20 P-10 P-4 P-3 P-2 P-1",
		"order by updated desc, id":            "P-3 P-10 P-2 P-20 P-4 P-1",
		"order by created asc":                 "P-1 P-2 P-3 P-4 P-20 P-10",
		"order by status, key":                 "P-2 P-3 P-1 P-4 P-10 P-20",
		"order by issuetype desc, created asc": "P-20 P-10 P-4 P-2 P-1 P-3",
	} {
		if got, err := runJQL(site, "project = P "+order); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", order, got, err, want)
		}
	}
}

func TestJQLRefuses(t *testing.T) {
	site := loadStory(t)
	for jql, want := range map[string]string{
		`project = X`:                "The value 'X' does not exist for the field 'project'.",
		`project in (P, X)`:          "The value 'X' does not exist for the field 'project'.",
		`project = P or project = X`: "The value 'X' does not exist for the field 'project'.",
		`status = "Nowhere"`:         "The value 'Nowhere' does not exist for the field 'status'.",
		`type = Dream`:               "The value 'Dream' does not exist for the field 'issuetype'.",
		`statusCategory = Dream`:     "The value 'Dream' does not exist for the field 'statusCategory'.",
		`sprint = "No sprint"`: "Sprint with name 'No sprint' does not exist or you do not have " +
			"permission to view it.",
		`sprint in (7, 99)`:                "Sprint with name '99' does not exist",
		`key = P-99`:                       "An issue with key 'P-99' does not exist for field 'key'.",
		`parent in (P-1, P-99)`:            "An issue with key 'P-99' does not exist for field 'parent'.",
		`flavour = sweet`:                  "Field 'flavour' does not exist or you do not have permission to view it.",
		`project = P order by flavour`:     "Not able to sort using field 'flavour'.",
		`created >= "yesterday"`:           "Date value 'yesterday' for field 'created' is invalid.",
		`created >= 2026-13-45`:            "Date value '2026-13-45' for field 'created' is invalid.",
		`created in ("2026-01-01")`:        "The operator 'in' is not supported by the 'created' field.",
		`project > P`:                      "The operator '>' is not supported by the 'project' field.",
		`project ~ P`:                      "The operator '~' is not supported by the 'project' field.",
		`sprint in mySprints()`:            "Unable to find JQL function 'mySprints()'.",
		`project in openSprints()`:         "The function 'openSprints' is not supported by the 'project' field.",
		`created > endOfDay("-1")`:         "Unable to find JQL function 'endOfDay(-1)'.",
		`project is P`:                     "can only be used with the value EMPTY or NULL",
		`project`:                          "Expecting operator before the end of the query.",
		`project = `:                       "Expecting a value, list or function before the end of the query.",
		`project = P AND`:                  "Expecting a field name before the end of the query.",
		`(project = P`:                     "Expecting ')' before the end of the query.",
		`project = P)`:                     "Expecting either 'OR' or 'AND' but got ')'",
		`project in P`:                     "Expecting '(' after 'in'.",
		`project in (P`:                    "Expecting ',' or ')' before the end of the query.",
		`project in ()`:                    "Expecting a value, list or function but got ')'",
		`project = "P`:                     "has not been completed",
		`project = P order created`:        "Expecting 'by' but got 'created'",
		`project = P order by`:             "Expecting a field name before the end of the query.",
		`status WAS done`:                  "Expecting operator but got 'WAS'",
		`project = P; drop`:                "is a reserved JQL character",
		``:                                 "Unbounded JQL queries are not allowed here.",
		`order by key`:                     "Unbounded JQL queries are not allowed here.",
		strings.Repeat("(", 300) + "a = b": "nested too deeply",
	} {
		_, err := runJQL(site, jql)
		if refused := Refused(""); !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got %v, want that it is refused with %q", jql, err, want)
		}
	}
}

func FuzzJQL(f *testing.F) {
	for _, s := range []string{`project = P`, `sprint in openSprints() AND updated >= "-75m" ORDER BY key`,
		`not (a = b or "c d" not in (1, 'x'))`,
		`cf[10036] is not empty`, `created >= 1732877091000`, "((((", `a="\`, `labels != é`,
		`order by a,b,c,d,e,f,g,h`} {
		f.Add(s)
	}
	site, err := sitedata.LoadScenario("fuzz", []byte(jqlStory))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, jql string) {
		got, err := runJQL(site, jql)
		if err == nil {
			if strings.Count(got, "P-") > 6 {
				t.Errorf("more issues than there are: %s", got)
			}
			return
		}
		if refused := Refused(""); !errors.As(err, &refused) || refused == "" {
			t.Errorf("not refused with words: %v", err)
		}
	})
}
