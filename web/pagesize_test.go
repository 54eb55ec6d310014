package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
)

// mostPageBytes is how much a page may weigh, as it is sent, compressed: with its charts, tables and explanations.
const mostPageBytes = 60 << 10

// pageBytes is the weight of a page as it is sent, compressed.
func pageBytes(t *testing.T, body string) int {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(body)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// TestPageSize: pages of a team with 22,800 issues, 300 of them in a sprint, are sent in few bytes.
func TestPageSize(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 22,800 issues")
	}
	h := serve(t, bigStory(22_800), team("Big", "BIG"))
	for _, address := range []string{"/", "/teams/Big", "/teams/Big/flow", "/teams/Big/roadmap",
		"/teams/Big/sprints/75"} {
		code, body, _ := get(t, h, address)
		if code != 200 {
			t.Fatalf("%s answers %d", address, code)
		}
		if n := pageBytes(t, body); n > mostPageBytes {
			t.Errorf("%s takes %d bytes, more than %d", address, n, mostPageBytes)
		} else {
			t.Logf("%s takes %d bytes", address, n)
		}
	}
}

var moreLink = regexp.MustCompile(`<a href="([^"]+)">(\d+) more, in `)

// TestListsBeyondThePage: what a page leaves out of its lists stands whole at the address that it tells.
func TestListsBeyondThePage(t *testing.T) {
	testrun.SkipInShort(t)
	const shown = 40 // rows of a list
	h := serve(t, bigStory(1_520), team("Big", "BIG"))
	_, body, _ := get(t, h, "/teams/Big/flow")
	links := moreLink.FindAllStringSubmatch(body, -1)
	if len(links) < 4 {
		t.Fatalf("%d lists are shortened: %q", len(links), links)
	}
	for _, link := range links {
		address := strings.ReplaceAll(link[1], "&amp;", "&")
		code, whole, _ := get(t, h, address)
		if code != 200 {
			t.Errorf("%s answers %d", address, code)
		}
		if strings.HasSuffix(strings.Split(address, "?")[0], "rules.csv") {
			continue // a row for each rule
		}
		rows := strings.Count(whole, "\n") - 1
		if strings.HasPrefix(address, "/explain") {
			rows = strings.Count(whole, "<tr>") - 1
		}
		if told := fmt.Sprint(rows - shown); told != link[2] {
			t.Errorf("%s has %d rows, the page shows %d and tells of %s more", address, rows, shown, link[2])
		}
	}
}

// mostStoryPageBytes is how much a page of a team of usual size may weigh, compressed.
const mostStoryPageBytes = 30 << 10

// TestPageSizeOfStory: pages of the teams of the story are sent in few bytes.
func TestPageSizeOfStory(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/flow", "/teams/Kubernetes/roadmap"} {
		code, body, _ := get(t, h, address)
		if n := pageBytes(t, body); code != 200 || n > mostStoryPageBytes {
			t.Errorf("%s answers %d and takes %d bytes, more than %d", address, code, n, mostStoryPageBytes)
		}
	}
}
