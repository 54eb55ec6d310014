package flow

import (
	"embed"

	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the page and the files of a team's flow.
type Pages struct{ Teams *source.Teams }
