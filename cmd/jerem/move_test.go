package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/oncall"
	"jerem/store/places"
	"jerem/testrun"
)

// TestMove: a store goes into a server and into another file out of there, and is the same in each place, byte for
// byte; what it came from stays, and a place that holds something is refused and stays as it is.
func TestMove(t *testing.T) {
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	file := demoFile(t, jira)
	database := pgtest.Database(t)
	server := serverFile(t, jira, database, "{name: K8S, label: Kubernetes}")
	callFine(t, "-c", file, "collect")
	callFine(t, "-c", file, "token", "create", "--name", "grafana", "--role", "viewer")
	keepDuty(t, filepath.Join(filepath.Dir(file), "jerem.db"))
	want, tokens := callFine(t, "-c", file, "export"), callFine(t, "-c", file, "token", "list")
	out := callFine(t, "-c", file, "move", "--to", strings.Replace(database, "jerem@", "jerem:geheim@", 1))
	if !strings.Contains(out, "The series of 1 team are the same there, byte for byte") ||
		!strings.Contains(out, "copied there too of what is kept beside it") ||
		!strings.Contains(out, "Set store.url in place of store.path") {
		t.Errorf("move says %s", out)
	}
	again := demoFile(t, jira)
	back := filepath.Join(filepath.Dir(again), "jerem.db")
	callFine(t, "-c", server, "move", "--to", back)
	for _, config := range []string{file, server, again} {
		if got := callFine(t, "-c", config, "export"); got != want {
			t.Errorf("the export of %s differs", config)
		}
		callFine(t, "-c", config, "collect")
		if got := callFine(t, "-c", config, "export"); got != want {
			t.Errorf("the export of %s differs after another reading", config)
		}
		if got := callFine(t, "-c", config, "token", "list"); got != tokens || !strings.Contains(got, "grafana") {
			t.Errorf("the tokens of %s are %q, not %q", config, got, tokens)
		}
	}
	for _, place := range []string{database, oncall.PathBeside(back)} {
		checkDuty(t, place)
	}
	for _, to := range []string{database, back} {
		_, errs, code := call(t, nil, "-c", file, "move", "--to", to)
		if code == 0 || to == database && !strings.Contains(errs, "holds something already") {
			t.Errorf("move to %s, which holds something: code %d\n%s", to, code, errs)
		}
	}
	if got := callFine(t, "-c", server, "export"); got != want {
		t.Error("a place that was refused changed")
	}
}

// keepDuty has on call keep something beside a store in a file.
func keepDuty(t *testing.T, path string) {
	t.Helper()
	s, err := oncall.Open(t.Context(), oncall.PathBeside(path))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Calendars.KeepCalendarSecret(t.Context(), "ada", "a hash", time.Unix(1_800_000_000, 0)); err != nil {
		t.Fatal(err)
	}
}

// checkDuty holds what on call keeps at a place to what keepDuty kept.
func checkDuty(t *testing.T, place string) {
	t.Helper()
	s, err := oncall.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if person, err := s.Calendars.PersonOfCalendar(t.Context(), "a hash"); person != "ada" || err != nil {
		t.Errorf("at %s the calendar is of %q: %v", place, person, err)
	}
}

// TestBackup: a copy that is made while the store is written is a store as of one moment; a file that is there is not
// touched, and of a server pg_dump is named.
func TestBackup(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	file := demoFile(t, jira)
	callFine(t, "-c", file, "collect")
	keepDuty(t, filepath.Join(filepath.Dir(file), "jerem.db"))
	want := callFine(t, "-c", file, "export")
	path := filepath.Join(filepath.Dir(file), "jerem.db")
	s, err := places.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := s.Metadata.SetZone(t.Context(), []string{"UTC", "Europe/Paris"}[n%2]); err != nil {
				t.Error(err)
				return
			}
		}
	})
	copied := demoFile(t, jira)
	to := filepath.Join(filepath.Dir(copied), "jerem.db")
	callFine(t, "-c", file, "backup", to)
	close(stop)
	writing.Wait()
	checkDuty(t, oncall.PathBeside(to))
	info, err := os.Stat(to)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy may be read by others: %v, %v", info, err)
	}
	callFine(t, "-c", copied, "collect") // which sets the zone again
	if got := callFine(t, "-c", copied, "export"); got != want {
		t.Error("the copy gives another export")
	}
	before, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", file, "backup", to); code != 1 ||
		!strings.Contains(errs, "is there already") {
		t.Errorf("a file that is there: code %d\n%s", code, errs)
	}
	nowhere := filepath.Join(filepath.Dir(file), "nope", "x.db")
	for line, want := range map[string]string{
		"backup " + nowhere: nowhere +
			".part: cannot be made: no such file or directory (Name a file in a folder that " +
			"is there and where this user may write.)",
		"move --to " + nowhere: "no such file or directory (Set --to to a place where this " +
			"user may write.)",
		"move --to ftp://jerem:geheim@host/x": `--to "ftp://…" is no place for a store: name a file, or postgres://`,
	} {
		_, errs, code := call(t, nil, append([]string{"-c", copied}, strings.Fields(line)...)...)
		told := strings.Join(strings.Fields(errs), " ")
		if code == 0 || !strings.Contains(told, want) || strings.Contains(told, "store.path") ||
			strings.Contains(told, "geheim") {
			t.Errorf("%s: code %d\n%s", line, code, errs)
		}
	}
	if after, _ := os.ReadFile(to); string(after) != string(before) {
		t.Error("a file that is there was touched")
	}
	// What cannot be written cannot be removed either, here and on a disk that is only read; that says nothing more.
	taken := filepath.Join(filepath.Dir(file), "taken.db")
	if err := os.MkdirAll(filepath.Join(taken+".part", "file"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := call(t, nil, "-c", file, "backup", taken); code != 1 ||
		!strings.Contains(errs, "cannot be made") || strings.Contains(errs, "remove") {
		t.Errorf("a copy that cannot be begun: code %d\n%s", code, errs)
	}
	server := serverFile(t, jira, "postgres://jerem@db.example/jerem", "{name: K8S}")
	if _, errs, code := call(t, nil, "-c", server, "backup", to); code != 1 ||
		!strings.Contains(errs, "pg_dump") || strings.Contains(errs, "geheim") {
		t.Errorf("a store in a server: code %d\n%s", code, errs)
	}
}

// TestMovedStoreGoesOn: a store that was moved into a server, and back, knows what stands at the sinks, posts nothing
// of it again, and gives pages and API the same answers.
func TestMovedStoreGoesOn(t *testing.T) {
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	platform := warp10sim.New()
	var posted atomic.Int64
	warp10 := playServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v0/update" {
			posted.Add(1)
		}
		platform.ServeHTTP(w, r)
	}))
	database := pgtest.Database(t)
	common := "jira: {url: '" + jira + "', username: " + serving.SimEmail + ", password: " + serving.SimToken +
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nmetrics: {url: '" + warp10 + "', token: " + warp10sim.Write +
		"}\nrunner: {period: 1}\n"
	file, server := writeConfig(t, common+"store: {path: STORE}\n"),
		writeConfig(t, common+"store: {url: '"+database+"'}\n")
	back := writeConfig(t, common+"store: {path: STORE}\n")
	callFine(t, "-c", file, "collect")
	callFine(t, "-c", file, "publish")
	points, requests := platform.Points(), posted.Load()
	if len(points) == 0 || requests == 0 {
		t.Fatal("nothing was posted")
	}
	callFine(t, "-c", file, "move", "--to", database)
	callFine(t, "-c", server, "move", "--to", filepath.Join(filepath.Dir(back), "jerem.db"))
	answers := map[string]string{}
	for name, config := range map[string]string{"file": file, "server": server, "back": back} {
		address := serveHere(t, config)
		awaitThat(t, "a few cycles went by", func() bool {
			metrics := fetch(t, address+"/metrics")
			_, count, _ := strings.Cut(metrics, "\njerem_cycle_duration_seconds_count ")
			return strings.Contains(metrics, "jerem_sink_cursor_timestamp_seconds{") && count != "" && count[0] > '2'
		})
		if again := posted.Load(); again != requests || !slices.Equal(platform.Points(), points) {
			t.Errorf("%s: %d requests more, %d points after %d", name, again-requests, len(platform.Points()),
				len(points))
			requests = again
		}
		for _, path := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/api/v1/teams",
			"/api/v1/teams/Kubernetes/sprints", "/api/v1/teams/Kubernetes/quarters",
			"/api/v1/teams/Kubernetes/forecast", "/api/v1/teams/Kubernetes/flow", "/api/v1/series?class=sprint"} {
			got := ownAddress.ReplaceAllString(fetch(t, address+path), "")
			if want, known := answers[path]; known && got != want {
				t.Errorf("%s: %s differs:\n%.1000s", name, path, cmp.Diff(want, got))
			}
			answers[path] = got
		}
	}
}
