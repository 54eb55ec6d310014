package sitedata

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"jerem/sim/jira/wire"
)

// recordedLayout is the content of a folder of recorded data.
type recordedLayout struct {
	issues, sprints, statuses, types, fields, projects, worklogs []wire.Obj

	boards struct {
		Boards         []wire.Obj `json:"boards"`
		Configurations []wire.Obj `json:"configurations"`
	}
}

// agileExtras are fields that only the Agile API adds to an issue; the platform API never shows them.
var agileExtras = []string{"sprint", "closedSprints", "epic", "flagged"}

// LoadData reads recorded data: issues.json (a list of issues with their changelogs inside), boards.json
// ({"boards": [...], "configurations": [...]}), sprints.json, status.json, issue_types.json, fields.json,
// projects.json and worklogs.json. A file that is missing or not JSON of that form is an error that names it.
// Worklogs of issues that are not among the issues are served by the worklog endpoints, as on a real site.
// A sprint that stands only in the Sprint field of an issue is on no board, as it was recorded.
func LoadData(dir string) (*Site, error) {
	var d recordedLayout
	for name, into := range map[string]any{
		"issues.json": &d.issues, "boards.json": &d.boards, "sprints.json": &d.sprints, "status.json": &d.statuses,
		"issue_types.json": &d.types, "fields.json": &d.fields, "projects.json": &d.projects,
		"worklogs.json": &d.worklogs,
	} {
		if err := readJSON(filepath.Join(dir, name), into); err != nil {
			return nil, err
		}
	}
	s := &Site{Title: "Jira", Zone: time.UTC, Projects: d.projects, Types: d.types, Statuses: d.statuses,
		Fields: d.fields, Boards: d.boards.Boards, Configs: map[int64]wire.Obj{}, Filters: map[string]string{}}
	for _, c := range d.boards.Configurations {
		s.Configs[wire.Number(c["id"])] = c
		s.Filters[wire.Text(wire.At(c, "filter", "id"))] = fmt.Sprintf("project = %s ORDER BY Rank ASC",
			wire.Text(wire.At(c, "location", "key")))
	}
	s.findFields()
	s.addProjects(d.issues)
	s.url = recordedURL(d.issues)
	s.Reader = makePerson("reader", "Recorded Reader", "reader@example.com", s.url, "UTC")
	v, err := recordedView(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	s.recorded = v
	s.last = lastMoment(v)
	return s, nil
}

// addProjects adds the projects that only issues tell of: where an issue can be seen its project can too.
func (s *Site) addProjects(issues []wire.Obj) {
	for _, i := range issues {
		p, ok := wire.At(i, "fields", "project").(wire.Obj)
		if ok && s.FindProject(wire.Text(p["id"]), false) == nil {
			s.Projects = append(s.Projects, p)
		}
	}
}

func readJSON(file string, into any) error {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: missing: recorded data need it", file)
	}
	if err != nil {
		return fmt.Errorf("recorded data: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// recordedURL is the host at which the issues were recorded.
func recordedURL(issues []wire.Obj) string {
	for _, i := range issues {
		if u, err := url.Parse(wire.Text(i["self"])); err == nil && u.Host != "" {
			return u.Scheme + "://" + u.Host
		}
	}
	return "https://jira.example"
}

func recordedView(d recordedLayout) (*View, error) {
	v := NewView()
	for n, i := range d.issues {
		id, key := wire.Number(i["id"]), wire.Text(i["key"])
		fields, _ := i["fields"].(wire.Obj)
		if id == 0 || key == "" || fields == nil {
			return nil, fmt.Errorf("issues.json: issue %d has no id, key or fields", n+1)
		}
		for _, k := range agileExtras {
			delete(fields, k)
		}
		one := &IssueView{ID: id, Key: key, Fields: fields}
		var former []string
		for _, h := range wire.List(wire.At(i, "changelog", "histories")) {
			entry, keys := recordedHistory(h)
			one.Histories = append(one.Histories, entry)
			former = append(former, keys...)
		}
		v.addIssue(one, former...)
	}
	for _, w := range d.worklogs {
		v.Worklogs = append(v.Worklogs, &Worklog{ID: wire.Number(w["id"]), Issue: wire.Number(w["issueId"]),
			Started: wire.ParseTime(w["started"]), Updated: wire.ParseTime(w["updated"]), Body: w})
	}
	v.Sprints = append(v.Sprints, d.sprints...)
	v.sortAll()
	return v, nil
}

// recordedHistory reads one history and the keys that it says the issue had.
func recordedHistory(v any) (History, []string) {
	h := History{ID: wire.Number(wire.At(v, "id")), At: wire.ParseTime(wire.At(v, "created")), Body: wire.Obj{}}
	o, _ := v.(wire.Obj)
	for k, x := range o {
		if k != "id" && k != "created" {
			h.Body[k] = x
		}
	}
	var keys []string
	for _, i := range wire.List(h.Body["items"]) {
		if wire.Text(wire.At(i, "field")) == "Key" {
			keys = append(keys, wire.Text(wire.At(i, "fromString")))
		}
	}
	return h, keys
}

func lastMoment(v *View) time.Time {
	var last time.Time
	see := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	for _, i := range v.Issues {
		see(wire.ParseTime(i.Fields["created"]))
		see(wire.ParseTime(i.Fields["updated"]))
		for _, h := range i.Histories {
			see(h.At)
		}
	}
	for _, w := range v.Worklogs {
		see(w.Updated)
		see(wire.ParseTime(w.Body["created"]))
	}
	for _, s := range v.Sprints {
		see(wire.ParseTime(s["completeDate"]))
	}
	return last.UTC()
}

// makePerson is an account as Jira writes one.
func makePerson(id, name, email, siteURL, zone string) wire.Obj {
	return wire.Obj{"self": siteURL + "/rest/api/3/user?accountId=" + id, "accountId": id, "accountType": "atlassian",
		"emailAddress": email, "displayName": name, "active": true, "timeZone": zone,
		"avatarUrls": wire.Obj{"48x48": siteURL + "/avatar/" + id + "?size=48"}}
}
