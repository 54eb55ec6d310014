package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
	"jerem/web/frame"
)

var (
	cells  = regexp.MustCompile(`(?s)<td class="r[^>]*>(.*?)</td>`)
	tables = regexp.MustCompile(`(?s)<table[^>]*>.*?</table>`)
	digits = regexp.MustCompile(`[0-9]`)
	tags   = regexp.MustCompile(`<[^>]+>`)
)

// TestFiguresOpen: every number in a sentence, a tile, a headline and a table opens: by its explanation, or, for a
// value of one issue, by the page of the issue.
func TestFiguresOpen(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	count := 0
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/sprints/22", "/teams/Kubernetes/flow",
		network + "/flow", "/teams/Kubernetes/roadmap", network + "/roadmap", databases + "/roadmap",
		"/teams/Observability", "/?quarter=Q3-26", "/?at=2026-10-20", "/teams/Kubernetes/roadmap?quarter=Q3-26",
		"/teams/Kubernetes/roadmap?with=2026-11-16", "/teams/Kubernetes/sprints/23?at=2026-11-20&with=2026-11-17",
		"/?with=2026-11-10", "/teams/Kubernetes/flow?with=2026-11-10", "/teams/Observability?with=2026-11-10",
		"/teams/Kubernetes/issues/K8S-1424?with=2026-11-10",
		"/teams/Kubernetes/sprints/23/differences", "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/roadmap?pace=0.8&scope=5&epics=K8S-1300,K8S-1301"} {
		_, page, _ := get(t, h, address)
		page = mainOf(t, page)
		for _, table := range tables.FindAllString(page, -1) {
			if strings.Contains(table, `id="ledger"`) {
				continue // each row leads to its issue
			}
			for _, cell := range cells.FindAllStringSubmatch(table, -1) {
				if digits.MatchString(tags.ReplaceAllString(cell[1], "")) && !strings.Contains(cell[1], "<a ") {
					t.Errorf("%s: %q opens nothing", address, tags.ReplaceAllString(cell[1], " "))
				}
				count++
			}
		}
		for _, tile := range regexp.MustCompile(`(?s)<dd class="v">(.*?)</dd>`).FindAllStringSubmatch(page, -1) {
			if !strings.Contains(tile[1], `class="fig"`) {
				t.Errorf("%s: a tile opens nothing: %s", address, tile[1])
			}
		}
	}
	if got := frame.OpenFigures("a 5 of 6", [2]string{"", "none"}, [2]string{"6",
		"six"}); got != `a 5 of <a class="fig" href="#explain-six">6</a>` {
		t.Errorf("a headline without one of its figures: %s", got)
	}
	if count < 150 {
		t.Errorf("%d cells", count)
	}
}

// TestCardsOfferTheirTables: every card with a table offers it as CSV, and every file that is offered is there.
func TestCardsOfferTheirTables(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	cards := regexp.MustCompile(`(?s)<article.*?</article>`)
	links := regexp.MustCompile(`href="(/[^"#]*\.csv[^"#]*)"`)
	for _, address := range []string{"/", "/?quarter=Q3-26", "/teams/Kubernetes", "/teams/Kubernetes/sprints/22",
		"/teams/Kubernetes/sprints/23?at=2026-11-20&with=2026-11-17", "/teams/Kubernetes/sprints/23/differences",
		"/teams/Kubernetes/flow", network + "/flow", network + "/roadmap", network + "/roadmap?scope=5",
		"/teams/Kubernetes/roadmap?with=2026-11-16", "/teams/Observability", "/teams/Kubernetes/issues/K8S-1424",
		"/?with=2026-11-10", "/teams/Kubernetes/flow?with=2026-11-10", "/teams/Observability?with=2026-11-10",
		"/teams/Kubernetes/issues/K8S-1424?with=2026-11-10",
		"/explain?team=Kubernetes&sprint=23&figure=ledger.remaining"} {
		code, page, _ := get(t, h, address)
		if code != 200 {
			t.Fatalf("%s: %d", address, code)
		}
		found := 0
		for _, card := range cards.FindAllString(mainOf(t, page), -1) {
			if !strings.Contains(card, "<table") {
				continue
			}
			found++
			offered := links.FindAllStringSubmatch(card, -1)
			if len(offered) == 0 {
				t.Errorf("%s: a card with a table offers no CSV: %s", address, tags.ReplaceAllString(card, " "))
			}
			for _, link := range offered {
				file := strings.ReplaceAll(link[1], "&amp;", "&")
				if code, _, header := get(t, h, file); code != 200 ||
					!strings.HasPrefix(header.Get("Content-Type"), "text/csv") {
					t.Errorf("%s: %s: %d %s", address, file, code, header.Get("Content-Type"))
				}
			}
		}
		if found == 0 {
			t.Errorf("%s has no card with a table", address)
		}
	}
}

// TestTablesAsCSV: each file has its head and as many rows as the page.
func TestTablesAsCSV(t *testing.T) {
	h := serve(t, story(t), company()...)
	links := regexp.MustCompile(`href="(/[^"#]*\.csv[^"#]*)"`)
	files := map[string]int{}
	for address, want := range map[string]int{"/": 3, "/teams/Kubernetes/sprints/23": 15, "/teams/Kubernetes/flow": 6,
		"/teams/Kubernetes/roadmap": 8, "/teams/Kubernetes/issues/K8S-1424": 2} {
		_, page, _ := get(t, h, address)
		found := map[string]bool{}
		for _, link := range links.FindAllStringSubmatch(page, -1) {
			found[strings.ReplaceAll(link[1], "&amp;", "&")] = true
		}
		if len(found) != want {
			t.Errorf("%s offers %v, want %d files", address, found, want)
		}
		for link := range found {
			code, body, header := get(t, h, link)
			if code != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/csv") {
				t.Fatalf("%s: %d %s", link, code, header.Get("Content-Type"))
			}
			files[link[strings.LastIndex(link, "/")+1:]] = len(table(t, body))
		}
	}
	for file, rows := range map[string]int{"issues.csv": 12, "impediments.csv": 14, "natures.csv": 5, "sprints.csv": 2,
		"ledger.csv": 22, "days.csv": 8, "report.csv": 13, "weekly.csv": 9, "epics.csv": 2, "record.csv": 4,
		"rules.csv": 5, "told.csv": 8} {
		if files[file] != rows {
			t.Errorf("%s has %d rows, want %d", file, files[file], rows)
		}
	}
}

// TestHeadlinesOpen: each figure of a sentence and of the reading of a card opens; a date, a name and what counts the
// rows below it are none.
func TestHeadlinesOpen(t *testing.T) {
	h := serve(t, story(t), company()...)
	opened := regexp.MustCompile(`(?s)<a [^>]*>.*?</a>`)
	headline := regexp.MustCompile(`(?s)<(?:h1 class="sentence[^"]*"|p class="(?:reading|sub shares|sub ` +
		`decides)"|div class="sub beside")>(.*?)</(?:h1|p|div)>`)
	named := regexp.MustCompile(`85.% by|\w{3} \d{1,2} \w{3}( \d{4})?|\d+.% (date|of what|take)|weeks? ` +
		`\d+|Q\d-\d\d|50.?%`)
	for _, address := range []string{"/", "/?quarter=Q3-26", "/teams/Kubernetes", "/teams/Kubernetes/sprints/22",
		"/teams/Kubernetes/flow", network, network + "/roadmap", databases, "/teams/Kubernetes/roadmap",
		"/teams/Observability"} {
		_, page, _ := get(t, h, address)
		for _, one := range headline.FindAllStringSubmatch(mainOf(t, page), -1) {
			text := html.UnescapeString(tags.ReplaceAllString(opened.ReplaceAllString(one[1], "…"), ""))
			if digits.MatchString(named.ReplaceAllString(text, "")) {
				t.Errorf("%s: a figure opens nothing: %s", address, strings.Join(strings.Fields(text), " "))
			}
		}
	}
}
