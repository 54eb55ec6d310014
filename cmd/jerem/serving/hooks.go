package serving

import (
	"net/http"
	"time"

	"jerem/access/attempts"
	"jerem/cmd/jerem/setup"
	"jerem/jira/webhook"
)

// withHooks takes messages of Jira at /hooks/jira, beside what is served, where a secret for them is configured. Who
// sends them logs in by the signature alone. addressOf tells where a request comes from.
func withHooks(o *setup.Instance, pages http.Handler, addressOf func(*http.Request) string) http.Handler {
	secret := o.Config.Jira.WebhookSecret.Reveal()
	if secret == "" {
		return pages
	}
	messages := &signedMessages{next: webhook.NewHandler(secret, o.Bot.Hint, o.Log), addressOf: addressOf,
		now: time.Now}
	return besideHook(o.Config.Server.Base, messages, pages)
}

// besideHook leads messages of Jira, at the root and below the base of this server, past the pages. All else goes to
// the pages as it was asked for, for they alone know what may be answered.
func besideHook(base string, messages, pages http.Handler) http.Handler {
	const hook = "/hooks/jira"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && (r.URL.Path == hook || r.URL.Path == base+hook) {
			messages.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// signedMessages bounds how often an address may send a message that is not signed: of one that used up its attempts
// nothing is read, and nothing is logged.
type signedMessages struct {
	next      http.Handler
	addressOf func(*http.Request) string
	now       func() time.Time
	failed    attempts.Limit
}

// ServeHTTP hands a message on, and counts it where it is answered that it is not signed.
func (s *signedMessages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	address := attempts.AddressOf(s.addressOf(r))
	if s.failed.IsUsedUp(address, s.now()) {
		w.Header().Set("Retry-After", "6")
		http.Error(w, "too many messages from your address were not signed", http.StatusTooManyRequests)
		return
	}
	answer := &statusWriter{ResponseWriter: w}
	s.next.ServeHTTP(answer, r)
	if answer.status == http.StatusUnauthorized {
		s.failed.CountFailure(address, s.now())
	}
}

// statusWriter notes the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader writes the status, and notes it.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer below, by which deadlines are set.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
