package warp10

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// Standing counts the series of projects whose class is jerem's.
func (w *Sink) Standing(ctx context.Context, projects []string) (int, error) {
	all := 0
	for _, project := range projects {
		n, err := w.countWhole(ctx, project, url.Values{"dryrun": {"true"}})
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// Clear deletes the series of projects whose class is jerem's.
func (w *Sink) Clear(ctx context.Context, projects []string) error {
	for _, project := range projects {
		if _, err := w.countWhole(ctx, project, url.Values{}); err != nil {
			return err
		}
	}
	return nil
}

// countWhole asks for the deletion of whole series, and counts them.
func (w *Sink) countWhole(ctx context.Context, project string, query url.Values) (n int, err error) {
	labels := series.Series{Labels: map[string]string{"project": project}}
	query.Set("selector", `~jerem[.](jira|agile)[.].*`+labels.Key())
	query.Set("deleteall", "true")
	c := w.newClient()
	err = c.retryRequest(ctx, func() (again bool, err error) {
		n, again, err = c.dropSeries(ctx, query)
		return again, err
	})
	return n, err
}

// dropSeries asks for one delete of whole series. The answer lists them, one a line.
func (c client) dropSeries(ctx context.Context, query url.Values) (n int, again bool, err error) {
	req, err := c.newGet(ctx, "delete", query)
	if err != nil {
		return 0, false, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, true, c.silentError(err)
	}
	defer res.Body.Close()
	body := bufio.NewReaderSize(res.Body, longestSeries)
	if first, _ := body.Peek(longestSeries); res.StatusCode != http.StatusOK || !listsSeries(first) {
		said, _ := io.ReadAll(io.LimitReader(body, 1<<20)) // what came says enough
		again, err = c.notDeleted(res.StatusCode, c.messageWithoutToken(said), "series cannot be deleted")
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
		return 0, true, c.silentError(err)
	}
	return n, false, nil
}

// longestSeries bounds the bytes of a series in the answer to a delete.
const longestSeries = 1 << 16

// listsSeries tells whether what answers a delete begins as a platform does: with nothing, where nothing was deleted,
// or with a series, class{labels}{attributes}, on a line of its own.
func listsSeries(body []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimSpace(body), []byte("\n"))
	line = bytes.TrimSpace(line)
	return len(line) == 0 || bytes.IndexByte(line, '{') > 0 && line[0] != '[' && line[0] != '<' &&
		bytes.HasSuffix(line, []byte("}"))
}

// silentError explains an answer that did not come, or not whole.
func (c client) silentError(err error) error {
	return &problem.Problem{Code: publish.Unreachable,
		Message: c.maskToken(fmt.Sprintf("warp10 %s: no whole answer to a delete: %v", c.hostName(),
			publish.RootReason(err))),
		Hint: "Check metrics.url and the network, then give the command again."}
}
