package ui

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"path"
	"strings"
)

//go:generate go tool esbuild styles/jerem.css styles/chart.css src/jerem.ts --bundle --minify --target=es2022,chrome123,firefox120,safari17.5 --entry-names=[name] --outdir=dist
//go:embed dist favicon.svg
var files embed.FS

// sources are the files by the name that pages call them.
var sources = map[string]string{"jerem.css": "dist/jerem.css", "chart.css": "dist/chart.css",
	"jerem.js": "dist/jerem.js", "favicon.svg": "favicon.svg"}

// Address returns where pages find a file: under a name that changes with its content, so that it
// may be kept for ever.
func Address(name string) string {
	body, err := files.ReadFile(sources[name])
	if err != nil {
		return "/assets/" + name
	}
	ext := path.Ext(name)
	return "/assets/" + strings.TrimSuffix(name, ext) + "." + contentDigest(body) + ext
}

// ChartStyle returns the style of a chart that stands by itself.
func ChartStyle() string {
	body, err := files.ReadFile(sources["chart.css"])
	if err != nil {
		return "" // embedded: it is there
	}
	return string(body)
}

func contentDigest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}

// Asset returns the file that an address of [Address] ends in, and its media type.
func Asset(name string) (body []byte, kind string, ok bool) {
	for plain, file := range sources {
		if path.Base(Address(plain)) != name {
			continue
		}
		body, err := files.ReadFile(file)
		return body, mime.TypeByExtension(path.Ext(file)), err == nil
	}
	return nil, "", false
}
