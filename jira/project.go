package jira

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

// Project is a project of the site.
type Project struct{ ID, Key, Name string }

type wireProject struct {
	ID   wire.Text `json:"id"`
	Key  string    `json:"key"`
	Name string    `json:"name"`
}

// Lacking tells that an answer is about no project.
func (w *wireProject) Lacking() string {
	switch {
	case w.ID == "":
		return "id"
	case w.Key == "":
		return "key"
	}
	return ""
}

// Identity tells a project from others.
func (w wireProject) Identity() string { return string(w.ID) + w.Key }

func (w wireProject) toProject() Project { return Project{string(w.ID), w.Key, w.Name} }

// Project finds a project by its key or, where no key fits, by its name.
func (c *Client) Project(ctx context.Context, keyOrName string) (Project, error) {
	var w wireProject
	err := c.transport.Get(ctx, transport.API+"/project/"+url.PathEscape(keyOrName), nil, &w)
	if err == nil {
		return w.toProject(), nil
	}
	if !problem.Is(err, NotFound) && !problem.Is(err, BadRequest) {
		return Project{}, err
	}
	return projectByName(ctx, c.transport, keyOrName)
}

// projectsPerQuery is how many projects one request names.
const projectsPerQuery = 50

// Projects finds projects by their present keys in few requests: those that are not found so may have been renamed, or
// may be named by their names, see [Client.Project]. They come by the texts that name them.
func (c *Client) Projects(ctx context.Context, keys []string) (map[string]Project, error) {
	dialect, err := c.transport.DiscoverDialect(ctx)
	if err != nil {
		return nil, err
	}
	var list []wireProject
	if dialect == DataCenter {
		list, err = listProjects(ctx, c.transport)
	} else {
		list, err = projectsByKey(ctx, c.transport, keys)
	}
	found := map[string]Project{}
	for _, p := range list {
		if slices.Contains(keys, p.Key) {
			found[p.Key] = p.toProject()
		}
	}
	return found, err
}

// projectsByKey asks a Cloud for projects of some keys.
func projectsByKey(ctx context.Context, t *transport.Client, keys []string) (list []wireProject, err error) {
	for part := range slices.Chunk(keys, projectsPerQuery) {
		some, err := transport.List[wireProject](ctx, t, transport.API+"/project/search", url.Values{"keys": part})
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// projectByName finds a project by its name among all that the account sees.
func projectByName(ctx context.Context, t *transport.Client, name string) (Project, error) {
	list, err := listProjects(ctx, t)
	if err != nil {
		return Project{}, err
	}
	var seen []string
	for _, p := range list {
		if strings.EqualFold(p.Name, name) || strings.EqualFold(p.Key, name) {
			return p.toProject(), nil
		}
		seen = append(seen, p.Key)
	}
	return Project{}, noSuchProject(t.Host(), name, seen)
}

// listProjects lists all projects that the account sees: Data Center tells them at once, Cloud in pages.
func listProjects(ctx context.Context, t *transport.Client) (list []wireProject, err error) {
	if t.Dialect() == DataCenter {
		err = t.Get(ctx, transport.API+"/project", nil, &list)
		return list, err
	}
	return transport.List[wireProject](ctx, t, transport.API+"/project/search", url.Values{})
}

// noSuchProject says that a project is not there, and which ones are.
func noSuchProject(host, name string, seen []string) error {
	hint := "The account sees no project at all: it needs the permission to browse it."
	if len(seen) > 0 {
		slices.Sort(seen)
		const most = 20
		more := ""
		if len(seen) > most {
			more = fmt.Sprintf(" and %d more", len(seen)-most)
			seen = seen[:most]
		}
		hint = "The account sees these: " + strings.Join(seen, ", ") + more + "."
	}
	return &problem.Problem{Code: NotFound, Message: fmt.Sprintf("jira %s: there is no project %q", host, name),
		Hint: hint}
}

// Versions asks for the versions of a project: their present names, by id. Jira tells no history of them.
func (c *Client) Versions(ctx context.Context, project string) (map[string]string, error) {
	var list []struct {
		ID   wire.Text `json:"id"`
		Name string    `json:"name"`
	}
	path := transport.API + "/project/" + url.PathEscape(project) + "/versions"
	if err := c.transport.Get(ctx, path, nil, &list); err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, v := range list {
		if v.ID != "" && v.Name != "" {
			names[string(v.ID)] = v.Name
		}
	}
	return names, nil
}
