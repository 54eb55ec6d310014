package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
)

// ServerInfo says what kind of Jira answers, and its clock.
type ServerInfo struct {
	Time       time.Time
	Deployment string // Cloud or Server
	Version    string
}

// Server asks what answers there.
func (c *Client) Server(ctx context.Context) (ServerInfo, error) {
	var w struct {
		Deployment string `json:"deploymentType"`
		Version    string `json:"version"`
		Time       any    `json:"serverTime"`
	}
	if err := c.get(ctx, "/rest/api/3/serverInfo", nil, &w); err != nil {
		return ServerInfo{}, err
	}
	at, ok := parseTime(w.Time)
	if !ok {
		return ServerInfo{}, c.lying("/rest/api/3/serverInfo", "it tells no serverTime")
	}
	return ServerInfo{at, w.Deployment, w.Version}, nil
}

func (c *Client) lying(place, what string) error {
	return &Error{Code: Lying, Message: fmt.Sprintf("jira %s: %s: %s", c.host(), place, what), Hint: "Something between, or another kind of server, answers for Jira."}
}

// Account is what is kept of the account that reads: where its clock stands, nothing of a person.
type Account struct{ Zone string }

// Myself checks the credentials: searches also answer the anonymous, with less.
func (c *Client) Myself(ctx context.Context) (Account, error) {
	var w struct {
		Zone string `json:"timeZone"`
	}
	err := c.get(ctx, "/rest/api/3/myself", nil, &w)
	return Account{w.Zone}, err
}

// Fields asks for the fields of the site.
func (c *Client) Fields(ctx context.Context) (Fieldset, error) {
	var w []wireField
	if err := c.get(ctx, "/rest/api/3/field", nil, &w); err != nil {
		return Fieldset{}, err
	}
	return newFieldset(w), nil
}

// Statuses asks for the statuses of the site with their categories.
func (c *Client) Statuses(ctx context.Context) ([]agile.Status, error) {
	var w []struct {
		ID       text   `json:"id"`
		Name     string `json:"name"`
		Plain    string `json:"untranslatedName"`
		Category struct {
			Key string `json:"key"`
		} `json:"statusCategory"`
	}
	if err := c.get(ctx, "/rest/api/3/status", nil, &w); err != nil {
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
		out = append(out, agile.Status{ID: string(s.ID), Name: s.Name, Names: names, Category: category})
	}
	return out, nil
}

// Types asks for the issue types of the site. A site without levels tells sub-tasks, and epics by name.
func (c *Client) Types(ctx context.Context) ([]agile.Type, error) {
	var w []struct {
		ID      text   `json:"id"`
		Name    string `json:"name"`
		Subtask bool   `json:"subtask"`
		Level   *int   `json:"hierarchyLevel"`
	}
	if err := c.get(ctx, "/rest/api/3/issuetype", nil, &w); err != nil {
		return nil, err
	}
	var out []agile.Type
	for _, t := range w {
		level := 0
		switch {
		case t.Level != nil:
			level = *t.Level
		case t.Subtask:
			level = -1
		case strings.EqualFold(t.Name, "Epic"):
			level = 1
		}
		if !slices.ContainsFunc(out, func(o agile.Type) bool { return o.ID == string(t.ID) }) {
			out = append(out, agile.Type{ID: string(t.ID), Name: t.Name, Level: level})
		}
	}
	return out, nil
}

// Project is a project of the site.
type Project struct{ ID, Key, Name string }

// Project finds a project by its key or, where no key fits, by its name.
func (c *Client) Project(ctx context.Context, keyOrName string) (Project, error) {
	var w struct {
		ID   text   `json:"id"`
		Key  string `json:"key"`
		Name string `json:"name"`
	}
	err := c.get(ctx, "/rest/api/3/project/"+url.PathEscape(keyOrName), nil, &w)
	if err == nil {
		return Project{string(w.ID), w.Key, w.Name}, nil
	}
	if !Is(err, NotFound) && !Is(err, BadRequest) {
		return Project{}, err
	}
	return c.projectByName(ctx, keyOrName)
}

func (c *Client) projectByName(ctx context.Context, name string) (Project, error) {
	var seen []string
	for start := 0; ; {
		var w struct {
			Values []struct {
				ID   text   `json:"id"`
				Key  string `json:"key"`
				Name string `json:"name"`
			} `json:"values"`
			IsLast bool `json:"isLast"`
			Total  int  `json:"total"`
		}
		query := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {"50"}}
		if err := c.get(ctx, "/rest/api/3/project/search", query, &w); err != nil {
			return Project{}, err
		}
		for _, p := range w.Values {
			if strings.EqualFold(p.Name, name) || strings.EqualFold(p.Key, name) {
				return Project{string(p.ID), p.Key, p.Name}, nil
			}
			seen = append(seen, p.Key)
		}
		start += len(w.Values)
		if len(w.Values) == 0 || w.IsLast || start >= w.Total {
			break
		}
	}
	hint := "The account sees no project at all: it needs the permission to browse it."
	if len(seen) > 0 {
		slices.Sort(seen)
		more := ""
		if len(seen) > 20 {
			more = fmt.Sprintf(" and %d more", len(seen)-20)
			seen = seen[:20]
		}
		hint = "The account sees these: " + strings.Join(seen, ", ") + more + "."
	}
	return Project{}, &Error{Code: NotFound, Message: fmt.Sprintf("jira %s: there is no project %q", c.host(), name), Hint: hint}
}

// BoardInfo is a board as a list tells it.
type BoardInfo struct {
	ID   int64
	Name string
	Kind agile.BoardKind
}

// Boards lists the boards whose filter refers to a project.
func (c *Client) Boards(ctx context.Context, projectKey string) ([]BoardInfo, error) {
	var out []BoardInfo
	for start := 0; ; {
		var w struct {
			Values []struct {
				ID   int64  `json:"id"`
				Name string `json:"name"`
				Type string `json:"type"`
			} `json:"values"`
			IsLast bool `json:"isLast"`
		}
		query := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {"50"}, "projectKeyOrId": {projectKey}}
		if err := c.get(ctx, "/rest/agile/1.0/board", query, &w); err != nil {
			return nil, err
		}
		for _, b := range w.Values {
			kind := agile.BoardKind(b.Type)
			if b.Type == "simple" { // a team-managed project: scrum where its sprints are switched on
				kind = agile.Kanban
				if _, err := c.Sprints(ctx, b.ID); err == nil {
					kind = agile.Scrum
				}
			}
			out = append(out, BoardInfo{b.ID, b.Name, kind})
		}
		start += len(w.Values)
		if len(w.Values) == 0 || w.IsLast {
			return out, nil
		}
	}
}

// Board asks for a board with its columns and what it estimates by.
func (c *Client) Board(ctx context.Context, id int64) (agile.Board, error) {
	var w struct {
		ID      int64  `json:"id"`
		Name    string `json:"name"`
		Type    string `json:"type"`
		Columns struct {
			Columns []struct {
				Name     string `json:"name"`
				Statuses []struct {
					ID text `json:"id"`
				} `json:"statuses"`
			} `json:"columns"`
		} `json:"columnConfig"`
		Estimation struct {
			Type  string `json:"type"`
			Field struct {
				ID string `json:"fieldId"`
			} `json:"field"`
		} `json:"estimation"`
	}
	place := fmt.Sprintf("/rest/agile/1.0/board/%d/configuration", id)
	if err := c.get(ctx, place, nil, &w); err != nil {
		return agile.Board{}, err
	}
	b := agile.Board{ID: id, Name: w.Name, Kind: agile.BoardKind(w.Type)}
	if w.Estimation.Type == "field" {
		b.Estimate = w.Estimation.Field.ID
	}
	for _, col := range w.Columns.Columns {
		column := agile.Column{Name: col.Name}
		for _, s := range col.Statuses {
			column.Statuses = append(column.Statuses, string(s.ID))
		}
		b.Columns = append(b.Columns, column)
	}
	return b, nil
}

// SprintInfo is a sprint as a board lists it.
type SprintInfo struct {
	ID, OriginBoard int64
	agile.SprintVersion
}

// noSprints is what Jira says of a board that has none. It is the one refusal that is an answer.
const noSprints = "does not support sprints"

// ErrNoSprints says that a board has no sprints by its nature.
var ErrNoSprints = &Error{Code: BadRequest, Message: "the board has no sprints"}

// Sprints lists the sprints of a board, ErrNoSprints for one that has none by its nature.
func (c *Client) Sprints(ctx context.Context, board int64) ([]SprintInfo, error) {
	place := fmt.Sprintf("/rest/agile/1.0/board/%d/sprint", board)
	var out []SprintInfo
	for start := 0; ; {
		var w struct {
			Values []wireSprint `json:"values"`
			IsLast bool         `json:"isLast"`
		}
		query := url.Values{"startAt": {strconv.Itoa(start)}, "maxResults": {"50"}}
		if err := c.get(ctx, place, query, &w); err != nil {
			if Is(err, BadRequest) && strings.Contains(err.Error(), noSprints) {
				return nil, ErrNoSprints
			}
			return nil, err
		}
		for _, s := range w.Values {
			out = append(out, s.info())
		}
		start += len(w.Values)
		if len(w.Values) == 0 || w.IsLast {
			return out, nil
		}
	}
}

type wireSprint struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Goal      string `json:"goal"`
	State     string `json:"state"`
	Start     any    `json:"startDate"`
	Activated any    `json:"activatedDate"`
	End       any    `json:"endDate"`
	Complete  any    `json:"completeDate"`
	Origin    int64  `json:"originBoardId"`
}

func (w wireSprint) info() SprintInfo {
	at := func(x any) time.Time { t, _ := parseTime(x); return t }
	v := agile.SprintVersion{Name: w.Name, Goal: w.Goal, State: agile.SprintState(strings.ToLower(w.State)), Start: at(w.Start), End: at(w.End), Complete: at(w.Complete)}
	if actual := at(w.Activated); !actual.IsZero() {
		v.Start = actual
	}
	return SprintInfo{w.ID, w.Origin, v}
}

// idsPerPage and tokenPages bound a walk through the results of a search.
const (
	idsPerPage = 5000
	tokenPages = 10000
)

// IDs walks through the issues that match a query, which must be bounded. It ends where the
// answer names no next page, and refuses an answer that names a page a second time.
func (c *Client) IDs(ctx context.Context, jql string) iter.Seq2[int64, error] {
	const place = "/rest/api/3/search/jql"
	return func(yield func(int64, error) bool) {
		seen, token := map[string]bool{}, ""
		for range tokenPages {
			question := map[string]any{"jql": jql, "fields": []string{"id"}, "maxResults": idsPerPage}
			if token != "" {
				question["nextPageToken"] = token
			}
			var w struct {
				Issues []struct {
					ID text `json:"id"`
				} `json:"issues"`
				Next string `json:"nextPageToken"`
			}
			if err := c.post(ctx, place, question, &w); err != nil {
				yield(0, err)
				return
			}
			for _, i := range w.Issues {
				id, err := strconv.ParseInt(string(i.ID), 10, 64)
				if err != nil {
					err = c.lying(place, fmt.Sprintf("an issue has the id %q", i.ID))
				}
				if !yield(id, err) || err != nil {
					return
				}
			}
			if w.Next == "" {
				return
			}
			if seen[w.Next] {
				yield(0, c.lying(place, "it names the same next page twice"))
				return
			}
			seen[w.Next], token = true, w.Next
		}
		yield(0, c.lying(place, "there is no end of pages"))
	}
}

// Document is an issue as it is kept, with its whole history and without people.
type Document struct {
	ID      int64
	Raw     []byte // of version RawVersion
	Changes int    // changes in its history
}

// Outcome says what became of the ids of a bulk read.
type Outcome struct {
	Missing []int64 // neither sent nor excused: deleted, or hidden from the account
	Broken  []error // sent, and not readable as an issue
}

// BulkSize is how many issues one bulk read takes.
const BulkSize = 1000

// Documents reads up to BulkSize issues with their whole histories.
func (c *Client) Documents(ctx context.Context, ids []int64, fs Fieldset) ([]Document, Outcome, error) {
	var out Outcome
	issues, err := c.bulk(ctx, ids, fs, &out)
	if err != nil || len(issues) == 0 {
		return nil, out, err
	}
	have := make([]int64, 0, len(issues))
	for _, w := range issues {
		if id, err := strconv.ParseInt(w.ID, 10, 64); err == nil {
			have = append(have, id)
		}
	}
	histories, err := c.histories(ctx, have)
	if err != nil {
		return nil, out, err
	}
	var docs []Document
	for _, w := range issues {
		d, err := clean(w, histories[w.ID], fs)
		if err != nil {
			out.Broken = append(out.Broken, err)
			continue
		}
		raw, err := json.Marshal(d)
		if err != nil {
			return nil, out, err
		}
		doc := Document{ID: d.ID, Raw: raw}
		for _, h := range d.Histories {
			doc.Changes += len(h.Items)
		}
		docs = append(docs, doc)
	}
	return docs, out, nil
}

// bulk reads the fields of issues. What the answer excuses is asked for again, a few times.
func (c *Client) bulk(ctx context.Context, ids []int64, fs Fieldset, out *Outcome) ([]wireIssue, error) {
	var issues []wireIssue
	left := ids
	for try := 0; len(left) > 0; try++ {
		got, excused, err := c.bulkOnce(ctx, left, fs)
		if err != nil {
			return nil, err
		}
		issues = append(issues, got...)
		out.Missing = append(out.Missing, absent(left, got, excused)...)
		left = excused
		if len(left) > 0 && try == 3 {
			return nil, &Error{Code: Failing, Message: fmt.Sprintf("jira %s: issue/bulkfetch: %d issues are refused again and again", c.host(), len(left)), Hint: "The next cycle tries again."}
		}
	}
	return issues, nil
}

func absent(asked []int64, got []wireIssue, excused []int64) []int64 {
	there := map[int64]bool{}
	for _, w := range got {
		id, _ := strconv.ParseInt(w.ID, 10, 64)
		there[id] = true
	}
	for _, id := range excused {
		there[id] = true
	}
	var out []int64
	for _, id := range asked {
		if !there[id] {
			out = append(out, id)
		}
	}
	return out
}

// smallBulk is the size that every Cloud takes.
const smallBulk = 100

func (c *Client) bulkOnce(ctx context.Context, ids []int64, fs Fieldset) (issues []wireIssue, excused []int64, err error) {
	var w struct {
		Issues []wireIssue `json:"issues"`
		Errors []struct {
			ID text `json:"id"`
		} `json:"issueErrors"`
	}
	question := map[string]any{"issueIdsOrKeys": decimals(ids), "fields": fs.asked()}
	err = c.post(ctx, "/rest/api/3/issue/bulkfetch", question, &w)
	if Is(err, BadRequest) && len(ids) > smallBulk { // a Cloud that takes a hundred only
		for part := range slices.Chunk(ids, smallBulk) {
			i, x, err := c.bulkOnce(ctx, part, fs)
			if err != nil {
				return nil, nil, err
			}
			issues, excused = append(issues, i...), append(excused, x...)
		}
		return issues, excused, nil
	}
	for _, e := range w.Errors {
		if id, err := strconv.ParseInt(string(e.ID), 10, 64); err == nil && slices.Contains(ids, id) {
			excused = append(excused, id)
		}
	}
	return w.Issues, excused, err
}

func decimals(ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(id, 10)
	}
	return out
}

// entriesPerPage is how many histories a page of changelogs holds.
const entriesPerPage = 10000

// histories reads the histories of issues, by issue id. One issue may be spread over pages; an
// issue without any is not in the answers.
func (c *Client) histories(ctx context.Context, ids []int64) (map[string][]wireHistory, error) {
	const place = "/rest/api/3/changelog/bulkfetch"
	out, seen, token := map[string][]wireHistory{}, map[string]bool{}, ""
	for range tokenPages {
		question := map[string]any{"issueIdsOrKeys": decimals(ids), "maxResults": entriesPerPage}
		if token != "" {
			question["nextPageToken"] = token
		}
		var w struct {
			Logs []struct {
				ID        text          `json:"issueId"`
				Histories []wireHistory `json:"changeHistories"`
			} `json:"issueChangeLogs"`
			Next string `json:"nextPageToken"`
		}
		if err := c.post(ctx, place, question, &w); err != nil {
			return nil, err
		}
		for _, l := range w.Logs {
			out[string(l.ID)] = append(out[string(l.ID)], l.Histories...)
		}
		if w.Next == "" {
			return out, nil
		}
		if seen[w.Next] {
			return nil, c.lying(place, "it names the same next page twice")
		}
		seen[w.Next], token = true, w.Next
	}
	return nil, c.lying(place, "there is no end of pages")
}
