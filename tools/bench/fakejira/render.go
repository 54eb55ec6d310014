package fakejira

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type status struct{ id, name, category string }

// The statuses of the site, by their place in statuses.
const (
	toDo = iota
	inProgress
	inReview
	done
)

var statuses = []status{{"10000", "To Do", "new"}, {"3", "In Progress", "indeterminate"},
	{"10001", "Review", "indeterminate"}, {"10002", "Done", "done"}}

type issueType struct {
	id, name string
	level    int
}

var issueTypes = []issueType{{"10000", "Epic", 1}, {"10001", "Story", 0}, {"10002", "Task", 0}, {"10003", "Bug", 0}}

// fragments are the parts of answers that stand in many of them.
type fragments struct {
	address                 string
	statuses, types, people []string
}

func renderFragments(address string) fragments {
	f := fragments{address: address}
	for _, s := range statuses {
		f.statuses = append(f.statuses, fmt.Sprintf(`{"self":"%s/rest/api/3/status/%s","description":"","iconUrl":`+
			`"%s/images/icons/statuses/generic.png","name":"%s","id":"%s","statusCategory":{"self":"%s/rest/api/3/`+
			`statuscategory/2","id":2,"key":"%s","colorName":"blue-gray","name":"%s"}}`,
			address, s.id, address, s.name, s.id, address, s.category, s.category))
	}
	for n, t := range issueTypes {
		f.types = append(f.types, fmt.Sprintf(`{"self":"%s/rest/api/3/issuetype/%s","id":"%s","description":"A piece `+
			`of work of this type, as the project describes it.","iconUrl":"%s/rest/api/2/universal_avatar/view/type/`+
			`issuetype/avatar/1031%d?size=medium","name":"%s","subtask":false,"avatarId":1031%d,"hierarchyLevel":%d}`,
			address, t.id, t.id, address, n, t.name, n, t.level))
	}
	for n := range people {
		account := fmt.Sprintf("712020:5f3a2c1e-7b1d-4f0e-9f57-%012d", n)
		f.people = append(f.people, fmt.Sprintf(`{"self":"%s/rest/api/3/user?accountId=%s","accountId":"%s",`+
			`"avatarUrls":%s,"displayName":"Somebody %04d","active":true,"timeZone":"Europe/Paris",`+
			`"accountType":"atlassian"}`, address, account, account,
			renderAvatars("https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials", n), n))
	}
	return f
}

func renderAvatars(address string, n int) string {
	u := fmt.Sprintf("%s/rest/api/2/universal_avatar/view/type/project/avatar/%d", address, n)
	return fmt.Sprintf(`{"48x48":"%s","24x24":"%s?size=small","16x16":"%s?size=xsmall","32x32":"%s?size=medium"}`,
		u, u, u, u)
}

func (f fragments) renderProject(p *project) string {
	return fmt.Sprintf(`{"self":"%s/rest/api/3/project/%d","id":"%d","key":"%s","name":"Project %s","projectTypeKey":`+
		`"software","simplified":false,"avatarUrls":%s}`, f.address, 10_000+p.number, 10_000+p.number, p.key, p.key,
		renderAvatars(f.address, 10_400+p.number))
}

// renderIssue renders an issue as bulk reads tell it.
func (f fragments) renderIssue(i *issue) []byte {
	var b bytes.Buffer
	write := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	write(`{"expand":"operations,versionedRepresentations,editmeta,changelog,renderedFields","id":"%d",`+
		`"self":"%s/rest/api/3/issue/%d","key":"%s","fields":{`, i.id, f.address, i.id, i.issueKey())
	write(`"created":"%s","updated":"%s",`, renderTime(i.created), renderTime(i.updated))
	write(`"summary":"Work item %d of %s: make the thing do what was asked of it, with care",`, i.number, i.project.key)
	write(`"status":%s,"issuetype":%s,"project":%s,`, f.statuses[i.status], f.types[i.typeNumber()], i.project.text)
	priority := fmt.Sprintf(`{"self":"%s/rest/api/3/priority/3","iconUrl":"%s/images/icons/priorities/medium.svg",`+
		`"name":"Medium","id":"3"}`, f.address, f.address)
	write(`"priority":%s,`, priority)
	if i.resolved == 0 {
		write(`"resolution":null,"resolutiondate":null,`)
	} else {
		write(`"resolution":{"self":"%s/rest/api/3/resolution/10000","id":"10000","description":"Work has been `+
			`completed on this issue.","name":"Done"},"resolutiondate":"%s",`, f.address, renderTime(i.resolved))
	}
	labels, _ := json.Marshal(append([]string{}, i.labels...))
	write(`"labels":%s,`, labels)
	if e := i.epic; e != nil {
		write(`"parent":{"id":"%d","key":"%s","self":"%s/rest/api/3/issue/%d","fields":{"summary":"Epic %s",`+
			`"status":%s,"priority":%s,"issuetype":%s}},`, e.id, e.issueKey(), f.address, e.id, e.issueKey(),
			f.statuses[e.status], priority, f.types[0])
	}
	f.writeCustomFields(write, i)
	write(`"fixVersions":[],"versions":[],"components":[{"self":"%s/rest/api/3/component/1000%d","id":"1000%d",`+
		`"name":"Part %d"}]}}`, f.address, i.number%8, i.number%8, i.number%8)
	return b.Bytes()
}

func (f fragments) writeCustomFields(write func(string, ...any), i *issue) {
	var list []string
	for _, s := range i.sprints {
		list = append(list, s.text)
	}
	sprints, points, spent := "null", "null", "null"
	if len(list) > 0 {
		sprints = "[" + strings.Join(list, ",") + "]"
	}
	if i.points > 0 {
		points = fmt.Sprintf("%d.0", i.points)
	}
	if i.logged {
		spent = "7200"
	}
	write(`"customfield_10020":%s,"customfield_10016":%s,"customfield_10021":null,"customfield_10031":null,`+
		`"customfield_10032":{"self":"%s/rest/api/3/customFieldOption/10030","value":"Team","id":"10030"},`+
		`"customfield_10033":null,"customfield_10015":null,"timeoriginalestimate":null,"timeestimate":null,`+
		`"timespent":%s,"duedate":null,"statuscategorychangedate":"%s",`, sprints, points, f.address, spent,
		renderTime(i.updated))
}

func (i *issue) typeNumber() int {
	if i.isEpic {
		return 0
	}
	return 1 + int(i.number)%3
}

func renderSprint(s *sprint, board int) string {
	out := fmt.Sprintf(`{"id":%d,"name":"%s","state":"%s","boardId":%d,"goal":""`, s.id, s.name, s.state, board)
	return out + renderSprintDates(s) + "}"
}

func renderSprintDates(s *sprint) string {
	const form = "2006-01-02T15:04:05.000Z"
	out := ""
	if !s.start.IsZero() {
		out += fmt.Sprintf(`,"startDate":"%s","endDate":"%s"`, s.start.Format(form), s.end.Format(form))
	}
	if !s.complete.IsZero() {
		out += fmt.Sprintf(`,"completeDate":"%s"`, s.complete.Format(form))
	}
	return out
}

// renderItem renders the change of one field.
func renderItem(field, kind, id, from, fromText, to, toText string) string {
	return fmt.Sprintf(`{"field":"%s","fieldtype":"%s","fieldId":"%s","from":%s,"fromString":"%s","to":%s,`+
		`"toString":"%s"}`, field, kind, id, textOrNull(from), fromText, textOrNull(to), toText)
}

func textOrNull(text string) string {
	if text == "" {
		return "null"
	}
	return `"` + text + `"`
}

func renderEntry(id int64, author int, at int64, items []string) entry {
	return entry{
		before: fmt.Appendf(nil, `{"id":"%d","author":`, id), author: author,
		after: fmt.Appendf(nil, `,"created":%d,"items":[%s]}`, at, strings.Join(items, ",")),
	}
}

func renderTime(ms int64) string {
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000-0700")
}
