package sitedata

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// versionDef is a version of a project: what it is called at first, and what since.
type versionDef struct {
	id, name string
	project  *projectDef
	renames  []versionRename // in order of time
}

// versionRename gives a version another name from a moment on. No issue tells of it.
type versionRename struct {
	at   time.Time
	name string
}

// nameAt returns the name of a version at a moment.
func (d *versionDef) nameAt(t time.Time) string {
	name := d.name
	for _, r := range d.renames {
		if !r.at.After(t) {
			name = r.name
		}
	}
	return name
}

func (s *story) findVersion(id string) *versionDef {
	n := slices.IndexFunc(s.versions, func(d *versionDef) bool { return d.id == id })
	if n < 0 {
		return nil
	}
	return s.versions[n]
}

const versionForm = `a version is written: ID PROJECT "Name" [renamed 2026-10-19 09:30 "Name"]`

// readVersionLine reads: 501 K8S "Q4-26" [renamed MOMENT "Name"]…
func readVersionLine(b *builder, l line) {
	id, project, name := wordAt(l.words, 0), wordAt(l.words, 1), wordAt(l.words, 2)
	if n, err := strconv.Atoi(id); err != nil || n <= 0 || project == "" || name == "" {
		b.addError("%s", versionForm)
		return
	}
	if b.story.findVersion(id) != nil {
		b.addError("version %s stands twice", id)
		return
	}
	d := &versionDef{id: id, name: name, project: b.story.findProject(project, project)}
	for rest := l.words[3:]; len(rest) > 0; {
		if rest[0].String() != "renamed" {
			b.addError("unknown word %q: %s", rest[0], versionForm)
			return
		}
		at, used := b.parseMoment(rest[1:])
		renamed := wordAt(rest, 1+used)
		if used == 0 || renamed == "" {
			b.addError("%s", versionForm)
			return
		}
		d.renames = append(d.renames, versionRename{at, renamed})
		rest = rest[2+used:]
	}
	sorting.By(d.renames, func(x, y versionRename) int { return x.at.Compare(y.at) })
	b.story.versions = append(b.story.versions, d)
}

// changeFixVersions sets the versions that an issue is to be released in; Jira writes one item for each that goes or
// comes, under the name that it has then.
func changeFixVersions(c *change, value string) {
	var next []string
	for _, id := range splitComma(value) {
		if id == "none" {
			continue
		}
		if c.b.story.findVersion(id) == nil {
			c.b.addError("version %q is not in the section versions", id)
			return
		}
		next = append(next, id)
	}
	old := c.state.fixVersions
	c.state.fixVersions = next
	name := func(id string) string { return c.b.story.findVersion(id).nameAt(c.at) }
	for _, id := range old {
		if !slices.Contains(next, id) {
			c.addItem("Fix Version", "jira", "fixVersions", id, name(id), nil, nil)
		}
	}
	for _, id := range next {
		if !slices.Contains(old, id) {
			c.addItem("Fix Version", "jira", "fixVersions", nil, nil, id, name(id))
		}
	}
}

// changeDue sets the day on which an issue is due. Jira writes it as id, and as text with an hour that means nothing.
func changeDue(c *change, value string) {
	if value == "none" {
		value = ""
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil && value != "" {
		c.b.addError("due needs a day, as due=2026-10-31, or none, not %q", value)
		return
	}
	old := c.state.due
	if old == value {
		return
	}
	c.state.due = value
	shown := func(day string) any {
		if day == "" {
			return nil
		}
		return day + " 00:00:00.0"
	}
	c.addItem("duedate", "jira", "duedate", orNull(old), shown(old), orNull(value), shown(value))
}

// versionJSON shows a version as an issue does; a list of versions tells the project besides.
func (d *versionDef) versionJSON(url string, t time.Time) wire.Obj {
	return wire.Obj{"self": url + "/rest/api/3/version/" + d.id, "id": d.id, "description": "", "name": d.nameAt(t),
		"archived": false, "released": false}
}

// renderVersions shows the versions of an issue.
func (r *renderer) renderVersions(st state) []any {
	out := []any{}
	for _, id := range st.fixVersions {
		out = append(out, r.story.findVersion(id).versionJSON(r.site.url, r.at))
	}
	return out
}

// VersionsAt lists the versions of a project as they are called at a moment. Recorded data have those that issues hold.
func (s *Site) VersionsAt(t time.Time, project wire.Obj) []wire.Obj {
	out := []wire.Obj{}
	add := func(version wire.Obj) {
		one := wire.Obj{"projectId": wire.Number(project["id"])}
		for k, v := range version {
			one[k] = v
		}
		out = append(out, one)
	}
	if s.story != nil {
		for _, d := range s.story.versions {
			if strconv.Itoa(d.project.id) == wire.Text(project["id"]) {
				add(d.versionJSON(s.url, t))
			}
		}
		return out
	}
	seen := map[string]bool{}
	for _, i := range s.recorded.Issues {
		for _, v := range wire.List(i.Fields["fixVersions"]) {
			version, _ := v.(wire.Obj)
			id := wire.Text(version["id"])
			if !seen[id] && strings.HasPrefix(i.Key, wire.Text(project["key"])+"-") {
				seen[id] = true
				add(version)
			}
		}
	}
	return out
}
