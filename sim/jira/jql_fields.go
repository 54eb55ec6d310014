package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/jql"
)

// queryField returns what JQL knows of a field; the error is Jira's 400.
func (s *searcher) queryField(name string) (jqlField, error) {
	switch strings.ToLower(name) {
	case "project":
		return jqlField{name: "project", values: oneValue(s, "project", "key", "id", "name"), wrong: unknownValue("project"),
			known: func(w string) bool { return s.site.findProject(w, true) != nil }}, nil
	case "issuetype", "type":
		return listedField(s, "issuetype", s.site.types), nil
	case "status":
		return listedField(s, "status", s.site.statuses), nil
	case "statuscategory":
		return jqlField{name: "statusCategory", values: func(i *issueView) [][]string { return categoryValues(s, i) },
			wrong: unknownValue("statusCategory"), known: knownCategory}, nil
	case "sprint":
		return sprintField(s), nil
	case "parent", "epic link", "parentepic", epicLinkID(s):
		if s.dataCenter {
			return parentFieldDC(s, name), nil
		}
		return issueField(s, "parent", oneValue(s, "parent", "id")), nil
	case "key", "issue", "issuekey", "id":
		return issueField(s, "key", func(i *issueView) [][]string { return [][]string{{formatID(i.id)}} }), nil
	case "labels":
		return jqlField{name: "labels", values: manyValues(s, "labels")}, nil
	case "component", "components":
		return jqlField{name: "component", values: manyValues(s, "components", "id", "name")}, nil
	case "resolution":
		return jqlField{name: "resolution", values: oneValue(s, "resolution", "id", "name")}, nil
	case "summary":
		return jqlField{name: "summary", values: oneValue(s, "summary")}, nil
	case "created", "createddate":
		return jqlField{name: "created", values: oneValue(s, "created"), time: "created"}, nil
	case "updated", "updateddate":
		return jqlField{name: "updated", values: oneValue(s, "updated"), time: "updated"}, nil
	case "resolved", "resolutiondate":
		return jqlField{name: "resolved", values: oneValue(s, "resolutiondate"), time: "resolutiondate"}, nil
	}
	return customField(s, name)
}

// epicLinkID is the id of the field that links to an epic on Data Center; Cloud keeps it beside the parent.
func epicLinkID(s *searcher) string {
	for _, f := range s.site.fields {
		if s.dataCenter && textOf(lookUp(f, "schema", "custom")) == "com.pyxis.greenhopper.jira:gh-epic-link" {
			return strings.ToLower(textOf(f["id"]))
		}
	}
	return "epic link"
}

// parentFieldDC is the parent of a sub-task or, asked for by any other name, the epic of an ordinary issue.
func parentFieldDC(s *searcher, name string) jqlField {
	parents, subtasks := oneValue(s, "parent", "id"), strings.EqualFold(name, "parent")
	return issueField(s, "parent", func(i *issueView) [][]string {
		if (s.level(i) < 0) != subtasks {
			return nil
		}
		return parents(i)
	})
}

// customField finds a select, text or number field by id, cf[id] or name.
func customField(s *searcher, name string) (jqlField, error) {
	for _, f := range s.site.fields {
		id := textOf(f["id"])
		if !strings.HasPrefix(id, "customfield_") ||
			!strings.EqualFold(id, name) && !strings.EqualFold(textOf(f["name"]), name) {
			continue
		}
		if s.dataCenter && textOf(lookUp(f, "schema", "custom")) == "com.pyxis.greenhopper.jira:gh-epic-label" {
			return jqlField{name: id, values: func(i *issueView) [][]string { return epicNameValues(s, i) }}, nil
		}
		return jqlField{name: id, values: func(i *issueView) [][]string {
			if l := listOf(i.fields[id]); l != nil {
				return valueForms(l, "id", "value")
			}
			return oneValue(s, id, "id", "value")(i)
		}}, nil
	}
	return jqlField{}, badRequestError(fmt.Sprintf("Field '%s' does not exist or you do not have permission to view it.",
		name))
}

// epicNameValues is the name that an epic has on Data Center, and nothing else has.
func epicNameValues(s *searcher, i *issueView) [][]string {
	if s.level(i) < 1 {
		return nil
	}
	return oneValue(s, "summary")(i)
}

func unknownValue(field string) string {
	return "The value '%s' does not exist for the field '" + field + "'."
}

// valueForms returns the ways in which each element may be written.
func valueForms(elements []any, keys ...string) [][]string {
	var out [][]string
	for _, v := range elements {
		if len(keys) == 0 {
			out = append(out, []string{textOf(v)})
			continue
		}
		var f []string
		for _, k := range keys {
			if t := textOf(lookUp(v, k)); t != "" {
				f = append(f, t)
			}
		}
		out = append(out, f)
	}
	return out
}

// oneValue reads a field that holds at most one element.
func oneValue(s *searcher, id string, keys ...string) func(*issueView) [][]string {
	return func(i *issueView) [][]string {
		switch v := i.fields[id].(type) {
		case nil:
			return nil
		case obj:
			return valueForms([]any{v}, keys...)
		default:
			return [][]string{{textOf(v)}}
		}
	}
}

func manyValues(s *searcher, id string, keys ...string) func(*issueView) [][]string {
	return func(i *issueView) [][]string { return valueForms(listOf(i.fields[id]), keys...) }
}

// listedField is a field whose values stand in a list of the site, by id, name or untranslated name.
func listedField(s *searcher, id string, values []obj) jqlField {
	return jqlField{name: id, wrong: unknownValue(id),
		known: func(w string) bool { return listedID(s, values, w) != "" },
		values: func(i *issueView) [][]string {
			f := []string{textOf(lookUp(i.fields, id, "id")), textOf(lookUp(i.fields, id, "name"))}
			for _, v := range values {
				if textOf(v["id"]) == f[0] {
					f = append(f, textOf(v["name"]), textOf(v["untranslatedName"]))
				}
			}
			return [][]string{f}
		}}
}

func listedID(s *searcher, values []obj, word string) string {
	for _, v := range values {
		if textOf(v["id"]) == word || strings.EqualFold(textOf(v["name"]), word) ||
			strings.EqualFold(textOf(v["untranslatedName"]), word) {
			return textOf(v["id"])
		}
	}
	return ""
}

func knownCategory(w string) bool {
	return slices.ContainsFunc(statusCategories, func(c statusCategory) bool {
		return strings.EqualFold(c.key, w) || strings.EqualFold(c.name, w) || textOf(c.id) == w
	})
}

// categoryValues goes by the status list, as Jira's index does, not by the copy inside the issue.
func categoryValues(s *searcher, i *issueView) [][]string {
	c := lookUp(i.fields, "status", "statusCategory")
	for _, st := range s.site.statuses {
		if textOf(st["id"]) == textOf(lookUp(i.fields, "status", "id")) {
			c = st["statusCategory"]
		}
	}
	out := []string{textOf(lookUp(c, "id")), textOf(lookUp(c, "key")), textOf(lookUp(c, "name"))}
	for _, known := range statusCategories {
		if known.key == out[1] {
			out = append(out, known.name)
		}
	}
	return [][]string{out}
}

// issueField holds an issue, compared by id: a value may be an id, a key in any case, or a key that the issue
// had before it was moved. A parent that is not among the recorded issues is known by what its children say.
func issueField(s *searcher, name string, values func(*issueView) [][]string) jqlField {
	resolve := func(word string) string {
		if i := s.view.findIssue(word); i != nil {
			return formatID(i.id)
		}
		for _, i := range s.view.issues {
			p := i.fields["parent"]
			if name == "parent" && p != nil && (textOf(lookUp(p, "id")) == word ||
				strings.EqualFold(textOf(lookUp(p, "key")), word)) {
				return textOf(lookUp(p, "id"))
			}
		}
		return ""
	}
	return jqlField{name: name, values: values, canonical: resolve,
		wrong: "An issue with key '%s' does not exist for field '" + name + "'.",
		known: func(w string) bool { return resolve(w) != "" }}
}

func sprintField(s *searcher) jqlField {
	return jqlField{name: "sprint", values: manyValues(s, s.site.sprintID, "id", "name"),
		wrong: "Sprint with name '%s' does not exist or you do not have permission to view it.",
		known: func(w string) bool {
			return slices.ContainsFunc(s.view.sprints, func(o obj) bool {
				return textOf(o["id"]) == w || strings.EqualFold(textOf(o["name"]), w)
			})
		}}
}

// compileOrder returns the comparison of ORDER BY; without one the newest issues come first.
func compileOrder(s *searcher, by []jql.Ordering) (func(a, b *issueView) int, error) {
	var compare []func(a, b *issueView) int
	for _, o := range by {
		c, err := orderComparison(s, o.Field.ID())
		if err != nil {
			return nil, err
		}
		if o.Descending {
			compare = append(compare, func(a, b *issueView) int { return c(b, a) })
			continue
		}
		compare = append(compare, c)
	}
	return func(a, b *issueView) int {
		for _, c := range compare {
			if n := c(a, b); n != 0 {
				return n
			}
		}
		return cmp.Compare(b.id, a.id)
	}, nil
}

func orderComparison(s *searcher, name string) (func(a, b *issueView) int, error) {
	switch strings.ToLower(name) {
	case "key", "issue", "issuekey":
		return byKeyOrder, nil
	case "id":
		return func(a, b *issueView) int { return cmp.Compare(a.id, b.id) }, nil
	case "rank":
		return func(a, b *issueView) int { return cmp.Compare(a.id, b.id) }, nil
	case "priority":
		return func(a, b *issueView) int {
			return cmp.Compare(numberOf(lookUp(a.fields, "priority", "id")), numberOf(lookUp(b.fields, "priority", "id")))
		}, nil
	}
	f, err := s.queryField(name)
	if err != nil {
		return nil, badRequestError(fmt.Sprintf("Not able to sort using field '%s'.", name))
	}
	if f.time != "" {
		return func(a, b *issueView) int { return timeOf(a, f.time).Compare(timeOf(b, f.time)) }, nil
	}
	return func(a, b *issueView) int { return strings.Compare(firstForm(f, a), firstForm(f, b)) }, nil
}

func timeOf(i *issueView, field string) time.Time { return parseTime(i.fields[field]) }

func firstForm(f jqlField, i *issueView) string {
	if v := f.values(i); len(v) > 0 && len(v[0]) > 0 {
		return v[0][len(v[0])-1]
	}
	return ""
}

func byKeyOrder(a, b *issueView) int {
	p, n := splitKey(a.key)
	q, m := splitKey(b.key)
	return cmp.Or(strings.Compare(p, q), cmp.Compare(n, m))
}

func splitKey(key string) (string, int) {
	p, n, _ := strings.Cut(key, "-")
	i, _ := strconv.Atoi(n)
	return p, i
}
