package web

import (
	"net/http"
)

// writeSVG sends a drawing. It carries its own style, which is all that may apply.
func writeSVG(w http.ResponseWriter, text string) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a drawing may stand in a wiki; no script can read it there
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(shownMarkup(text))) // who asked may have gone
}
