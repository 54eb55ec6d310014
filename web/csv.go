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
