package jira

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
)

// cloudFieldLimit is how many fields one bulk request of Cloud takes; Data Center takes all.
const cloudFieldLimit = 100

// fieldLimit returns how many fields one request takes, 0 for any number.
func fieldLimit(d Dialect) int {
	if d == DataCenter {
		return 0
	}
	return cloudFieldLimit
}

// Fields asks for the fields of the site.
func (c *Client) Fields(ctx context.Context) (document.Fieldset, error) {
	var w []wire.Field
	if err := c.transport.Get(ctx, transport.API+"/field", nil, &w); err != nil {
		return document.Fieldset{}, err
	}
	return document.NewFieldset(w, fieldLimit(c.transport.Dialect())), nil
}

// KeptFields makes a set of an earlier one alone, by its signature: for a site that does not list its fields.
func (c *Client) KeptFields(signature string, former map[string][]string) document.Fieldset {
	fs, _ := document.NewFieldset(nil, fieldLimit(c.transport.Dialect())).Keep(signature, former)
	return fs
}

// Statuses asks for the statuses of the site with their categories, each once.
func (c *Client) Statuses(ctx context.Context) ([]agile.Status, error) {
	var w []struct {
		ID       wire.Text `json:"id"`
		Name     string    `json:"name"`
		Plain    string    `json:"untranslatedName"`
		Category struct {
			Key string `json:"key"`
		} `json:"statusCategory"`
	}
	if err := c.transport.Get(ctx, transport.API+"/status", nil, &w); err != nil {
		return nil, err
	}
	var out []agile.Status
	for _, s := range w {
		names := []string{s.Name}
		if s.Plain != "" && s.Plain != s.Name {
			names = append(names, s.Plain)
		}
		category := agile.Category(s.Category.Key)
		if category == "undefined" {
			category = agile.CategoryUnknown
		}
		out = addStatus(out, agile.Status{ID: string(s.ID), Name: s.Name, Names: names, Category: category})
	}
	return out, nil
}

// addStatus adds a status to a list, each id once: the category of one that is told with two is not known.
func addStatus(list []agile.Status, s agile.Status) []agile.Status {
	n := slices.IndexFunc(list, func(o agile.Status) bool { return o.ID == s.ID })
	if n < 0 {
		return append(list, s)
	}
	if list[n].Category != s.Category {
		list[n].Category = agile.CategoryUnknown
	}
	return list
}

// Types asks for the issue types of the site. A site without levels tells sub-tasks, and epics by name. Where none is
// called so and issues of several types carry the name of an epic, one that was known as the type of epics stays it;
// rivals are the names of the others that may be it as well.
func (c *Client) Types(ctx context.Context, knownEpics ...string) (out []agile.Type, rivals []string, err error) {
	var w []wireType
	if err := c.transport.Get(ctx, transport.API+"/issuetype", nil, &w); err != nil {
		return nil, nil, err
	}
	for _, t := range w {
		n := slices.IndexFunc(out, func(o agile.Type) bool { return o.ID == string(t.ID) })
		switch {
		case n < 0:
			out = append(out, agile.Type{ID: string(t.ID), Name: t.Name, Level: t.hierarchyLevel()})
		case out[n].Level != t.hierarchyLevel():
			return nil, nil, c.transport.Invalid(transport.API+"/issuetype", fmt.Sprintf("two have the id %s", t.ID))
		}
	}
	if c.transport.Dialect() == DataCenter && !hasEpics(out) {
		rivals, err = c.issues.dataCenter.markEpics(ctx, out, knownEpics)
	}
	return out, rivals, err
}

// wireType is an issue type as Jira lists it.
type wireType struct {
	ID      wire.Text `json:"id"`
	Name    string    `json:"name"`
	Subtask bool      `json:"subtask"`
	Level   *int      `json:"hierarchyLevel"`
}

// hierarchyLevel returns the hierarchyLevel of a type in the hierarchy, as it is told, or as its name and nature say.
func (t wireType) hierarchyLevel() int {
	switch {
	case t.Level != nil:
		return *t.Level
	case t.Subtask:
		return -1
	case strings.EqualFold(t.Name, "Epic"):
		return 1
	}
	return 0
}

func hasEpics(types []agile.Type) bool {
	return slices.ContainsFunc(types, func(t agile.Type) bool { return t.Level > 0 })
}
