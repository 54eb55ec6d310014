package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
	"jerem/store/db/postgres/pgtest"
)

// TestForgetAwaitsLateRequests: what an instance sent that was killed arrives at the sink after the command began: its
// series do not come back, for they are deleted once nothing can arrive any more. A team of which nothing is on its way
// is taken out at once.
func TestForgetAwaitsLateRequests(t *testing.T) {
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	platform := warp10sim.New()
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	database := pgtest.Database(t)
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {url: '"+database+"'}\n"+
		"metrics: {url: '"+server.URL+"', token: "+warp10sim.Write+"}\n")
	stands := func() bool { return strings.Contains(strings.Join(platform.Points(), "\n"), "project=Kubernetes") }
	for _, late := range []string{"5 minutes", "7 minutes"} {
		callFine(t, "-c", config, "collect")
		callFine(t, "-c", config, "publish")
		changeStore(t, "pgx", database, `INSERT INTO sink_batch (sink, team, epoch, first, last, until, deletes, noted)
			SELECT sink, team, 7, 0, 1, 0, 0, clock_timestamp() - interval '`+late+`' FROM sink_series LIMIT 1`)
		if !stands() {
			t.Fatal("nothing stands at the sink")
		}
		log := &watched{waits: map[string]chan string{"it is waited for": make(chan string, 1)}}
		ended := make(chan error, 1)
		go func() {
			ended <- run(t.Context(), []string{"-c", config, "forget", "--team", "Kubernetes", "--sinks", "--yes"},
				func(string) string { return "" }, nil, log, log)
		}()
		if late != "7 minutes" {
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			if told := log.line(ctx, "it is waited for"); !strings.Contains(told, "may arrive for") {
				t.Errorf("it tells %q", told)
			}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api/v0/update",
				strings.NewReader("1790000000000000// jerem.jira.sprint.storypoint.total"+
					"{project=Kubernetes,sprint=late} 1.0\n"))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("X-Warp10-Token", warp10sim.Write)
			answer, err := http.DefaultClient.Do(request)
			if err != nil || answer.StatusCode != http.StatusOK {
				t.Fatalf("the late request: %v", err)
			}
			answer.Body.Close()
			changeStore(t, "pgx", database, `UPDATE sink_batch SET ended = 1`) // as an instance tells that wakes
		}
		if err := <-ended; err != nil || stands() {
			t.Errorf("%s after it was noted: series of the team stand: %v, %v", late, stands(), err)
		}
	}
}
