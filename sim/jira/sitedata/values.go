package sitedata

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
)

// changeField sets a custom field; none clears it.
func (c *change) changeField(f *fieldDef, value string) {
	old := c.state.custom[f.id]
	var next any
	if value != "none" && value != "" {
		if next = c.fieldValue(f, value); next == nil {
			return // the error is noted
		}
	}
	fromID, from := f.changelogValue(old)
	toID, to := f.changelogValue(next)
	if fmt.Sprint(fromID, from) == fmt.Sprint(toID, to) {
		return
	}
	custom := map[string]any{}
	for k, v := range c.state.custom {
		custom[k] = v
	}
	custom[f.id] = next
	c.state.custom = custom
	c.addItem(f.name, "custom", f.id, fromID, from, toID, to)
}

// fieldValue reads a value by the field's kind; nil after an error.
func (c *change) fieldValue(f *fieldDef, value string) any {
	switch f.kind {
	case "number":
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || n != n || n > 1e15 || n < -1e15 {
			c.b.addError("%s=%s is not a number", f.word, value)
			return nil
		}
		return n
	case "text":
		return value
	case "user":
		return c.b.personNamed(value)
	}
	picked := splitComma(value)
	for _, p := range picked {
		if !slices.Contains(f.options, p) {
			c.b.addError("%s has no option %q%s", f.word, p, suggestWord(p, f.options))
			return nil
		}
	}
	if f.kind == "select" && len(picked) != 1 {
		c.b.addError("%s takes one option", f.word)
		return nil
	}
	return picked
}

func (f *fieldDef) optionID(option string) string {
	return strconv.Itoa(f.firstOption + slices.Index(f.options, option))
}

// changelogValue returns a value as a history writes it: ids and text. Numbers and texts have no ids.
func (f *fieldDef) changelogValue(v any) (id, shown any) {
	switch v := v.(type) {
	case float64:
		return nil, strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return nil, v
	case wire.Obj:
		return v["accountId"], v["displayName"]
	case []string:
		if f.kind == "select" {
			return f.optionID(v[0]), v[0]
		}
		var ids []string
		for _, o := range v {
			ids = append(ids, f.optionID(o))
		}
		return "[" + strings.Join(ids, ", ") + "]", strings.Join(v, ",")
	}
	return nil, nil
}

// valueJSON returns a value as an issue shows it.
func (f *fieldDef) valueJSON(v any, url string) any {
	picked, ok := v.([]string)
	if !ok {
		return v
	}
	var out []any
	for _, o := range picked {
		id := f.optionID(o)
		out = append(out, wire.Obj{"self": url + "/rest/api/3/customFieldOption/" + id, "value": o, "id": id})
	}
	if f.kind == "select" {
		return out[0]
	}
	return out
}

// logWord plays "log 2h [on MOMENT]", "relog N 3h [on MOMENT]" and "unlog N"; N counts the worklogs from 1.
func (c *change) logWord(rest []word) int {
	what, used := rest[0].text, 1
	var log *logStory
	if what != "log" {
		n, err := strconv.Atoi(wordAt(rest, used))
		used++
		if err != nil || n < 1 || n > len(c.tale.logs) || !c.tale.logs[n-1].erased.IsZero() {
			c.b.addError("%s needs the number of a worklog of this issue, the first is 1", what)
			return 0
		}
		log = c.tale.logs[n-1]
	}
	if what == "unlog" {
		c.removeLogged(log)
		return used
	}
	seconds, err := workTime(wordAt(rest, used))
	used++
	if err != nil {
		c.b.addError("%v", err)
		return 0
	}
	started := c.at
	if wordAt(rest, used) == "on" {
		when, n := c.b.parseMoment(rest[used+1:])
		if n == 0 {
			return 0
		}
		started, used = when, used+1+n
	}
	c.addLogged(log, logVersion{at: c.at, started: started, seconds: seconds})
	return used
}

// addLogged notes a worklog, or a new version of one.
func (c *change) addLogged(log *logStory, v logVersion) {
	before := int64(0)
	made := log == nil
	if made {
		c.b.story.nextLog++
		log = &logStory{id: int64(c.b.story.nextLog), tale: c.tale, author: c.author}
		c.tale.logs = append(c.tale.logs, log)
		c.b.story.logs = append(c.b.story.logs, log)
	} else {
		before = log.versions[len(log.versions)-1].seconds
	}
	log.versions = append(log.versions, v)
	c.addTimeSpent(v.seconds - before)
	id := wire.FormatID(log.id)
	if made {
		c.addItem("WorklogId", "jira", "", nil, nil, id, id)
	} else {
		c.addItem("WorklogId", "jira", "", id, id, id, id)
	}
}

func (c *change) removeLogged(log *logStory) {
	log.erased = c.at
	c.addTimeSpent(-log.versions[len(log.versions)-1].seconds)
	id := wire.FormatID(log.id)
	c.addItem("WorklogId", "jira", "", id, id, nil, nil)
}

// addTimeSpent adds to the time spent and takes it off the remaining estimate.
func (c *change) addTimeSpent(n int64) {
	if r := c.state.remaining; r != nil {
		left := max(0, *r-n)
		addTimeItem(c, "timeestimate", r, &left)
		c.state.remaining = &left
	}
	from, to := orNull(strconv.FormatInt(c.state.spent, 10)), strconv.FormatInt(c.state.spent+n, 10)
	if c.state.spent == 0 && len(c.tale.logs) < 2 {
		from = nil
	}
	c.state.spent += n
	c.addItem("timespent", "jira", "timespent", from, from, to, to)
}

// versionAt returns the version of a worklog that holds at a moment.
func (l *logStory) versionAt(t time.Time) (logVersion, bool) {
	for i := len(l.versions) - 1; i >= 0; i-- {
		if !l.versions[i].at.After(t) {
			return l.versions[i], l.erased.IsZero() || l.erased.After(t)
		}
	}
	return logVersion{}, false
}
