package moved

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// formerPrefix begins the ids, other than numbers, of what only the former site has. No id of a Jira holds a colon.
const formerPrefix = "former:"

// identities tell which id of the present site an id of the former one is.
type identities struct {
	issues   map[int64]int64
	sprints  map[int64]int64
	statuses map[string]string
	types    map[string]string
	versions map[string]string
	projects map[string]string
	fields   map[string]string
	board    int64 // the former board, 0 where there was none
	boardNow int64
}

// identifyAll finds the present ids of all that a former history names up to the cut.
func identifyAll(former, present *agile.History, fields map[string]string, cut time.Time) identities {
	issues := identifyIssues(former, present)
	ids := identities{
		issues: issues, sprints: identifySprints(former, present, issues, cut),
		statuses: identifyStatuses(former, present), types: identifyTypes(former, present),
		versions: identifyVersions(former, present), projects: identifyProjects(former, present),
		fields: identifyFields(former, present, fields),
	}
	ids.identifyRenamed(former, present, cut)
	if former.Board != nil {
		ids.board = former.Board.ID
	}
	if present.Board != nil {
		ids.boardNow = present.Board.ID
	}
	return ids
}

// equal tells whether two are the same: an issue that was joined by one of them is what the other makes of it.
func (ids identities) equal(others identities) bool {
	return maps.Equal(ids.issues, others.issues) && maps.Equal(ids.sprints, others.sprints) &&
		maps.Equal(ids.statuses, others.statuses) && maps.Equal(ids.types, others.types) &&
		maps.Equal(ids.versions, others.versions) && maps.Equal(ids.projects, others.projects) &&
		maps.Equal(ids.fields, others.fields) && ids.board == others.board && ids.boardNow == others.boardNow
}

// identifyIssues joins issues by key: the last one that the former site knew, and any that the present one ever knew.
// What the former history only names, a parent that it does not hold, has a key too.
func identifyIssues(former, present *agile.History) map[int64]int64 {
	byKey := map[string]int64{}
	for _, i := range present.Issues {
		for id, key := range i.Relatives.All() {
			if byKey[key] == 0 {
				byKey[key] = id
			}
		}
	}
	for _, i := range present.Issues {
		for _, step := range i.Key {
			byKey[step.Value] = i.ID
		}
	}
	for _, i := range present.Issues { // a key of today wins over one of yesterday
		byKey[i.Key.Last()] = i.ID
	}
	out := map[int64]int64{}
	add := func(id int64, key string) {
		if now, has := byKey[key]; has && key != "" {
			out[id] = now
		} else if _, known := out[id]; !known {
			out[id] = -id
		}
	}
	for _, i := range former.Issues {
		for id, key := range i.Relatives.All() {
			add(id, key)
		}
	}
	for _, i := range former.Issues {
		add(i.ID, i.Key.Last())
	}
	return out
}

// foldName makes names comparable: case and space at the ends do not tell two things apart.
func foldName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func identifyStatuses(former, present *agile.History) map[string]string {
	byName := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(present.Statuses)) {
		for _, name := range present.Statuses[id].Names {
			if _, taken := byName[foldName(name)]; !taken {
				byName[foldName(name)] = id
			}
		}
	}
	maps.Copy(byName, idsByName(present.Statuses, func(s agile.Status) string { return s.Name }))
	out := map[string]string{}
	for id, status := range former.Statuses {
		out[id] = presentOr(byName, status.Name, formerPrefix+id)
	}
	return out
}

func identifyTypes(former, present *agile.History) map[string]string {
	nameOf := func(of agile.Type) string { return of.Name }
	return identifyByName(former.Types, present.Types, nameOf)
}

func identifyVersions(former, present *agile.History) map[string]string {
	nameOf := func(name string) string { return name }
	return identifyByName(former.Versions, present.Versions, nameOf)
}

// identifyByName joins what has one name on each site.
func identifyByName[T any](former, present map[string]T, nameOf func(T) string) map[string]string {
	byName := idsByName(present, nameOf)
	out := map[string]string{}
	for id, is := range former {
		out[id] = presentOr(byName, nameOf(is), formerPrefix+id)
	}
	return out
}

// idsByName are the ids of the present site by name; of several with one name the last id has it.
func idsByName[T any](present map[string]T, nameOf func(T) string) map[string]string {
	out := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(present)) {
		out[foldName(nameOf(present[id]))] = id
	}
	return out
}

func presentOr(byName map[string]string, name, otherwise string) string {
	if id, has := byName[foldName(name)]; has {
		return id
	}
	return otherwise
}

// identifyFields joins fields as the configuration says, then by name. One that Jira itself defines has the same id on
// every site.
func identifyFields(former, present *agile.History, configured map[string]string) map[string]string {
	byName := idsByName(present.Fields, func(f agile.Field) string { return f.Name })
	out := map[string]string{}
	for id, field := range former.Fields {
		if isCustom(id) {
			out[id] = presentOr(byName, field.Name, formerPrefix+id)
		}
	}
	maps.Copy(out, configured)
	return out
}

func isCustom(field string) bool { return strings.HasPrefix(field, "customfield_") }

func (ids identities) presentField(id string) string {
	if now, has := ids.fields[id]; has {
		return now
	}
	if isCustom(id) {
		return formerPrefix + id
	}
	return id
}

// identifyProjects joins projects by the key that begins the keys of their issues, now or at some time.
func identifyProjects(former, present *agile.History) map[string]string {
	byKey := map[string]string{}
	for id, key := range projectKeys(present) {
		byKey[key] = id
	}
	out := map[string]string{}
	for id, key := range projectKeys(former) {
		now, has := byKey[key]
		if _, known := out[id]; has {
			out[id] = now
		} else if !known {
			out[id] = formerPrefix + id
		}
	}
	out[former.ProjectID] = present.ProjectID
	return out
}

// projectKeys yields the id of each project that an issue was in, with the key that it had there.
func projectKeys(h *agile.History) func(func(id, key string) bool) {
	return func(yield func(id, key string) bool) {
		for _, i := range h.Issues {
			for _, step := range i.Project {
				key := projectKey(i.Key.AtOrder(step.From.Time(), step.Order))
				if step.Value != "" && key != "" && !yield(step.Value, key) {
					return
				}
			}
		}
	}
}

// projectKey is what stands before the number of a key.
func projectKey(key string) string { return key[:max(0, strings.LastIndexByte(key, '-'))] }

func (ids identities) presentIssue(id int64) int64 {
	if id == 0 {
		return 0
	}
	if now, has := ids.issues[id]; has {
		return now
	}
	return -id
}

func (ids identities) presentSprint(id int64) int64 {
	if now, has := ids.sprints[id]; has {
		return now
	}
	return -id
}

// textID returns the present id of one that is no number; "" stays.
func textID(known map[string]string, id string) string {
	if id == "" {
		return ""
	}
	if now, has := known[id]; has {
		return now
	}
	return formerPrefix + id
}

// epicLink translates an older link to an epic: an id in decimal, or a key, which is the same on both sites.
func (ids identities) epicLink(link string) string {
	id, err := strconv.ParseInt(link, 10, 64)
	if err != nil {
		return link
	}
	return strconv.FormatInt(ids.presentIssue(id), 10)
}
