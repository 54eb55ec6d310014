package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allParameters are the names that some address of the API reads, and some that none reads.
func allParameters(d description) []string {
	var all []string
	for path := range d.Paths.Map() {
		all = append(all, d.queryParameters(path)...)
	}
	slices.Sort(all)
	return append(slices.Compact(all), "att", "At", "at ")
}

// concrete puts an address that exists in the place of one that is described.
func concrete(path string) string {
	return strings.NewReplacer("{team}", "Kubernetes", "{id}", "23", "{key}", "K8S-41", "{quarter}",
		"Q4-26").Replace(path)
}

// TestParametersOfAPI: each address of the API reads the parameters that it describes and refuses every other one, and
// every one that is named twice, telling which it reads.
func TestParametersOfAPI(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	d := readDescription(t, h)
	for path := range d.Paths.Map() {
		if !strings.HasPrefix(path, "/api/v1/") {
			continue
		}
		reads := d.queryParameters(path)
		for _, name := range allParameters(d) {
			code, message, hint := refusal(t, h, concrete(path)+"?"+url.QueryEscape(name)+"=")
			if known := slices.Contains(reads, name); known == (code == "unknown_parameter") {
				t.Errorf("%s: %q: described %v, answered %q %s", path, name, known, code, message)
			}
			if code == "unknown_parameter" && (!strings.Contains(message, name) || missing(hint, reads) != "") {
				t.Errorf("%s: %q is refused with %q, %q: not told what is read", path, name, message, hint)
			}
		}
		for _, name := range reads {
			code, message, _ := refusal(t, h, concrete(path)+"?"+name+"=2026-11-20&"+name+"=2026-11-20")
			if code != "repeated_parameter" || !strings.Contains(message, name) {
				t.Errorf("%s: %s twice is answered with %q %s", path, name, code, message)
			}
		}
	}
}

// missing returns the first of some names that a text does not hold, "" for none.
func missing(text string, names []string) string {
	for _, name := range names {
		if !strings.Contains(text, name) {
			return name
		}
	}
	return ""
}

// refusal returns the error of an answer of the API; an answer that is refused for its parameters has status 400.
func refusal(t *testing.T, h http.Handler, address string) (code, message, hint string) {
	t.Helper()
	status, body, _ := get(t, h, address)
	var told struct {
		Error struct{ Code, Message, Hint string }
	}
	_ = json.Unmarshal([]byte(body), &told) // a list has no error
	if strings.HasSuffix(told.Error.Code, "_parameter") && status != http.StatusBadRequest {
		t.Errorf("%s: status %d", address, status)
	}
	return told.Error.Code, told.Error.Message, told.Error.Hint
}

// pagesAndFiles are addresses of all pages and files, with the parameters that each reads.
var pagesAndFiles = []struct {
	reads     string
	addresses string
}{
	{"quarter at with", "/ /changed.csv?with=2026-11-18 /between.csv?with=2026-11-18"},
	{"quarter at", "/teams.csv /odds.csv /initiatives.csv /oncall.csv /teams/Kubernetes/roadmap"},
	{"from to at with", "/teams/Kubernetes/flow /teams/Kubernetes/flow/changed.csv?with=2026-11-18"},
	{"from to at", "/teams/Kubernetes/flow/late.csv /teams/Kubernetes/flow/cycle.svg"},
	{"at", "/teams/Kubernetes /teams/Kubernetes/sprints/23 /teams/Kubernetes/sprints/23/differences " +
		"/teams/Kubernetes/sprints/23/differences.csv /teams/Kubernetes/sprints/23/ledger.csv " +
		"/teams/Kubernetes/sprints/23/issues.csv /teams/Kubernetes/sprints/23/impediments.csv " +
		"/teams/Kubernetes/sprints/23/natures.csv /teams/Kubernetes/sprints/23/sprints.csv " +
		"/teams/Kubernetes/sprints/23/burndown.svg /teams/Kubernetes/quarters/Q4-26/epics.csv " +
		"/teams/Kubernetes/quarters/Q4-26/weekly.csv /teams/Kubernetes/quarters/Q4-26/price.csv " +
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg /teams/Kubernetes/issues/K8S-1 " +
		"/teams/Kubernetes/issues/K8S-1/history.csv"},
}

// TestParametersOfPages: pages and files refuse what they do not read with a page that says what they read.
func TestParametersOfPages(t *testing.T) {
	if testing.Short() {
		t.Skip("asks many addresses")
	}
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for _, group := range pagesAndFiles {
		reads := strings.Fields(group.reads)
		for _, address := range strings.Fields(group.addresses) {
			for _, query := range []string{"att=2026-11-20", "At=2026-11-20", "nobody", "at=2026-11-20&at=2026-11-19",
				"quarters=3"} {
				code, body, header := get(t, h, withQuery(address, query))
				if code != http.StatusBadRequest || !strings.HasPrefix(header.Get("Content-Type"), "text/html") ||
					missing(body, reads) != "" {
					t.Errorf("%s?%s: %d, which does not tell %s", address, query, code, missing(body, reads))
				}
			}
			for _, name := range []string{"at", "quarter", "from", "to"} {
				code, _, _ := get(t, h, withQuery(address, name+"="))
				if known := slices.Contains(reads, name); known == (code == http.StatusBadRequest) {
					t.Errorf("%s: %s is read: %v, answered with %d", address, name, known, code)
				}
			}
		}
	}
	if code, _, _ := get(t, h, "/nothing?att=2026-11-20"); code != http.StatusNotFound {
		t.Errorf("an address that is none is answered with %d", code)
	}
}

// withQuery puts a parameter behind an address, which may have some.
func withQuery(address, parameter string) string {
	if strings.Contains(address, "?") {
		return address + "&" + parameter
	}
	return address + "?" + parameter
}

var linked = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// TestLinksAreRead: no link of a page asks for what its target refuses, whatever the page was asked.
func TestLinksAreRead(t *testing.T) {
	if testing.Short() {
		t.Skip("asks many addresses")
	}
	h := serve(t, story(t), company()...)
	seen := map[string]bool{}
	for _, address := range []string{"/?quarter=Q4-26&at=2026-11-20", "/teams/Kubernetes?at=2026-11-20",
		"/teams/Kubernetes/sprints/23/differences?at=2026-11-20",
		"/teams/Kubernetes/roadmap?quarter=Q4-26&at=2026-11-20",
		"/teams/Kubernetes/flow?from=2026-10-01&to=2026-11-10&at=2026-11-20",
		"/teams/Observability?at=2026-11-20", network + "?at=2026-11-20"} {
		code, body, _ := get(t, h, address)
		if code != http.StatusOK {
			t.Errorf("%s: %d", address, code)
		}
		for _, m := range linked.FindAllStringSubmatch(body, -1) {
			to := strings.ReplaceAll(m[1], "&amp;", "&")
			if seen[to] {
				continue
			}
			seen[to] = true
			if code, _, _ := get(t, h, to); code == http.StatusBadRequest {
				t.Errorf("%s: the link %s is refused", address, to)
			}
		}
	}
	if len(seen) < 40 {
		t.Errorf("%d links were followed", len(seen))
	}
}
