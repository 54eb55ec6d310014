package jira

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

const (
	// pageOfIssues is how many issues with their histories are asked for at once.
	pageOfIssues = 100
	// fewIssues is how many are asked for one by one rather than in a search more.
	fewIssues = 4
	// longestFieldList is how many bytes of fields stand in an address: many servers take no longer ones.
	longestFieldList = 3000
)

// readDocuments reads issues with their histories in one search for each hundred.
func (d *dataCenterIssues) readDocuments(ctx context.Context, ids []int64, fs document.Fieldset) ([]document.Document,
	Outcome, error) {
	var docs []document.Document
	var out Outcome
	for part := range slices.Chunk(ids, pageOfIssues) {
		issues, err := d.issuesByID(ctx, part, fs)
		if err != nil {
			return nil, out, err
		}
		for _, id := range idsLeftOut(part, issues, nil) {
			w, exists, err := d.issueAlone(ctx, strconv.FormatInt(id, 10), fs)
			switch {
			case err != nil:
				return nil, out, err
			case exists:
				issues = append(issues, w)
			default:
				out.Missing = append(out.Missing, id)
			}
		}
		for _, w := range out.withoutTwins(issues) {
			if docs, err = d.appendDocument(ctx, docs, w, fs, &out); err != nil {
				return nil, out, err
			}
		}
	}
	return docs, out, nil
}

// issueAlone reads one issue with its history from where Jira keeps it, not from its index: what a search does not find
// may be there, while the index is built anew. exists is false where it is gone, or hidden from the account.
func (d *dataCenterIssues) issueAlone(ctx context.Context, id string, fs document.Fieldset) (w wire.Issue, exists bool,
	err error) {
	fields := strings.Join(fs.Asked(), ",")
	if len(fields) > longestFieldList {
		fields = "*all,-comment,-description,-worklog,-attachment"
	}
	query := url.Values{"expand": {"changelog"}, "fields": {fields}}
	err = d.transport.Get(ctx, transport.API+"/issue/"+url.PathEscape(id), query, &w)
	if problem.Is(err, NotFound, Forbidden) {
		return w, false, nil
	}
	return w, err == nil, err
}

// issuesByID reads issues by their ids. What a page does not hold is asked for again, by id: places in a
// list may change while it is read.
func (d *dataCenterIssues) issuesByID(ctx context.Context, ids []int64, fs document.Fieldset) ([]wire.Issue, error) {
	var issues []wire.Issue
	for left := ids; len(left) > 0; {
		size := d.pageSize(len(left))
		page, err := d.searchPage(ctx, searchQuestion{
			JQL:        "id in (" + strings.Join(formatIDs(left), ", ") + ")",
			MaxResults: size, Fields: fs.Asked(), Expand: []string{"changelog"},
		})
		switch {
		case problem.Is(err, TooDeep) && d.shrinkPages(size):
			continue
		case problem.Is(err, BadRequest):
			rest, err := d.issuesInHalves(ctx, left, fs)
			return append(issues, rest...), err
		case err != nil:
			return nil, err
		}
		came := len(page.Issues)
		page.Issues = onlyAsked(left, page.Issues)
		issues = append(issues, page.Issues...)
		if came >= page.Total {
			return issues, nil
		}
		rest := idsLeftOut(left, page.Issues, nil)
		if len(rest) == len(left) {
			return nil, d.invalidSearch("it has issues, %d in all, and tells none", page.Total)
		}
		left = rest
	}
	return issues, nil
}

// issuesInHalves reads issues in two searches. Data Center refuses a whole search for one id that it does not
// know: it is halved until that one is among a few, which are left out here to be asked for alone.
func (d *dataCenterIssues) issuesInHalves(ctx context.Context, ids []int64, fs document.Fieldset) (issues []wire.Issue,
	err error) {
	half := len(ids) / 2
	for _, part := range [][]int64{ids[:half], ids[half:]} {
		if len(part) < fewIssues {
			continue
		}
		got, err := d.issuesByID(ctx, part, fs)
		if err != nil {
			return nil, err
		}
		issues = append(issues, got...)
	}
	return issues, nil
}

// appendDocument takes an issue with the history that came with it. One whose history was cut short is asked for alone,
// as a whole: values and history must be of one moment. A history that stays short is told: what came of it is taken.
func (d *dataCenterIssues) appendDocument(
	ctx context.Context, docs []document.Document, w wire.Issue, fs document.Fieldset, out *Outcome,
) ([]document.Document, error) {
	id, notNamed := strconv.ParseInt(w.ID, 10, 64) // one that is not named cannot be asked for
	if w.Wrong == nil && notNamed == nil && !w.HasWholeHistory() {
		again, exists, err := d.issueAlone(ctx, w.ID, fs)
		switch {
		case err != nil:
			return nil, err
		case !exists:
			out.Missing = append(out.Missing, id)
			return docs, nil
		}
		w = again
	}
	var histories []wire.History
	if w.Wrong == nil && w.Changelog != nil {
		histories = w.Changelog.Histories
	}
	doc, made := documentOf(d.transport, w, histories, fs, out)
	if !made {
		return docs, nil
	}
	if !w.HasWholeHistory() {
		doc.AddGap(agile.Gap{Source: agile.SourceHistories, Code: agile.GapMissing})
	}
	return append(docs, doc), nil
}
