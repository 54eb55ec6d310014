package webtest

import (
	_ "embed"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/sync"
)

//go:embed testdata/story.txtar
var story []byte

// Story returns the story of the tests, in the language of sim/jira: three teams in three units, one without sprints.
func Story() []byte { return story }

// Company is the teams of the story; their names are as hard as names can be.
func Company() []agile.Team {
	return []agile.Team{
		Team("Kubernetes", "K8S"), Team("Réseau / 50%", "NET"), Team(`<b>Databases</b> & "co"`, "DB"),
		Team("Observability", "OB"),
	}
}

// Team is a team of a project, with the rules that the configuration has by default and a budget of 30 hours.
func Team(name, project string) agile.Team {
	return agile.Team{
		Name: name, Project: project,
		Calendar:   calendar.Calendar{Start: 9 * time.Hour, End: 18 * time.Hour},
		Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}, DefaultNature: "customfield_11028"},
		Sprint:     agile.SprintRule{History: 6, Budget: 30 * time.Hour},
		Quarter:    agile.QuarterRule{Label: regexp.MustCompile(`^Q([1-4])-(\d{2})$`), FirstMonth: time.January},
		Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^Project_(.+)$`)},
		Dependency: agile.DependencyRule{Labels: []string{"dependency"}},
	}
}

// Computed returns the figures of a team that a bot has read.
func Computed(t testing.TB, b *sync.Reader, conf agile.Team) *measure.Team {
	t.Helper()
	h, err := b.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	return measure.Of(h)
}

// Compact is a page without the line breaks of its template, so that a test finds what stands beside each other: beside
// a tag they mean nothing, within a text or a tag they are a space.
func Compact(page string) string {
	const spaces = " \t\r\n\f"
	var b strings.Builder
	for page != "" {
		from := strings.IndexAny(page, spaces)
		if from < 0 {
			break
		}
		rest := strings.TrimLeft(page[from:], spaces)
		gap := page[from : len(page)-len(rest)]
		b.WriteString(page[:from])
		switch {
		case !strings.Contains(gap, "\n"):
			b.WriteString(gap)
		case !strings.HasSuffix(b.String(), ">") && !strings.HasPrefix(rest, "<"):
			b.WriteByte(' ')
		}
		page = rest
	}
	return b.String() + page
}

// Get asks a handler for an address, and returns status, body and headers; a page comes as Compact makes it.
func Get(t testing.TB, h http.Handler, address string) (int, string, http.Header) {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, address, nil))
	body := rec.Body.String()
	if strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
		body = Compact(body)
	}
	return rec.Code, body, rec.Header()
}
