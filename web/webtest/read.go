package webtest

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira"
	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/store/storetest"
	reading "jerem/sync"
)

// Read makes a bot that has read a story once, into a store of its own. A test binary reads each story once for the
// same teams: each test gets a copy of what that left in the store, and a Jira that goes on telling the story.
func Read(t testing.TB, story []byte, teams ...agile.Team) *reading.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jerem.db")
	if err := os.WriteFile(path, storeOf(t, story, teams), 0o600); err != nil {
		t.Fatal(err)
	}
	return botOf(t, path, playStory(story), teams)
}

// read holds the content of stores by the story that was read and the teams that it was read for.
var read sync.Map

// storeOf returns the content of a store into which a story was read.
func storeOf(t testing.TB, story []byte, teams []agile.Team) []byte {
	t.Helper()
	key := fmt.Sprintf("%s%+v", story, teams)
	once, _ := read.LoadOrStore(key, sync.OnceValue(func() (content []byte) {
		ended := make(chan struct{})
		go func() { // which Fatal ends; what runs once would panic by it, and hide why
			defer close(ended)
			content = readStory(t, story, teams)
		}()
		<-ended
		return content
	}))
	content := once.(func() []byte)()
	if content == nil {
		t.Fatal("the story cannot be read: another test tells why")
	}
	return content
}

// readStory reads a story into a store and returns its content.
func readStory(t testing.TB, story []byte, teams []agile.Team) []byte {
	path := emptyFile(t)
	b := botOf(t, path, playStory(story), teams)
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Log(err) // a team in trouble has its page too
	}
	if err := b.Store.Close(); err != nil {
		t.Error(err)
		return nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return content
}

// playStory plays the Jira of a story, from the first question on.
func playStory(story []byte) http.Handler {
	server := sync.OnceValues(func() (http.Handler, error) {
		site, err := jirasim.LoadScenario("story", story)
		if err != nil {
			return nil, err
		}
		return jirasim.NewServer(site, jirasim.Options{Bearer: "token"}), nil
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, err := server()
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// emptyFile makes a store into which nothing was read, and returns its path.
func emptyFile(t testing.TB) string {
	return storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db"))
}

// botOf makes a bot that asks a Jira and keeps what it tells in the store at a path.
func botOf(t testing.TB, path string, simulated http.Handler, teams []agile.Team) *reading.Reader {
	t.Helper()
	sim := httptest.NewServer(simulated)
	t.Cleanup(sim.Close)
	client, err := jira.New(jira.Config{URL: sim.URL, Token: "token", Rate: 1000})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &reading.Reader{Jira: client, Store: s, Teams: teams, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
}
