package remotewrite

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"jerem/httpanswer"
	"jerem/problem"
	"jerem/publish"
	"jerem/series"
)

// samplesWritten is the header by which a store of version 2.0 tells how many samples it took.
const samplesWritten = "X-Prometheus-Remote-Write-Samples-Written"

// judgeAnswer tells what an answer means, and whether trying again may help.
func (w *Sink) judgeAnswer(status int, header http.Header, body []byte, list []series.Series) (again bool, err error) {
	if status/100 == 2 && isStoreSuccess(body) {
		return false, w.checkWritten(header, list)
	}
	text := w.messageOf(body)
	e := &problem.Problem{Status: status, Message: fmt.Sprintf("%s%d: %s", w.messagePrefix(), status, text)}
	switch {
	case status/100 == 2:
		e.Code, e.Hint = publish.NotASink, "Check the sink's url, and whether something before the store asks for a "+
			"login: "+notAStore
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		e.Code, e.Hint = publish.Token, "Set the sink's token, or its user and password, to one that may write there."
	case status == http.StatusTooManyRequests:
		e.Code, e.Hint = publish.Limited, "The store takes no more for now; it is posted again later."
		return true, e
	case status >= 500:
		e.Code, e.Hint = publish.Failing, "The store has trouble; it is posted again later."
		if status == http.StatusBadGateway || status == http.StatusGatewayTimeout {
			e.Cause = publish.ErrTooMuch // a proxy that waits no longer
		}
		return true, e
	case status == http.StatusRequestEntityTooLarge:
		e.Code, e.Cause = publish.TooLarge, publish.ErrTooMuch
		e.Hint = "Something before the store takes no requests of this size: smaller ones are tried."
	case status == http.StatusUnsupportedMediaType:
		e.Code, e.Hint = publish.Refused, otherVersion(w.Version)
	case status == http.StatusBadRequest && tellsOfAge(text):
		e.Code, e.Hint = publish.TooOld, "The store takes no samples older than what it has: "
		if w.Backfill {
			e.Hint += "set backfill: none for this sink, or "
		}
		e.Hint += "let the store take them (Prometheus: out_of_order_time_window)."
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status < 400:
		e.Code, e.Hint = publish.NotASink, "Check the sink's url: nothing takes remote write there (Prometheus "+
			"takes it "+
			"when started with --web.enable-remote-write-receiver)."
	default:
		e.Code, e.Hint = publish.Refused, "The store does not take these samples."
	}
	return false, e
}

// notAStore says by which answer a store is known.
const notAStore = "a store that takes something answers 204, or 200 and nothing."

// isStoreSuccess tells whether the body of an answer of status 2xx is one of a store that did what was asked.
// Prometheus and VictoriaMetrics answer 204; Mimir and Cortex 200, without a body. A gateway may add "ok" or an
// object of JSON. Whoever says anything else is something before the store, or in its place.
func isStoreSuccess(body []byte) bool {
	text := strings.ToLower(strings.TrimSpace(string(body)))
	return httpanswer.IsBlank(body) || text == "ok" || text == "success" ||
		httpanswer.IsObject(body) && !httpanswer.TellsFailure(body)
}

// tellsOfAge tells whether a refusal is about the time of samples alone.
func tellsOfAge(text string) bool {
	for _, reason := range []string{"out of order", "out-of-order", "out of bounds", "too old", "too far",
		"duplicate sample", "timestamp out of"} {
		if strings.Contains(strings.ToLower(text), reason) {
			return true
		}
	}
	return false
}

// otherVersion is what helps where a store does not speak the version of the protocol that it was asked in.
func otherVersion(version int) string {
	if version == 2 {
		return "The store does not speak version 2.0 of remote write: set version: 1 for this sink."
	}
	return "The store does not speak version 1.0 of remote write: set version: 2 for this sink."
}

// checkWritten reads how many samples were written. Version 2.0 demands that a store tells it; one that does not took
// the request for something else.
func (w *Sink) checkWritten(header http.Header, list []series.Series) error {
	if w.Version != 2 {
		return nil
	}
	written, err := strconv.Atoi(header.Get(samplesWritten))
	if want := countSamples(list); err == nil && written >= want || want == 0 {
		return nil
	}
	e := &problem.Problem{Code: publish.Refused, Hint: "The store kept a part only: see its log."}
	if err != nil {
		e.Message = w.messagePrefix() + "the answer does not tell how many samples were written"
		e.Hint = otherVersion(w.Version)
		return e
	}
	e.Message = fmt.Sprintf("%ssamples written: %d of %d", w.messagePrefix(), written, countSamples(list))
	return e
}

// countSamples counts what Encode writes.
func countSamples(list []series.Series) (n int) {
	for i := range list {
		points := list[i].Points
		for k, p := range points {
			_, text := p.Value.Text()
			if !text && (k+1 == len(points) || millisecondOf(points[k+1].Tick) != millisecondOf(p.Tick)) {
				n++
			}
		}
	}
	return n
}

// longest is how many characters of a foreign message are told.
const longest = 500

// messageOf returns what a store says, as one line of valid text without secrets.
func (w *Sink) messageOf(body []byte) string {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(w.maskToken(string(body)), "\uFFFD")), " ")
	if letters := []rune(text); len(letters) > longest {
		text = string(letters[:longest]) + "…"
	}
	if text == "" {
		return "no reason told"
	}
	return text
}
