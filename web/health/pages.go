package health

import (
	"log/slog"
	"net/http"

	"jerem/web/source"
)

// Pages answer who watches the server.
type Pages struct {
	Teams      *source.Teams
	Restricted bool // there are teams that are not told of here
	Log        *slog.Logger
	AnswersTo  func(*http.Request) bool // tells whether the host that a request names is answered
}

// Alive answers 200 while the process can serve.
func (p *Pages) Alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}
