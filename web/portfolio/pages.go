package portfolio

import (
	"embed"

	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the first page and its files.
type Pages struct{ Teams *source.Teams }
