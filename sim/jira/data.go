package jirasim

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
)

// recordedLayout is the content of a folder of recorded data.
type recordedLayout struct {
	issues, sprints, statuses, types, fields, projects, worklogs []obj

	boards struct {
		Boards         []obj `json:"boards"`
		Configurations []obj `json:"configurations"`
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
		"issue_types.json": &d.types, "fields.json": &d.fields, "projects.json": &d.projects, "worklogs.json": &d.worklogs,
	} {
		if err := readJSON(filepath.Join(dir, name), into); err != nil {
			return nil, err
		}
	}
	s := &Site{title: "Jira", zone: time.UTC, projects: d.projects, types: d.types, statuses: d.statuses,
		fields: d.fields, boards: d.boards.Boards, configs: map[int64]obj{}, filters: map[string]string{}}
	for _, c := range d.boards.Configurations {
		s.configs[numberOf(c["id"])] = c
		s.filters[textOf(lookUp(c, "filter", "id"))] = fmt.Sprintf("project = %s ORDER BY Rank ASC",
			textOf(lookUp(c, "location", "key")))
	}
	s.findFields()
	s.addProjects(d.issues)
	s.url = recordedURL(d.issues)
	s.reader = makePerson("reader", "Recorded Reader", "reader@example.com", s.url, "UTC")
	v, err := recordedView(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	s.recorded = v
	s.last = lastMoment(v)
	return s, nil
}

// addProjects adds the projects that only issues tell of: where an issue can be seen its project can too.
func (s *Site) addProjects(issues []obj) {
	for _, i := range issues {
		p, ok := lookUp(i, "fields", "project").(obj)
		if ok && s.findProject(textOf(p["id"]), false) == nil {
			s.projects = append(s.projects, p)
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
func recordedURL(issues []obj) string {
	for _, i := range issues {
		if u, err := url.Parse(textOf(i["self"])); err == nil && u.Host != "" {
			return u.Scheme + "://" + u.Host
		}
	}
	return "https://jira.example"
}

func recordedView(d recordedLayout) (*view, error) {
	v := newView()
	for n, i := range d.issues {
		id, key := numberOf(i["id"]), textOf(i["key"])
		fields, _ := i["fields"].(obj)
		if id == 0 || key == "" || fields == nil {
			return nil, fmt.Errorf("issues.json: issue %d has no id, key or fields", n+1)
		}
		for _, k := range agileExtras {
			delete(fields, k)
		}
		one := &issueView{id: id, key: key, fields: fields}
		var former []string
		for _, h := range listOf(lookUp(i, "changelog", "histories")) {
			entry, keys := recordedHistory(h)
			one.histories = append(one.histories, entry)
			former = append(former, keys...)
		}
		v.addIssue(one, former...)
	}
	for _, w := range d.worklogs {
		v.worklogs = append(v.worklogs, &worklog{id: numberOf(w["id"]), issue: numberOf(w["issueId"]),
			started: parseTime(w["started"]), updated: parseTime(w["updated"]), body: w})
	}
	v.sprints = append(v.sprints, d.sprints...)
	v.sortAll()
	return v, nil
}

// recordedHistory reads one history and the keys that it says the issue had.
func recordedHistory(v any) (history, []string) {
	h := history{id: numberOf(lookUp(v, "id")), at: parseTime(lookUp(v, "created")), body: obj{}}
	o, _ := v.(obj)
	for k, x := range o {
		if k != "id" && k != "created" {
			h.body[k] = x
		}
	}
	var keys []string
	for _, i := range listOf(h.body["items"]) {
		if textOf(lookUp(i, "field")) == "Key" {
			keys = append(keys, textOf(lookUp(i, "fromString")))
		}
	}
	return h, keys
}

func lastMoment(v *view) time.Time {
	var last time.Time
	see := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	for _, i := range v.issues {
		see(parseTime(i.fields["created"]))
		see(parseTime(i.fields["updated"]))
		for _, h := range i.histories {
			see(h.at)
		}
	}
	for _, w := range v.worklogs {
		see(w.updated)
		see(parseTime(w.body["created"]))
	}
	for _, s := range v.sprints {
		see(parseTime(s["completeDate"]))
	}
	return last.UTC()
}

// makePerson is an account as Jira writes one.
func makePerson(id, name, email, siteURL, zone string) obj {
	return obj{"self": siteURL + "/rest/api/3/user?accountId=" + id, "accountId": id, "accountType": "atlassian",
		"emailAddress": email, "displayName": name, "active": true, "timeZone": zone,
		"avatarUrls": obj{"48x48": siteURL + "/avatar/" + id + "?size=48"}}
}
