package web

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFilesDrawWhatPagesDraw: each shape of a chart's own file has a style in that file, so that none is drawn black
// which a page hides.
func TestFilesDrawWhatPagesDraw(t *testing.T) {
	h := serve(t, story(t), company()...)
	links := regexp.MustCompile(`href="(/[^"#]*\.svg[^"#]*)"`)
	shapes := regexp.MustCompile(`<(?:rect|path|circle|line|polygon|ellipse)\b[^>]*\bclass="([^"]*)"`)
	files := map[string]bool{}
	for _, address := range []string{"/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Kubernetes/flow"} {
		_, page, _ := get(t, h, address)
		for _, link := range links.FindAllStringSubmatch(page, -1) {
			files[html.UnescapeString(link[1])] = true
		}
	}
	for file := range files {
		_, svg, _ := get(t, h, file)
		style, drawn, _ := strings.Cut(svg, "</style>")
		for _, shape := range shapes.FindAllStringSubmatch(drawn, -1) {
			if !slices.ContainsFunc(strings.Fields(shape[1]), func(class string) bool {
				return regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `\b`).MatchString(style)
			}) {
				t.Errorf("%s has no style for %s", file, shape[0])
			}
		}
	}
	if len(files) < 8 {
		t.Errorf("only %d files", len(files))
	}
}
