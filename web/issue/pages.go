package issue

import (
	"embed"

	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the page and the file of an issue.
type Pages struct{ Teams *source.Teams }
