package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
)

// idsPerPage is how many results of a search are asked for at once.
const idsPerPage = 5000

// cloudIssues reads the issues of a Jira Cloud: by searches with page tokens, and in bulk.
type cloudIssues struct{ transport *transport.Client }

// pageToken is where a page of a Cloud says that the next one begins. The contract of Jira has null on the last page: a
// page that has no word of it says nothing of what comes after it.
type pageToken struct {
	next string // of the next page, "" on the last one
	told bool   // whether the page has a word of it at all
}

// UnmarshalJSON takes a string or null.
func (p *pageToken) UnmarshalJSON(b []byte) error {
	p.told = true
	return json.Unmarshal(b, &p.next)
}

// endsUntold tells whether a page of so many entries may be cut: it is as full as was asked for, and names neither the
// next page nor itself the last.
func (p *pageToken) endsUntold(entries, asked int) bool { return !p.told && entries >= asked }

// foundIssues is a page of results of a search, with one field each.
type foundIssues struct {
	Issues []struct {
		ID     wire.Text `json:"id"`
		Fields struct {
			Updated any `json:"updated"`
		} `json:"fields"`
	} `json:"issues"`
	NextPage pageToken `json:"nextPageToken"`
	IsLast   *bool     `json:"isLast"` // nil where it is not told
}

// endsUnfinished tells whether a page says that there are more results and not where. One that is full, and says
// neither that it is the last one nor which is the next one, may be cut.
func (f *foundIssues) endsUnfinished() bool {
	if f.IsLast == nil {
		return f.NextPage.endsUntold(len(f.Issues), idsPerPage)
	}
	return f.NextPage.next == "" && !*f.IsLast
}

// Lacking tells that a page holds no list of issues: it must not pass for one of a search that found none.
func (f *foundIssues) Lacking() string { return transport.LackingList("issues", f.Issues) }

// searchIssues walks through the results of a search with one field each, by page tokens. A result that comes twice is
// told once.
func (c *cloudIssues) searchIssues(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	return func(yield func(Touched, error) bool) {
		w := &cloudSearch{
			transport: c.transport, pages: transport.NewPages(c.transport, cloudSearchPlace),
			question: map[string]any{"jql": jql, "fields": []string{field}, "maxResults": idsPerPage},
			told:     map[int64]bool{}, tokens: map[string]bool{}, yield: yield,
		}
		for more := true; more; {
			var err error
			if more, err = w.readPage(ctx); err != nil {
				yield(Touched{}, err)
				return
			}
		}
	}
}

const cloudSearchPlace = transport.API + "/search/jql"

// cloudSearch is a walk through the pages of one search.
type cloudSearch struct {
	transport *transport.Client
	pages     *transport.Pages
	question  map[string]any
	told      map[int64]bool  // issues
	tokens    map[string]bool // of pages
	yield     func(Touched, error) bool
}

// readPage asks for the next page and yields what it tells. It says whether there are more pages to read.
func (w *cloudSearch) readPage(ctx context.Context) (more bool, err error) {
	var page foundIssues
	if err := w.transport.Post(ctx, cloudSearchPlace, w.question, &page); err != nil {
		return false, err
	}
	before := len(w.told)
	for _, i := range page.Issues {
		id, err := strconv.ParseInt(string(i.ID), 10, 64)
		if err != nil {
			return false, w.transport.Invalid(cloudSearchPlace, fmt.Sprintf("an issue has the id %q", string(i.ID)))
		}
		if w.told[id] {
			continue
		}
		w.told[id] = true
		updated, _ := wire.ParseTime(i.Fields.Updated)
		if !w.yield(Touched{id, updated}, nil) {
			return false, nil
		}
	}
	if page.endsUnfinished() {
		return false, w.transport.Invalid(cloudSearchPlace, "it tells of more results and names no next page")
	}
	if page.NextPage.next == "" {
		return false, nil
	}
	if w.tokens[page.NextPage.next] {
		return false, w.transport.Invalid(cloudSearchPlace, "it names the same next page twice")
	}
	w.tokens[page.NextPage.next] = true
	w.question["nextPageToken"] = page.NextPage.next
	return true, w.pages.Took(len(w.told) - before)
}

// sampleIssues counts the results of a search, as far as one page of it goes.
func (c *cloudIssues) sampleIssues(ctx context.Context, jql string, n int) (Sampled, error) {
	var s Sampled
	for t, err := range c.searchIssues(ctx, jql, "id") {
		switch {
		case err != nil:
			return Sampled{}, err
		case s.Total == idsPerPage:
			s.More = true
			return s, nil
		case len(s.IDs) < n:
			s.IDs = append(s.IDs, t.ID)
		}
		s.Total++
	}
	return s, nil
}

func (c *cloudIssues) inEpics(_ document.Fieldset, keys []string) string {
	return "parent in (" + strings.Join(keys, ", ") + ")"
}
