package sync

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira"
	jirasim "jerem/sim/jira"
	"jerem/sync/metadata"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// preparedRig is a bot that read ten small teams, with metadata that is due ten minutes later by both clocks. next
// moves them on to there.
func preparedRig(t *testing.T, fault func(*http.Request) *jirasim.Fault) (r *rig, teams []agile.Team, next time.Time) {
	t.Helper()
	story, teams := tenProjects()
	r, c := livingRig(t, story, teams...)
	r.serve(t, synctest.StorySite(t, story), jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: c.Now,
		Fault: fault})
	r.reader.Refresh = 10 * time.Minute
	began := time.Now()
	r.reader.Now = func() time.Time { return began }
	r.collect(t, teams[0])
	next = began.Add(r.reader.Refresh)
	r.reader.Now = func() time.Time { return next }
	c.Set(c.Now().Add(r.reader.Refresh))
	r.sim.Reset()
	return r, teams, next
}

func noFault(*http.Request) *jirasim.Fault { return nil }

// TestMetadataReadAhead: what is read in a pause is not asked for by the reading after it, which takes it for its own.
func TestMetadataReadAhead(t *testing.T) {
	t.Parallel()
	r, teams, next := preparedRig(t, noFault)
	if err := r.reader.PrepareMetadata(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if n := r.sim.Counts()["GET /rest/api/3/field"]; n != 1 {
		t.Fatalf("the fields were asked for %d times ahead: %v", n, r.sim.Counts())
	}
	r.sim.Reset()
	r.collect(t, teams[0])
	for question := range r.sim.Counts() {
		for _, part := range []string{"/board", "/project/", "/field", "/status", "/issuetype", "/myself"} {
			if strings.Contains(question, part) {
				t.Errorf("the reading asks %s", question)
			}
		}
	}
	if r.sim.Counts()["GET /rest/api/3/worklog/deleted"] != 1 {
		t.Errorf("the reading does not do what belongs to new metadata: %v", r.sim.Counts())
	}
	r.sim.Reset()
	if err := r.reader.PrepareMetadata(t.Context(), next.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if len(r.sim.Requests()) > 0 {
		t.Errorf("young metadata is read ahead: %v", r.sim.Counts())
	}
}

// TestMetadataAheadInParts: a pause that ends early loses nothing of what was read ahead; the reading after it goes on
// with the metadata of before, and takes the rest itself only when that is twice as old as it may be.
func TestMetadataAheadInParts(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	var boards atomic.Int64 // several are asked for at a time
	r, teams, next := preparedRig(t, func(req *http.Request) *jirasim.Fault {
		if ctx != nil && strings.HasSuffix(req.URL.Path, "/configuration") {
			if boards.Add(1) == 14 { // ten were asked for by the first reading
				stop()
			}
		}
		return nil
	})
	if err := r.reader.PrepareMetadata(ctx, next); err != nil {
		t.Fatal(err)
	}
	r.collect(t, teams[0])
	if n := r.sim.Counts()["GET /rest/api/3/field"]; n != 1 {
		t.Errorf("the fields were asked for %d times, want once ahead", n)
	}
	if err := r.reader.PrepareMetadata(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if n := r.sim.Counts()["GET /rest/api/3/field"]; n != 1 || boards.Load() > 21 {
		t.Errorf("what was read ahead is asked for again: %d lists of fields, %d boards", n, boards.Load())
	}
	r.reader.ahead.next = 3 // as if the pause had ended there
	later := next.Add(r.reader.Refresh)
	r.reader.Now = func() time.Time { return later }
	r.collect(t, teams[0])
	if n := r.sim.Counts()["GET /rest/api/3/field"]; n != 2 {
		t.Errorf("metadata twice as old as it may be is not read by the reading: %v", r.sim.Counts())
	}
}

// TestPauseShorterThanTheRate: a team whose questions the pause has no time for is asked for in the next one: it is not
// left to the reading.
func TestPauseShorterThanTheRate(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	r, teams, next := preparedRig(t, noFault)
	server := httptest.NewServer(r.sim)
	t.Cleanup(server.Close)
	slow, err := jira.New(jira.Config{URL: server.URL, Username: synctest.Email, Password: synctest.Token, Rate: 0.001})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := slow.Transport().Server(t.Context()); err != nil { // the burst is used up
		t.Fatal(err)
	}
	r.reader.ahead = preparation{site: &metadata.Site{Teams: map[string]metadata.Team{}}}
	r.reader.Jira = slow
	pause, ended := context.WithTimeout(t.Context(), time.Minute)
	defer ended()
	if err := r.reader.PrepareMetadata(pause, next); err != nil {
		t.Fatal(err)
	}
	if n := r.reader.ahead.next; n != 0 || pause.Err() != nil {
		t.Errorf("%d teams of %d pass for read ahead", n, len(teams))
	}
}
