package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/problem"
)

// idsPerPage is how many results of a search are asked for at once.
const idsPerPage = 5000

// IDs walks through the issues that match a query, which must be bounded. It ends where the
// answer names no next page, and refuses an answer that names a page a second time.
func (c *Client) IDs(ctx context.Context, jql string) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for t, err := range c.walk(ctx, jql, "id") {
			if !yield(t.ID, err) {
				return
			}
		}
	}
}

// Touched is an issue with the moment of its last change.
type Touched struct {
	ID      int64
	Updated time.Time
}

// Changed walks through the issues that match a query, like IDs, and tells when each was changed.
func (c *Client) Changed(ctx context.Context, jql string) iter.Seq2[Touched, error] {
	return c.walk(ctx, jql, "updated")
}

// walk walks through the results of a search with one field each, as the Jira at hand does it.
func (c *Client) walk(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	return func(yield func(Touched, error) bool) {
		if _, err := c.discover(ctx); err != nil {
			yield(Touched{}, err)
			return
		}
		list := c.search(ctx, jql, field)
		if c.dialect() == DataCenter {
			list = c.slices(ctx, jql, field)
		}
		list(yield)
	}
}

// wireFound is a page of results of a search, with one field each.
type wireFound struct {
	Issues []struct {
		ID     text `json:"id"`
		Fields struct {
			Updated any `json:"updated"`
		} `json:"fields"`
	} `json:"issues"`
	Next string `json:"nextPageToken"`
}

// search walks through the results of a search with one field each, by page tokens. A result that comes twice is told
// once.
func (c *Client) search(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	const place = api + "/search/jql"
	return func(yield func(Touched, error) bool) {
		tokens, told, token := map[string]bool{}, map[int64]bool{}, ""
		for w := c.walkOf(place); ; {
			question := map[string]any{"jql": jql, "fields": []string{field}, "maxResults": idsPerPage}
			if token != "" {
				question["nextPageToken"] = token
			}
			var page wireFound
			if err := c.post(ctx, place, question, &page); err != nil {
				yield(Touched{}, err)
				return
			}
			before := len(told)
			for _, i := range page.Issues {
				id, err := strconv.ParseInt(string(i.ID), 10, 64)
				if err != nil {
					yield(Touched{}, c.invalid(place, fmt.Sprintf("an issue has the id %q", string(i.ID))))
					return
				}
				if told[id] {
					continue
				}
				told[id] = true
				updated, _ := parseTime(i.Fields.Updated)
				if !yield(Touched{id, updated}, nil) {
					return
				}
			}
			if page.Next == "" {
				return
			}
			err := w.took(len(told) - before)
			if tokens[page.Next] {
				err = c.invalid(place, "it names the same next page twice")
			}
			if err != nil {
				yield(Touched{}, err)
				return
			}
			tokens[page.Next], token = true, page.Next
		}
	}
}

// Document is an issue as it is kept, with its whole history and without people.
type Document struct {
	ID      int64
	Raw     []byte // of version RawVersion
	Changes int    // changes in its history
	Updated time.Time
	Absent  []string // fields that were asked for and do not stand in the answer: they are not known, which is not empty

	// Gaps are what of the issue cannot be read, or did not come: values by the name of their field, entries of its
	// history. The rest of it was read.
	Gaps []agile.Gap
}

// Outcome says what became of the ids of a bulk read.
type Outcome struct {
	Missing []int64 // neither sent nor excused: deleted, or hidden from the account
	Broken  []Broken
}

// Add joins what became of other ids.
func (o *Outcome) Add(other Outcome) {
	o.Missing = append(o.Missing, other.Missing...)
	o.Broken = append(o.Broken, other.Broken...)
}

// Broken is an issue that was sent and cannot be read as one, or that is refused each time.
type Broken struct {
	ID      int64
	Key     string
	Refused bool // it was never sent
	Err     error
}

// BulkSize is how many issues one bulk read takes.
const BulkSize = 1000

// Documents reads up to BulkSize issues with their whole histories.
func (c *Client) Documents(ctx context.Context, ids []int64, fs Fieldset) ([]Document, Outcome, error) {
	if _, err := c.discover(ctx); err != nil {
		return nil, Outcome{}, err
	}
	if c.dialect() == DataCenter {
		return c.wholeIssues(ctx, ids, fs)
	}
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
	histories, err := c.histories(ctx, have, fs)
	if err != nil {
		return nil, out, err
	}
	var docs []Document
	for _, w := range issues {
		if docs, err = c.appendDocument(docs, w, histories[w.ID], fs, &out); err != nil {
			return nil, out, err
		}
	}
	return docs, out, nil
}

// appendDocument makes a document of an issue as it was sent; what of it cannot be read is noted.
func (c *Client) appendDocument(docs []Document, w wireIssue, histories []wireHistory, fs Fieldset, out *Outcome) ([]Document, error) {
	d, gaps, err := clean(w, histories, fs)
	if err != nil {
		out.broken(w, c.foreignErr(err))
		return docs, nil
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return docs, err
	}
	if c.dialect() == DataCenter && !w.wholeHistory() {
		gaps = append(gaps, agile.Gap{Source: agile.SourceHistories, Code: agile.GapMissing})
	}
	doc := Document{ID: d.ID, Raw: raw, Updated: time.UnixMilli(d.Updated).UTC(), Changes: d.changes(), Gaps: sortedGaps(gaps)}
	for _, id := range fs.asked() {
		if _, came := w.Fields[id]; !came {
			doc.Absent = append(doc.Absent, id)
		}
	}
	return append(docs, doc), nil
}

// sortedGaps puts gaps in order of source, code and subject, each once.
func sortedGaps(gaps []agile.Gap) []agile.Gap {
	slices.SortFunc(gaps, func(a, b agile.Gap) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Subject, b.Subject))
	})
	return slices.CompactFunc(gaps, func(a, b agile.Gap) bool {
		return a.Source == b.Source && a.Code == b.Code && a.Subject == b.Subject
	})
}

// broken notes an issue that cannot be read.
func (o *Outcome) broken(w wireIssue, err error) {
	id, _ := strconv.ParseInt(w.ID, 10, 64)
	o.Broken = append(o.Broken, Broken{ID: id, Key: w.Key, Err: err})
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
			refused := &problem.Problem{Code: Failing, Message: fmt.Sprintf("jira %s: issue/bulkfetch: %d issues are refused again and again, %d among them", c.host(), len(left), left[0]), Hint: "The next cycle tries again."}
			for _, id := range left { // the trouble of a few must not be that of all
				out.Broken = append(out.Broken, Broken{ID: id, Refused: true, Err: refused})
			}
			break
		}
	}
	return issues, nil
}

func absent(asked []int64, got []wireIssue, excused []int64) []int64 {
	there := map[int64]bool{}
	for _, w := range got {
		id, err := strconv.ParseInt(w.ID, 10, 64)
		if err != nil {
			return nil // it may be any of them
		}
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
	err = c.post(ctx, api+"/issue/bulkfetch", question, &w)
	if problem.Is(err, BadRequest) && len(ids) > smallBulk { // a Cloud that takes a hundred only
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
