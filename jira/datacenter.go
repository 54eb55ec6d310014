package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/problem"
)

const (
	// pageOfIDs is how many results of a search are asked for at once; an administrator may allow less.
	pageOfIDs = 1000
	// pageOfIssues is how many issues with their histories are asked for at once.
	pageOfIssues = 100
	// fewIssues is how many are asked for one by one rather than in a search more.
	fewIssues = 4
	// deepest is how far into its results a search is followed before a new one begins at the last
	// one's creation: beyond 10,000 Data Center refuses to go.
	deepest = 9000
	// longestList is how many bytes of fields stand in an address: many servers take no longer ones.
	longestList = 3000
	// byCreation is the order in which walks go: results do not change places while they are read.
	byCreation = " ORDER BY created ASC"
)

// searchPage is a page of results of Data Center's search.
type searchPage struct {
	Start  int         `json:"startAt"`
	Total  int         `json:"total"`
	Issues []wireIssue `json:"issues"`
}

func (c *Client) searchPage(ctx context.Context, jql string, start, size int, fields []string, expand ...string) (searchPage, error) {
	question := map[string]any{"jql": jql, "startAt": start, "maxResults": size, "fields": fields}
	if len(expand) > 0 {
		question["expand"] = expand
	}
	page := searchPage{Total: -1}
	err := c.post(ctx, api+"/search", question, &page)
	switch {
	case err != nil:
	case page.Start != start:
		err = c.invalid(api+"/search", fmt.Sprintf("it was asked for results from %d on and tells those from %d on", start, page.Start))
	case page.Total < 0: // without it a page would pass for all there is
		err = c.invalid(api+"/search", "it tells no total of its results")
	}
	return page, err
}

// pageSize is how many results are asked for at once, of those that are wanted.
func (c *Client) pageSize(want int) int {
	if page := int(c.page.Load()); page > 0 {
		return min(want, page)
	}
	return want
}

// smaller notes that pages of such a size go beyond the window. It says whether they can be smaller.
func (c *Client) smaller(size int) bool {
	if size > 1 {
		c.page.Store(int64(size / 2))
	}
	return size > 1
}

// moves is how often a search that moves under its reader is begun again at the same moment.
const moves = 3

// slices walks through the results of a search in slices by creation, each short enough for Data
// Center's window. An issue that comes in two slices is told once.
func (c *Client) slices(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	base := strings.TrimSuffix(jql, byCreation)
	return func(yield func(Touched, error) bool) {
		w := &slicer{Client: c, pages: c.walkOf(api + "/search"), field: field, seen: map[int64]bool{}, yield: yield}
		for from, stuck := (time.Time{}), 0; ; {
			bounded := base
			if !from.IsZero() {
				bounded = fmt.Sprintf("(%s) AND created >= %d", base, from.UnixMilli())
			}
			last, more, err := w.slice(ctx, bounded+byCreation+", key ASC")
			last = last.Truncate(time.Second) // an index may know no less, and order issues of one second by their keys
			if stuck++; last.After(from) {
				from, stuck = last, 0
			}
			if err == nil && more && stuck > moves {
				err = c.invalid(api+"/search", "the results at one moment are too many, or change too fast, to be read")
			}
			if err != nil {
				yield(Touched{}, err)
				return
			}
			if !more {
				return
			}
		}
	}
}

// slicer is a walk through the slices of one search.
type slicer struct {
	*Client
	pages *walk
	field string
	seen  map[int64]bool
	yield func(Touched, error) bool
}

// slice walks through one search as far as the window goes. Each page begins with the last issue of the one before: where
// another one stands there, issues left the results or came, and a new slice must begin. It tells when the last issue
// was created, and whether there are more.
func (w *slicer) slice(ctx context.Context, jql string) (last time.Time, more bool, err error) {
	anchor, alone := int64(0), false
	for start := 0; start < deepest; {
		before := min(start, 1)
		if alone { // pages of one: nothing can come after the anchor
			before = 0
		}
		size := w.pageSize(min(pageOfIDs, deepest-start) + before)
		page, err := w.searchPage(ctx, jql, start-before, size, []string{"created", w.field})
		switch {
		case start > 0 && (problem.Is(err, TooDeep) || refusedWindow(err)):
			return last, true, nil
		case problem.Is(err, TooDeep) && w.smaller(size):
			continue
		case err != nil:
			return last, false, err
		}
		known := len(w.seen)
		for i, issue := range page.Issues {
			t, created, err := touched(issue)
			switch {
			case err != nil:
				return last, false, w.invalid(api+"/search", err.Error())
			case i < before && t.ID != anchor:
				return last, true, nil
			case i < before:
				continue
			}
			last, anchor = created, t.ID
			if w.seen[t.ID] {
				continue
			}
			w.seen[t.ID] = true
			if !w.yield(t, nil) {
				return last, false, nil
			}
		}
		if err := w.pages.took(len(w.seen) - known); err != nil {
			return last, false, err
		}
		if len(page.Issues) < before {
			return last, true, nil
		}
		if start += len(page.Issues) - before; start >= page.Total {
			return last, false, nil
		}
		if alone = !alone && before == 1 && len(page.Issues) == 1; alone {
			continue
		}
		if len(page.Issues) == before && start > 0 { // some end their results at the window
			return last, true, nil
		}
		if len(page.Issues) == before {
			return last, false, w.invalid(api+"/search", fmt.Sprintf("its pages end at %d of %d results", start, page.Total))
		}
	}
	return last, true, nil
}

// refusedWindow says whether a search failed as it does beyond the platform's window, in whatever language: with 500, each
// time. A new slice tells whether Jira answers at all.
func refusedWindow(err error) bool {
	var e *problem.Problem
	return errors.As(err, &e) && e.Status == http.StatusInternalServerError
}

// touched reads the id and the moments of a result.
func touched(w wireIssue) (t Touched, created time.Time, err error) {
	if t.ID, err = strconv.ParseInt(w.ID, 10, 64); err != nil {
		return t, created, fmt.Errorf("an issue has the id %q", w.ID)
	}
	t.Updated, _ = moment(w.Fields["updated"])
	created, ok := moment(w.Fields["created"])
	if !ok {
		return t, created, fmt.Errorf("issue %s tells no time of its creation", w.Key)
	}
	return t, created, nil
}

func moment(raw json.RawMessage) (time.Time, bool) {
	var x any
	if json.Unmarshal(raw, &x) != nil {
		return time.Time{}, false
	}
	return parseTime(x)
}

// wholeIssues reads issues with their histories in one search for each hundred.
func (c *Client) wholeIssues(ctx context.Context, ids []int64, fs Fieldset) ([]Document, Outcome, error) {
	var docs []Document
	var out Outcome
	for part := range slices.Chunk(ids, pageOfIssues) {
		issues, err := c.issuesByID(ctx, part, fs)
		if err != nil {
			return nil, out, err
		}
		for _, id := range absent(part, issues, nil) {
			w, there, err := c.wholeIssue(ctx, strconv.FormatInt(id, 10), fs)
			switch {
			case err != nil:
				return nil, out, err
			case there:
				issues = append(issues, w)
			default:
				out.Missing = append(out.Missing, id)
			}
		}
		for _, w := range issues {
			if docs, err = c.appendWhole(ctx, docs, w, fs, &out); err != nil {
				return nil, out, err
			}
		}
	}
	return docs, out, nil
}

// wholeIssue reads one issue with its history from where Jira keeps it, not from its index: what a search does not find
// may be there, while the index is built anew. False where it is gone, or hidden from the account.
func (c *Client) wholeIssue(ctx context.Context, id string, fs Fieldset) (w wireIssue, there bool, err error) {
	fields := strings.Join(fs.asked(), ",")
	if len(fields) > longestList {
		fields = "*all,-comment,-description,-worklog,-attachment"
	}
	query := url.Values{"expand": {"changelog"}, "fields": {fields}}
	err = c.get(ctx, api+"/issue/"+url.PathEscape(id), query, &w)
	if problem.Is(err, NotFound) || problem.Is(err, Forbidden) {
		return w, false, nil
	}
	return w, err == nil, err
}

// issuesByID reads issues by their ids. What a page does not hold is asked for again, by id: places in a
// list may change while it is read.
func (c *Client) issuesByID(ctx context.Context, ids []int64, fs Fieldset) ([]wireIssue, error) {
	var issues []wireIssue
	for left := ids; len(left) > 0; {
		jql := "id in (" + strings.Join(decimals(left), ", ") + ")"
		size := c.pageSize(len(left))
		page, err := c.searchPage(ctx, jql, 0, size, fs.asked(), "changelog")
		if problem.Is(err, TooDeep) && c.smaller(size) {
			continue
		}
		if problem.Is(err, BadRequest) {
			rest, err := c.halves(ctx, left, fs)
			return append(issues, rest...), err
		}
		if err != nil {
			return nil, err
		}
		issues = append(issues, page.Issues...)
		if len(page.Issues) >= page.Total {
			return issues, nil
		}
		rest := absent(left, page.Issues, nil)
		if len(rest) == len(left) {
			return nil, c.invalid(api+"/search", fmt.Sprintf("of %d issues that it has it tells none", page.Total))
		}
		left = rest
	}
	return issues, nil
}

// halves reads issues in two searches. Data Center refuses a whole search for one id that it does not
// know: it is halved until that one is among a few, which are left out here to be asked for alone.
func (c *Client) halves(ctx context.Context, ids []int64, fs Fieldset) (issues []wireIssue, err error) {
	half := len(ids) / 2
	for _, part := range [][]int64{ids[:half], ids[half:]} {
		if len(part) < fewIssues {
			continue
		}
		got, err := c.issuesByID(ctx, part, fs)
		if err != nil {
			return nil, err
		}
		issues = append(issues, got...)
	}
	return issues, nil
}

// appendWhole takes an issue with the history that came with it. One whose history was cut short is asked for alone, as a
// whole: values and history must be of one moment. A history that stays short is told: what came of it is taken.
func (c *Client) appendWhole(ctx context.Context, docs []Document, w wireIssue, fs Fieldset, out *Outcome) ([]Document, error) {
	if w.wrong == nil && !w.wholeHistory() {
		again, there, err := c.wholeIssue(ctx, w.ID, fs)
		switch {
		case err != nil:
			return nil, err
		case !there:
			id, _ := strconv.ParseInt(w.ID, 10, 64)
			out.Missing = append(out.Missing, id)
			return docs, nil
		}
		w = again
	}
	if w.wrong != nil || w.Changelog == nil {
		return c.appendDocument(docs, w, nil, fs, out)
	}
	return c.appendDocument(docs, w, w.Changelog.Histories, fs, out)
}

// wholeHistory says whether all entries that are announced came.
func (w wireIssue) wholeHistory() bool {
	return w.Changelog != nil && len(w.Changelog.Histories) >= w.Changelog.Total
}

// projectInList finds a project by its name among all that the account sees.
func (c *Client) projectInList(ctx context.Context, name string) (Project, error) {
	var list []wireProject
	if err := c.get(ctx, api+"/project", nil, &list); err != nil {
		return Project{}, err
	}
	return c.namedProject(list, name)
}

// findEpics finds the type of epics where none is called so and no level tells it: Data Center lets
// administrators rename it. It is the type of what carries an epic's name.
func (c *Client) findEpics(ctx context.Context, types []agile.Type) ([]agile.Type, error) {
	if c.dialect() != DataCenter || slices.ContainsFunc(types, func(t agile.Type) bool { return t.Level > 0 }) {
		return types, nil
	}
	var fields []wireField
	if err := c.get(ctx, api+"/field", nil, &fields); err != nil {
		return nil, err
	}
	for _, f := range fields {
		if f.Schema == nil || f.Schema.Custom != agilePrefix+"gh-epic-label" {
			continue
		}
		page, err := c.searchPage(ctx, clause(f.ID)+" is not EMPTY", 0, 1, []string{"issuetype"})
		if err != nil || len(page.Issues) == 0 {
			return types, err
		}
		found, _ := things(page.Issues[0].Fields["issuetype"])
		for _, o := range found {
			for i := range types {
				if types[i].ID == o.ID {
					types[i].Level = 1
				}
			}
		}
	}
	return types, nil
}

// clause names a field in JQL by its id, for names are renamed, translated and not unique.
func clause(field string) string {
	if n, ok := strings.CutPrefix(field, "customfield_"); ok {
		return "cf[" + n + "]"
	}
	return field
}

// Clause names a field in JQL by its id.
func Clause(field string) string { return clause(field) }

// InEpics says in JQL that an issue belongs to one of the epics: by its parent on Cloud, by the link to
// its epic on Data Center.
func (c *Client) InEpics(fs Fieldset, keys []string) string {
	list := " in (" + strings.Join(keys, ", ") + ")"
	if c.dialect() == DataCenter {
		for _, f := range fs.fields {
			if f.kind == kindEpicLink {
				return clause(f.id) + list
			}
		}
	}
	return "parent" + list
}
