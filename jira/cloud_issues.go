package jira

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

const (
	// smallBulk is the size that every Cloud takes.
	smallBulk = 100
	// bulkTries is how often issues are asked for that the answer excuses.
	bulkTries = 4
	// entriesPerPage is how many histories a page of changelogs holds.
	entriesPerPage = 10000
	// maxHistoryAnswers is how many answers as large as they may be the histories of one bulk read hold at most.
	maxHistoryAnswers = 4
)

// readDocuments reads issues in bulk, and their histories after them.
func (c *cloudIssues) readDocuments(ctx context.Context, ids []int64, fs document.Fieldset) ([]document.Document,
	Outcome, error) {
	var out Outcome
	issues, err := c.readFields(ctx, ids, fs, &out)
	if err != nil || len(issues) == 0 {
		return nil, out, err
	}
	have := make([]int64, 0, len(issues))
	for _, w := range issues {
		if id, err := strconv.ParseInt(w.ID, 10, 64); err == nil {
			have = append(have, id)
		}
	}
	histories, err := c.readHistories(ctx, have, fs)
	if err != nil {
		return nil, out, err
	}
	docs := make([]document.Document, 0, len(issues))
	for n, w := range issues {
		if doc, made := documentOf(c.transport, w, histories[w.ID], fs, &out); made {
			docs = append(docs, doc)
		}
		issues[n] = wire.Issue{} // what it was made of may go
	}
	return docs, out, nil
}

// readFields reads the fields of issues. What the answer excuses is asked for again, a few times.
func (c *cloudIssues) readFields(ctx context.Context, ids []int64, fs document.Fieldset, out *Outcome) ([]wire.Issue,
	error) {
	var issues []wire.Issue
	left := ids
	for try := 1; len(left) > 0; try++ {
		got, excused, err := c.bulkOnce(ctx, left, fs)
		if err != nil {
			return nil, err
		}
		issues = append(issues, out.withoutTwins(onlyAsked(left, got))...)
		out.Missing = append(out.Missing, idsLeftOut(left, got, excused)...)
		left = excused
		if len(left) > 0 && try == bulkTries { // the trouble of a few must not be that of all
			refused := c.refusedAgain(left)
			for _, id := range left {
				out.Broken = append(out.Broken, Broken{ID: id, Refused: true, Err: refused})
			}
			break
		}
	}
	return issues, nil
}

// refusedAgain is the error of issues that were never sent.
func (c *cloudIssues) refusedAgain(ids []int64) error {
	return &problem.Problem{
		Code: Failing, Hint: "The next cycle tries again.",
		Message: fmt.Sprintf("jira %s: issue/bulkfetch: issues are refused again and again: %d, the first is %d",
			c.transport.Host(), len(ids), ids[0]),
	}
}

// wireBulk is what a bulk read answers.
type wireBulk struct {
	Issues []wire.Issue `json:"issues"`
	Errors []struct {
		ID wire.Text `json:"id"`
	} `json:"issueErrors"`
}

// Lacking tells that neither issues were sent nor why they were not.
func (w *wireBulk) Lacking() string {
	if w.Errors != nil {
		return ""
	}
	return transport.LackingList("issues", w.Issues)
}

// bulkOnce reads the fields of issues, and tells which of them the answer excuses.
func (c *cloudIssues) bulkOnce(ctx context.Context, ids []int64, fs document.Fieldset) (
	issues []wire.Issue, excused []int64, err error,
) {
	var answer wireBulk
	question := map[string]any{"issueIdsOrKeys": formatIDs(ids), "fields": fs.Asked()}
	err = c.transport.Post(ctx, transport.API+"/issue/bulkfetch", question, &answer)
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
	for _, e := range answer.Errors {
		if id, err := strconv.ParseInt(string(e.ID), 10, 64); err == nil && slices.Contains(ids, id) {
			excused = append(excused, id)
		}
	}
	return answer.Issues, excused, err
}

// errNoHistory says that an issue came without the list of its histories.
var errNoHistory = errors.New("changeHistories is no list")

// wireHistories is a page of histories.
type wireHistories struct {
	Logs []struct {
		ID        wire.Text      `json:"issueId"`
		Histories []wire.History `json:"changeHistories"`
	} `json:"issueChangeLogs"`
	NextPage pageToken `json:"nextPageToken"`
}

// Lacking tells that a page holds no list of histories: it must not pass for one of issues that never changed.
func (w *wireHistories) Lacking() string { return transport.LackingList("issueChangeLogs", w.Logs) }

// readHistories reads the histories of issues, by issue id. One issue may be spread over pages; an issue without
// any is not in the answers. Of each entry only the changes of fields that are kept are held.
func (c *cloudIssues) readHistories(ctx context.Context, ids []int64, fs document.Fieldset) (map[string][]wire.History,
	error) {
	const place = transport.API + "/changelog/bulkfetch"
	question := map[string]any{"issueIdsOrKeys": formatIDs(ids), "maxResults": entriesPerPage}
	out, tokens, held := map[string][]wire.History{}, map[string]bool{}, int64(0)
	for pages := transport.NewPages(c.transport, place); ; {
		var page wireHistories
		if err := c.transport.Post(ctx, place, question, &page); err != nil {
			return nil, err
		}
		entries := 0
		for _, l := range page.Logs {
			if _, err := strconv.ParseInt(string(l.ID), 10, 64); err != nil {
				return nil, c.transport.Invalid(place, fmt.Sprintf("a history is of the issue %.20q", string(l.ID)))
			}
			if l.Histories == nil { // it must not pass for one of an issue that never changed
				out[string(l.ID)] = append(out[string(l.ID)], wire.History{Wrong: errNoHistory})
			}
			for _, h := range l.Histories {
				h.Items = fs.KeptItems(h.Items)
				held += h.MemorySize()
				out[string(l.ID)] = append(out[string(l.ID)], h)
				entries++
			}
		}
		switch {
		case page.NextPage.endsUntold(entries, entriesPerPage):
			return nil, c.transport.Invalid(place, "a page is full, and names no next page")
		case page.NextPage.next == "":
			return out, nil
		case tokens[page.NextPage.next]:
			return nil, c.transport.Invalid(place, "it names the same next page twice")
		case held > maxHistoryAnswers*c.transport.MaxAnswer():
			return nil, c.transport.TooLarge(place, "the histories of the issues together are too long")
		}
		if err := pages.Took(entries); err != nil {
			return nil, err
		}
		tokens[page.NextPage.next] = true
		question["nextPageToken"] = page.NextPage.next
	}
}
