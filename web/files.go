package web

import (
	"encoding/csv"
	"io"
	"net/http"

	"jerem/series"
	"jerem/web/answers"
	"jerem/web/format"
	"jerem/web/frame"
)

// writeTable sends a table row by row. A cell that a spreadsheet would take for a formula is quoted away.
func writeTable(w http.ResponseWriter, v frame.View) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Disposition", `attachment; filename="`+format.FileName(v.FileName)+`"`)
	_ = answers.Stream(w, 0, func(to io.Writer) error { // an answer that is kept takes everything
		out := csv.NewWriter(to)
		for row := range v.Rows {
			safe := make([]string, len(row))
			for i, cell := range row {
				safe[i] = series.SafeCell(cell)
			}
			if err := out.Write(safe); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	})
}

// writeSVG sends a drawing. It carries its own style, which is all that may apply.
func writeSVG(w http.ResponseWriter, text string) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a drawing may stand in a wiki; no script can read it there
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(shownMarkup(text))) // who asked may have gone
}
