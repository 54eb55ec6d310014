package sync

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// refusing answers searches that say a word as a Jira does that does not know what it names, as long as it is on.
func refusing(word string, on *bool, now func() time.Time) jirasim.Options {
	o := options(func(r *http.Request) *jirasim.Fault {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if *on && strings.HasSuffix(r.URL.Path, "/search/jql") && strings.Contains(string(body), word) {
			return &jirasim.Fault{
				Status: http.StatusBadRequest,
				Body:   `{"errorMessages":["It does not exist."],"errors":{}}`,
			}
		}
		return nil
	})
	o.Now = now
	return o
}

// TestProjectHidden: a project that the account loses between two readings of the small sets puts its own team
// behind; the other one is read.
func TestProjectHidden(t *testing.T) {
	site, err := jirasim.LoadScenario("foreign", []byte(foreign))
	if err != nil {
		t.Fatal(err)
	}
	teams := []string{"K8S", "OB"}
	r, c := livingRig(t, foreign, synctest.Team("K8S", 1), synctest.Team("OB", 2))
	hidden := false
	r.serve(t, site, refusing("OB", &hidden, c.Now))
	r.reader.Refresh = 24 * time.Hour
	r.collect(t, r.reader.Teams[0])
	hidden = true
	c.Set(c.Now().Add(20 * time.Minute))
	summaries, err := r.reader.Collect(t.Context(), false)
	if err == nil || !strings.Contains(err.Error(), "team OB") {
		t.Errorf("the team of the hidden project is told well: %v", err)
	}
	for i, s := range summaries {
		if wrong := (s.Err != nil) != (teams[i] == "OB"); wrong {
			t.Errorf("%s: %v", s.Team, s.Err)
		}
	}
	state, err := r.reader.Store.Teams.State(t.Context(), "K8S")
	if err != nil || !state.Until.Equal(c.Now()) || !state.Behind.IsZero() {
		t.Errorf("the other team stands at %v: %v", state.Until, err)
	}
}

// TestEpicGone: while Jira refuses a question for the issues of an epic, changes of issues of other projects in it
// are not passed over: they are known when the question is answered again.
func TestEpicGone(t *testing.T) {
	testrun.SkipInShort(t)
	const story = `-- site --
clock 2026-10-01 12:00
-- board 1 scrum K8S "Kubernetes" --
-- board 2 scrum OB "Object storage" --
-- sprints --
21 "Sprint 21" 2026-10-05 09:00 .. 2026-10-23 17:00 board=1
-- K8S-1 Epic "Ours" --
2026-09-20 10:00 created labels=Q4-26
-- OB-1 Story "Theirs, for our epic" --
2026-09-21 10:00 created points=8 epic=K8S-1
2026-10-07 10:00 points=5
2026-10-12 10:00 status=done
`
	site, err := jirasim.LoadScenario("epic", []byte(story))
	if err != nil {
		t.Fatal(err)
	}
	conf := synctest.Team("K8S", 1)
	r, c := livingRig(t, story, conf)
	refused := false
	r.serve(t, site, refusing("parent in", &refused, c.Now))
	r.reader.Refresh = 24 * time.Hour
	r.collect(t, conf)
	refused = true
	for day := range 10 {
		c.Set(time.Date(2026, 10, 5+day, 12, 0, 0, 0, time.UTC))
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	refused = false
	c.Set(c.Now().Add(time.Hour))
	got := synctest.Export(t, r.collect(t, conf))
	other, clock := livingRig(t, story, conf)
	clock.Set(c.Now())
	if want := synctest.Export(t, other.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
}
