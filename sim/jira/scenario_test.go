package jirasim

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// items writes the histories of an issue shortly: "moment field[fieldId] from/fromString>to/toString".
func items(s *sitedata.Site, key string, when time.Time) []string {
	i := s.ViewAt(when).FindIssue(key)
	if i == nil {
		return nil
	}
	show := func(v any) string {
		if v == nil {
			return "~"
		}
		return wire.Text(v)
	}
	var out []string
	for _, h := range i.Histories {
		line := h.At.In(s.Zone).Format("01-02 15:04")
		for _, v := range wire.List(h.Body["items"]) {
			id := wire.Text(wire.At(v, "fieldId"))
			if o := v.(wire.Obj); o["fieldId"] == nil {
				id = "-"
			}
			line += fmt.Sprintf(" %s[%s] %s/%s>%s/%s", wire.Text(wire.At(v, "field")), id, show(wire.At(v, "from")),
				show(wire.At(v, "fromString")), show(wire.At(v, "to")), show(wire.At(v, "toString")))
		}
		out = append(out, line)
	}
	return out
}

func TestHistories(t *testing.T) {
	s := first(t)
	for key, want := range map[string][]string{
		"K8S-1": nil,
		"K8S-101": {
			"10-20 11:00 status[status] 10001/To Do>3/In Progress",
			"10-21 09:00 Story Points[customfield_10036] ~/5>~/8 labels[labels] ~/>~/dependency",
			"10-21 10:00 Flagged[customfield_10021] ~/~>[10019]/Impediment",
			"10-22 10:00 Flagged[customfield_10021] [10019]/Impediment>~/",
			"10-23 16:30 resolution[resolution] ~/~>10000/Done status[status] 3/In Progress>10004/Done",
			"10-26 09:15 resolution[resolution] 10000/Done>~/~ status[status] 10004/Done>3/In Progress",
			"10-27 17:45 resolution[resolution] ~/~>10000/Done status[status] 3/In Progress>10004/Done",
		},
		"K8S-102": {
			"10-16 17:12 Sprint[customfield_10020] 20/Sprint 20>20, 21/Sprint 20, Sprint 21",
			"10-20 15:00 Sprint[customfield_10020] 20, 21/Sprint 20, Sprint 21>20/Sprint 20",
			"10-22 15:00 IssueParentAssociation[-] ~/~>10001/K8S-1 summary[summary] ~/Kubeconfig download: new " +
				"layout>~/Kubeconfig download: new page",
		},
		"K8S-103": {"10-21 18:00 timeestimate[timeestimate] 14400/14400>7200/7200 timespent[timespent] ~/~>7200/7200 " +
			"WorklogId[-] ~/~>30002/30002"},
		"K8S-104": {
			"10-21 09:00 timespent[timespent] ~/~>7200/7200 WorklogId[-] ~/~>30001/30001",
			"10-21 18:00 status[status] 10001/To Do>3/In Progress timespent[timespent] 7200/7200>12600/12600 " +
				"WorklogId[-] ~/~>30003/30003",
			"10-22 09:00 timespent[timespent] 12600/12600>16200/16200 WorklogId[-] 30001/30001>30001/30001",
			"10-22 11:00 timespent[timespent] 16200/16200>19800/19800 WorklogId[-] ~/~>30004/30004",
			"10-22 11:05 timespent[timespent] 19800/19800>16200/16200 WorklogId[-] 30004/30004>~/~",
			"10-22 18:00 resolution[resolution] ~/~>10000/Done status[status] 3/In Progress>10004/Done Nature of " +
				"impediment[customfield_11028] 11000/Support>11001/Incident",
		},
	} {
		got := items(s, key, s.Clock())
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", key, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	moved := items(s, "OB-7", at0("Europe/Paris", "2026-10-22 12:00"))
	if want := "10-22 09:00 Key[-] ~/K8S-105>~/OB-7 project[project] 10000/Kubernetes>10001/OB"; strings.Join(moved,
		"\n") != want {
		t.Errorf("moved: %q, want %q", moved, want)
	}
}

func TestMoreHistories(t *testing.T) {
	s := story0(t, `-- fields --
kinds customfield_500 multiselect "Kinds" A B C
note customfield_501 text "Note"
owner customfield_502 user "Owner"
-- sprints --
1 "One, two" 2026-01-01 09:00 .. 2026-01-09 17:00 closed 2026-01-09 17:00
2 "Two" 2026-01-12 09:00 .. 2026-01-23 17:00
-- P-1 Epic "E1" --
2026-01-01 10:00 created
-- P-2 Epic "E2" --
2026-01-01 10:00 created
-- P-3 Story "S" --
2026-01-02 10:00 created epic=P-1 sprint=1 points=0.5 labels=b,a component=x,y kinds=A
2026-01-10 10:00 sprint=2
2026-01-11 10:00 epic=P-2 kinds=A,C
2026-01-11 11:00 points=none labels=c component=y,z
2026-01-11 12:00 type=Bug estimate=1d
2026-01-11 13:00 estimate=4h30m note="hello you" owner="Some Body"
2026-01-11 14:00 status=done resolution="Won't Do"
2026-01-11 15:00 sprint=none epic=none
2026-01-11 15:30 sprint=1,2
2026-01-11 15:40 sprint=-1 -c +d
2026-01-11 16:00 points=none sprint=2 unflag
-- P-4 Sub-task "T" --
2026-01-02 10:00 created parent=P-3
-- P-5 Story "S2" --
2026-01-02 10:00 created
2026-01-03 10:00 comment="only a word"
2026-01-04 10:00 type=Sub-task parent=P-3
`)
	want := []string{
		"01-10 10:00 Sprint[customfield_10020] 1/One, two>1, 2/One, two, Two",
		"01-11 10:00 IssueParentAssociation[-] 10001/P-1>10002/P-2 Kinds[customfield_500] [11000]/A>[11000, 11002]/A,C",
		"01-11 11:00 Story Points[customfield_10036] ~/0.5>~/~ labels[labels] ~/a b>~/c Component[components] " +
			"12120/x>~/~ Component[components] ~/~>12122/z",
		"01-11 12:00 issuetype[issuetype] 10001/Story>10004/Bug timeestimate[timeestimate] ~/~>28800/28800 " +
			"timeoriginalestimate[timeoriginalestimate] ~/~>28800/28800",
		"01-11 13:00 timeestimate[timeestimate] 28800/28800>16200/16200 timeoriginalestimate[timeoriginalestimate] " +
			"28800/28800>16200/16200 Note[customfield_501] ~/~>~/hello you Owner[customfield_502] " +
			"~/~>5b10ac8d82e05b22cc7d0004/Some Body",
		"01-11 14:00 resolution[resolution] ~/~>10000/Done status[status] 10001/To Do>10004/Done " +
			"resolution[resolution] 10000/Done>10001/Won't Do",
		"01-11 15:00 Sprint[customfield_10020] 1, 2/One, two, Two>1/One, two IssueParentAssociation[-] 10002/P-2>~/~",
		"01-11 15:30 Sprint[customfield_10020] 1/One, two>1, 2/One, two, Two",
		"01-11 15:40 Sprint[customfield_10020] 1, 2/One, two, Two>2/Two labels[labels] ~/c>~/ labels[labels] ~/>~/d",
	}
	if got := items(s, "P-3", s.Last()); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := items(s, "P-5", s.Last()); len(got) != 1 ||
		got[0] != "01-04 10:00 issuetype[issuetype] 10001/Story>10003/Sub-task Parent[-] ~/~>10003/P-3" {
		t.Errorf("P-5: %q", got)
	}
	sprints := s.ViewAt(s.Last()).FindIssue("P-4").Fields["customfield_10020"].([]any)
	if got := wire.Text(sprints[0].(wire.Obj)["id"]); got != "2" {
		t.Errorf("a sub-task shows its parent's sprints, not %v", got)
	}
}

// TestVersionsAndDueDates: versions come and go one by one under the names that they have then, and are shown under
// those of the moment asked; the day on which an issue is due comes with an hour that means nothing.
func TestVersionsAndDueDates(t *testing.T) {
	s := story0(t, `-- versions --
501 P "Q3-26" renamed 2026-02-01 10:00 "Q4-26" renamed 2026-03-01 10:00 "Q1-27"
502 P "4.2"
503 O "Q3-26"
-- P-1 Epic "E" --
2026-01-01 10:00 created fix=501 due=2026-09-30
2026-01-02 10:00 fix=501,502 due=2026-10-01
2026-01-02 11:00 fix=502,501 due=2026-10-01
2026-02-02 10:00 fix=502
2026-02-03 10:00 fix=none due=none
-- O-1 Task "T" --
2026-03-02 10:00 created
`)
	want := []string{
		"01-02 10:00 Fix Version[fixVersions] ~/~>502/4.2 duedate[duedate] 2026-09-30/2026-09-30 " +
			"00:00:00.0>2026-10-01/2026-10-01 00:00:00.0",
		"02-02 10:00 Fix Version[fixVersions] 501/Q4-26>~/~",
		"02-03 10:00 Fix Version[fixVersions] 502/4.2>~/~ duedate[duedate] 2026-10-01/2026-10-01 00:00:00.0>~/~",
	}
	if got := items(s, "P-1", s.Last()); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	now := at0("UTC", "2026-01-03 10:00")
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		c := newClient(t, s, Options{Dialect: dialect, Now: func() time.Time { return now }})
		names := func(list any) (out string) {
			for _, v := range wire.List(list) {
				out += wire.Text(wire.At(v, "id")) + " " + wire.Text(wire.At(v, "name")) + ";"
			}
			return out
		}
		for _, x := range []struct{ when, project, issue, due string }{
			{"2026-01-03 10:00", "501 Q3-26;502 4.2;", "501 Q3-26;502 4.2;", "2026-10-01"},
			{"2026-02-01 10:00", "501 Q4-26;502 4.2;", "501 Q4-26;502 4.2;", "2026-10-01"}, // no issue changed
			{"2026-03-02 10:00", "501 Q1-27;502 4.2;", "", ""},
		} {
			now = at0("UTC", x.when)
			issue := c.ok("/rest/api/2/issue/P-1")
			got := []string{x.when, names(c.ok("/rest/api/2/project/P/versions")),
				names(wire.At(issue, "fields", "fixVersions")), wire.Text(wire.At(issue, "fields", "duedate"))}
			if wanted := []string{x.when, x.project, x.issue, x.due}; !slices.Equal(got, wanted) {
				t.Errorf("%s: got %q, want %q", dialect, got, wanted)
			}
		}
		c.refused(404, "No project could be found", "/rest/api/2/project/X/versions")
	}
	for src, want := range map[string]string{
		"-- versions --\nx P \"V\"":                                     "s:2: a version is written",
		"-- versions --\n1 P":                                           "s:2: a version is written",
		"-- versions --\n1 P \"V\"\n1 P \"W\"":                          "s:3: version 1 stands twice",
		"-- versions --\n1 P \"V\" renamd 2026-01-01 10:00 \"W\"":       `unknown word "renamd"`,
		"-- versions --\n1 P \"V\" renamed 2026-01-01 10:00":            "a version is written",
		"-- P-1 Task \"T\" --\n2026-01-01 10:00 created fix=1":          `version "1" is not in the section versions`,
		"-- P-1 Task \"T\" --\n2026-01-01 10:00 created due=2026-02-30": `due needs a day`,
		"-- P-1 Task \"T\" --\n2026-01-01 10:00 created due=30/09/2026": `due needs a day`,
	} {
		if _, err := sitedata.LoadScenario("s", []byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", src, err, want)
		}
	}
}

// At a clock's moment only what happened by then is there.
func TestAsOfTheClock(t *testing.T) {
	now := at0("Europe/Paris", "2026-10-12 09:59")
	c := newClient(t, first(t), Options{Now: func() time.Time { return now }})
	c.refused(404, "", "/rest/api/3/issue/K8S-101")
	c.refused(400, "An issue with key 'K8S-101' does not exist", "/rest/api/3/search/jql?jql=key=K8S-101")
	for _, x := range []struct{ when, status, points, sprints, states, histories string }{
		{"2026-10-12 10:00", "To Do", "5", "21", "future", "0"},
		{"2026-10-19 09:29", "To Do", "5", "21", "future", "0"},
		{"2026-10-19 09:30", "To Do", "5", "21", "active", "0"},
		{"2026-10-20 11:00", "In Progress", "5", "21", "active", "1"},
		{"2026-10-21 09:00", "In Progress", "8", "21", "active", "2"},
		{"2026-10-23 16:30", "Done", "8", "21", "active", "5"},
	} {
		now = at0("Europe/Paris", x.when)
		v := c.ok("/rest/api/3/issue/K8S-101?expand=changelog")
		got := []string{x.when, wire.Text(wire.At(v, "fields", "status", "name")),
			wire.Text(wire.At(v, "fields", "customfield_10036")), "", "", wire.Text(wire.At(v, "changelog", "total"))}
		for _, sp := range wire.List(wire.At(v, "fields", "customfield_10020")) {
			got[3] += wire.Text(wire.At(sp, "id"))
			got[4] += wire.Text(wire.At(sp, "state"))
		}
		if want := []string{x.when, x.status, x.points, x.sprints, x.states,
			x.histories}; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	now = at0("Europe/Paris", "2026-10-23 09:00")
	c.refused(404, "", "/rest/api/3/issue/OB-7") // deleted just now
}

func TestPeopleAreThere(t *testing.T) {
	now := at0("Europe/Paris", "2026-10-22 12:00")
	c := newClient(t, first(t), Options{Now: func() time.Time { return now }})
	for _, p := range []string{"/rest/api/3/search/jql?jql=project=K8S&fields=assignee&expand=changelog",
		"/rest/api/3/issue/OB-7",
		"/rest/api/3/issue/K8S-104/worklog", "/rest/api/3/issue/K8S-104/changelog"} {
		if !strings.Contains(as(c.ok(p)), "Marker") {
			t.Errorf("%s: no person in the answer", p)
		}
	}
	now = at0("Europe/Paris", "2026-10-28 12:00")
	for _, h := range wire.List(wire.At(c.ok("/rest/api/3/issue/K8S-101/changelog"), "values")) {
		if wire.Text(wire.At(h, "created")) == "2026-10-26T09:15:00.000+0100" && wire.At(h, "author") != nil {
			t.Error("by=none has an author")
		}
	}
}

func TestPeople(t *testing.T) {
	names := first(t).People()
	for _, want := range []string{"Ada Marker", "Bob Marker", "ada.marker@example.com", "5b10ac8d82e05b22cc7d0001",
		"Telemetry Reader"} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is not among the people %q", want, names)
		}
	}
	if names = loadRecorded(t, "devlake").People(); !slices.Contains(names, "User 0006") ||
		!slices.Contains(names, "devlake-user-0006") {
		t.Errorf("people of recorded data: %q", names)
	}
}

func TestScenarioRefuses(t *testing.T) {
	issue := "-- P-1 Task \"T\" --\n2026-01-01 10:00 created\n"
	for src, want := range map[string]string{
		"-- sprint --\n":                        `s:1: unknown section "sprint" (did you mean "sprints"?)`,
		"-- site --\ncolour red":                `s:2: unknown word "colour" (known: url, title`,
		"-- site --\nzone Mars":                 `s:2: unknown time zone "Mars"`,
		"x\n-- site --\n\n# note\nclock now":    "s:5: a moment is needed here",
		"-- site --\n-- site --\n":              `s:2: section "site" stands twice`,
		issue + "-- site --\n":                  `s:3: section "site" stands after an issue`,
		issue + issue:                           `s:3: issue P-1 stands twice`,
		issue + "2026-01-02 10:00 stauts=done":  `s:3: unknown word "stauts" (did you mean "status="?)`,
		issue + "2026-01-02 10:00 status=don":   `s:3: unknown status "don" (did you mean "done"?)`,
		issue + "2026-01-02 10:00 points=many":  `s:3: points=many is not a number`,
		issue + "2026-01-02 10:00 points=NaN":   `is not a number`,
		issue + "2026-01-02 10:00 sprint=9":     `s:3: sprint "9" is not in the section sprints`,
		issue + "2026-01-02 10:00 epic=P-9":     `s:3: "P-9" is no other issue of the story`,
		issue + "2026-01-02 10:00 epic=P-1":     `s:3: "P-1" is no other issue of the story`,
		issue + "2026-01-02 10:00 log":          `is no time: write 2h`,
		issue + "2026-01-02 10:00 log 2x":       `"2x" is no time: write 2h`,
		issue + "2026-01-02 10:00 unlog 1":      `unlog needs the number of a worklog of this issue`,
		issue + "2026-01-02 10:00 log 2h on x":  `a moment is needed here`,
		issue + "2026-01-02 10:00 move=OB":      `move needs the new key`,
		issue + "2026-01-02 10:00 type=Tsak":    `unknown type "Tsak" (did you mean "Task"?)`,
		issue + "2026-01-02 10:00 resolution=x": `unknown resolution "x"`,
		issue + "2026-01-02 10:00 comment=\"x":  `s:3: a quote is not closed`,
		issue + "2025-12-31 10:00 flag":         `s:3: 2025-12-31 10:00:00 happens before P-1 was created`,
		issue + "2026-01-02 10:00 created":      `s:3: the first line of an issue, and no other, says created`,
		issue + "2026-01-02 flag":               `s:3: a moment is needed here`,
		issue + "2026-01-02 10:00 deleted\n" +
			"2026-01-03 10:00 flag": `s:4: P-1 was deleted before`,
		"-- P-1 Tsk \"T\" --\n2026-01-01 10:00 created": `s:1: unknown type "Tsk" (did you mean "Task"?)`,
		"-- P-1 Task \"T\" --\n":                        `s:1: issue P-1 has no line`,
		"-- P1 Task \"T\" --\n":                         `s:1: unknown section "P1"`,
		"-- P-1 Task \"T\" --\n2026-01-01 10:00 flag": `s:2: the first line of an issue, and no ` +
			`other, says created`,
		"-- board x scrum P \"P\" --\n": `s:1: a board is written`,
		"-- board 1 scram P \"P\" --\n": `unknown kind of board "scram"`,
		"-- board 1 scrum P \"P\" --\nestimate customfield_1": `the board estimates by "customfield_1", a field that ` +
			`the site does not have`,
		"-- board 1 scrum P \"P\" --\ncolumn \"A\": opn":  `unknown status "opn" (did you mean "open"?)`,
		"-- fields --\nx customfield_a number \"X\"":      `a custom field's id is written customfield_N`,
		"-- fields --\nx customfield_1 numbr \"X\"":       `unknown kind of field "numbr" (did you mean "number"?)`,
		"-- fields --\nstatus customfield_1 number \"X\"": `"status" is a word of its own`,
		"-- statuses --\nopen 1 \"Open\" nw":              `unknown category "nw" (did you mean "new"?)`,
		"-- sprints --\nx \"S\"":                          `a sprint is written`,
		"-- sprints --\n1 \"S\" gaol=x":                   `s:2: unknown word "gaol=x" (did you mean "goal"?)`,
		"-- sprints --\n1 \"S\" closed 2026-01-01 10:00":  `sprint 1 is closed before it starts`,
		"-- sprints --\n1 \"S\" 2026-01-01 10:00 closed 2026-01-02 10:00 " +
			"closed 2026-01-03 10:00": `sprint 1 is closed twice`,
		"-- sprints --\n1 \"S\" 2026-01-01 10:00 reopened 2026-01-02 10:00": `sprint 1 is reopened ` +
			`before it was closed`,
		"-- sprints --\n1 \"S\" renamed 2026-01-02 10:00":                `renamed needs the new name`,
		"-- sprints --\n1 \"S\" moved 2026-01-02 10:00 2026-01-02 10:00": `moved needs the new dates`,
		"-- sprints --\n1 \"S\" 2026-01-01 10:00 closed 2026-01-02 10:00 next=5": `sprint 1: next=5 is no ` +
			`sprint of the story`,
	} {
		_, err := sitedata.LoadScenario("s", []byte(src))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", src, err, want)
		}
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	_, err := sitedata.LoadScenario("s", []byte("-- site --\nfoo 1\nbar 2\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("want two lines: %v", err)
	}
}

func FuzzScenario(f *testing.F) {
	b, err := os.ReadFile("testdata/first.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("-- P-1 Task \"T\" --\n2026-01-01 10:00 created sprint=1 log 2h on 2026-01-01 10:00"))
	f.Add([]byte(zoneStory))
	f.Add([]byte(worklogStory))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := sitedata.LoadScenario("f", src)
		if err != nil {
			for _, l := range strings.Split(err.Error(), "\n") {
				if bytes.IndexByte(src, '\n') >= 0 && l == "" {
					t.Errorf("an empty error line in %q", err)
				}
			}
			return
		}
		for _, when := range []time.Time{{}, s.Clock(), s.Last()} {
			v := s.ViewAt(when)
			for _, i := range v.Issues {
				if v.FindIssue(i.Key) == nil || i.Fields["status"] == nil {
					t.Errorf("issue %d is not found by its key %q", i.ID, i.Key)
				}
			}
		}
	})
}
