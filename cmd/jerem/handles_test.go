package main

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jerem/sim/world"
	"jerem/sim/world/duty"
)

// checkHandles: the people of the demo stand in on-call's pages, API and file, and nowhere else: in no
// page, answer, table, export, metric, log and in no other file that is kept.
func (d standingDemo) checkHandles(t *testing.T) {
	names := namesIn(d.people)
	pages := crawl(t, d.address)
	for path, body := range pages {
		if found := names.FindAllString(body, 3); len(found) > 0 {
			t.Errorf("%s names %v", path, found)
		}
	}
	if len(pages) < 60 {
		t.Errorf("only %d pages were read", len(pages))
	}
	for _, path := range []string{"/oncall", "/oncall/k8s", "/api/v1/oncall/now"} {
		if !names.MatchString(fetch(t, d.address+path)) {
			t.Errorf("%s names nobody: the search finds nothing", path)
		}
	}
	if text := exportDemo(t, d.company, onlyFile(t, d.folder, "demo.db")); names.MatchString(text) ||
		len(text) < 100_000 {
		t.Errorf("an export of %d bytes names %v", len(text), names.FindAllString(text, 3))
	}
	checkFiles(t, d.folder, d.people)
}

// namesIn finds handles and logins of people as words, whatever their case.
func namesIn(people []duty.Person) *regexp.Regexp {
	var all []string
	for _, p := range people {
		all = append(all, regexp.QuoteMeta(p.Handle), regexp.QuoteMeta(p.Payroll))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(all, "|") + `)\b`)
}

var linkForm = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// crawl reads all that is linked from the portfolio, and what programs ask for, but on-call itself.
func crawl(t *testing.T, address string) map[string]string {
	t.Helper()
	queue := []string{"/", "/metrics", "/readyz", "/styleguide", "/wall", "/api/v1/openapi.json", "/api/v1/portfolio",
		"/api/v1/series", "/api/v1/teams"}
	for _, team := range world.New(world.DefaultSeed).Teams() {
		base := "/api/v1/teams/" + url.PathEscape(team.Name)
		queue = append(queue, base+"/sprints", base+"/quarters", base+"/quarters/Q4-26", base+"/flow", base+"/late",
			base+"/forecast", base+"/mix", base+"/sprints/"+fmt.Sprint(100*team.Board+10),
			"/api/v1/series?team="+url.QueryEscape(team.Name))
	}
	const most = 120
	seen, out := map[string]bool{}, map[string]string{}
	for len(queue) > 0 && len(out) < most {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || strings.HasPrefix(path, "/oncall") || strings.HasPrefix(path, "/live") {
			continue
		}
		seen[path] = true
		res, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[path] = string(body)
		for _, link := range linkForm.FindAllStringSubmatch(string(body), -1) {
			queue = append(queue, html.UnescapeString(link[1]))
		}
	}
	return out
}

// exportDemo exports the store of the demo as `jerem export` does.
func exportDemo(t *testing.T, company *world.World, store string) string {
	t.Helper()
	text := "jira: {url: 'http://127.0.0.1:1', username: u, password: p}\nstore: {path: " + store + "}\nprojects:\n"
	for _, team := range company.Teams() {
		text += fmt.Sprintf("  - {name: %s, label: %s, calendar.time_zone: %s}\n", team.Key, team.Name, team.Zone)
	}
	file := filepath.Join(t.TempDir(), "export.yml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	err := run(t.Context(), []string{"--config", file, "export"}, func(string) string { return "" }, nil, &out, &said)
	if err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	return out.String() + said.String()
}

// onlyFile returns the one file of a name below a folder.
func onlyFile(t *testing.T, dir, name string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*", name))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s below %s: %v, %v", name, dir, found, err)
	}
	return found[0]
}

// checkFiles reads every file that the demo keeps, byte by byte: only on-call's own holds handles.
func checkFiles(t *testing.T, dir string, people []duty.Person) {
	t.Helper()
	held := map[bool]int{}
	files, err := filepath.Glob(filepath.Join(dir, "jerem-demo-*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isOwn := strings.Contains(filepath.Base(file), ".oncall.")
		i := slices.IndexFunc(people, func(p duty.Person) bool { return bytes.Contains(body, []byte(p.Login)) })
		j := slices.IndexFunc(people, func(p duty.Person) bool {
			return len(p.Handle) > 4 && bytes.Contains(body, []byte(p.Handle))
		})
		if !isOwn && max(i, j) >= 0 {
			t.Errorf("%s names %v", filepath.Base(file), people[max(i, j)])
		}
		if isOwn && j >= 0 {
			held[true]++
		} else if !isOwn && len(body) > 0 {
			held[false]++
		}
	}
	if held[true] == 0 || held[false] == 0 {
		t.Errorf("files with and without people: %v of %v", held, files)
	}
}
