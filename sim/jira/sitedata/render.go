package sitedata

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"jerem/sim/jira/wire"
)

// systemFields are the system fields of a story's site: id, name, type, and what a list holds.
var systemFields = [][4]string{
	{"summary", "Summary", "string"}, {"issuetype", "Issue Type", "issuetype"}, {"project", "Project", "project"},
	{"status", "Status", "status"}, {"statuscategorychangedate", "Status Category Changed", "datetime"},
	{"resolution", "Resolution", "resolution"}, {"resolutiondate", "Resolved", "datetime"},
	{"created", "Created", "datetime"},
	{"updated", "Updated", "datetime"}, {"labels", "Labels", "array", "string"},
	{"components", "Components", "array", "component"},
	{"fixVersions", "Fix versions", "array", "version"}, {"parent", "Parent", "issuelink"},
	{"subtasks", "Sub-tasks", "array", "issuelinks"},
	{"issuelinks", "Linked Issues", "array", "issuelinks"}, {"priority", "Priority", "priority"},
	{"assignee", "Assignee", "user"},
	{"reporter", "Reporter", "user"}, {"creator", "Creator", "user"}, {"watches", "Watchers", "watches"},
	{"votes", "Votes", "votes"},
	{"comment", "Comment", "comments-page"}, {"worklog", "Log Work", "array", "worklog"},
	{"timetracking", "Time tracking", "timetracking"},
	{"timespent", "Time Spent", "number"}, {"timeestimate", "Remaining Estimate", "number"},
	{"timeoriginalestimate", "Original estimate", "number"}, {"aggregatetimespent", "Σ Time Spent", "number"},
	{"aggregatetimeestimate", "Σ Remaining Estimate", "number"},
	{"aggregatetimeoriginalestimate", "Σ Original Estimate", "number"},
	{"description", "Description", "string"}, {"duedate", "Due date", "date"},
}

// agileFields are the custom fields that Jira Software brings, with their keys and types. The second one looks like
// the story points and is not: only the board's estimation tells.
var agileFields = []struct {
	id                int
	name, kind, items string
	custom            string
}{
	{10014, "Epic Link", "any", "", "com.pyxis.greenhopper.jira:gh-epic-link"},
	{10016, "Story point estimate", "number", "", "com.pyxis.greenhopper.jira:jsw-story-points"},
	{10011, "Epic Name", "string", "", "com.pyxis.greenhopper.jira:gh-epic-label"},
	{10019, "Rank", "any", "", "com.pyxis.greenhopper.jira:gh-lexo-rank"},
	{10020, "Sprint", "array", "json", "com.pyxis.greenhopper.jira:gh-sprint"},
	{10021, "Flagged", "array", "option", "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"},
}

// makeMetadata writes projects, types, statuses and fields as Jira does.
func (b *builder) makeMetadata() {
	url, st, site := b.site.url, b.story, b.site
	for _, p := range st.projects {
		id := strconv.Itoa(p.id)
		site.Projects = append(
			site.Projects,
			wire.Obj{"self": url + "/rest/api/3/project/" + id, "id": id, "key": p.key,
				"name":           p.name,
				"projectTypeKey": "software", "simplified": false, "style": "classic", "isPrivate": false,
				"avatarUrls": wire.Obj{"48x48": url + "/avatar/project/" + id}},
		)
	}
	for _, d := range st.types {
		site.Types = append(site.Types, d.typeJSON(url))
	}
	for _, d := range st.statuses {
		site.Statuses = append(site.Statuses, d.statusJSON(url))
	}
	for _, f := range systemFields {
		schema := wire.Obj{"type": f[2], "system": f[0]}
		if f[3] != "" {
			schema["items"] = f[3]
		}
		site.Fields = append(site.Fields, FieldJSON(f[0], f[1], false, schema))
	}
	for _, f := range agileFields {
		schema := wire.Obj{"type": f.kind, "custom": f.custom, "customId": f.id}
		if f.items != "" {
			schema["items"] = f.items
		}
		one := FieldJSON(fmt.Sprintf("customfield_%d", f.id), f.name, true, schema)
		if f.name == "Flagged" && st.flagged != f.name {
			one = FieldJSON(wire.Text(one["id"]), st.flagged, true, schema)
			one["untranslatedName"] = f.name
		}
		site.Fields = append(site.Fields, one)
	}
	for _, f := range st.fields {
		schema := wire.Obj{"customId": wire.Number(f.id[len("customfield_"):])}
		for k, v := range FieldKinds[f.kind] {
			schema[k] = v
		}
		site.Fields = append(site.Fields, FieldJSON(f.id, f.name, true, schema))
	}
}

// FieldJSON shows a field as the list of fields does; the schema says what it holds.
func FieldJSON(id, name string, custom bool, schema wire.Obj) wire.Obj {
	clauses := []any{id}
	if custom {
		clauses = []any{"cf[" + id[len("customfield_"):] + "]", name}
	}
	return wire.Obj{"id": id, "key": id, "name": name, "custom": custom, "orderable": true, "navigable": true,
		"searchable": true, "clauseNames": clauses, "schema": schema}
}

func (d typeDef) typeJSON(url string) wire.Obj {
	return wire.Obj{"self": url + "/rest/api/3/issuetype/" + d.id, "id": d.id, "description": "",
		"iconUrl": url + "/images/icons/" + d.id,
		"name":    d.name, "untranslatedName": d.name, "subtask": d.level < 0,
		"avatarId": 10300, "hierarchyLevel": d.level}
}

func (d statusDef) statusJSON(url string) wire.Obj {
	return wire.Obj{"self": url + "/rest/api/3/status/" + d.id, "description": "", "iconUrl": url + "/", "name": d.name,
		"untranslatedName": d.name, "id": d.id, "statusCategory": categoryOf(d.category).JSON(url)}
}

// renderView shows the story as it stands at a moment.
func (s *story) renderView(site *Site, t time.Time) *View {
	v := NewView()
	r := &renderer{
		site:     site,
		story:    s,
		at:       t,
		children: map[*issueStory][]*issueStory{},
		logs:     map[*issueStory][]any{},
	}
	for _, d := range s.sprints {
		if d.created.IsZero() || !d.created.After(t) {
			v.Sprints = append(v.Sprints, d.sprintJSON(site, t))
		}
	}
	for _, l := range s.logs {
		r.renderWorklog(v, l)
	}
	for _, i := range s.tales {
		if st, ok := i.stateAt(t); ok && st.parent != nil {
			r.children[st.parent] = append(r.children[st.parent], i)
		}
	}
	for _, i := range s.tales {
		st, ok := i.stateAt(t)
		if !ok {
			continue
		}
		one := &IssueView{ID: i.id, Key: st.key, Fields: r.renderFields(i, st)}
		for _, h := range i.entries {
			if !h.At.After(t) {
				one.Histories = append(one.Histories, h)
			}
		}
		var former []string
		for _, k := range i.former {
			if !k.at.After(t) {
				former = append(former, k.key)
			}
		}
		v.addIssue(one, former...)
	}
	v.sortAll()
	return v
}

// renderer writes the fields of issues as they stand at a moment.
type renderer struct {
	site     *Site
	story    *story
	at       time.Time
	children map[*issueStory][]*issueStory
	logs     map[*issueStory][]any
}

// renderWorklog puts a worklog into the view, or notes that it was erased.
func (r *renderer) renderWorklog(v *View, l *logStory) {
	ver, alive := l.versionAt(r.at)
	_, there := l.tale.stateAt(r.at)
	switch {
	case ver.at.IsZero() || !there && l.tale.deleted.IsZero():
		return
	case !alive || !there:
		when := l.erased
		if when.IsZero() || !there && l.tale.deleted.Before(when) {
			when = l.tale.deleted
		}
		v.Erased = append(v.Erased, erasedLog{l.id, when})
		return
	}
	issue, zone := wire.FormatID(l.tale.id), r.site.Zone
	body := wire.Obj{"self": fmt.Sprintf("%s/rest/api/3/issue/%s/worklog/%d", r.site.url, issue, l.id),
		"comment": plainADF("worked on it"),
		"created": wire.FormatTime(l.versions[0].at, zone), "updated": wire.FormatTime(ver.at, zone),
		"started":   wire.FormatTime(ver.started, zone),
		"timeSpent": wire.FormatDuration(ver.seconds), "timeSpentSeconds": ver.seconds, "id": wire.FormatID(l.id),
		"issueId": issue}
	if l.author != nil {
		body["author"], body["updateAuthor"] = l.author, l.author
	}
	r.logs[l.tale] = append(r.logs[l.tale], body)
	v.Worklogs = append(v.Worklogs, &Worklog{ID: l.id, Issue: l.tale.id, Started: ver.started, Updated: ver.at,
		Body: body})
}

func (r *renderer) renderFields(t *issueStory, st state) wire.Obj {
	zone, url := r.site.Zone, r.site.url
	f := wire.Obj{}
	for _, d := range r.story.fields {
		f[d.id] = d.valueJSON(st.custom[d.id], url)
	}
	f["summary"], f["status"] = st.summary, st.status.statusJSON(url)
	f["issuetype"] = r.story.typeNamed(st.typ).typeJSON(url)
	f["project"] = wire.Obj{"self": fmt.Sprintf("%s/rest/api/3/project/%d", url, st.project.id),
		"id":  strconv.Itoa(st.project.id),
		"key": st.project.key, "name": st.project.name, "projectTypeKey": "software", "simplified": false}
	f["statuscategorychangedate"] = wire.FormatTime(st.category, zone)
	f["created"], f["updated"] = wire.FormatTime(t.created, zone), wire.FormatTime(st.at, zone)
	f["resolution"], f["resolutiondate"] = nil, nil
	if st.resolution != "" {
		id := resolutionIDs[st.resolution]
		f["resolution"] = wire.Obj{"self": url + "/rest/api/3/resolution/" + id, "id": id, "description": "",
			"name": st.resolution}
		f["resolutiondate"] = wire.FormatTime(st.resolved, zone)
	}
	f["labels"] = append([]string{}, st.labels...)
	f["components"], f["fixVersions"], f["issuelinks"] = r.renderComponents(st), r.renderVersions(st), []any{}
	f["priority"] = wire.Obj{"self": url + "/rest/api/3/priority/3",
		"iconUrl": url + "/images/icons/priorities/medium.svg",
		"name":    "Medium", "id": "3"}
	f["description"], f["duedate"] = nil, orNull(st.due)
	f["customfield_10016"], f["customfield_10011"] = nil, nil
	f["customfield_10019"] = fmt.Sprintf("0|i%05d:", t.id)
	r.renderPeople(f, t, st)
	r.renderParents(f, t, st)
	r.renderSprints(f, t, st)
	r.renderTimes(f, t, st)
	return f
}

func (r *renderer) renderComponents(st state) []any {
	out := []any{}
	for _, n := range st.components {
		id := componentID(n)
		out = append(out, wire.Obj{"self": r.site.url + "/rest/api/3/component/" + id, "id": id, "name": n})
	}
	return out
}

func (r *renderer) renderPeople(f wire.Obj, t *issueStory, st state) {
	nobody := func(p wire.Obj) any {
		if p == nil {
			return nil
		}
		return p
	}
	f["creator"], f["reporter"], f["assignee"] = nobody(t.author), nobody(t.author), nobody(st.assignee)
	self := r.site.url + "/rest/api/3/issue/" + st.key
	f["watches"] = wire.Obj{"self": self + "/watchers", "watchCount": 1, "isWatching": false}
	f["votes"] = wire.Obj{"self": self + "/votes", "votes": 0, "hasVoted": false}
	comments := append([]wire.Obj{}, st.comments...)
	f["comment"] = wire.Obj{"comments": comments, "self": self + "/comment", "maxResults": len(comments),
		"total": len(comments), "startAt": 0}
}

// renderParents shows the parent and the sub-tasks, each as a short copy of its own.
func (r *renderer) renderParents(f wire.Obj, t *issueStory, st state) {
	f["parent"], f["customfield_10014"] = nil, nil
	if p := st.parent; p != nil {
		if short := r.renderShort(p); short != nil {
			f["parent"] = short
			if r.story.typeLevel(st.typ) == 0 {
				f["customfield_10014"] = short["key"] // the legacy field follows the parent
			}
		}
	}
	subtasks := []any{}
	for _, child := range r.children[t] {
		if cs, _ := child.stateAt(r.at); r.story.typeLevel(cs.typ) < 0 {
			subtasks = append(subtasks, r.renderShort(child))
		}
	}
	f["subtasks"] = subtasks
}

func (r *renderer) renderShort(t *issueStory) wire.Obj {
	st, ok := t.stateAt(r.at)
	if !ok {
		return nil
	}
	id := wire.FormatID(t.id)
	return wire.Obj{"id": id, "key": st.key, "self": r.site.url + "/rest/api/3/issue/" + id,
		"fields": wire.Obj{"summary": st.summary,
			"status": st.status.statusJSON(r.site.url), "issuetype": r.story.typeNamed(st.typ).typeJSON(r.site.url),
			"priority": wire.Obj{"self": r.site.url + "/rest/api/3/priority/3", "name": "Medium", "id": "3"}}}
}

// renderSprints shows the sprints of an issue; a sub-task shows its parent's, which its own history never tells.
func (r *renderer) renderSprints(f wire.Obj, t *issueStory, st state) {
	ids := st.sprints
	if st.parent != nil && r.story.typeLevel(st.typ) < 0 {
		if ps, ok := st.parent.stateAt(r.at); ok {
			ids = ps.sprints
		}
	}
	f["customfield_10020"], f["customfield_10021"] = nil, nil
	var out []any
	for _, id := range ids {
		d := r.story.findSprint(id).sprintJSON(r.site, r.at)
		d["boardId"] = d["originBoardId"]
		delete(d, "originBoardId")
		delete(d, "self")
		delete(d, "createdDate")
		delete(d, "activatedDate")
		out = append(out, d)
	}
	if out != nil {
		f["customfield_10020"] = out
	}
	if st.flagged {
		f["customfield_10021"] = []any{wire.Obj{"self": r.site.url + "/rest/api/3/customFieldOption/10019",
			"value": "Impediment",
			"id":    "10019"}}
	}
}

// inlineLogs is how many worklogs an issue shows of itself.
const inlineLogs = 20

func (r *renderer) renderTimes(f wire.Obj, t *issueStory, st state) {
	num := func(n *int64) any {
		if n == nil {
			return nil
		}
		return *n
	}
	tracking := wire.Obj{}
	put := func(name string, n *int64) {
		if n != nil {
			tracking[name], tracking[name+"Seconds"] = wire.FormatDuration(*n), *n
		}
	}
	put("originalEstimate", st.original)
	put("remainingEstimate", st.remaining)
	var spent *int64
	if st.spent > 0 || t.loggedBy(r.at) { // 0 is left when all of it was erased
		spent = &st.spent
	}
	put("timeSpent", spent)
	f["timetracking"], f["timespent"] = tracking, num(spent)
	f["timeestimate"], f["timeoriginalestimate"] = num(st.remaining), num(st.original)
	r.renderAggregates(f, t, st)
	logs := r.logs[t]
	f["worklog"] = wire.Obj{"startAt": 0, "maxResults": inlineLogs, "total": len(logs),
		"worklogs": append([]any{}, logs[:min(inlineLogs, len(logs))]...)}
}

// renderAggregates sums an issue's times and its sub-tasks'.
func (r *renderer) renderAggregates(f wire.Obj, t *issueStory, st state) {
	states := []state{st}
	for _, child := range r.children[t] {
		if cs, ok := child.stateAt(r.at); ok && r.story.typeLevel(cs.typ) < 0 {
			states = append(states, cs)
		}
	}
	sum := func(of func(state) *int64) any {
		if !slices.ContainsFunc(states, func(s state) bool { return of(s) != nil }) {
			return nil
		}
		n := int64(0)
		for _, s := range states {
			if v := of(s); v != nil {
				n += *v
			}
		}
		return n
	}
	f["aggregatetimeoriginalestimate"] = sum(func(s state) *int64 { return s.original })
	f["aggregatetimeestimate"] = sum(func(s state) *int64 { return s.remaining })
	f["aggregatetimespent"] = sum(func(s state) *int64 {
		if s.spent == 0 {
			return nil
		}
		return &s.spent
	})
}
