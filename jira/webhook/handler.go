package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

const (
	// maxBody is how many bytes a message may have: it holds an issue with its fields, comments left out.
	maxBody = 4 << 20
	// longestRead is how long a message may take to come.
	longestRead = 10 * time.Second
	// atOnce is how many messages are taken at a time; Jira sends another one again later.
	atOnce = 8
)

// Handler takes messages and tells their hints. Its zero value, without a secret, takes none.
type Handler struct {
	Secret string
	Accept func(Hint) // is told each hint; it must not wait
	Log    *slog.Logger

	slots chan struct{}
}

// NewHandler returns a handler of messages that are signed by a secret.
func NewHandler(secret string, accept func(Hint), log *slog.Logger) *Handler {
	return &Handler{Secret: secret, Accept: accept, Log: log, slots: make(chan struct{}, atOnce)}
}

// ServeHTTP answers 204 to a message that is signed, whatever it says; 401 to one that is not, 413 to one that is too
// large, 503 while too many come at once, 400 to what no Jira sends.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	default:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "too many messages at once", http.StatusServiceUnavailable)
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(longestRead)) // a recorder of tests has none
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, "the message is too large", http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, "the message breaks off", http.StatusBadRequest)
		return
	case !isSigned(h.Secret, body, r.Header.Get("X-Hub-Signature")):
		h.Log.Warn("a message to /hooks/jira is not signed by jira.webhook_secret: it is not read")
		http.Error(w, "the message is not signed by the secret of this Jira", http.StatusUnauthorized)
		return
	}
	hint, err := ParseHint(body)
	if err != nil {
		h.Log.Warn("a message to /hooks/jira is signed and cannot be read", "error", err)
		http.Error(w, "this is no message of a Jira", http.StatusBadRequest)
		return
	}
	if !hint.IsEmpty() {
		h.Accept(hint)
	}
	w.WriteHeader(http.StatusNoContent)
}

// isSigned tells whether a signature is that of a body by a secret. Nothing is signed by an empty secret.
func isSigned(secret string, body []byte, signature string) bool {
	text, found := strings.CutPrefix(signature, "sha256=")
	given, err := hex.DecodeString(text)
	if secret == "" || !found || err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write(body) // a hash takes everything
	return hmac.Equal(given, mac.Sum(nil))
}
