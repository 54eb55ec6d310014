package sitedata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
)

// statusDef, typeDef and fieldDef are the furniture of a story.
type statusDef struct{ word, id, name, category string }

type typeDef struct {
	id, name string
	level    int
}

type fieldDef struct {
	word, id, kind, name string
	options              []string
	firstOption          int
}

type boardPlan struct {
	id                  int64
	line                int
	kind, project, name string
	estimate, filter    string
	columns             []columnPlan
	projectName         string
	span                boardSpan
}

type columnPlan struct {
	name     string
	statuses []string
}

func defaultStatuses() []statusDef {
	return []statusDef{{"open", "10001", "To Do", "new"}, {"doing", "3", "In Progress", "indeterminate"},
		{"review", "10003", "In Review", "indeterminate"}, {"done", "10004", "Done", "done"}}
}

func defaultTypes() []typeDef {
	return []typeDef{{"10000", "Epic", 1}, {"10001", "Story", 0}, {"10002", "Task", 0}, {"10003", "Sub-task", -1},
		{"10004", "Bug", 0}}
}

func defaultFields() []*fieldDef {
	return []*fieldDef{{word: "points", id: "customfield_10036", kind: "number", name: "Story Points"}}
}

func readSiteLine(b *builder, l line) {
	if len(l.words) < 2 {
		b.addError("%q needs a value", l.words[0])
		return
	}
	value := l.words[1].text
	switch l.words[0].text {
	case "url":
		b.site.url = strings.TrimSuffix(value, "/")
	case "title":
		b.site.Title = value
	case "zone":
		zone, err := time.LoadLocation(value)
		if err != nil {
			b.addError("unknown time zone %q", value)
			return
		}
		b.site.Zone = zone
	case "reader_zone":
		if _, err := time.LoadLocation(value); err != nil {
			b.addError("unknown time zone %q", value)
		}
		b.story.readerZone = value
	case "clock":
		b.site.clock, _ = b.parseMoment(l.words[1:])
	case "people":
		for _, w := range l.words[1:] {
			b.story.names = append(b.story.names, w.text)
		}
	case "project":
		readProjectLine(b, l)
	case "flagged":
		b.story.flagged = value
	default:
		b.addError(
			"unknown word %q%s",
			l.words[0],
			suggestWord(l.words[0].text, []string{"url", "title", "zone", "reader_zone",
				"clock", "people", "project", "flagged"}),
		)
	}
}

// readProjectLine names a project that no board names: project OB "Object storage".
func readProjectLine(b *builder, l line) {
	name := l.words[1].text
	if len(l.words) > 2 {
		name = l.words[2].text
	}
	b.story.findProject(l.words[1].text, name)
}

func readStatusLine(b *builder, l line) {
	if len(l.words) != 4 {
		b.addError(`a status is written: WORD ID "Name" new|indeterminate|done|undefined`)
		return
	}
	d := statusDef{l.words[0].text, l.words[1].text, l.words[2].text, l.words[3].text}
	if categoryOf(d.category) == nil {
		b.addError("unknown category %q%s", d.category, suggestWord(d.category, []string{"new", "indeterminate", "done",
			"undefined"}))
		return
	}
	if b.story.findStatus(d.word) != nil {
		b.addError("status %q stands twice", d.word)
		return
	}
	b.story.statuses = append(b.story.statuses, d)
}

func categoryOf(key string) *StatusCategory {
	for i := range StatusCategories {
		if StatusCategories[i].Key == key {
			return &StatusCategories[i]
		}
	}
	return nil
}

func readTypeLine(b *builder, l line) {
	if len(l.words) != 3 {
		b.addError(`a type is written: ID "Name" LEVEL (1 epic, 0 ordinary, -1 sub-task)`)
		return
	}
	level, err := strconv.Atoi(l.words[2].text)
	if err != nil {
		b.addError("the level of type %q is not a number", l.words[1].text)
		return
	}
	b.story.types = append(b.story.types, typeDef{l.words[0].text, l.words[1].text, level})
}

// FieldKinds are the kinds of custom fields, with Jira's schema of each.
var FieldKinds = map[string]wire.Obj{
	"number": {"type": "number", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:float"},
	"text":   {"type": "string", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:textfield"},
	"select": {"type": "option", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:select"},
	"multiselect": {"type": "array", "items": "option",
		"custom": "com.atlassian.jira.plugin.system.customfieldtypes:multiselect"},
	"user": {"type": "user", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:userpicker"},
}

// readFieldLine declares a custom field: nature customfield_11028 select "Nature of impediment" Support Incident.
func readFieldLine(b *builder, l line) {
	if len(l.words) < 4 {
		b.addError(`a field is written: WORD customfield_N number|text|select|multiselect|user "Name" [OPTION...]`)
		return
	}
	f := &fieldDef{word: l.words[0].text, id: l.words[1].text, kind: l.words[2].text, name: l.words[3].text}
	if n, err := strconv.Atoi(strings.TrimPrefix(f.id, "customfield_")); err != nil || n <= 0 ||
		!strings.HasPrefix(f.id, "customfield_") {
		b.addError("a custom field's id is written customfield_N, not %q", f.id)
		return
	}
	if FieldKinds[f.kind] == nil {
		b.addError(
			"unknown kind of field %q%s",
			f.kind,
			suggestWord(f.kind, []string{"number", "text", "select", "multiselect",
				"user"}),
		)
		return
	}
	if changeWords()[f.word] != nil || slices.Contains(plainWords, f.word) {
		b.addError("%q is a word of its own and cannot name a field", f.word)
		return
	}
	for _, w := range l.words[4:] {
		f.options = append(f.options, strings.TrimSuffix(w.text, ","))
	}
	f.firstOption = b.story.nextOption
	b.story.nextOption += len(f.options)
	for i, old := range b.story.fields {
		if old.word == f.word {
			b.story.fields[i] = f
			return
		}
	}
	b.story.fields = append(b.story.fields, f)
}

// readBoard reads "board 1 scrum K8S "Kubernetes"" and its lines.
func readBoard(b *builder, s section, title []word) {
	id, err := strconv.ParseInt(wordAt(title, 1), 10, 32)
	if err != nil || id <= 0 || len(title) < 5 {
		b.addError(`a board is written: board ID scrum|kanban|simple PROJECT "Name of the project"`)
		return
	}
	p := boardPlan{id: id, line: s.line, kind: title[2].text, project: title[3].text, name: title[4].text + " board",
		projectName: title[4].text, estimate: "customfield_10036"}
	if p.kind != "scrum" && p.kind != "kanban" && p.kind != "simple" {
		b.addError("unknown kind of board %q (known: scrum, kanban, simple)", p.kind)
		return
	}
	if p.kind != "scrum" {
		p.estimate = ""
	}
	for _, l := range s.lines {
		b.where = l.n
		readBoardLine(b, &p, l)
	}
	b.story.findProject(p.project, p.projectName)
	b.boards = append(b.boards, p)
}

func readBoardLine(b *builder, p *boardPlan, l line) {
	value := wordAt(l.words, 1)
	switch l.words[0].text {
	case "created":
		p.span.from, _ = b.parseMoment(l.words[1:])
	case "deleted":
		p.span.to, _ = b.parseMoment(l.words[1:])
	case "name":
		p.name = value
	case "estimate":
		p.estimate = value
		if value == "issues" {
			p.estimate = ""
		}
	case "filter":
		p.filter = value
	case "column":
		c := columnPlan{name: strings.TrimSuffix(value, ":")}
		for _, w := range l.words[min(2, len(l.words)):] {
			c.statuses = append(c.statuses, splitComma(strings.Trim(w.text, ":"))...)
		}
		p.columns = append(p.columns, c)
	default:
		b.addError(
			"unknown word %q%s",
			l.words[0],
			suggestWord(l.words[0].text, []string{"name", "estimate", "filter", "column",
				"created", "deleted"}),
		)
	}
}

func wordAt(w []word, i int) string {
	if i < len(w) {
		return w[i].text
	}
	return ""
}

// finishBoards makes the boards, once projects, statuses and fields are known.
func finishBoards(b *builder) {
	for _, p := range b.boards {
		b.where = p.line
		b.site.Boards = append(b.site.Boards, boardJSON(b, p))
		b.site.Configs[p.id] = configurationJSON(b, p)
		b.site.spans[p.id] = p.span
	}
	for _, d := range b.story.sprints {
		if d.board == 0 && len(b.boards) > 0 {
			d.board = b.boards[0].id
		}
	}
}

func boardJSON(b *builder, p boardPlan) wire.Obj {
	pr := b.story.findProject(p.project, p.projectName)
	label := fmt.Sprintf("%s (%s)", pr.name, pr.key)
	return wire.Obj{"id": p.id, "self": fmt.Sprintf("%s/rest/agile/1.0/board/%d", b.site.url, p.id), "name": p.name,
		"type": p.kind, "isPrivate": false,
		"location": wire.Obj{"projectId": pr.id, "displayName": label, "projectName": pr.name, "projectKey": pr.key,
			"projectTypeKey": "software", "name": label}}
}

func configurationJSON(b *builder, p boardPlan) wire.Obj {
	url, pr := b.site.url, b.story.findProject(p.project, p.projectName)
	filterID := strconv.FormatInt(10000+p.id, 10)
	if p.filter == "" {
		p.filter = fmt.Sprintf("project = %s ORDER BY Rank ASC", p.project)
	}
	b.site.Filters[filterID] = p.filter
	var columns []any
	for _, c := range boardColumnsOf(b, p) {
		statuses := []any{}
		for _, w := range c.statuses {
			d := b.story.findStatus(w)
			if d == nil {
				b.addError("column %q: unknown status %q%s", c.name, w, suggestWord(w, b.story.statusWords()))
				continue
			}
			statuses = append(statuses, wire.Obj{"id": d.id, "self": url + "/rest/api/2/status/" + d.id})
		}
		columns = append(columns, wire.Obj{"name": c.name, "statuses": statuses})
	}
	out := wire.Obj{"id": p.id, "name": p.name, "type": p.kind,
		"self": fmt.Sprintf("%s/rest/agile/1.0/board/%d/configuration", url, p.id),
		"location": wire.Obj{"type": "project", "key": pr.key, "id": strconv.Itoa(pr.id),
			"self": fmt.Sprintf("%s/rest/api/2/project/%d", url, pr.id), "name": pr.name},
		"filter":       wire.Obj{"id": filterID, "self": url + "/rest/api/2/filter/" + filterID},
		"columnConfig": wire.Obj{"columns": columns, "constraintType": "issueCount"},
		"ranking":      wire.Obj{"rankCustomFieldId": 10019}}
	switch {
	case p.kind == "kanban":
		out["subQuery"] = wire.Obj{"query": "fixVersion in unreleasedVersions() OR fixVersion is EMPTY"}
	case p.kind == "scrum" && p.estimate == "":
		out["estimation"] = wire.Obj{"type": "issueCount"}
	case p.kind == "scrum":
		out["estimation"] = wire.Obj{"type": "field",
			"field": wire.Obj{"fieldId": p.estimate, "displayName": b.fieldName(p.estimate)}}
	}
	return out
}

func (b *builder) fieldName(id string) string {
	for _, f := range b.site.Fields {
		if wire.Text(f["id"]) == id {
			return wire.Text(f["name"])
		}
	}
	b.addError("the board estimates by %q, a field that the site does not have", id)
	return ""
}

// boardColumnsOf are those of the plan, else one for each category.
func boardColumnsOf(b *builder, p boardPlan) []columnPlan {
	if len(p.columns) > 0 {
		return p.columns
	}
	out := []columnPlan{{name: "To Do"}, {name: "In Progress"}, {name: "Done"}}
	for _, d := range b.story.statuses {
		n := map[string]int{"new": 0, "indeterminate": 1, "done": 2}[d.category]
		out[n].statuses = append(out[n].statuses, d.word)
	}
	return out
}
