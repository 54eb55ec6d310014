package oncall

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/web/format"
)

// HooksPrefix is where sources post their alerts: /hooks/NAME.
const HooksPrefix = "/hooks/"

// LargestEvent bounds what a source posts at once, in bytes.
const LargestEvent = 1 << 20

// ServeHook takes what a source posts. It is kept before it is answered and understood after that, so that a source
// waits for nothing but the disk, and nothing that was answered is lost.
func (a *API) ServeHook(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	now := a.Now().Truncate(time.Second).UTC()
	event, refused := a.readEvent(w, r)
	if refused != nil {
		a.Tell(w, r, refused)
		return
	}
	event.Received = now
	ctx := context.WithoutCancel(r.Context()) // a source that does not wait has posted all the same
	id, err := a.Events.AddEvent(ctx, event)
	if err != nil {
		a.Tell(w, r, a.problemOf(r, err))
		return
	}
	event.ID = id
	a.events.RLock() // who asks after the answer sees what follows from the event
	defer a.events.RUnlock()
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // what cannot flush answers at its end
	a.inOrder.Lock()                          // a source that posts the next one at once does not overtake itself
	defer a.inOrder.Unlock()
	if err := a.Roster.UnderstandUpTo(ctx, a.Events, now, event.ID, a.logUnderstood); err != nil {
		a.Log.Error("an event is kept and not understood yet; it is tried again within a minute", "source",
			event.Source,
			"event", id, "error", format.OneLine(err.Error()))
	}
}

// logUnderstood tells the log what of an event was not understood, and what its source left out.
func (a *API) logUnderstood(event roster.RawEvent, understood roster.Understood) {
	for _, why := range understood.Why {
		a.Log.Warn("an event was set aside; mend it and run jerem oncall replay", "source", event.Source, "event",
			event.ID, "why", format.OneLine(why))
	}
	if understood.LeftOut > 0 {
		a.Log.Warn("a source left alerts out of what it posted", "source", event.Source, "alerts", understood.LeftOut)
	}
}

// readEvent reads what was posted, or tells why it is not taken: first whether the source is known, then the size, then
// the secret.
func (a *API) readEvent(w http.ResponseWriter, r *http.Request) (roster.RawEvent, *problem.Problem) {
	name := strings.TrimPrefix(r.URL.Path, HooksPrefix)
	source, isKnown := a.Roster.File.SourceNamed(name)
	if !isKnown {
		return roster.RawEvent{}, notFound(fmt.Sprintf("there is no source %q", format.OneLine(name)),
			"The sources are those of oncall.sources.")
	}
	tooLarge := &problem.Problem{Code: TooLarge, Status: http.StatusRequestEntityTooLarge,
		Message: fmt.Sprintf("more than %d bytes were posted at once", LargestEvent),
		Hint:    "Have the source send fewer alerts at once; in Alertmanager by max_alerts of the receiver."}
	if r.ContentLength > LargestEvent {
		return roster.RawEvent{}, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, LargestEvent))
	var exceeded *http.MaxBytesError
	switch {
	case errors.As(err, &exceeded):
		return roster.RawEvent{}, tooLarge
	case err != nil:
		return roster.RawEvent{}, invalidRequest("the body broke off", "Post it again.")
	}
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !source.Accepts(strings.TrimSpace(secret)) || !strings.EqualFold(scheme, "Bearer") {
		w.Header().Set("WWW-Authenticate", `Bearer realm="jerem"`)
		return roster.RawEvent{}, &problem.Problem{Code: BadSecret, Status: http.StatusUnauthorized,
			Message: "the secret of the source is missing or wrong",
			Hint:    "Send Authorization: Bearer and the secret of oncall.sources; nothing was kept."}
	}
	return roster.RawEvent{Source: name, Body: body}, nil
}
