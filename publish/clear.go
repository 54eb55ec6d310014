package publish

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"jerem/series"
)

// Clearer is a sink that can drop all series of a project, whoever posted them: needed once, where
// another program posted the same classes before.
type Clearer interface {
	// Standing counts the series whose class is jerem's and whose label project is one of these.
	Standing(ctx context.Context, projects []string) (int, error)
	// Clear deletes them with all their points.
	Clear(ctx context.Context, projects []string) error
}

// Spellings are how the label of a project stands at a platform: as it is and, where it holds a space,
// with the plus that the older bot wrote for it.
func Spellings(project string) []string {
	if plus := strings.ReplaceAll(project, " ", "+"); plus != project {
		return []string{project, plus}
	}
	return []string{project}
}

// Standing counts the series of projects whose class is jerem's.
func (w *Warp10) Standing(ctx context.Context, projects []string) (int, error) {
	all := 0
	for _, project := range projects {
		n, err := w.whole(ctx, project, url.Values{"dryrun": {"true"}})
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// Clear deletes the series of projects whose class is jerem's.
func (w *Warp10) Clear(ctx context.Context, projects []string) error {
	for _, project := range projects {
		if _, err := w.whole(ctx, project, url.Values{}); err != nil {
			return err
		}
	}
	return nil
}

// whole asks for the deletion of whole series, and counts them.
func (w *Warp10) whole(ctx context.Context, project string, query url.Values) (n int, err error) {
	p := &push{Warp10: w}
	labels := series.Series{Labels: map[string]string{"project": project}}
	query.Set("selector", `~jerem[.](jira|agile)[.].*`+labels.Key())
	query.Set("deleteall", "true")
	err = p.patiently(ctx, func() (again bool, err error) {
		n, again, err = p.drop(ctx, query)
		return again, err
	})
	return n, err
}

// drop asks for one delete of whole series. The answer lists them, one a line.
func (p *push) drop(ctx context.Context, query url.Values) (n int, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address("delete")+"?"+query.Encode(), nil)
	if err != nil || !p.addressed() {
		return 0, false, p.noAddress()
	}
	req.Header.Set("X-Warp10-Token", p.Token)
	res, err := p.http().Do(req)
	if err != nil {
		return 0, true, p.silent(err)
	}
	defer res.Body.Close()
	body := bufio.NewReader(res.Body)
	if first, _ := body.Peek(1); res.StatusCode != http.StatusOK || bytes.Equal(first, []byte("<")) {
		said, _ := io.ReadAll(io.LimitReader(body, 1<<20)) // what came says enough
		again, err = p.notDeleted(res.StatusCode, p.said(said), "series cannot be deleted")
		return 0, again, err
	}
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) != "" {
			n++
		}
	}
	if err := lines.Err(); err != nil {
		return 0, true, p.silent(err)
	}
	return n, false, nil
}

// silent explains an answer that did not come, or not whole.
func (p *push) silent(err error) error {
	return &Error{Code: Unreachable, Message: p.masked(fmt.Sprintf("warp10 %s: no whole answer to a delete: %v", p.host(), reason(err))),
		Hint: "Check metrics.url and the network, then give the command again."}
}
