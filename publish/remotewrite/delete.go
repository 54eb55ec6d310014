package remotewrite

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// Delete drops series with all their samples, as VictoriaMetrics does: a stretch alone cannot be deleted there. What
// was posted less than a second before may not be found yet; a cycle lies between a posting and a correction.
func (w *Sink) Delete(ctx context.Context, ranges []series.Range) error {
	dropped := map[string]bool{}
	for _, r := range ranges {
		if dropped[r.Key] {
			continue
		}
		s, err := series.ParseKey(r.Key)
		if err != nil {
			return err
		}
		if err := w.dropMatching(ctx, selectorOf(&s)); err != nil {
			return err
		}
		dropped[r.Key] = true
	}
	return nil
}

// dropMatching drops the series that a selector names.
func (w *Sink) dropMatching(ctx context.Context, selector string) error {
	address, err := w.deleteAddress()
	if err != nil {
		return err
	}
	client := publish.WithoutRedirects(w.Client)
	form := url.Values{"match[]": {selector}}.Encode()
	return publish.Retry(ctx, uint(cmp.Or(w.Tries, 5)), cmp.Or(w.Pause, time.Second), func() (bool, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form))
		if err != nil {
			return false, noAddress()
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w.setToken(req)
		status, _, body, err := w.readAnswer(&client, req)
		switch {
		case err != nil:
			return true, err
		case status/100 == 2 && isStoreSuccess(body):
			return false, nil
		}
		return w.judgeDeletion(status, body)
	})
}

// judgeDeletion tells why a deletion was refused, and whether trying again may help.
func (w *Sink) judgeDeletion(status int, body []byte) (again bool, err error) {
	e := &problem.Problem{Code: publish.NoDeletes, Status: status,
		Message: fmt.Sprintf("%sseries cannot be deleted: %d: %s", w.messagePrefix(), status, w.messageOf(body)),
		Hint: "A corrected past needs /api/v1/admin/tsdb/delete_series of VictoriaMetrics beside the sink's " +
			"url. Where " +
			"the store has none, what was posted first stays there; set backfill: none for a Prometheus."}
	switch {
	case status/100 == 2:
		e.Hint = "Check what answers at /api/v1/admin/tsdb/delete_series beside the sink's url: " + notAStore
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		e.Hint = "Set the sink's token, or its user and password, to one that may delete series there too. " + e.Hint
	case status == http.StatusTooManyRequests || status >= 500:
		e.Code, e.Hint = publish.Failing, "The store has trouble; it is tried again later."
		return true, e
	}
	return false, e
}

// deleteAddress returns where VictoriaMetrics drops series: beside the address that takes samples, in a cluster behind
// one address under delete in place of insert.
func (w *Sink) deleteAddress() (string, error) {
	u, err := w.writeAddress()
	if err != nil {
		return "", err
	}
	base := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/api/v1/write")
	if rest, ok := strings.CutPrefix(base, "/insert/"); ok {
		base = "/delete/" + rest
	}
	u.Path = base + "/api/v1/admin/tsdb/delete_series"
	return u.String(), nil
}

// labelNames are the labels that a metric may have.
var labelNames = []string{"team", "sprint", "quarter", "nature", "initiative", "key", "summary"}

// selectorOf names exactly one metric: a label that it does not have is told to be empty.
func selectorOf(s *series.Series) string {
	absent := map[string]bool{}
	for _, name := range labelNames {
		absent[name] = true
	}
	var parts []string
	for _, l := range MetricOf(s) {
		parts = append(parts, l.Name+"="+strconv.Quote(l.Value))
		delete(absent, l.Name)
	}
	for _, name := range labelNames {
		if absent[name] {
			parts = append(parts, name+`=""`)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}
