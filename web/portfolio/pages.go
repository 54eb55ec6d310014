package portfolio

import (
	"embed"

	"jerem/web/teams"
)

//go:embed *.html
var files embed.FS

// Pages are the first page and its files.
type Pages struct{ Teams *teams.Source }
