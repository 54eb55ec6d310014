package remotewrite

import (
	"bytes"
	"context"
	"net/http"

	"jerem/problem"
	"jerem/publish"
)

// Probe is what a try of a store found. An error says what does not work.
type Probe struct {
	Write  error
	Delete error // nil also where the sink deletes nothing
}

// Try asks once whether the store takes remote write in the sink's version, by a request without samples, and whether
// it deletes series, by naming one that nobody writes.
func (w *Sink) Try(ctx context.Context) (found Probe) {
	once := *w
	once.Tries = 1 // who tries wants to know now
	if found.Write = tryWrite(ctx, &once); found.Write != nil || !w.Backfill {
		return found
	}
	found.Delete = once.dropMatching(ctx, `{__name__="jerem_check"}`)
	return found
}

// tryWrite sends a request without samples.
func tryWrite(ctx context.Context, w *Sink) error {
	address, err := w.writeAddress()
	if err != nil {
		return err
	}
	body, err := w.Encode(nil)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return noAddress()
	}
	w.setHeaders(req)
	client := publish.WithoutRedirects(w.Client)
	status, header, answer, err := w.readAnswer(&client, req)
	if err != nil {
		return err
	}
	if _, err := w.judgeAnswer(status, header, answer, nil); err != nil {
		return err
	}
	if w.Version == 2 && header.Get(samplesWritten) == "" { // it took the request for something else
		return &problem.Problem{Code: publish.Refused, Hint: otherVersion(w.Version),
			Message: w.messagePrefix() + "the answer does not tell how many samples were written"}
	}
	return nil
}
