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
	Errors []wireExcuse `json:"issueErrors"`
}

// wireExcuse names an issue that was not sent, and not for want of it.
type wireExcuse struct {
	ID wire.Text `json:"id"`
}

// The names of a bulk read and of an excuse, in the order of their numbers.
var (
	namesOfBulk   = []string{"issues", "issueErrors"}
	namesOfExcuse = []string{"id"}
)

// ReadShape reads an answer of the shape that is expected.
func (w *wireBulk) ReadShape(r *wire.Reader) bool {
	return r.Scan.Object(namesOfBulk, func(number int) bool {
		if number == 0 {
			return r.Issues(&w.Issues)
		}
		return r.Scan.Null() || w.readErrors(r)
	})
}

func (w *wireBulk) readErrors(r *wire.Reader) bool {
	w.Errors = []wireExcuse{}
	return r.Scan.List(func() bool {
		var one wireExcuse
		is := r.Scan.Object(namesOfExcuse, func(int) bool { return r.LooseText(&one.ID) })
		w.Errors = append(w.Errors, one)
		return is
	})
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
	Logs     []wireLog `json:"issueChangeLogs"`
	NextPage pageToken `json:"nextPageToken"`
}

// wireLog is the histories of an issue, or a part of them.
type wireLog struct {
	ID        wire.Text      `json:"issueId"`
	Histories []wire.History `json:"changeHistories"`
}

// The names of a page of histories and of the log of an issue, in the order of their numbers.
var (
	namesOfPage = []string{"issueChangeLogs", "nextPageToken"}
	namesOfLog  = []string{"issueId", "changeHistories"}
)

// ReadShape reads a page of the shape that is expected.
func (w *wireHistories) ReadShape(r *wire.Reader) bool {
	return r.Scan.Object(namesOfPage, func(number int) bool {
		if number == 0 {
			return r.Scan.Null() || w.readLogs(r)
		}
		w.NextPage.told = true
		return r.Text(&w.NextPage.next)
	})
}

func (w *wireHistories) readLogs(r *wire.Reader) bool {
	w.Logs = []wireLog{}
	return r.Scan.List(func() bool {
		w.Logs = append(w.Logs, wireLog{})
		log := &w.Logs[len(w.Logs)-1]
		return r.Scan.Object(namesOfLog, func(number int) bool {
			if number == 0 {
				return r.LooseText(&log.ID)
			}
			return r.Histories(&log.Histories)
		})
	})
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
			entries += len(l.Histories)
			if l.Histories == nil { // it must not pass for one of an issue that never changed
				l.Histories = []wire.History{{Wrong: errNoHistory}}
			}
			for n := range l.Histories {
				h := &l.Histories[n]
				h.Items = fs.KeptItems(h.Items)
				held += h.MemorySize()
			}
			if list := out[string(l.ID)]; len(list) > 0 { // it is spread over pages
				l.Histories = append(list, l.Histories...)
			}
			out[string(l.ID)] = l.Histories
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
