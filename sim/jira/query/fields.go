package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/sim/jira/jql"
	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// queryField returns what JQL knows of a field; the error is Jira's 400.
func (s *Searcher) queryField(name string) (jqlField, error) {
	switch strings.ToLower(name) {
	case "project":
		return jqlField{
			name:   "project",
			values: oneValue(s, "project", "key", "id", "name"),
			wrong:  unknownValue("project"),
			known:  func(w string) bool { return s.Site.FindProject(w, true) != nil },
		}, nil
	case "issuetype", "type":
		return listedField(s, "issuetype", s.Site.Types), nil
	case "status":
		return listedField(s, "status", s.Site.Statuses), nil
	case "statuscategory":
		return jqlField{name: "statusCategory",
			values: func(i *sitedata.IssueView) [][]string { return categoryValues(s, i) },
			wrong:  unknownValue("statusCategory"), known: knownCategory}, nil
	case "sprint":
		return sprintField(s), nil
	case "parent", "epic link", "parentepic", epicLinkID(s):
		if s.DataCenter {
			return parentFieldDC(s, name), nil
		}
		return issueField(s, "parent", oneValue(s, "parent", "id")), nil
	case "key", "issue", "issuekey", "id":
		return issueField(
			s,
			"key",
			func(i *sitedata.IssueView) [][]string { return [][]string{{wire.FormatID(i.ID)}} },
		), nil
	case "labels":
		return jqlField{name: "labels", values: manyValues(s, "labels")}, nil
	case "component", "components":
		return jqlField{name: "component", values: manyValues(s, "components", "id", "name")}, nil
	case "fixversion":
		return jqlField{name: "fixVersion", values: manyValues(s, "fixVersions", "id", "name")}, nil
	case "due", "duedate":
		return jqlField{name: "due", values: oneValue(s, "duedate")}, nil
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
func epicLinkID(s *Searcher) string {
	for _, f := range s.Site.Fields {
		if s.DataCenter && wire.Text(wire.At(f, "schema", "custom")) == "com.pyxis.greenhopper.jira:gh-epic-link" {
			return strings.ToLower(wire.Text(f["id"]))
		}
	}
	return "epic link"
}

// parentFieldDC is the parent of a sub-task or, asked for by any other name, the epic of an ordinary issue.
func parentFieldDC(s *Searcher, name string) jqlField {
	parents, subtasks := oneValue(s, "parent", "id"), strings.EqualFold(name, "parent")
	return issueField(s, "parent", func(i *sitedata.IssueView) [][]string {
		if (s.Level(i) < 0) != subtasks {
			return nil
		}
		return parents(i)
	})
}

// customField finds a select, text or number field by id, cf[id] or name.
func customField(s *Searcher, name string) (jqlField, error) {
	for _, f := range s.Site.Fields {
		id := wire.Text(f["id"])
		if !strings.HasPrefix(id, "customfield_") ||
			!strings.EqualFold(id, name) && !strings.EqualFold(wire.Text(f["name"]), name) {
			continue
		}
		if s.DataCenter && wire.Text(wire.At(f, "schema", "custom")) == "com.pyxis.greenhopper.jira:gh-epic-label" {
			return jqlField{
				name:   id,
				values: func(i *sitedata.IssueView) [][]string { return epicNameValues(s, i) },
			}, nil
		}
		return jqlField{name: id, values: func(i *sitedata.IssueView) [][]string {
			if l := wire.List(i.Fields[id]); l != nil {
				return valueForms(l, "id", "value")
			}
			return oneValue(s, id, "id", "value")(i)
		}}, nil
	}
	return jqlField{}, Refused(
		fmt.Sprintf("Field '%s' does not exist or you do not have permission to view it.",
			name),
	)
}

// epicNameValues is the name that an epic has on Data Center, and nothing else has.
func epicNameValues(s *Searcher, i *sitedata.IssueView) [][]string {
	if s.Level(i) < 1 {
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
			out = append(out, []string{wire.Text(v)})
			continue
		}
		var f []string
		for _, k := range keys {
			if t := wire.Text(wire.At(v, k)); t != "" {
				f = append(f, t)
			}
		}
		out = append(out, f)
	}
	return out
}

// oneValue reads a field that holds at most one element.
func oneValue(s *Searcher, id string, keys ...string) func(*sitedata.IssueView) [][]string {
	return func(i *sitedata.IssueView) [][]string {
		switch v := i.Fields[id].(type) {
		case nil:
			return nil
		case wire.Obj:
			return valueForms([]any{v}, keys...)
		default:
			return [][]string{{wire.Text(v)}}
		}
	}
}

func manyValues(s *Searcher, id string, keys ...string) func(*sitedata.IssueView) [][]string {
	return func(i *sitedata.IssueView) [][]string { return valueForms(wire.List(i.Fields[id]), keys...) }
}

// listedField is a field whose values stand in a list of the site, by id, name or untranslated name.
func listedField(s *Searcher, id string, values []wire.Obj) jqlField {
	return jqlField{name: id, wrong: unknownValue(id),
		known: func(w string) bool { return listedID(s, values, w) != "" },
		values: func(i *sitedata.IssueView) [][]string {
			f := []string{wire.Text(wire.At(i.Fields, id, "id")), wire.Text(wire.At(i.Fields, id, "name"))}
			for _, v := range values {
				if wire.Text(v["id"]) == f[0] {
					f = append(f, wire.Text(v["name"]), wire.Text(v["untranslatedName"]))
				}
			}
			return [][]string{f}
		}}
}

func listedID(s *Searcher, values []wire.Obj, word string) string {
	for _, v := range values {
		if wire.Text(v["id"]) == word || strings.EqualFold(wire.Text(v["name"]), word) ||
			strings.EqualFold(wire.Text(v["untranslatedName"]), word) {
			return wire.Text(v["id"])
		}
	}
	return ""
}

func knownCategory(w string) bool {
	return slices.ContainsFunc(sitedata.StatusCategories, func(c sitedata.StatusCategory) bool {
		return strings.EqualFold(c.Key, w) || strings.EqualFold(c.Name, w) || wire.Text(c.ID) == w
	})
}

// categoryValues goes by the status list, as Jira's index does, not by the copy inside the issue.
func categoryValues(s *Searcher, i *sitedata.IssueView) [][]string {
	c := wire.At(i.Fields, "status", "statusCategory")
	for _, st := range s.Site.Statuses {
		if wire.Text(st["id"]) == wire.Text(wire.At(i.Fields, "status", "id")) {
			c = st["statusCategory"]
		}
	}
	out := []string{wire.Text(wire.At(c, "id")), wire.Text(wire.At(c, "key")), wire.Text(wire.At(c, "name"))}
	for _, known := range sitedata.StatusCategories {
		if known.Key == out[1] {
			out = append(out, known.Name)
		}
	}
	return [][]string{out}
}

// issueField holds an issue, compared by id: a value may be an id, a key in any case, or a key that the issue
// had before it was moved. A parent that is not among the recorded issues is known by what its children say.
func issueField(s *Searcher, name string, values func(*sitedata.IssueView) [][]string) jqlField {
	resolve := func(word string) string {
		if i := s.View.FindIssue(word); i != nil {
			return wire.FormatID(i.ID)
		}
		for _, i := range s.View.Issues {
			p := i.Fields["parent"]
			if name == "parent" && p != nil && (wire.Text(wire.At(p, "id")) == word ||
				strings.EqualFold(wire.Text(wire.At(p, "key")), word)) {
				return wire.Text(wire.At(p, "id"))
			}
		}
		return ""
	}
	return jqlField{name: name, values: values, canonical: resolve,
		wrong: "An issue with key '%s' does not exist for field '" + name + "'.",
		known: func(w string) bool { return resolve(w) != "" }}
}

func sprintField(s *Searcher) jqlField {
	return jqlField{name: "sprint", values: manyValues(s, s.Site.SprintID, "id", "name"),
		wrong: "Sprint with name '%s' does not exist or you do not have permission to view it.",
		known: func(w string) bool {
			return slices.ContainsFunc(s.View.Sprints, func(o wire.Obj) bool {
				return wire.Text(o["id"]) == w || strings.EqualFold(wire.Text(o["name"]), w)
			})
		}}
}

// compileOrder returns the comparison of ORDER BY; without one the newest issues come first.
func compileOrder(s *Searcher, by []jql.Ordering) (func(a, b *sitedata.IssueView) int, error) {
	var compare []func(a, b *sitedata.IssueView) int
	for _, o := range by {
		c, err := orderComparison(s, o.Field.ID())
		if err != nil {
			return nil, err
		}
		if o.Descending {
			compare = append(compare, func(a, b *sitedata.IssueView) int { return c(b, a) })
			continue
		}
		compare = append(compare, c)
	}
	return func(a, b *sitedata.IssueView) int {
		for _, c := range compare {
			if n := c(a, b); n != 0 {
				return n
			}
		}
		return cmp.Compare(b.ID, a.ID)
	}, nil
}

func orderComparison(s *Searcher, name string) (func(a, b *sitedata.IssueView) int, error) {
	switch strings.ToLower(name) {
	case "key", "issue", "issuekey":
		return byKeyOrder, nil
	case "id":
		return func(a, b *sitedata.IssueView) int { return cmp.Compare(a.ID, b.ID) }, nil
	case "rank":
		return func(a, b *sitedata.IssueView) int { return cmp.Compare(a.ID, b.ID) }, nil
	case "priority":
		return func(a, b *sitedata.IssueView) int {
			return cmp.Compare(wire.Number(wire.At(a.Fields, "priority", "id")),
				wire.Number(wire.At(b.Fields, "priority", "id")))
		}, nil
	}
	f, err := s.queryField(name)
	if err != nil {
		return nil, Refused(fmt.Sprintf("Not able to sort using field '%s'.", name))
	}
	if f.time != "" {
		return func(a, b *sitedata.IssueView) int { return timeOf(a, f.time).Compare(timeOf(b, f.time)) }, nil
	}
	return func(a, b *sitedata.IssueView) int { return strings.Compare(firstForm(f, a), firstForm(f, b)) }, nil
}

func timeOf(i *sitedata.IssueView, field string) time.Time {
	return wire.ParseTime(i.Fields[field])
}

func firstForm(f jqlField, i *sitedata.IssueView) string {
	if v := f.values(i); len(v) > 0 && len(v[0]) > 0 {
		return v[0][len(v[0])-1]
	}
	return ""
}

func byKeyOrder(a, b *sitedata.IssueView) int {
	p, n := splitKey(a.Key)
	q, m := splitKey(b.Key)
	return cmp.Or(strings.Compare(p, q), cmp.Compare(n, m))
}

func splitKey(key string) (string, int) {
	p, n, _ := strings.Cut(key, "-")
	i, _ := strconv.Atoi(n)
	return p, i
}
