package sitedata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/sim/jira/wire"
)

// changeWords returns what each word does. It is a function because the words know the change, and the change its
// words.
func changeWords() map[string]func(c *change, value string) {
	return map[string]func(c *change, value string){
		"status": changeStatus, "resolution": changeResolution, "sprint": changeSprint, "epic": changeEpic,
		"parent": changeParent, "labels": replaceLabels, "component": changeComponents,
		"fix": changeFixVersions, "due": changeDue, "summary": changeSummary,
		"type": changeIssueType, "move": moveToKey, "estimate": changeEstimate, "remaining": changeRemaining,
		"assign": changeAssignee, "by": (*change).setAuthor, "comment": addComment,
	}
}

// plainWords stand without a value.
var plainWords = []string{"flag", "unflag", "log", "relog", "unlog", "deleted", "+label", "-label"}

// readWord plays the next words and returns how many they were; 0 after an error.
func (c *change) readWord(rest []word) int {
	w, errs := rest[0], len(c.b.errs)
	used := 1
	known := changeWords()
	switch {
	case w.key != "" && known[w.key] != nil:
		known[w.key](c, w.text)
	case w.key != "" && c.b.story.findField(w.key) != nil:
		c.changeField(c.b.story.findField(w.key), w.text)
	case w.key != "":
		c.refuseUnknown(w.key)
	case w.text == "flag" || w.text == "unflag":
		changeFlag(c, w.text == "flag")
	case w.text == "log" || w.text == "relog" || w.text == "unlog":
		used = c.logWord(rest)
	case w.text == "deleted":
		c.tale.deleted = c.at
	case len(w.text) > 1 && (w.text[0] == '+' || w.text[0] == '-'):
		changeOneLabel(c, w.text[1:], w.text[0] == '+')
	default:
		c.refuseUnknown(w.text)
	}
	if len(c.b.errs) > errs {
		return 0
	}
	return used
}

func (c *change) refuseUnknown(got string) {
	known := slices.Clone(plainWords)
	for k := range changeWords() {
		known = append(known, k+"=")
	}
	for _, f := range c.b.story.fields {
		known = append(known, f.word+"=")
	}
	slices.Sort(known)
	c.b.addError("unknown word %q%s", got, suggestWord(got, known))
}

// changeStatus moves the issue; entering a done status sets the resolution and leaving it clears it, as most workflows
// do.
func changeStatus(c *change, value string) {
	d := c.b.story.findStatus(value)
	if d == nil {
		c.b.addError("unknown status %q%s", value, suggestWord(value, c.b.story.statusWords()))
		return
	}
	old := c.state.status
	if old.category != d.category {
		c.state.category = c.at
	}
	if d.category == "done" && c.state.resolution == "" {
		changeResolution(c, "Done")
	} else if d.category != "done" && c.state.resolution != "" {
		changeResolution(c, "none")
	}
	c.state.status = *d
	if old.id != d.id {
		c.addItem("status", "jira", "status", old.id, old.name, d.id, d.name)
	}
}

// resolutionIDs are the resolutions that a story may name.
var resolutionIDs = map[string]string{"Done": "10000", "Won't Do": "10001", "Duplicate": "10002",
	"Cannot Reproduce": "10003", "Fixed": "10004"}

func changeResolution(c *change, value string) {
	if value == "none" {
		value = ""
	}
	if _, ok := resolutionIDs[value]; !ok && value != "" {
		c.b.addError("unknown resolution %q (known: Done, Won't Do, Duplicate, Cannot Reproduce, Fixed, none)", value)
		return
	}
	old := c.state.resolution
	if old == value {
		return
	}
	c.state.resolution, c.state.resolved = value, c.at
	c.addItem("resolution", "jira", "resolution", orNull(resolutionIDs[old]), orNull(old), orNull(resolutionIDs[value]),
		orNull(value))
}

// sprint: one id puts the issue there and none takes it out, both leaving closed sprints where they are; +21 and
// -21 add and take one; a list of several is exactly what the field holds then.
func changeSprint(c *change, value string) {
	old := slices.Clone(c.state.sprints)
	var next []int
	var ids []int
	for _, w := range splitComma(strings.TrimLeft(value, "+-")) {
		id, err := strconv.Atoi(w)
		if err != nil || c.b.story.findSprint(id) == nil {
			c.b.addError("sprint %q is not in the section sprints", w)
			return
		}
		ids = append(ids, id)
	}
	switch {
	case strings.HasPrefix(value, "+"):
		next = append(slices.Clone(old), ids...)
	case strings.HasPrefix(value, "-"):
		next = slices.DeleteFunc(slices.Clone(old), func(id int) bool { return slices.Contains(ids, id) })
	case len(ids) > 1:
		next = ids
	default:
		for _, id := range old {
			if c.b.story.findSprint(id).closedAt(c.at) {
				next = append(next, id)
			}
		}
		next = append(next, ids...)
	}
	slices.Sort(next)
	next = slices.Compact(next)
	if slices.Equal(old, next) {
		return
	}
	c.state.sprints = next
	names := func(ids []int) string { return c.b.story.sprintNames(ids, c.at) }
	c.addItem("Sprint", "custom", "customfield_10020", joinIDs(old), names(old), joinIDs(next), names(next))
}

// changeEpic sets the parent of an ordinary issue. The item is the one that Jira Cloud writes, which has no field id.
func changeEpic(c *change, value string) {
	if c.b.story.typeLevel(c.state.typ) < 0 {
		c.b.addError("a sub-task has no epic: write parent=KEY")
		return
	}
	setParent(c, value, "IssueParentAssociation")
}

// changeParent sets the parent of a sub-task; for other issues it is the same as epic.
func changeParent(c *change, value string) {
	if c.b.story.typeLevel(c.state.typ) < 0 {
		setParent(c, value, "Parent")
		return
	}
	setParent(c, value, "IssueParentAssociation")
}

func setParent(c *change, value, field string) {
	var next *issueStory
	if value != "none" && value != "" {
		if next = c.b.story.byKey[value]; next == nil || next == c.tale {
			c.b.addError("%q is no other issue of the story", value)
			return
		}
		if len(next.states) == 0 {
			c.b.addError("%s does not exist yet: it is created later", value)
			return
		}
	}
	old := c.state.parent
	if old == next {
		return
	}
	c.state.parent = next
	id, key := func(t *issueStory) any {
		if t == nil {
			return nil
		}
		return wire.FormatID(t.id)
	}, func(t *issueStory) any {
		if t == nil {
			return nil
		}
		return t.currentState().key
	}
	c.addItem(field, "jira", "", id(old), key(old), id(next), key(next))
}

func replaceLabels(c *change, value string) { setLabels(c, splitComma(value)) }

func changeOneLabel(c *change, label string, add bool) {
	next := slices.DeleteFunc(slices.Clone(c.state.labels), func(l string) bool { return l == label })
	if add {
		next = append(next, label)
	}
	setLabels(c, next)
}

func setLabels(c *change, next []string) {
	old := c.state.labels
	slices.Sort(next)
	next = slices.Compact(next)
	for _, l := range next {
		if strings.Contains(l, " ") {
			c.b.addError("a label holds no space: %q", l)
		}
	}
	if slices.Equal(old, next) {
		return
	}
	c.state.labels = next
	c.addItem("labels", "jira", "labels", nil, strings.Join(old, " "), nil, strings.Join(next, " "))
}

// changeComponents sets the components; Jira writes one item for each that goes or comes.
func changeComponents(c *change, value string) {
	old, next := c.state.components, splitComma(value)
	c.state.components = next
	for _, n := range old {
		if !slices.Contains(next, n) {
			c.addItem("Component", "jira", "components", componentID(n), n, nil, nil)
		}
	}
	for _, n := range next {
		if !slices.Contains(old, n) {
			c.addItem("Component", "jira", "components", nil, nil, componentID(n), n)
		}
	}
}

// componentID makes an id of a name: stories do not declare components.
func componentID(name string) string {
	n := 0
	for _, r := range name {
		n = (n*31 + int(r)) % 9000
	}
	return strconv.Itoa(12000 + n)
}

func changeSummary(c *change, value string) {
	if old := c.state.summary; old != value {
		c.state.summary = value
		c.addItem("summary", "jira", "summary", nil, old, nil, value)
	}
}

func changeIssueType(c *change, value string) {
	old, next := c.b.story.typeNamed(c.state.typ), c.b.story.typeNamed(value)
	if next == nil {
		c.b.addError("unknown type %q%s", value, suggestWord(value, c.b.story.typeNames()))
		return
	}
	if old.id != next.id {
		c.state.typ = next.name
		c.addItem("issuetype", "jira", "issuetype", old.id, old.name, next.id, next.name)
	}
}

// moveToKey gives the issue another key, and the project of that key.
func moveToKey(c *change, value string) {
	project, n, ok := strings.Cut(value, "-")
	if _, err := strconv.Atoi(n); !ok || err != nil || project == "" {
		c.b.addError("move needs the new key, as move=OB-12, not %q", value)
		return
	}
	if t := c.b.story.byKey[value]; t != nil && t != c.tale {
		c.b.addError("there is an issue %s already", value)
		return
	}
	oldKey, old := c.state.key, c.state.project
	next := c.b.story.findProject(project, project)
	c.state.key, c.state.project = value, next
	c.tale.former = append(c.tale.former, keyStory{value, c.at})
	c.addItem("Key", "jira", "", nil, oldKey, nil, value)
	if old != next {
		c.addItem("project", "jira", "project", strconv.Itoa(old.id), old.name, strconv.Itoa(next.id), next.name)
	}
}

func changeFlag(c *change, on bool) {
	if c.state.flagged == on {
		return
	}
	c.state.flagged = on
	if on {
		c.addItem("Flagged", "custom", "customfield_10021", nil, nil, "[10019]", "Impediment")
		return
	}
	c.addItem("Flagged", "custom", "customfield_10021", "[10019]", "Impediment", nil, "")
}

func changeAssignee(c *change, value string) {
	old := c.state.assignee
	c.state.assignee = nil
	if value != "none" {
		c.state.assignee = c.b.personNamed(value)
	}
	id := func(p wire.Obj) any { return orNull(wire.Text(p["accountId"])) }
	name := func(p wire.Obj) any { return orNull(wire.Text(p["displayName"])) }
	c.addItem("assignee", "jira", "assignee", id(old), name(old), id(c.state.assignee), name(c.state.assignee))
}

// setAuthor names who does what the line says; by=none leaves the entry without an author, as automation does.
func (c *change) setAuthor(value string) {
	c.author = nil
	if value != "none" {
		c.author = c.b.personNamed(value)
	}
}

// addComment adds a comment. Jira's history has no item for it.
func addComment(c *change, value string) {
	c.b.story.nextComment++
	id, when := strconv.Itoa(c.b.story.nextComment), wire.FormatTime(c.at, c.b.site.Zone)
	c.state.comments = append(slices.Clone(c.state.comments), wire.Obj{"id": id, "author": c.author,
		"updateAuthor": c.author,
		"body":         plainADF(value),
		"created":      when, "updated": when, "jsdPublic": true,
		"self": fmt.Sprintf("%s/rest/api/3/issue/%d/comment/%s", c.b.site.url, c.tale.id, id)})
	c.touched = true
}

// plainADF wraps text in Atlassian's document format.
func plainADF(s string) wire.Obj {
	return wire.Obj{"type": "doc", "version": 1,
		"content": []any{wire.Obj{"type": "paragraph", "content": []any{wire.Obj{"type": "text", "text": s}}}}}
}

// changeEstimate sets the original estimate; the remaining one goes with it while no time is logged.
func changeEstimate(c *change, value string) {
	setTimeField(c, value, "timeoriginalestimate", &c.state.original)
}

func changeRemaining(c *change, value string) {
	setTimeField(c, value, "timeestimate", &c.state.remaining)
}

func setTimeField(c *change, value, field string, into **int64) {
	var next *int64
	if value != "none" {
		n, err := workTime(value)
		if err != nil {
			c.b.addError("%v", err)
			return
		}
		next = &n
	}
	if field == "timeoriginalestimate" && c.state.spent == 0 {
		addTimeItem(c, "timeestimate", c.state.remaining, next)
		c.state.remaining = next
	}
	addTimeItem(c, field, *into, next)
	*into = next
}

func addTimeItem(c *change, field string, from, to *int64) {
	if from == to || from != nil && to != nil && *from == *to {
		return
	}
	f, t := orNull(formatSeconds(from)), orNull(formatSeconds(to))
	c.addItem(field, "jira", field, f, f, t, t)
}

func formatSeconds(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// addItem notes a change of a field; from and to are ids, the others what a person reads.
func (c *change) addItem(field, kind, id string, from, fromString, to, toString any) {
	c.touched = true
	if c.made {
		return
	}
	i := wire.Obj{"field": field, "fieldtype": kind, "from": from, "fromString": fromString, "to": to,
		"toString": toString}
	if id != "" {
		i["fieldId"] = id
	}
	c.items = append(c.items, i)
}

// personNamed finds a person by name, or makes one.
func (b *builder) personNamed(name string) wire.Obj {
	for _, p := range b.story.people {
		if wire.Text(p["displayName"]) == name {
			return p
		}
	}
	p := makePerson(fmt.Sprintf("5b10ac8d82e05b22cc7d%04x", len(b.story.people)+1), name,
		strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@example.com", b.site.url, b.site.Zone.String())
	b.story.people = append(b.story.people, p)
	return p
}
