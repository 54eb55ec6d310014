package webhooks

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// Message is an event as a Jira posts it.
type Message struct {
	Event string
	Body  wire.Obj
}

// MessagesBetween returns the messages of what changed on a site from one moment to another: issues first, then time
// logged, then sprints.
func MessagesBetween(site *sitedata.Site, from, to time.Time) (out []Message) {
	before, after := site.ViewAt(from), site.ViewAt(to)
	if before == after {
		return nil
	}
	stamp := to.UnixMilli()
	add := func(event, part string, value wire.Obj, more wire.Obj) {
		body := wire.Obj{"timestamp": stamp, "webhookEvent": event, part: value}
		maps.Copy(body, more)
		out = append(out, Message{event, body})
	}
	addIssues(before, after, func(event string, i *sitedata.IssueView, more wire.Obj) {
		id := wire.FormatID(i.ID)
		add(event, "issue", wire.Obj{"id": id, "self": site.URL() + "/rest/api/2/issue/" + id, "key": i.Key,
			"fields": i.Fields}, more)
	})
	addWorklogs(before, after, func(event string, w wire.Obj) { add(event, "worklog", w, nil) })
	addSprints(before, after, func(event string, s wire.Obj) { add(event, "sprint", s, nil) })
	return out
}

// addIssues tells issues that were created, changed or deleted. A change comes with the last entry of its changelog.
func addIssues(before, after *sitedata.View, add func(event string, i *sitedata.IssueView, more wire.Obj)) {
	for _, now := range after.Issues {
		old := before.ByID[wire.FormatID(now.ID)]
		switch {
		case old == nil:
			add("jira:issue_created", now, wire.Obj{"issue_event_type_name": "issue_created"})
		case len(now.Histories) > len(old.Histories):
			last := now.Histories[len(now.Histories)-1]
			add("jira:issue_updated", now, wire.Obj{"issue_event_type_name": "issue_generic",
				"changelog": wire.Obj{"id": wire.FormatID(last.ID), "items": last.Body["items"]}})
		case wire.Text(now.Fields["updated"]) != wire.Text(old.Fields["updated"]):
			add("jira:issue_updated", now, wire.Obj{"issue_event_type_name": "issue_updated"})
		}
	}
	for _, old := range before.Issues {
		if after.ByID[wire.FormatID(old.ID)] == nil {
			add("jira:issue_deleted", old, nil)
		}
	}
}

// addWorklogs tells time that was logged, corrected or deleted.
func addWorklogs(before, after *sitedata.View, add func(event string, worklog wire.Obj)) {
	known, left := map[int64]*sitedata.Worklog{}, map[int64]bool{}
	for _, w := range before.Worklogs {
		known[w.ID] = w
	}
	told := func(w *sitedata.Worklog) wire.Obj {
		body := maps.Clone(w.Body)
		body["id"], body["issueId"] = wire.FormatID(w.ID), wire.FormatID(w.Issue)
		return body
	}
	for _, w := range after.Worklogs {
		left[w.ID] = true
		switch old := known[w.ID]; {
		case old == nil:
			add("worklog_created", told(w))
		case !old.Updated.Equal(w.Updated):
			add("worklog_updated", told(w))
		}
	}
	for _, w := range before.Worklogs {
		if !left[w.ID] {
			add("worklog_deleted", told(w))
		}
	}
}

// addSprints tells sprints that were created, started, closed, changed or deleted.
func addSprints(before, after *sitedata.View, add func(event string, sprint wire.Obj)) {
	for _, now := range after.Sprints {
		old := before.FindSprint(wire.Number(now["id"]))
		switch {
		case old == nil:
			add("sprint_created", now)
		case wire.Text(old["state"]) != wire.Text(now["state"]):
			event := map[string]string{"active": "sprint_started", "closed": "sprint_closed"}
			add(cmp.Or(event[strings.ToLower(wire.Text(now["state"]))], "sprint_updated"), now)
		case !sameTexts(old, now):
			add("sprint_updated", now)
		}
	}
	for _, old := range before.Sprints {
		if after.FindSprint(wire.Number(old["id"])) == nil {
			add("sprint_deleted", old)
		}
	}
}

// sameTexts tells whether two objects say the same.
func sameTexts(a, b wire.Obj) bool {
	keys := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	return !slices.ContainsFunc(keys, func(key string) bool { return wire.Text(a[key]) != wire.Text(b[key]) })
}
