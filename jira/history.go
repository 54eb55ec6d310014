package jira

import "context"

const (
	// entriesPerPage is how many histories a page of changelogs holds.
	entriesPerPage = 10000
	// maxHistoryAnswers is how many answers as large as they may be the histories of one bulk read hold at most.
	maxHistoryAnswers = 4
)

// wireLogs is a page of histories.
type wireLogs struct {
	Logs []struct {
		ID        text          `json:"issueId"`
		Histories []wireHistory `json:"changeHistories"`
	} `json:"issueChangeLogs"`
	Next string `json:"nextPageToken"`
}

// histories reads the histories of issues, by issue id. One issue may be spread over pages; an issue without any is not
// in the answers. Of each entry only the changes of fields that are kept are held.
func (c *Client) histories(ctx context.Context, ids []int64, fs Fieldset) (map[string][]wireHistory, error) {
	const place = api + "/changelog/bulkfetch"
	out, seen, token, held := map[string][]wireHistory{}, map[string]bool{}, "", int64(0)
	for w := c.walkOf(place); ; {
		question := map[string]any{"issueIdsOrKeys": decimals(ids), "maxResults": entriesPerPage}
		if token != "" {
			question["nextPageToken"] = token
		}
		var page wireLogs
		if err := c.post(ctx, place, question, &page); err != nil {
			return nil, err
		}
		entries := 0
		for _, l := range page.Logs {
			for _, h := range l.Histories {
				h.Items = fs.keeps(h.Items)
				held += h.size()
				out[string(l.ID)] = append(out[string(l.ID)], h)
				entries++
			}
		}
		if page.Next == "" {
			return out, nil
		}
		if seen[page.Next] {
			return nil, c.invalid(place, "it names the same next page twice")
		}
		if held > maxHistoryAnswers*c.conf.MaxAnswer {
			return nil, c.tooLarge(place, &boundError{"the histories of the issues together are too long"})
		}
		if err := w.took(entries); err != nil {
			return nil, err
		}
		seen[page.Next], token = true, page.Next
	}
}

// keeps returns the changes that may be of a field of the set; what else stands in a history, as a description, is let
// go as soon as it is read.
func (fs Fieldset) keeps(items []wireItem) []wireItem {
	var kept []wireItem
	for _, i := range items {
		if fs.mayKeep(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

// size estimates the memory that an entry holds.
func (w wireHistory) size() int64 {
	n := int64(len(w.ID)) + 100
	for _, i := range w.Items {
		n += int64(len(i.From)+len(i.FromString)+len(i.To)+len(i.ToString)+len(i.Field)) + 100
	}
	return n
}
