package web

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pageLink is an address that a page leads to.
var pageLink = regexp.MustCompile(`href="(/[^"#]*)`)

// kindOfPage names the page at an address: names of teams, numbers of sprints and keys of issues left out, and of what
// is asked the names alone.
func kindOfPage(address string) string {
	path, query, _ := strings.Cut(address, "?")
	parts := strings.Split(path, "/")
	for i := 1; i < len(parts); i++ {
		if slices.Contains([]string{"teams", "sprints", "issues", "quarters"}, parts[i-1]) {
			parts[i] = "*"
		}
	}
	asked, _ := url.ParseQuery(query)
	names := strings.Join(slices.Sorted(maps.Keys(asked)), "&")
	return strings.TrimSuffix(strings.Join(parts, "/")+"?"+names, "?")
}

// heaviestPages walks from some pages along all links, to some pages of each kind, and tells the bytes of the heaviest
// of each kind as it is sent, compressed.
func heaviestPages(t *testing.T, h http.Handler, ofKind int, from ...string) map[string]int {
	t.Helper()
	seen, tried, heaviest := map[string]bool{}, map[string]int{}, map[string]int{}
	for queue := from; len(queue) > 0; queue = queue[1:] {
		address := queue[0]
		kind := kindOfPage(address)
		mixed := strings.Count(kind, "&") > 1 && !strings.HasPrefix(kind, "/explain") // one question adds to another
		if seen[address] || tried[kind] == ofKind || mixed {
			continue
		}
		seen[address] = true
		tried[kind]++
		code, body, header := get(t, h, address)
		if code != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/html") {
			continue
		}
		heaviest[kind] = max(heaviest[kind], pageBytes(t, body))
		for _, link := range pageLink.FindAllStringSubmatch(body, -1) {
			queue = append(queue, html.UnescapeString(link[1]))
		}
	}
	return heaviest
}

// checkWeights tells which kinds of pages weigh too much.
func checkWeights(t *testing.T, heaviest map[string]int, least, most int) {
	t.Helper()
	if len(heaviest) < least {
		t.Errorf("only %d kinds of pages were found: %v", len(heaviest), heaviest)
	}
	for _, kind := range slices.Sorted(maps.Keys(heaviest)) {
		t.Logf("%s takes %d bytes", kind, heaviest[kind])
		if heaviest[kind] > most {
			t.Errorf("%s takes %d bytes, more than %d", kind, heaviest[kind], most)
		}
	}
}

// TestWeightOfEachPage: each page that another leads to is sent in few bytes, with every question that links ask.
func TestWeightOfEachPage(t *testing.T) {
	if testing.Short() {
		t.Skip("asks for every page that another leads to, and packs each")
	}
	h := serve(t, story(t), company()...)
	heaviest := heaviestPages(t, h, 2, "/", "/styleguide", "/wall", "/teams/Kubernetes/card")
	for _, kind := range []string{"/", "/teams/*", "/teams/*/roadmap", "/teams/*/flow", "/teams/*/sprints/*",
		"/teams/*/sprints/*/differences", "/teams/*/issues/*", "/explain?at&figure&sprint&team"} {
		if heaviest[kind] == 0 {
			t.Errorf("no page leads to %s", kind)
		}
	}
	checkWeights(t, heaviest, 30, mostPageBytes)
}
