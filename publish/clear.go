package publish

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jerem/series"
)

// Clearer is a sink that can drop all series of a project, whoever posted them: needed once, where
// another program posted the same classes before.
type Clearer interface {
	// Standing lists the series of a project, by class and labels.
	Standing(ctx context.Context, project string) ([]string, error)
	// Clear deletes them with all their points.
	Clear(ctx context.Context, project string) error
}

// Standing lists the series of a project whose class is jerem's.
func (w *Warp10) Standing(ctx context.Context, project string) ([]string, error) {
	var all []string
	err := w.whole(ctx, project, url.Values{"dryrun": {"true"}}, func(answer []byte) {
		for line := range strings.Lines(string(answer)) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	})
	return all, err
}

// Clear deletes the series of a project whose class is jerem's.
func (w *Warp10) Clear(ctx context.Context, project string) error {
	return w.whole(ctx, project, url.Values{}, func([]byte) {})
}

// whole asks for the deletion of whole series, one request for each spelling of the project.
func (w *Warp10) whole(ctx context.Context, project string, query url.Values, take func([]byte)) error {
	p := &push{Warp10: w}
	for _, selector := range selectors(project) {
		query.Set("selector", selector)
		query.Set("deleteall", "true")
		if err := p.patiently(ctx, func() (bool, error) { return p.drop(ctx, query, take) }); err != nil {
			return err
		}
	}
	return nil
}

// selectors find the series of a project: its label as it is and, where the older bot wrote it
// otherwise, as that one did, with a plus for a space.
func selectors(project string) []string {
	names := []string{project}
	if old := url.QueryEscape(project); old != project {
		names = append(names, old)
	}
	if plus := strings.ReplaceAll(project, " ", "+"); !slices.Contains(names, plus) {
		names = append(names, plus)
	}
	var out []string
	for _, name := range names {
		s := series.Series{Labels: map[string]string{"project": name}}
		out = append(out, `~jerem[.](jira|agile)[.].*`+s.Key())
	}
	return out
}

// drop asks for one delete of whole series.
func (p *push) drop(ctx context.Context, query url.Values, take func([]byte)) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address("delete")+"?"+query.Encode(), nil)
	if err != nil || !p.addressed() {
		return false, p.noAddress()
	}
	req.Header.Set("X-Warp10-Token", p.Token)
	status, answer, err := p.answer(req)
	switch {
	case err != nil:
		return true, err
	case status == http.StatusOK && !bytes.HasPrefix(bytes.TrimSpace(answer), []byte("<")):
		take(answer)
		return false, nil
	case strings.Contains(message(answer), "oken"):
		return false, &Error{Code: Token, Status: status, Message: p.masked(fmt.Sprintf("warp10 %s: series cannot be deleted: %s", p.host(), message(answer))),
			Hint: "Set metrics.token to a write token that may delete."}
	}
	return p.refusal(status, message(answer))
}
