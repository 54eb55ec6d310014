package roadmap

import (
	"embed"

	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

// Pages are the pages and files of a team's quarter.
type Pages struct{ Teams *source.Teams }
